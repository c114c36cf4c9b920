"""Bottles, jars, soap and candles."""

from demo.art.colour import dark, light, luminance, mix
from demo.art.forms.ceramics import flame, taper
from demo.art.forms.lathe import PLAIN, Finish, Points, spin
from demo.art.scene import Box, Scene

AMBER = "#7c4a23"
PAPER = "#f8f3e6"


def label(
    s: Scene, x: float, y: float, w: float, h: float, accent: str, *, paper: str = PAPER
) -> None:
    """A printed label: a few lines where words would be, and a dot."""
    ink = "#26231f" if luminance(paper) > 0.5 else "#f5efe4"
    s.body(f"M{x} {y}h{w}v{h}h{-w}z", paper, form="soft", occlusion=0.05)
    for k, (dy, share, thick) in enumerate(
        ((0.2, 0.62, 0.05), (0.34, 0.42, 0.025), (0.44, 0.5, 0.025))
    ):
        s.fill(f"M{x + w * 0.14} {y + h * dy}h{w * share}v{h * thick}h{-w * share}z", ink,
               opacity=0.9 if k == 0 else 0.5)  # fmt: skip
    s.ellipse(x + w * 0.74, y + h * 0.76, w * 0.1, w * 0.1, accent)


def bottle(
    s: Scene, colour: str, *, cap: str = "screw", slim: bool = False, accent: str = ""
) -> Box:
    """A bottle with a label; ``cap`` is screw, pump, dropper or cork."""
    w = 74 if slim else 96
    points: Points = [
        (0, w - 8),
        (8, w),
        (230, w),
        (258, w * 0.86),
        (284, 36),
        (300, 34),
        (312, 34),
    ]
    spin(s, colour, points, finish=Finish(texture=None, gloss=0.55), open_top=False, tilt=0.1)
    label(s, -w * 0.74, -206, w * 1.48, 150, accent or colour)
    if cap == "pump":
        spin(s, "#23211f", [(306, 40), (340, 40), (344, 12), (392, 10)], finish=Finish(texture=None), open_top=False,
             sharp=True)  # fmt: skip
        s.tube("M2 -396 H-74 Q-96 -396 -98 -370", "#2b2926", 17)
        return Box(-106, -408, w)
    if cap == "dropper":
        spin(
            s,
            "#23211f",
            [(306, 40), (350, 38)],
            finish=Finish(texture=None),
            open_top=False,
            sharp=True,
        )
        spin(
            s,
            "#3a3632",
            [(350, 24), (380, 28), (410, 20), (420, 6)],
            finish=Finish(texture=None),
            open_top=False,
        )
        return Box(-w, -422, w)
    tone = "#c39a6b" if cap == "cork" else "#26231f"
    spin(s, tone, [(306, 36), (310, 38), (366, 36), (370, 34)], finish=Finish(texture="clay", inside=light(tone, 0.2)),
         tilt=0.1)  # fmt: skip
    return Box(-w, -376, w)


def bottle_pair(s: Scene, colour: str, *, second: str, cap: str = "pump") -> Box:
    """A tall and a small bottle that belong together."""
    s.add('<g transform="translate(96 -20) scale(.72)">')
    bottle(s, second, cap="screw", slim=True)
    s.add("</g>")
    s.add('<g transform="translate(-62 0)">')
    bottle(s, colour, cap=cap)
    s.add("</g>")
    return Box(-170, -408, 152)


def jar(s: Scene, colour: str, *, lid: str = "#26231f", low: bool = True) -> Box:
    """A cream jar with its lid on."""
    h = 110 if low else 190
    spin(s, colour, [(0, 112), (8, 120), (h, 120), (h + 6, 112)], finish=Finish(texture=None, gloss=0.5),
         open_top=False)  # fmt: skip
    label(s, -84, -h + 10, 168, h - 26, mix(colour, lid, 0.5))
    s.add(f'<g transform="translate(0 {-h - 2})">')
    spin(s, lid, [(0, 122), (4, 124), (50, 124), (56, 120)], finish=Finish(texture="clay", inside=light(lid, 0.12)),
         tilt=0.12)  # fmt: skip
    s.add("</g>")
    return Box(-126, -h - 76, 126)


def salts(s: Scene, colour: str) -> Box:
    """A glass jar of bath salts with a wooden lid and a scoop."""
    s.add('<g opacity=".9">')
    spin(s, mix(colour, "#eef0ea", 0.35), [(0, 112), (8, 122), (250, 122), (262, 112)],
         finish=Finish(texture="pale", gloss=0.6), open_top=False)  # fmt: skip
    s.add("</g>")
    spin(
        s,
        colour,
        [(8, 110), (14, 114), (190, 114)],
        finish=Finish(texture="speckle", gloss=0.3),
        tilt=0.1,
    )
    label(s, -70, -170, 140, 110, dark(colour, 0.3))
    s.add('<g transform="translate(0 -258)">')
    spin(
        s,
        "#b98a58",
        [(0, 118), (40, 118)],
        finish=Finish(texture="grain", inside="#c99c69"),
        tilt=0.12,
        sharp=True,
    )
    s.add("</g>")
    return Box(-124, -314, 124)


def soap(s: Scene, colour: str, *, stamp: bool = True) -> Box:
    """One bar of soap, stood on its long edge."""
    d = "M-190 -40 Q-190 -150 -160 -156 H160 Q190 -150 190 -40 Q186 0 160 0 H-160 Q-186 0 -190 -40Z"
    s.body(d, colour, form="soft", texture="clay")
    s.fill("M-170 -150 Q0 -162 170 -150 Q0 -140 -170 -150Z", "#ffffff", opacity=0.4, blur="b1")
    if stamp:
        s.line("M-70 -110 H70 M-46 -84 H46", dark(colour, 0.35), 8, opacity=0.5)
        s.line("M-60 -52 H60", dark(colour, 0.35), 4, opacity=0.4)
    return Box(-190, -156, 190)


def soap_stack(s: Scene, colour: str, *, seconds: tuple[str, ...]) -> Box:
    """Four bars, each in another colour, with string round them."""
    for i, c in enumerate((colour, *seconds)):
        x, y = (i % 2) * 16 - 8, -i * 78
        s.body(f"M{x - 170} {y - 20} Q{x - 170} {y - 74} {x - 146} {y - 76} H{x + 146} Q{x + 170} {y - 74} {x + 170} "
               f"{y - 20} Q{x + 168} {y} {x + 146} {y} H{x - 146} Q{x - 168} {y} {x - 170} {y - 20}Z", c,
               form="soft", texture="speckle" if i % 2 else "clay")  # fmt: skip
    top = -(len(seconds) + 1) * 78
    s.line(
        f"M-20 0 V{top + 4} M-14 {top + 2} q-60 -40 -50 0 q20 16 50 0 q50 -44 58 -6 q-18 22 -58 6",
        "#a98a5f",
        5,
    )
    return Box(-180, top - 34, 180)


def soap_dish(s: Scene, colour: str, *, bar: str = "#e8d9c0") -> Box:
    """A bar on a ribbed dish."""
    s.add('<g transform="translate(0 -34) scale(.8)">')
    soap(s, bar)
    s.add("</g>")
    spin(s, colour, [(0, 150), (8, 160), (40, 196), (46, 200)], open_top=False, tilt=0.06)
    s.line("M-198 -44 H198", light(colour, 0.4), 6)
    return Box(-202, -162, 202)


def tin(s: Scene, colour: str) -> Box:
    """Round flat tins, one leaning."""
    spin(s, colour, [(0, 130), (4, 134), (56, 134), (62, 130)], finish=Finish(texture=None, gloss=0.4,
         inside=light(colour, 0.3)), tilt=0.18)  # fmt: skip
    s.ellipse(0, -62, 96, 16, light(colour, 0.5))
    s.add('<g transform="translate(0 -60)">')
    spin(
        s,
        "#c9ccc6",
        [(0, 128), (4, 132), (50, 132), (56, 128)],
        finish=Finish(texture=None, gloss=0.4),
        tilt=0.18,
    )
    s.ellipse(0, -56, 118, 20, PAPER)
    s.ellipse(0, -56, 34, 6, colour)
    s.add("</g>")
    return Box(-136, -142, 136)


def jar_candle(s: Scene, colour: str, *, burning: bool = True, glass: bool = True) -> Box:
    """A candle in a glass with a label."""
    if glass:
        s.add('<g opacity=".95">')
    spin(s, colour, [(0, 106), (10, 118), (230, 122), (240, 120)],
         finish=Finish(texture=None if glass else "speckle", gloss=0.5, inside="#f3e2bd"), tilt=0.14)  # fmt: skip
    if glass:
        s.add("</g>")
    label(s, -76, -176, 152, 118, dark(colour, 0.2))
    if burning:
        s.ellipse(0, -238, 96, 12, "#ffeec2", opacity=0.9)
    flame(s, 0, -238, lit=burning, size=1.15)
    return Box(-124, -300 if burning else -258, 124)


def pillars(s: Scene, colour: str) -> Box:
    """Three pillar candles of different height."""
    for x, y, r, h in ((-130, -16, 62, 230), (120, -22, 54, 170), (0, 0, 60, 340)):
        s.ellipse(x, y, r * 1.1, 9, "#120c08", opacity=0.35, blur="b2")
        s.add(f'<g transform="translate({x} {y})">')
        spin(s, colour, [(0, r), (4, r + 2), (h - 6, r + 2), (h, r - 4)], finish=Finish(gloss=0.15,
             inside="#fbe6b4"), tilt=0.15)  # fmt: skip
        flame(s, 0, -h, size=1.0)
        s.add("</g>")
    return Box(-196, -400, 178)


def tapers(s: Scene, colour: str, *, seconds: tuple[str, str]) -> Box:
    """Three twisted tapers in brass feet."""
    for x, y, c, h in (
        (-110, -10, colour, 260),
        (110, -14, seconds[1], 230),
        (0, 0, seconds[0], 320),
    ):
        s.add(f'<g transform="translate({x} {y})">')
        spin(s, "#c9a053", [(0, 52), (6, 54), (16, 18), (46, 16), (60, 24), (72, 22)], finish=Finish(texture=None,
             gloss=0.7))  # fmt: skip
        taper(s, c, base=68, height=h, lit=True)
        s.add("</g>")
    return Box(-166, -450, 166)


def diffuser(s: Scene, colour: str) -> Box:
    """A reed diffuser."""
    for i, lean in enumerate((-86, -52, -18, 22, 54, 90)):
        s.line(f"M{lean * 0.1} -190 L{lean} {-430 + (i % 3) * 18}", "#8f6f4c", 4.6)
        s.line(f"M{lean * 0.1 - 1} -190 L{lean - 1} {-430 + (i % 3) * 18}", "#cdaa7c", 1.6)
    spin(s, colour, [(0, 96), (8, 106), (130, 106), (170, 70), (186, 30), (214, 30)], finish=Finish(texture=None,
         gloss=0.6))  # fmt: skip
    label(s, -62, -122, 124, 88, dark(colour, 0.2))
    return Box(-108, -440, 108)


def brush(s: Scene, colour: str) -> Box:
    """A bath brush leaning on a folded towel."""
    for i, c in enumerate((colour, light(colour, 0.3), light(colour, 0.5))):
        s.body(f"M-180 {-i * 44} Q-196 {-i * 44 - 22} -180 {-i * 44 - 44} H170 Q190 {-i * 44 - 40} 190 "
               f"{-i * 44 - 22} Q190 {-i * 44 - 4} 170 {-i * 44}Z", c, form="flat", texture="wool")  # fmt: skip
    s.add('<g transform="translate(-30 -148) rotate(-14)">')
    s.body(
        "M-150 0 Q-160 -34 -96 -38 Q-30 -40 -10 -26 L210 -22 Q226 -12 210 -4 L-10 0Z",
        "#b98a58",
        texture="grain",
    )
    for i in range(34):
        s.line(f"M{-146 + i * 4} 0 l{(i % 3 - 1) * 2} 30", "#e7d9b8", 3)
    s.add("</g>")
    return Box(-196, -240, 196)


def tube(s: Scene, colour: str) -> Box:
    """A hand cream tube standing on its cap."""
    s.body("M-84 -360 H84 L62 -50 H-62Z", colour, form="round")
    s.body("M-86 -376 h172 v22 h-172z", light(colour, 0.2), form="flat")
    for i in range(16):
        s.line(f"M{-80 + i * 10.6} -374 v18", dark(colour, 0.3), 1.4, opacity=0.5)
    spin(s, "#26231f", [(0, 58), (50, 60)], finish=Finish(texture=None), open_top=False, sharp=True)
    s.line("M-36 -290 H30 M-36 -262 H8 M-36 -244 H18", light(colour, 0.75), 8, opacity=0.9)
    s.ellipse(26, -130, 14, 14, light(colour, 0.75))
    return Box(-88, -378, 88)


def matches(s: Scene, colour: str) -> Box:
    """A glass of long matches with a striker."""
    for i in range(11):
        lean = (i - 5) * 11
        s.line(f"M{lean * 0.3} -120 L{lean} {-300 - (i * 37 % 40)}", "#d9b98a", 6)
        s.ellipse(lean, -304 - (i * 37 % 40), 6, 10, colour)
    spin(s, colour, [(0, 66), (4, 70), (180, 72), (186, 72)], finish=Finish(texture=None, gloss=0.6,
         inside="#3a2f28"))  # fmt: skip
    label(s, -46, -140, 92, 96, dark(colour, 0.3))
    return Box(-76, -356, 76)


def gift_box(s: Scene, colour: str, *, inside: tuple[str, str]) -> Box:
    """An open box with a bottle, a jar and soap in paper wool."""
    s.body("M-210 -210 L-170 -300 H170 L210 -210Z", dark(colour, 0.3), form="flat")
    s.add('<g transform="translate(-92 -120) scale(.62)">')
    bottle(s, inside[0], cap="dropper", slim=True)
    s.add('</g><g transform="translate(70 -120) scale(.62)">')
    jar(s, inside[1])
    s.add("</g>")
    for i in range(46):
        x = -196 + i * 8.6
        s.line(f"M{x:.0f} -196 q{(i * 13) % 30 - 15} -40 {(i * 29) % 40 - 20} -{16 + (i * 17) % 26}", "#e9d7b4", 4,
               opacity=0.9)  # fmt: skip
    s.body(
        "M-210 -210 H210 V-8 Q210 0 200 0 H-200 Q-210 0 -210 -8Z",
        colour,
        form="flat",
        texture="clay",
    )
    label(s, -60, -150, 120, 84, inside[0])
    return Box(-212, -390, 212)


def sponge(s: Scene, colour: str) -> Box:
    """A ceramic dish of bath bombs."""
    for x, y, c in (
        (-76, -86, colour),
        (70, -90, light(colour, 0.45)),
        (0, -150, mix(colour, "#e7b9a8", 0.6)),
    ):
        s.body(
            f"M{x - 64} {y} A64 64 0 1 1 {x + 64} {y} A64 64 0 1 1 {x - 64} {y}Z",
            c,
            texture="speckle",
        )
    spin(
        s,
        "#efe6d6",
        [(0, 120), (10, 130), (40, 170), (56, 178)],
        finish=PLAIN,
        open_top=False,
        tilt=0.05,
    )
    return Box(-180, -216, 180)
