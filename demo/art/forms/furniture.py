"""Seats, tables and storage."""

from demo.art.colour import dark, light
from demo.art.forms.textiles import cushion_path
from demo.art.scene import Box, Scene

OAK, WALNUT, ASH = "#b98a58", "#6d4a31", "#d6bb94"


def wood(s: Scene, path: str, colour: str, *, upright: bool = False, form: str = "flat") -> None:
    s.body(path, colour, form=form, texture="grain-up" if upright else "grain", occlusion=0.16)


def upholstery(
    s: Scene, path: str, colour: str, *, texture: str = "wool", form: str = "soft"
) -> None:
    s.body(path, colour, form=form, texture=texture, occlusion=0.24)


def leg(s: Scene, x: float, top: float, splay: float, colour: str, *, w: float = 9) -> None:
    wood(
        s,
        f"M{x - w} {-top} h{2 * w} L{x + splay + w * 0.55} 0 h{-w * 1.1}Z",
        colour,
        upright=True,
        form="round",
    )


def slipper_chair(s: Scene, colour: str, *, timber: str = OAK, texture: str = "wool") -> Box:
    """A channelled chair without arms."""
    for x in (-120, 120):
        leg(s, x, 150, x * 0.13, timber)
    upholstery(s, "M-150 -400 Q-156 -460 -94 -462 H94 Q156 -460 150 -400 L142 -190 H-142Z", dark(colour, 0.1),
               texture=texture)  # fmt: skip
    for x in (-76, 0, 76):
        s.line(f"M{x} -454 V-250", dark(colour, 0.5), 4, opacity=0.5, blur="b1")
    upholstery(s, "M-172 -206 Q-178 -252 -132 -252 H132 Q178 -252 172 -206 L166 -150 Q0 -128 -166 -150Z", colour,
               texture=texture)  # fmt: skip
    return Box(-176, -463, 176)


def armchair(s: Scene, colour: str, *, timber: str = WALNUT, texture: str = "boucle") -> Box:
    """A round barrel chair."""
    for x in (-140, 140):
        leg(s, x, 60, x * 0.05, timber, w=11)
    upholstery(s, "M-214 -290 C-206 -430 206 -430 214 -290 V-90 Q214 -50 170 -50 H-170 Q-214 -50 -214 -90Z",
               dark(colour, 0.12), texture=texture)  # fmt: skip
    s.fill("M-140 -270 C-130 -350 130 -350 140 -270 V-180 H-140Z", dark(colour, 0.34), blur="b2")
    upholstery(s, "M-152 -214 Q-150 -246 -110 -246 H110 Q150 -246 152 -214 V-110 Q0 -84 -152 -110Z", light(colour, 0.08),
               texture=texture)  # fmt: skip
    for k in (-1, 1):
        upholstery(s, f"M{k * 214} -282 Q{k * 210} -316 {k * 176} -312 Q{k * 146} -306 {k * 146} -272 V-60 Q{k * 146} -50 "
                   f"{k * 170} -50 Q{k * 214} -50 {k * 214} -90Z", colour, texture=texture)  # fmt: skip
    return Box(-216, -396, 216)


def lounge(s: Scene, colour: str, *, timber: str = OAK) -> Box:
    """A lounge chair in three-quarter side view with wooden arms."""
    s.tube("M-150 0 L-128 -250 H150", dark(timber, 0.25), 15)
    upholstery(s, "M-190 -450 Q-196 -478 -160 -480 Q-126 -480 -118 -452 L-36 -176 L-104 -150 Q-140 -150 -148 -182Z",
               dark(colour, 0.08))  # fmt: skip
    upholstery(s, "M-110 -196 Q-112 -232 -70 -232 L150 -240 Q188 -240 188 -204 Q188 -170 154 -166 L-70 -140 Q-104 -142 "
               "-110 -170Z", colour)  # fmt: skip
    s.tube("M-166 -270 Q0 -300 196 -276", timber, 20)
    s.tube("M-150 -264 L-176 0", timber, 17)
    s.tube("M170 -276 L186 0", timber, 17)
    s.tube("M-166 -110 L182 -136", timber, 13)
    return Box(-200, -482, 204)


def dining_chair(s: Scene, colour: str, *, seat: str = "#e4d3b2", back: str = "curve") -> Box:
    """A wooden chair with a woven seat."""
    for x in (-92, 92):
        wood(
            s,
            f"M{x - 9} -470 Q{x} -480 {x + 9} -470 L{x * 1.06 + 9} 0 h-18Z",
            dark(colour, 0.2),
            upright=True,
            form="round",
        )
    if back == "curve":
        wood(s, "M-112 -470 Q0 -520 112 -470 L110 -410 Q0 -452 -110 -410Z", colour, form="soft")
    elif back == "slat":
        for y in (-460, -400, -340):
            wood(
                s, f"M-98 {y} Q0 {y - 22} 98 {y} v30 Q0 {y + 8} -98 {y + 30}Z", colour, form="soft"
            )
    else:
        for x in (-56, -28, 0, 28, 56):
            s.tube(f"M{x * 0.9} -250 L{x * 1.1} -468", colour, 8)
        wood(s, "M-108 -496 Q0 -520 108 -496 L104 -456 Q0 -480 -104 -456Z", colour, form="soft")
    for x in (-106, 106):
        wood(s, f"M{x - 10} -240 h20 L{x * 1.12 + 7} 0 h-14Z", colour, upright=True, form="round")
    s.tube("M-108 -92 H108", colour, 9)
    s.body(
        "M-126 -262 Q0 -284 126 -262 L134 -228 Q0 -208 -134 -228Z",
        seat,
        form="soft",
        texture="weave",
    )
    return Box(-138, -512, 138)


def stool(s: Scene, colour: str, *, high: bool = False, seat: str = "") -> Box:
    """A three-legged stool, low or for the bar."""
    h = 430 if high else 270
    for x in (-70, 70, 10):
        s.tube(
            f"M{x * 0.8} {-h + 10} L{x * 1.35} {-4 if x == 10 else 0}",
            dark(colour, 0.15) if x == 10 else colour,
            15,
        )
    s.line(f"M-{78 if high else 74} -{h * 0.36} H{78 if high else 74}", dark(colour, 0.2), 9)
    wood(
        s,
        f"M-118 {-h - 8} A118 24 0 1 1 118 {-h - 8} V{-h + 16} A118 24 0 0 1 -118 {-h + 16}Z",
        colour,
        form="round",
    )
    s.ellipse(0, -h - 8, 118, 24, light(seat or colour, 0.16))
    if seat:
        upholstery(
            s,
            f"M-114 {-h - 8} C-114 {-h - 60} 114 {-h - 60} 114 {-h - 8} A114 22 0 0 1 -114 {-h - 8}Z",
            seat,
        )
    return Box(-120, -h - (48 if seat else 34), 120)


def bench(s: Scene, colour: str, *, pad: str = "") -> Box:
    """A long bench, padded or plain."""
    for x in (-250, 250):
        leg(s, x, 180, x * 0.05, colour, w=13)
    s.tube("M-246 -70 H246", dark(colour, 0.2), 10)
    wood(s, "M-300 -212 H300 V-172 H-300Z", colour)
    if pad:
        upholstery(s, "M-292 -214 Q-296 -254 -262 -256 H262 Q296 -254 292 -214Z", pad)
        for x in (-150, 0, 150):
            s.ellipse(x, -240, 8, 5, dark(pad, 0.4))
    return Box(-302, -258 if pad else -214, 302)


def sofa(
    s: Scene, colour: str, *, seats: int = 3, cushions: tuple[str, ...] = (), texture: str = "wool"
) -> Box:
    """A sofa for two or three."""
    w = 150 * seats / 2 + 70
    for x in (-w + 40, w - 40):
        leg(s, x, 54, x * 0.02, "#5d4130", w=12)
    upholstery(s, f"M{-w + 20} -270 Q{-w + 20} -330 {-w + 70} -330 H{w - 70} Q{w - 20} -330 {w - 20} -270 V-80 H{-w + 20}Z",
               dark(colour, 0.12), texture=texture)  # fmt: skip
    seat = (2 * w - 120) / seats
    for i in range(seats):
        x = -w + 60 + seat * i
        upholstery(s, f"M{x + 4} -180 Q{x + 2} -300 {x + 30} -304 H{x + seat - 30} Q{x + seat - 2} -300 {x + seat - 4} -180Z",
                   colour, texture=texture)  # fmt: skip
    for i in range(seats):
        x = -w + 60 + seat * i
        upholstery(s, f"M{x} -160 Q{x} -196 {x + 30} -196 H{x + seat - 30} Q{x + seat} -196 {x + seat} -160 V-104 H{x}Z",
                   light(colour, 0.08), texture=texture)  # fmt: skip
    upholstery(
        s, f"M{-w + 50} -112 H{w - 50} V-50 H{-w + 50}Z", dark(colour, 0.06), texture=texture
    )
    for k in (-1, 1):
        x = k * (w - 34)
        upholstery(s, f"M{x - 36} -206 Q{x - 36} -238 {x} -238 Q{x + 36} -238 {x + 36} -206 V-48 H{x - 36}Z", colour,
                   texture=texture)  # fmt: skip
    for i, c in enumerate(cushions):
        x = (-w + 130) if i == 0 else (w - 220 if i == 1 else -40)
        s.add(f'<g transform="translate({x + 50} -150) rotate({-9 if i == 0 else 8}) scale(.36)">')
        upholstery(s, cushion_path(), c)
        s.add("</g>")
    return Box(-w - 4, -332, w + 4)


def daybed(s: Scene, colour: str, *, timber: str = OAK) -> Box:
    """A daybed with two bolsters."""
    for x in (-310, 310):
        leg(s, x, 110, 0, timber, w=13)
    wood(s, "M-340 -130 H340 V-96 H-340Z", timber)
    upholstery(s, "M-332 -132 Q-340 -200 -300 -204 H300 Q340 -200 332 -132Z", colour)
    for x in (-270, 270):
        upholstery(
            s,
            f"M{x - 52} -240 A52 52 0 1 1 {x + 52} -240 A52 52 0 1 1 {x - 52} -240Z",
            light(colour, 0.12),
            form="round",
        )
        s.ellipse(x, -240, 8, 8, dark(colour, 0.4))
    return Box(-344, -294, 344)


def round_table(s: Scene, colour: str, *, legs: str = "drum", height: float = 210) -> Box:
    """A coffee or side table with a round top."""
    r = 240 if height < 260 else 170
    if legs == "drum":
        for i in range(-6, 7):
            x = r * 0.62 * i / 6
            wood(
                s,
                f"M{x - 17} {-height} h34 V0 h-34z",
                dark(colour, 0.06 + 0.05 * abs(i)),
                upright=True,
                form="round",
            )
    elif legs == "cone":
        wood(
            s,
            f"M-60 {-height} H60 L{r * 0.6} 0 H{-r * 0.6}Z",
            dark(colour, 0.08),
            upright=True,
            form="round",
        )
    else:
        for x in (-r * 0.62, r * 0.62, 0):
            leg(s, x, height, x * 0.2, dark(colour, 0.1 if x else 0.3), w=12)
    y = -height
    wood(
        s,
        f"M{-r} {y} A{r} {r * 0.14} 0 0 0 {r} {y} V{y - 20} A{r} {r * 0.14} 0 0 1 {-r} {y - 20}Z",
        dark(colour, 0.22),
    )
    fill = s.gradient([(0, light(colour, 0.32)), (1, dark(colour, 0.08))], x2=1, y2=0.4)
    s.ellipse(0, y - 20, r, r * 0.14, fill)
    s.add(
        f'<ellipse cx="0" cy="{y - 20}" rx="{r}" ry="{r * 0.14}" filter="url(#{s.texture("grain")})"/>'
    )
    return Box(-r, y - 20 - r * 0.14, r)


def desk(s: Scene, colour: str, *, drawers: bool = True) -> Box:
    """A writing desk with two drawers."""
    for x in (-300, 300):
        leg(s, x, 330, x * 0.05, dark(colour, 0.12), w=13)
    wood(s, "M-340 -372 H340 V-344 H-340Z", colour)
    s.fill("M-340 -372 H340 v5 H-340Z", light(colour, 0.4), opacity=0.7)
    if drawers:
        wood(s, "M-300 -344 H300 V-272 H-300Z", dark(colour, 0.14))
        s.line("M0 -340 V-276", dark(colour, 0.6), 4)
        for x in (-150, 150):
            s.ellipse(x, -308, 10, 10, "#d9b36a")
    return Box(-342, -374, 342)


def dining_table(s: Scene, colour: str) -> Box:
    """A long table on two trestles."""
    for x in (-290, 290):
        s.tube(f"M{x} -330 L{x - 66} 0 M{x} -330 L{x + 66} 0", dark(colour, 0.12), 19)
        s.tube(f"M{x - 40} -120 H{x + 40}", dark(colour, 0.2), 12)
    s.tube("M-290 -220 H290", dark(colour, 0.24), 14)
    wood(s, "M-420 -372 H420 V-330 H-420Z", colour)
    s.fill("M-420 -372 H420 v6 H-420Z", light(colour, 0.4), opacity=0.7)
    return Box(-424, -374, 424)


def sideboard(s: Scene, colour: str, *, doors: int = 3, front: str = "") -> Box:
    """A sideboard on short legs; slatted with ``front="slat"``."""
    for x in (-330, 330):
        leg(s, x, 70, x * 0.03, dark(colour, 0.35), w=12)
    wood(s, "M-380 -330 H380 V-60 H-380Z", colour)
    wood(s, "M-388 -348 H388 V-326 H-388Z", light(colour, 0.16))
    wide = 752 / doors
    for i in range(doors):
        edge = -376 + wide * i
        if front == "slat":
            for k in range(int(wide // 22)):
                s.body(
                    f"M{edge + 8 + k * 22} -316 h13 v246 h-13z",
                    dark(colour, 0.12),
                    form="round",
                    occlusion=0.1,
                )
        elif front == "cane":
            s.body(
                f"M{edge + 22} -300 h{wide - 44} v214 h{-wide + 44}z",
                "#dcc499",
                form="flat",
                texture="weave",
            )
        else:
            s.line(f"M{edge} -322 V-66", dark(colour, 0.6), 3.4, opacity=0.8)
            s.ellipse(edge + (wide - 24 if i % 2 == 0 else 24), -196, 9, 9, "#d9b36a")
    return Box(-390, -350, 390)


def bookshelf(s: Scene, colour: str, *, rows: int = 4, full: bool = True) -> Box:
    """An open shelf with books and small things."""
    h, w = rows * 170 + 40, 190
    s.body(f"M{-w} {-h} H{w} V0 H{-w}Z", dark(colour, 0.5), form="flat")
    for row in range(rows):
        base = -30 - row * 170
        if full:
            _row(s, base, w, row)
        wood(s, f"M{-w} {base} H{w} v18 H{-w}Z", colour)
    for x in (-w - 8, w - 10):
        wood(s, f"M{x} {-h - 10} h18 V0 h-18z", light(colour, 0.1), upright=True)
    wood(s, f"M{-w - 8} {-h - 18} H{w + 8} v20 H{-w - 8}Z", light(colour, 0.16))
    return Box(-w - 10, -h - 20, w + 10)


def _row(s: Scene, base: float, w: float, row: int) -> None:
    x = -w + 14 if row % 2 else -w + 120
    tones = ("#c8643b", "#efe6d2", "#2f5b66", "#e3b04b", "#7d8f6a", "#5c2530", "#d8cdb6", "#8fa3a0")
    while x < (w - 110 if row % 2 else w - 30):
        bw, bh = 14 + s.random.random() * 16, 84 + s.random.random() * 50
        c = s.random.choice(tones)
        s.body(
            f"M{x:.0f} {base - bh:.0f}h{bw:.0f}v{bh:.0f}h{-bw:.0f}z", c, form="soft", occlusion=0.1
        )
        s.fill(f"M{x:.0f} {base - bh * 0.8:.0f}h{bw:.0f}v5h{-bw:.0f}z", light(c, 0.5), opacity=0.7)
        x += bw + 2
    x = w - 62 if row % 2 else -w + 62
    c = s.random.choice(tones)
    s.body(
        f"M{x - 16} {base - 96} Q{x - 54} {base - 60} {x - 30} {base} h60 Q{x + 54} {base - 60} {x + 16} {base - 96}Z",
        c,
    )


def bed(s: Scene, colour: str, *, linen: str = "#ece4d6", throw: str = "#c8643b") -> Box:
    """A bed with linen and a throw, from its foot."""
    wood(s, "M-330 -430 Q0 -470 330 -430 V-60 H-330Z", colour, form="soft")
    for x in (-150, 150):
        upholstery(s, f"M{x - 126} -250 Q{x - 136} -350 {x - 96} -352 Q{x} -366 {x + 96} -352 Q{x + 136} -350 {x + 126} -250Z",
                   light(linen, 0.3), texture="weave")  # fmt: skip
    upholstery(s, "M-340 -250 Q0 -290 340 -250 L352 -70 H-352Z", linen, texture="weave")
    upholstery(s, "M-348 -170 Q0 -204 348 -170 L356 -56 Q0 -40 -356 -56Z", throw)
    for i in range(34):
        fringe = -350 + i * 21.2
        s.line(f"M{fringe:.0f} -54 v22", dark(throw, 0.15), 5)
    wood(s, "M-350 -40 H350 V-14 H-350Z", dark(colour, 0.2))
    for x in (-330, 330):
        leg(s, x, 16, 0, dark(colour, 0.3), w=13)
    return Box(-358, -452, 358)


def nightstand(s: Scene, colour: str) -> Box:
    """A bedside table with a drawer and a gap."""
    for x in (-104, 104):
        leg(s, x, 130, x * 0.06, dark(colour, 0.1), w=10)
    wood(s, "M-130 -330 H130 V-120 H-130Z", colour)
    s.fill("M-116 -222 H116 V-138 H-116Z", dark(colour, 0.6))
    for i, c in enumerate(("#c8643b", "#efe6d2", "#2f5b66")):
        s.body(f"M-90 {-140 - i * 20} h130 v-18 h-130z", c, form="flat", occlusion=0)
    s.line("M-116 -234 H116", dark(colour, 0.6), 3)
    s.ellipse(0, -280, 11, 11, "#d9b36a")
    wood(s, "M-138 -348 H138 V-326 H-138Z", light(colour, 0.16))
    return Box(-140, -350, 140)


def mirror(s: Scene, colour: str, *, shape: str = "arch") -> Box:
    """A mirror; the origin is its lower edge."""
    outer = {"arch": "M-150 0 V-360 A150 150 0 0 1 150 -360 V0Z",
             "round": "M-200 -200 A200 200 0 1 1 200 -200 A200 200 0 1 1 -200 -200Z",
             "pebble": "M-150 -60 C-230 -260 -120 -440 40 -430 C220 -410 240 -190 150 -60 C90 20 -90 30 -150 -60Z"}[shape]  # fmt: skip
    wood(s, outer, colour, upright=True, form="soft")
    glass = s.gradient(
        [(0, "#eef1ec"), (0.45, "#c6d0cf"), (0.55, "#dfe6e2"), (1, "#a9b6b6")], x2=1, y2=0.8
    )
    cy = {"arch": -255, "round": -200, "pebble": -206}[shape]
    s.add(
        f'<g transform="translate(0 {cy * 0.08:.0f}) scale(.92)"><path d="{outer}" fill="{glass}"/></g>'
    )
    box = {"arch": (-150, -510, 150), "round": (-200, -400, 200), "pebble": (-196, -432, 210)}[
        shape
    ]
    return Box(*box)


def coat_stand(s: Scene, colour: str, *, coat: str = "#6f7f8a") -> Box:
    """A coat stand with a coat and a bag on it."""
    s.tube("M-100 0 L0 -120 L100 0 M0 -110 V-700", colour, 19)
    for k in (-1, 1):
        s.tube(f"M0 -600 Q{k * 60} -610 {k * 84} -670", colour, 14)
        s.tube(f"M0 -500 Q{k * 50} -510 {k * 70} -560", colour, 13)
    if coat:
        upholstery(s, "M52 -640 Q90 -668 126 -636 L170 -280 Q110 -250 30 -280 L30 -500Z", coat)
        s.line("M92 -600 L96 -290", dark(coat, 0.4), 5, opacity=0.6)
    return Box(-104, -708, 174 if coat else 104)


def ladder(s: Scene, colour: str, *, throws: tuple[str, ...] = ()) -> Box:
    """A leaning ladder for throws and towels."""
    rungs = (-130, -270, -410, -550)
    for y in rungs:
        s.tube(f"M-96 {y} H96", dark(colour, 0.1), 14)
    for i, c in enumerate(throws):
        y = rungs[3 - i]
        upholstery(
            s, f"M-80 {y - 12} Q0 {y - 22} 80 {y - 12} L74 {y + 150} Q0 {y + 166} -76 {y + 150}Z", c
        )
        for k in range(13):
            s.line(f"M{-70 + k * 12} {y + 152} v20", dark(c, 0.15), 4)
    for x in (-104, 104):
        s.tube(f"M{x} 0 L{x * 0.9} -660", colour, 17)
    return Box(-114, -668, 114)


def wall_shelf(s: Scene, colour: str) -> Box:
    """Two planks with things on them; the origin is under the lower one."""
    for y in (-20, -240):
        s.fill(f"M-270 {y + 22} h540 v20 h-540z", "#120c08", opacity=0.3, blur="b3")
        wood(s, f"M-280 {y} H280 v24 H-280Z", colour)
    s.add('<g transform="translate(0 -20)">')
    _row(s, 0, 260, 1)
    s.add('</g><g transform="translate(60 -240)">')
    _row(s, 0, 200, 2)
    s.add("</g>")
    return Box(-282, -390, 282, 6)


def rocker(s: Scene, colour: str, *, timber: str = OAK) -> Box:
    """A rocking chair from the side."""
    s.tube("M-230 -36 Q0 30 220 -30", timber, 16)
    for x in (-120, 110):
        s.tube(f"M{x} -4 L{x * 0.84} -220", timber, 14)
    upholstery(s, "M-206 -500 Q-216 -534 -180 -536 Q-146 -536 -138 -508 L-64 -212 L-120 -190 Q-150 -190 -156 -220Z",
               dark(colour, 0.06), texture="boucle")  # fmt: skip
    upholstery(s, "M-130 -228 Q-130 -262 -90 -262 H120 Q152 -262 152 -230 Q152 -196 120 -196 H-96 Q-128 -196 -130 -214Z",
               colour, texture="boucle")  # fmt: skip
    s.tube("M-164 -336 Q0 -356 140 -330 L120 -230", timber, 14)
    return Box(-236, -538, 226, 8)


def ottoman(s: Scene, colour: str, *, texture: str = "boucle") -> Box:
    """A low round footstool."""
    for x in (-110, 110):
        leg(s, x, 40, 0, WALNUT, w=12)
    upholstery(s, "M-170 -150 Q-176 -190 -120 -196 H120 Q176 -190 170 -150 V-70 Q170 -36 130 -36 H-130 Q-170 -36 -170 -70Z",
               colour, texture=texture, form="round")  # fmt: skip
    s.line("M-168 -130 Q0 -110 168 -130", dark(colour, 0.4), 4, opacity=0.6)
    return Box(-174, -196, 174)
