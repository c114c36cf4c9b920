"""Bags and small leather goods."""

from demo.art.colour import dark, light, luminance
from demo.art.scene import Box, Scene

BRASS = "#d0a75c"


def hide(s: Scene, path: str, colour: str, *, form: str = "soft") -> None:
    s.body(path, colour, form=form, texture="leather", occlusion=0.24)


def stitch(s: Scene, path: str, colour: str) -> None:
    """A row of saddle stitches."""
    tone = light(colour, 0.55) if luminance(colour) < 0.6 else dark(colour, 0.45)
    s.line(path, tone, 2.6, dash="9 7", opacity=0.75)


def clasp(s: Scene, x: float, y: float, w: float = 40, h: float = 46) -> None:
    s.body(f"M{x - w / 2} {y}h{w}v{h}h{-w}z", BRASS, form="soft", occlusion=0.1)
    s.line(f"M{x} {y + h * 0.35}v{h * 0.3}", dark(BRASS, 0.5), 4)


def frame_bag(s: Scene, colour: str) -> Box:
    """A boxy bag with one round handle."""
    s.tube("M-100 -300 C-110 -520 110 -520 100 -300", dark(colour, 0.12), 22)
    hide(s, "M-176 -320 Q0 -300 176 -320 L204 -30 Q206 0 166 0 H-166 Q-206 0 -204 -30Z", colour)
    hide(s, "M-176 -320 Q0 -300 176 -320 L188 -210 Q0 -150 -188 -210Z", light(colour, 0.05))
    stitch(s, "M-178 -212 Q0 -160 178 -212", colour)
    stitch(s, "M-186 -30 Q-184 -14 -160 -14 H160 Q184 -14 186 -30", colour)
    clasp(s, 0, -204)
    return Box(-206, -476, 206)


def tote(s: Scene, colour: str, *, pocket: bool = True) -> Box:
    """An open tote with two long straps."""
    s.tube("M-92 -360 C-96 -560 70 -560 74 -360", dark(colour, 0.35), 16)
    hide(s, "M-170 -376 H170 L196 -20 Q196 0 176 0 H-176 Q-196 0 -196 -20Z", colour)
    s.fill("M-170 -376 H170 L171 -364 H-171Z", dark(colour, 0.45))
    s.tube("M-74 -330 C-86 -580 92 -580 92 -330", colour, 19)
    for x in (-74, 92):
        hide(s, f"M{x - 15} -340h30v64q-15 14 -30 0z", dark(colour, 0.12))
        s.ellipse(x, -300, 6, 6, BRASS)
    if pocket:
        hide(
            s,
            "M-116 -220 H116 L122 -52 Q122 -40 110 -40 H-110 Q-122 -40 -122 -52Z",
            light(colour, 0.06),
        )
        stitch(s, "M-108 -212 H108 M-114 -54 Q-112 -48 -104 -48 H104 Q112 -48 114 -54", colour)
    stitch(s, "M-184 -24 Q-182 -12 -170 -12 H170 Q182 -12 184 -24", colour)
    return Box(-197, -530, 197)


def satchel(s: Scene, colour: str) -> Box:
    """A cross-body bag with a flap and a strap lying over it."""
    s.tube("M-176 -230 C-240 -560 180 -600 178 -230", dark(colour, 0.2), 13)
    hide(s, "M-196 -236 Q-196 -256 -176 -256 H176 Q196 -256 196 -236 V-40 Q196 0 156 0 H-156 Q-196 0 -196 -40Z",
         dark(colour, 0.14))  # fmt: skip
    hide(s, "M-200 -240 Q-200 -266 -174 -266 H174 Q200 -266 200 -240 V-130 C196 -50 90 -44 0 -44 C-90 -44 -196 -50 "
         "-200 -130Z", colour)  # fmt: skip
    stitch(s, "M-186 -236 V-132 C-182 -64 -84 -58 0 -58 C84 -58 182 -64 186 -132 V-236", colour)
    clasp(s, 0, -84, 54, 40)
    return Box(-204, -520, 204)


def bucket(s: Scene, colour: str) -> Box:
    """A bucket bag drawn shut with a cord."""
    s.tube("M-120 -300 C-160 -620 160 -620 120 -300", dark(colour, 0.16), 17)
    hide(s, "M-140 -330 Q-110 -310 -80 -330 Q-50 -308 -20 -330 Q10 -308 40 -330 Q70 -308 100 -330 Q120 -314 140 -330 "
         "L166 -20 Q0 22 -166 -20Z", colour, form="round")  # fmt: skip
    hide(s, "M-160 -80 Q0 -46 160 -80 L166 -20 Q0 22 -166 -20Z", dark(colour, 0.28), form="round")
    stitch(s, "M-158 -74 Q0 -40 158 -74", colour)
    s.line("M-142 -286 Q0 -262 142 -286", light(colour, 0.35), 8)
    s.line(
        "M-10 -272 C-30 -220 -46 -190 -40 -150 M10 -272 C30 -230 40 -190 30 -140",
        light(colour, 0.35),
        7,
    )
    for x, y in ((-40, -140), (30, -130)):
        s.body(f"M{x - 9} {y - 16}h18l6 42h-30z", dark(colour, 0.1))
    return Box(-168, -566, 168, 8)


def backpack(s: Scene, colour: str) -> Box:
    """A roll-top rucksack."""
    s.tube("M-36 -470 C-36 -520 36 -520 36 -470", dark(colour, 0.3), 14)
    hide(s, "M-150 -440 Q-150 -470 -120 -470 H120 Q150 -470 150 -440 L168 -30 Q168 0 138 0 H-138 Q-168 0 -168 -30Z",
         colour, form="round")  # fmt: skip
    hide(
        s, "M-158 -470 Q0 -500 158 -470 V-360 Q0 -330 -158 -360Z", light(colour, 0.08), form="round"
    )
    hide(
        s,
        "M-120 -210 Q0 -224 120 -210 V-46 Q120 -30 104 -30 H-104 Q-120 -30 -120 -46Z",
        dark(colour, 0.08),
        form="round",
    )
    stitch(
        s, "M-110 -200 Q0 -214 110 -200 M-108 -48 Q-108 -40 -100 -40 H100 Q108 -40 108 -48", colour
    )
    for x in (-78, 78):
        hide(s, f"M{x - 15} -480 h30 v220 q-15 16 -30 0z", dark(colour, 0.34), form="flat")
        s.add(f'<rect x="{x - 21}" y="-330" width="42" height="32" rx="5" fill="none" stroke="{BRASS}" '
              f'stroke-width="7"/>')  # fmt: skip
    return Box(-170, -516, 170)


def weekender(s: Scene, colour: str, *, trim: str = "") -> Box:
    """A travel bag, wide and soft."""
    edge = trim or dark(colour, 0.3)
    s.tube("M-120 -230 C-120 -400 120 -400 120 -230", edge, 19)
    hide(
        s,
        "M-280 -210 Q-270 -262 -200 -262 H200 Q270 -262 280 -210 L292 -50 Q292 0 240 0 H-240 Q-292 0 -292 -50Z",
        colour,
    )
    for x in (-280, 280):
        k = 1 if x > 0 else -1
        hide(
            s,
            f"M{x} -214 L{x - k * 76} -262 L{x - k * 60} 0 H{x - k * 40} Q{x + k * 12} 0 {x + k * 12} -50Z",
            edge,
        )
    for x in (-130, 106):
        hide(s, f"M{x} -262 h26 V0 h-26z", edge, form="flat")
    s.line("M-200 -250 H200", BRASS, 7, dash="3 5")
    stitch(s, "M-120 -250 V-10 M118 -250 V-10", edge)
    hide(s, "M-30 -240 h60 v66 q-30 22 -60 0z", edge)
    s.ellipse(0, -196, 8, 8, BRASS)
    return Box(-296, -362, 296)


def clutch(s: Scene, colour: str) -> Box:
    """An envelope clutch stood on its edge."""
    hide(s, "M-230 -270 H230 Q240 -270 240 -258 V-14 Q240 0 226 0 H-226 Q-240 0 -240 -14 V-258 Q-240 -270 -230 -270Z",
         dark(colour, 0.1))  # fmt: skip
    hide(
        s, "M-240 -262 Q-240 -276 -226 -276 H226 Q240 -276 240 -262 L14 -84 Q0 -74 -14 -84Z", colour
    )
    stitch(s, "M-222 -264 L0 -94 L222 -264", colour)
    s.ellipse(0, -104, 15, 15, BRASS)
    s.ellipse(s.lit * 4, -108, 6, 6, "#f6e2b4")
    s.line("M236 -250 C300 -220 300 -120 262 -60", dark(colour, 0.2), 13)
    return Box(-242, -278, 296)


def wallet(s: Scene, colour: str, *, long: bool = False) -> Box:
    """A bifold lying flat, half open over its own cards. The origin is below it."""
    w, h = (250, 250) if long else (190, 290)
    hide(s, f"M{-w} {-h} H{w} Q{w + 14} {-h} {w + 14} {-h + 14} V-14 Q{w + 14} 0 {w} 0 H{-w} Q{-w - 14} 0 {-w - 14} -14 "
         f"V{-h + 14} Q{-w - 14} {-h} {-w} {-h}Z", dark(colour, 0.18), form="flat")  # fmt: skip
    for i, c in enumerate(("#e7d9bd", "#2f5b66", "#d9762f")):
        s.body(
            f"M{-w + 26} {-h + 24 + i * 26}H{w - 40}v90H{-w + 26}z", c, form="flat", occlusion=0.1
        )
    hide(s, f"M{-w - 6} {-h * 0.62} H{w + 6} Q{w + 14} {-h * 0.62} {w + 14} {-h * 0.58} V-14 Q{w + 14} 0 {w} 0 H{-w} "
         f"Q{-w - 14} 0 {-w - 14} -14 V{-h * 0.58} Q{-w - 14} {-h * 0.62} {-w - 6} {-h * 0.62}Z", colour, form="flat")  # fmt: skip
    stitch(s, f"M{-w} {-h * 0.56} V-14 H{w} V{-h * 0.56}", colour)
    s.body(f"M{w - 70} -52 h44 v20 h-44z", BRASS, form="flat", occlusion=0)
    return Box(-w - 14, -h, w + 14)


def card_holder(s: Scene, colour: str, *, second: str) -> Box:
    """Two card holders, fanned."""
    for turn, c, x in ((-12, second, -70), (9, colour, 60)):
        s.add(f'<g transform="translate({x} -10) rotate({turn})">')
        s.fill("M-140 -196 h280 v196 h-280z", "#000000", opacity=0.3, blur="b2")
        s.body("M-118 -236 h240 v100 h-240z", "#efe6d6", form="flat")
        s.fill("M-96 -220 h70 v12 h-70z", "#c8643b")
        hide(s, "M-140 -200 Q-60 -200 -40 -176 H140 Q150 -176 150 -166 V-10 Q150 0 140 0 H-140 Q-150 0 -150 -10 V-190 "
             "Q-150 -200 -140 -200Z", c, form="flat")  # fmt: skip
        stitch(s, "M-138 -186 V-12 H138 V-164", c)
        stitch(s, "M-138 -110 H138", c)
        s.add("</g>")
    return Box(-250, -280, 232, 26)


def belt(s: Scene, colour: str) -> Box:
    """A coiled belt with its buckle to the front."""
    hide(
        s,
        "M-170 -40 A170 66 0 1 1 170 -40 V-110 A170 66 0 1 0 -170 -110Z",
        dark(colour, 0.42),
        form="round",
    )
    s.ellipse(0, -112, 150, 54, dark(colour, 0.6))
    hide(
        s,
        "M-130 -66 A130 44 0 0 0 130 -66 V-128 A130 44 0 0 1 -130 -128Z",
        dark(colour, 0.2),
        form="round",
    )
    hide(s, "M-172 -44 A172 66 0 0 0 172 -44 V-116 A172 66 0 0 1 -172 -116Z", colour, form="round")
    stitch(s, "M-168 -106 A168 64 0 0 0 168 -106", colour)
    stitch(s, "M-168 -46 A168 64 0 0 0 168 -46", colour)
    s.add(f'<rect x="-46" y="-66" width="84" height="88" rx="12" fill="none" stroke="{BRASS}" stroke-width="13" '
          f'transform="translate(0 6)"/>')  # fmt: skip
    s.add(
        '<rect x="-43" y="-57" width="84" height="88" rx="12" fill="none" stroke="#f3dca8" stroke-width="3"/>'
    )
    s.line("M-46 -14 H34", BRASS, 9)
    return Box(-176, -178, 176, 40)


def key_fob(s: Scene, colour: str, *, second: str) -> Box:
    """A loop with two keys."""
    s.add('<circle cx="0" cy="-300" r="46" fill="none" stroke="#b9bcb6" stroke-width="11"/>')
    for turn, c in ((14, second), (-16, colour)):
        s.add(f'<g transform="translate(0 -300) rotate({turn})">')
        hide(s, "M-26 20 Q-34 180 -40 280 Q0 304 40 280 Q34 180 26 20Z", c, form="round")
        stitch(s, "M-16 40 Q-22 180 -28 270 M16 40 Q22 180 28 270", c)
        s.ellipse(0, 54, 9, 9, BRASS)
        s.add("</g>")
    for turn, y in ((58, 0), (-62, 0)):
        s.add(f'<g transform="translate(0 -300) rotate({turn})">')
        s.body(
            f"M-11 {y + 50} h22 v150 h-10 v-16 h-8 v-14 h8 v-14 h-12z",
            "#c2c5be",
            form="soft",
            occlusion=0,
        )
        s.add('<circle cx="0" cy="46" r="30" fill="none" stroke="#c9ccc5" stroke-width="15"/></g>')
    return Box(-200, -352, 200)


def sleeve(s: Scene, colour: str, *, second: str = "#c9ccc6") -> Box:
    """A laptop half out of its sleeve, seen from above."""
    s.body("M-216 -420 h432 v260 h-432z", second, form="flat", occlusion=0.1)
    hide(s, "M-240 -330 Q-240 -344 -226 -344 H226 Q240 -344 240 -330 V-16 Q240 0 224 0 H-224 Q-240 0 -240 -16Z", colour,
         form="flat")  # fmt: skip
    stitch(s, "M-226 -334 V-14 H226 V-334", colour)
    hide(s, "M-60 -344 h120 v40 q-60 34 -120 0z", dark(colour, 0.2), form="flat")
    s.body("M120 -60 h70 v26 h-70z", BRASS, form="flat", occlusion=0)
    return Box(-242, -422, 242)


def pouch(s: Scene, colour: str) -> Box:
    """A zipped pouch lying flat."""
    hide(s, "M-220 -230 H220 Q232 -230 232 -216 L240 -20 Q240 0 220 0 H-220 Q-240 0 -240 -20 L-232 -216 Q-232 -230 -220 "
         "-230Z", colour)  # fmt: skip
    s.line("M-216 -214 H206", dark(colour, 0.5), 14)
    s.line("M-216 -214 H206", BRASS, 7, dash="4 5")
    hide(s, "M200 -226 q40 4 52 60 q-14 16 -30 2 q-10 -40 -30 -44z", dark(colour, 0.25))
    stitch(s, "M-222 -196 H222 M-226 -20 Q-226 -14 -216 -14 H216 Q226 -14 226 -20", colour)
    return Box(-242, -232, 254)


def dopp(s: Scene, colour: str) -> Box:
    """A wash bag with a side handle."""
    s.tube("M230 -150 C300 -160 300 -60 232 -60", dark(colour, 0.3), 16)
    hide(
        s,
        "M-236 -170 Q-230 -216 -180 -220 H180 Q230 -216 236 -170 V-40 Q236 0 196 0 H-196 Q-236 0 -236 -40Z",
        colour,
    )
    hide(
        s,
        "M-236 -170 Q-230 -216 -180 -220 H180 Q230 -216 236 -170 Q0 -140 -236 -170Z",
        light(colour, 0.12),
    )
    s.line("M-190 -194 Q0 -176 190 -194", BRASS, 7, dash="4 5")
    stitch(s, "M-226 -160 Q0 -128 226 -160", colour)
    hide(s, "M-210 -200 h50 v60 h-50z", dark(colour, 0.3), form="flat")
    return Box(-240, -222, 290)


def notebook(s: Scene, colour: str, *, band: str = "#2a2622") -> Box:
    """A notebook in a leather cover, with a pen, from above."""
    s.body("M-164 -444 H176 V-2 H-164Z", "#f3ecdc", form="flat")
    hide(s, "M-180 -450 H150 Q170 -450 170 -430 V-16 Q170 4 150 4 H-180Z", colour, form="flat")
    s.fill("M-180 -450 h34 v454 h-34z", dark(colour, 0.35), opacity=0.6)
    stitch(s, "M-136 -438 H156 V-8 H-136", colour)
    s.body("M96 -452 h16 v458 h-16z", band, form="flat", occlusion=0)
    s.add('<g transform="translate(228 -30) rotate(4)">')
    s.body("M-11 -330 Q0 -346 11 -330 V0 L0 30 L-11 0Z", "#26231f")
    s.body("M-11 -120 h22 v18 h-22z", BRASS, occlusion=0)
    s.add("</g>")
    return Box(-182, -454, 246, 8)


def glasses_case(s: Scene, colour: str) -> Box:
    """A slim case with spectacles before it."""
    hide(s, "M-220 -130 Q-220 -180 -160 -180 H160 Q220 -180 220 -130 V-90 Q220 -40 160 -40 H-160 Q-220 -40 -220 -90Z",
         colour)  # fmt: skip
    hide(s, "M-90 -180 H90 V-96 Q0 -70 -90 -96Z", dark(colour, 0.16))
    stitch(s, "M-80 -176 V-104 Q0 -82 80 -104 V-176", colour)
    s.ellipse(0, -106, 9, 9, BRASS)
    for x in (-84, 84):
        s.add(f'<ellipse cx="{x}" cy="-34" rx="66" ry="46" fill="#dfe8e4" fill-opacity=".35" stroke="#3a2a1d" '
              f'stroke-width="9"/>')  # fmt: skip
    s.line("M-20 -42 Q0 -60 20 -42 M-150 -42 L-210 -70 M150 -42 L210 -70", "#3a2a1d", 9)
    return Box(-224, -182, 224, 16)


def luggage_tags(s: Scene, colour: str, *, seconds: tuple[str, str]) -> Box:
    """Three luggage tags side by side, from above."""
    for x, turn, c in ((-170, -8, colour), (0, 3, seconds[0]), (170, 10, seconds[1])):
        s.add(f'<g transform="translate({x} 0) rotate({turn})">')
        s.line("M0 -270 C-60 -400 70 -420 6 -284", dark(c, 0.25), 14)
        hide(
            s,
            "M-70 -240 L-36 -300 H36 L70 -240 V-16 Q70 0 54 0 H-54 Q-70 0 -70 -16Z",
            c,
            form="flat",
        )
        s.body("M-44 -200 h88 v110 h-88z", "#f3ecdc", form="flat", occlusion=0)
        s.line("M-28 -170 h50 M-28 -146 h34 M-28 -122 h44", "#3a332c", 5, opacity=0.7)
        stitch(s, "M-58 -236 L-30 -288 H30 L58 -236 V-12 H-58Z", c)
        s.ellipse(0, -270, 10, 10, dark(c, 0.6))
        s.add("</g>")
    return Box(-270, -380, 290, 30)


def apron(s: Scene, colour: str) -> Box:
    """A leather work apron on a hook; the origin is its hem."""
    s.line("M-60 -520 C-60 -620 60 -620 60 -520", dark(colour, 0.3), 14)
    s.ellipse(0, -600, 13, 13, BRASS)
    hide(s, "M-76 -530 Q0 -510 76 -530 C84 -420 120 -380 176 -360 V-16 Q0 10 -176 -16 V-360 C-120 -380 -84 -420 -76 -530Z",
         colour)  # fmt: skip
    hide(s, "M-106 -250 H106 V-110 Q0 -94 -106 -110Z", light(colour, 0.08), form="flat")
    stitch(s, "M-98 -244 H98 M-98 -116 Q0 -102 98 -116 M0 -246 V-104", colour)
    stitch(s, "M-66 -516 Q0 -498 66 -516", colour)
    s.line("M176 -350 q60 60 40 180 M-176 -350 q-60 70 -34 190", dark(colour, 0.3), 11)
    return Box(-216, -612, 224, 6)
