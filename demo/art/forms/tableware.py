"""What stands on a laid table."""

from demo.art.colour import dark, light, mix
from demo.art.forms.lathe import PLAIN, Finish, Points, Profile, handle, spin
from demo.art.scene import Box, Scene

GLASS = "#dfe8e4"
OAK = "#b98a58"
MUG: Points = [(0, 70), (8, 80), (60, 88), (170, 90), (178, 88)]
ROUND_MUG: Points = [(0, 54), (10, 70), (70, 98), (130, 92), (160, 86)]
TUMBLER: Points = [(0, 58), (6, 62), (170, 78), (176, 78)]


def mug(
    s: Scene, colour: str, *, shape: str = "mug", finish: Finish = PLAIN, coffee: bool = True
) -> Box:
    """A mug with its handle to the right."""
    points = MUG if shape == "mug" else ROUND_MUG
    handle(s, colour, "M84 -142 C160 -152 160 -36 80 -44", 20)
    spin(s, colour, points, finish=finish, tilt=0.17)
    top, r = points[-1]
    if coffee:
        s.ellipse(0, -top + 5, r * 0.86, r * 0.13, "#5a3520")
        s.ellipse(-r * 0.2, -top + 3, r * 0.4, r * 0.045, "#8b5a38", opacity=0.8)
    return Box(-98, -top - 14, 148)


def mug_pair(s: Scene, colour: str, *, second: str, shape: str = "mug") -> Box:
    """Two mugs, one a step behind the other."""
    s.add('<g transform="translate(118 -34) scale(.92)">')
    mug(s, second, shape=shape)
    s.add("</g>")
    s.ellipse(-40, 2, 120, 13, "#120c08", opacity=0.4, blur="b2")
    s.add('<g transform="translate(-100 0)">')
    mug(s, colour, shape=shape)
    s.add("</g>")
    return Box(-200, -208, 256)


def espresso(s: Scene, colour: str) -> Box:
    """A small cup on a saucer."""
    spin(s, colour, [(0, 60), (6, 76), (16, 116), (22, 122)], tilt=0.2)
    s.ellipse(0, -24, 66, 11, "#120c08", opacity=0.3, blur="b1")
    s.add('<g transform="translate(0 -16)">')
    handle(s, colour, "M66 -84 C118 -92 118 -26 58 -34", 13)
    spin(s, colour, [(0, 40), (8, 50), (60, 68), (104, 72)], tilt=0.17)
    s.ellipse(0, -101, 61, 9, "#4b2c1b")
    s.ellipse(-8, -102, 40, 5, "#a9714a", opacity=0.8)
    s.add("</g>")
    return Box(-124, -134, 124)


def plates(s: Scene, colour: str, *, count: int = 5, second: str = "") -> Box:
    """A stack of plates; every other one in a second colour."""
    for i in range(count):
        c = second if second and i % 2 else colour
        s.add(f'<g transform="translate({(i % 3 - 1) * 3} {-i * 22})">')
        spin(s, c, [(0, 110), (5, 120), (20, 176), (30, 190)], tilt=0.17, finish=Finish(gloss=0.16),
             open_top=i == count - 1)  # fmt: skip
        s.add("</g>")
    y = -(count - 1) * 22 - 27
    c = second if second and (count - 1) % 2 else colour
    s.ellipse(0, y + 2, 170, 28, dark(c, 0.1))
    s.ellipse(0, y + 6, 126, 19, light(c, 0.16))
    return Box(-193, y - 36, 193)


def bowls(s: Scene, colour: str, *, count: int = 3, seconds: tuple[str, ...] = ()) -> Box:
    """Bowls that nest."""
    palette = (colour, *seconds) if seconds else (colour, light(colour, 0.45), dark(colour, 0.25))
    nest: Points = [(0, 66), (10, 70), (40, 130), (90, 180), (124, 194)]
    for i in reversed(range(count)):
        c = palette[i % len(palette)]
        s.add(f'<g transform="translate(0 {-i * 44}) scale({1 - 0.05 * i})">')
        if i == count - 1:
            spin(s, c, nest, tilt=0.16)
        else:  # only the front of the bowl shows: its rim curves towards the viewer
            front = Profile(nest).path(0, 124, 0.16).replace(" 0 0 1 ", " 0 0 0 ")
            s.body(front, c, texture="clay")
            s.line("M-194 -124 A194 31 0 0 0 194 -124", light(c, 0.3), 5)
        s.add("</g>")
    return Box(-196, -124 - (count - 1) * 42 - 28, 196)


def carafe(s: Scene, colour: str, *, drink: str = "") -> Box:
    """A glass carafe with a tumbler upside down on it."""
    points: Points = [(0, 80), (10, 92), (120, 96), (210, 60), (270, 40), (340, 44)]
    tone = mix(GLASS, colour, 0.55)
    s.add('<g opacity=".62">')
    spin(
        s,
        tone,
        points,
        finish=Finish(texture=None, gloss=0.7, inside=light(tone, 0.3)),
        occlusion=0.1,
    )
    s.add("</g>")
    if drink:
        s.add('<g opacity=".75">')
        spin(s, drink, [(6, 78), (14, 86), (120, 90), (170, 74)], finish=Finish(texture=None, gloss=0.4,
             inside=light(drink, 0.2)))  # fmt: skip
        s.add("</g>")
    s.line("M-60 -40 Q-84 -120 -40 -220", "#ffffff", 9, opacity=0.55, blur="b1")
    s.line("M70 -50 Q84 -110 56 -190", "#ffffff", 5, opacity=0.4, blur="b1")
    s.add('<g transform="translate(0 -326)" opacity=".7">')
    spin(
        s,
        tone,
        [(0, 56), (70, 50), (76, 48)],
        finish=Finish(texture=None, gloss=0.6),
        open_top=False,
    )
    s.add("</g>")
    return Box(-98, -408, 98)


def tumblers(s: Scene, colour: str) -> Box:
    """Three tinted tumblers."""
    for x, y, tone in (
        (-110, -24, mix(colour, GLASS, 0.5)),
        (104, -30, light(colour, 0.2)),
        (0, 0, colour),
    ):
        s.ellipse(x, y, 74, 9, "#120c08", opacity=0.3, blur="b2")
        s.add(f'<g transform="translate({x} {y})" opacity=".78">')
        spin(s, tone, TUMBLER, finish=Finish(texture=None, gloss=0.6, ribs=9, inside=light(tone, 0.35)),
             tilt=0.16, occlusion=0.1)  # fmt: skip
        s.add("</g>")
    return Box(-190, -216, 186)


def goblets(s: Scene, colour: str, *, wine: str = "#7a2430") -> Box:
    """Two stemmed glasses, one filled."""
    for x, y, filled in ((96, -26, False), (-76, 0, True)):
        s.add(f'<g transform="translate({x} {y})"><g opacity=".66">')
        tone = mix(colour, GLASS, 0.35)
        spin(s, tone, [(0, 74), (4, 70), (12, 12), (20, 8), (150, 8), (168, 30), (210, 84), (270, 96),
                       (330, 80)], finish=Finish(texture=None, gloss=0.7, inside=light(tone, 0.4)))  # fmt: skip
        s.add("</g>")
        if filled:
            s.add('<g opacity=".88">')
            spin(s, wine, [(162, 20), (176, 40), (210, 80), (250, 90)], finish=Finish(texture=None, gloss=0.5,
                 inside=light(wine, 0.12)))  # fmt: skip
            s.add("</g>")
        s.add("</g>")
    return Box(-178, -366, 198)


def teapot(s: Scene, colour: str, *, finish: Finish = PLAIN, arch: str = "") -> Box:
    """A teapot; with ``arch`` it has a hoop handle of that colour."""
    if arch:
        s.line("M-92 -186 C-110 -380 110 -380 92 -186", dark(arch, 0.2), 15)
        s.line("M-92 -186 C-110 -380 110 -380 92 -186", light(arch, 0.2), 7)
    else:
        handle(s, colour, "M-110 -176 C-230 -196 -214 -30 -112 -60", 22)
    s.body(
        "M100 -60 C160 -60 160 -150 206 -186 L232 -176 C200 -120 190 -20 96 -22Z",
        colour,
        texture="clay",
    )
    s.ellipse(219, -181, 15, 6, dark(colour, 0.5))
    spin(s, colour, [(0, 84), (14, 104), (90, 142), (160, 118), (196, 66)], finish=finish)
    s.add('<g transform="translate(0 -190)">')
    spin(s, colour, [(0, 76), (10, 76), (30, 50), (38, 10)], open_top=False)
    spin(s, arch or colour, [(34, 10), (48, 20), (62, 16), (68, 4)], open_top=False)
    s.add("</g>")
    return Box(-148 if arch else -206, -330 if arch else -260, 236)


def board(s: Scene, colour: str, *, shape: str = "paddle") -> Box:
    """A serving board leaning against the wall."""
    if shape == "paddle":
        d = "M-28 -470 Q0 -486 28 -470 L30 -360 Q36 -336 80 -330 Q130 -322 130 -270 V-30 Q130 0 100 0 H-100 Q-130 0 -130 -30 V-270 Q-130 -322 -80 -330 Q-36 -336 -30 -360Z"
    elif shape == "round":
        d = "M-24 -400 Q0 -412 24 -400 L28 -330 A166 166 0 1 1 -28 -330Z"
    else:
        d = "M-110 -440 Q-110 -460 -90 -460 H90 Q110 -460 110 -440 V-20 Q110 0 90 0 H-90 Q-110 0 -110 -20Z"
    s.add('<g transform="translate(7 0)">')
    s.body(d, dark(colour, 0.35), form="flat")
    s.add("</g>")
    s.body(d, colour, form="soft", texture="grain-up")
    y = {"paddle": -440, "round": -372, "long": -420}[shape]
    s.ellipse(0, y, 10, 10, dark(colour, 0.6))
    s.line(f"M0 {y} q-14 -60 4 -76 q16 16 -2 70", "#3a2a1d", 3.4)
    width = {"paddle": 130, "round": 166, "long": 110}[shape]
    return Box(-width, y - 60, width + 7)


def servers(s: Scene, colour: str) -> Box:
    """Salad servers in a crock."""
    for x, lean, head in ((-24, -16, 1), (26, 14, 0), (4, 2, 2)):
        s.add(f'<g transform="translate({x} -120) rotate({lean})">')
        s.body("M-7 0 L-5 -220 H5 L7 0Z", OAK, texture="grain-up", occlusion=0)
        if head == 1:
            s.body(
                "M0 -340 C46 -340 42 -230 6 -206 H-6 C-42 -230 -46 -340 0 -340Z",
                OAK,
                texture="grain-up",
            )
        elif head == 0:
            s.body("M-30 -330 V-240 Q-28 -212 0 -208 Q28 -212 30 -240 V-330 L16 -336 V-262 L8 -262 V-338 L-8 -338 "
                   "V-262 L-16 -262 V-336Z", OAK, texture="grain-up")  # fmt: skip
        else:
            s.body("M-32 -310 Q0 -322 32 -310 L24 -210 H-24Z", light(OAK, 0.2), texture="grain-up")
        s.add("</g>")
    spin(s, colour, [(0, 84), (8, 92), (170, 92), (180, 96)], finish=Finish(texture="speckle"))
    return Box(-130, -440, 130)


def mills(s: Scene, colour: str) -> Box:
    """A pepper and a salt mill."""
    shape: Points = [(0, 52), (10, 58), (80, 34), (150, 40), (180, 52), (196, 50)]
    head: Points = [(200, 44), (230, 50), (262, 44), (280, 20), (286, 8)]
    for x, y, c, k in ((76, -18, light(colour, 0.5), 0.8), (-50, 0, colour, 1.1)):
        s.add(f'<g transform="translate({x} {y}) scale({k})">')
        spin(s, c, shape, finish=Finish(texture="grain-up", gloss=0.4), open_top=False)
        spin(s, c, head, finish=Finish(texture="grain-up", gloss=0.4), open_top=False)
        s.ellipse(0, -290, 8, 8, "#d9b36a")
        s.add("</g>")
    return Box(-116, -330, 128)


def cake_stand(s: Scene, colour: str, *, cake: str = "#e8c79a") -> Box:
    """A footed stand with a cake on it."""
    spin(
        s,
        colour,
        [(0, 90), (8, 84), (30, 30), (100, 26), (116, 60), (124, 190), (136, 196)],
        tilt=0.14,
    )
    if cake:
        s.add('<g transform="translate(0 -134)">')
        spin(s, cake, [(0, 136), (4, 140), (96, 138), (104, 132)], tilt=0.14,
             finish=Finish(texture="clay", gloss=0, inside=light(cake, 0.4)))  # fmt: skip
        s.ellipse(0, -103, 126, 17, light(cake, 0.5))
        for x, y in ((-70, -104), (-30, -112), (20, -100), (64, -108), (-6, -96)):
            s.ellipse(x, y - 8, 15, 14, "#a33f4a")
            s.ellipse(x - 4, y - 12, 4, 3, "#f3c9c4", opacity=0.8)
        s.add("</g>")
    return Box(-196, -262 if cake else -164, 196)


def cloche(s: Scene, colour: str) -> Box:
    """A butter dish with a lid."""
    spin(s, colour, [(0, 130), (6, 140), (18, 178), (26, 184)], tilt=0.15)
    s.add('<g transform="translate(0 -18)">')
    spin(
        s,
        light(colour, 0.1),
        [(0, 138), (60, 134), (104, 104), (122, 40), (126, 8)],
        open_top=False,
        tilt=0.14,
    )
    spin(s, colour, [(120, 12), (136, 22), (150, 18), (156, 4)], open_top=False, tilt=0.14)
    s.add("</g>")
    return Box(-186, -180, 186)


def salt_pot(s: Scene, colour: str) -> Box:
    """A salt pot with a wooden lid and a spoon."""
    spin(
        s,
        colour,
        [(0, 84), (10, 98), (90, 104), (120, 96)],
        finish=Finish(texture="speckle"),
        tilt=0.16,
    )
    s.add('<g transform="translate(0 -116)">')
    spin(s, OAK, [(0, 100), (8, 102), (20, 100)], open_top=True, tilt=0.16,
         finish=Finish(texture="grain", gloss=0, inside=light(OAK, 0.1)))  # fmt: skip
    spin(s, OAK, [(16, 12), (34, 22), (48, 10)], open_top=False)
    s.add("</g>")
    return Box(-106, -184, 106)


def tray(s: Scene, colour: str) -> Box:
    """A tray with two cups and a small pot."""
    s.body("M-240 0 Q-250 -40 -200 -44 H200 Q250 -40 240 0 Q236 14 210 14 H-210 Q-236 14 -240 0Z", colour,
           form="flat", texture="grain")  # fmt: skip
    s.fill("M-214 -2 Q-220 -34 -190 -36 H190 Q220 -34 214 -2Z", dark(colour, 0.22))
    for x, c, k in ((-120, "#efe6d6", 0.66), (130, "#efe6d6", 0.62)):
        s.add(f'<g transform="translate({x} -8) scale({k})">')
        spin(s, c, ROUND_MUG, finish=Finish(foot=("#b98a58", 0.22)), tilt=0.17)
        s.add("</g>")
    s.add('<g transform="translate(6 -20) scale(.78)">')
    teapot(s, "#39504a", arch=OAK)
    s.add("</g>")
    return Box(-246, -280, 246, 14)


def egg_cups(s: Scene, colour: str) -> Box:
    """Four egg cups, two of them with eggs."""
    for i, x in enumerate((-150, -50, 50, 150)):
        s.add(f'<g transform="translate({x} {-12 * (i % 2)})">')
        if i in (0, 2):
            s.body(
                "M-34 -84 C-34 -140 -16 -164 0 -164 C16 -164 34 -140 34 -84Z",
                "#ecd9c0",
                occlusion=0.05,
            )
        spin(s, (colour, light(colour, 0.5))[i % 2], [(0, 36), (6, 34), (30, 16), (46, 20), (80, 42), (96, 42)],
             tilt=0.18, open_top=i not in (0, 2))  # fmt: skip
        s.add("</g>")
    return Box(-194, -170, 194)


def oil_bottle(s: Scene, colour: str) -> Box:
    """A cruet with a cork and a pouring spout."""
    handle(s, colour, "M-24 -260 C-130 -270 -130 -120 -86 -110", 15)
    s.tube("M30 -250 C70 -260 90 -300 108 -322", colour, 18)
    spin(s, colour, [(0, 80), (10, 92), (80, 98), (170, 70), (230, 32), (290, 28), (300, 32)])
    s.body("M-20 -296 L-16 -338 Q0 -344 16 -338 L20 -296Z", "#c39a6b", texture="clay")
    return Box(-120, -344, 118)


def napkins(s: Scene, colour: str) -> Box:
    """Folded linen napkins with a ring."""
    for i, c in enumerate((dark(colour, 0.1), colour, light(colour, 0.35), colour)):
        y = -i * 26
        s.body(f"M-170 {y} Q-182 {y - 13} -170 {y - 26} H160 Q180 {y - 26} 180 {y - 20} V{y - 4} Q178 {y} 160 {y}Z",
               c, form="flat", texture="weave")  # fmt: skip
    s.body("M-130 -104 C-60 -150 60 -160 130 -128 C120 -110 60 -104 0 -104Z", light(colour, 0.2), form="soft",
           texture="weave")  # fmt: skip
    s.body("M-26 -104 Q-34 -160 0 -162 Q34 -160 26 -104Z", OAK, texture="grain")
    return Box(-182, -164, 182)


def fruit_bowl(s: Scene, colour: str, *, fruit: str = "#e0a93b") -> Box:
    """A wide bowl with lemons or pears in it."""
    for x, y, r in (
        (-70, -150, 52),
        (60, -154, 56),
        (0, -186, 54),
        (110, -136, 40),
        (-120, -136, 40),
    ):
        c = mix(fruit, dark(fruit, 0.2), s.random.random())
        s.body(f"M{x - r} {y} C{x - r} {y - r * 1.15} {x + r} {y - r * 1.15} {x + r} {y} C{x + r} {y + r} {x - r} "
               f"{y + r} {x - r} {y}Z", c, texture="clay")  # fmt: skip
    s.line("M0 -236 q6 -22 22 -26", "#5b4630", 5)
    spin(
        s, colour, [(0, 76), (12, 80), (50, 150), (110, 204), (136, 214)], open_top=False, tilt=0.02
    )
    s.line("M-214 -136 H214", light(colour, 0.4), 6)
    return Box(-216, -264, 216)
