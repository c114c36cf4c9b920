"""Vases, jugs, planters and dishes."""

from demo.art.colour import dark, light
from demo.art.forms.lathe import PLAIN, Finish, Points, handle, spin
from demo.art.forms.plants import bouquet, leaves
from demo.art.scene import Box, Scene

TALL: Points = [(0, 74), (60, 104), (190, 150), (290, 138), (390, 66), (440, 50), (470, 58)]
JAR: Points = [(0, 104), (16, 116), (150, 122), (250, 100), (300, 92)]
MOON: Points = [(0, 70), (30, 118), (130, 170), (230, 128), (262, 76), (282, 80)]
GOURD: Points = [(0, 70), (30, 100), (110, 128), (200, 74), (260, 66), (320, 84), (380, 52),
                 (420, 30), (440, 34)]  # fmt: skip
CYLINDER: Points = [(0, 92), (6, 100), (380, 100), (392, 96)]
BOTTLE: Points = [(0, 80), (20, 108), (110, 122), (200, 84), (240, 30), (330, 24), (420, 24),
                  (440, 30)]  # fmt: skip
JUG: Points = [(0, 90), (20, 104), (150, 116), (250, 88), (300, 70), (350, 74)]
AMPHORA: Points = [(0, 44), (20, 58), (160, 128), (260, 134), (330, 72), (380, 48), (430, 56),
                   (440, 60)]  # fmt: skip
POT: Points = [(0, 90), (10, 98), (200, 132), (214, 134)]
TRUMPET: Points = [(0, 78), (20, 84), (120, 52), (260, 56), (380, 98), (420, 128)]
BELLY: Points = [(0, 90), (40, 140), (120, 158), (190, 120), (230, 62), (290, 50), (320, 66)]
PILLOW: Points = [(0, 118), (30, 160), (110, 176), (190, 160), (220, 60), (244, 52), (254, 56)]
BUD: Points = [(0, 40), (14, 58), (60, 66), (110, 40), (140, 15), (200, 12), (210, 16)]
BOWL: Points = [(0, 60), (14, 64), (40, 120), (90, 168), (130, 180)]
FOOTED: Points = [(0, 74), (10, 66), (60, 34), (86, 60), (130, 150), (168, 176)]
STEP: Points = [(0, 96), (120, 96), (124, 70), (240, 70), (244, 44), (340, 44)]
SHAPES: dict[str, Points] = {
    "tall": TALL, "jar": JAR, "moon": MOON, "gourd": GOURD, "cylinder": CYLINDER,
    "bottle": BOTTLE, "jug": JUG, "amphora": AMPHORA, "pot": POT, "trumpet": TRUMPET,
    "belly": BELLY, "pillow": PILLOW, "bud": BUD, "bowl": BOWL, "footed": FOOTED, "step": STEP,
}  # fmt: skip


def vase(
    s: Scene, colour: str, *, shape: str = "tall", finish: Finish = PLAIN, stems: str = ""
) -> Box:
    """A vase of a named shape, with stems in it if asked."""
    points = SHAPES[shape]
    top = points[-1][0]
    reach = 0.0
    if stems:
        reach = bouquet(s, stems, base=top - 10, size=max(190.0, top * 0.75))
    box = spin(s, colour, points, finish=finish, sharp=shape == "step")
    if stems:
        s.fill(
            f"M{-points[-1][1] * 0.5} {-top} q{points[-1][1] * 0.5} -6 {points[-1][1]} 0 z",
            "#20261a",
            opacity=0.4,
        )
        half = max(box.right, reach * 0.62)
        return Box(-half, -top - reach, half)
    return box


def pitcher(s: Scene, colour: str, *, finish: Finish = PLAIN) -> Box:
    """A jug with a pulled handle and a lip."""
    handle(s, colour, "M96 -292 C190 -310 196 -150 104 -120", 24)
    s.body("M-70 -352 Q-104 -362 -112 -346 Q-90 -320 -74 -300Z", colour)
    spin(s, colour, JUG, finish=finish)
    return Box(-118, -366, 176)


def amphora(s: Scene, colour: str, *, finish: Finish = PLAIN) -> Box:
    """Two handles, a narrow foot."""
    for side in (-1, 1):
        handle(s, colour, f"M{side * 46} -410 C{side * 150} -420 {side * 150} -310 {side * 112} -292",
               20)  # fmt: skip
    spin(s, colour, AMPHORA, finish=finish)
    return Box(-142, -448, 142)


def ring_vase(s: Scene, colour: str) -> Box:
    """A ring on a foot, open in the middle."""
    s.body("M-56 0 Q0 14 56 0 L44 -34 H-44Z", colour, texture="clay")
    s.body(
        "M0 -380 A178 178 0 1 1 -.1 -380Z M0 -276 A74 74 0 1 0 .1 -276Z".replace(
            "A74 74 0 1 0", "A74 74 0 1 0"
        ),
        colour,
        texture="clay",
    )
    s.line("M-62 -160 A74 74 0 0 1 62 -246", dark(colour, 0.55), 9, opacity=0.35, blur="b2")
    s.body("M-26 -376 L-30 -428 Q0 -436 30 -428 L26 -376 Q0 -366 -26 -376Z", colour)
    s.ellipse(0, -429, 30, 6, light(colour, 0.25))
    s.ellipse(0, -428, 24, 4.4, dark(colour, 0.6))
    s.line("M-128 -300 A158 158 0 0 1 -40 -352", "#ffffff", 12, opacity=0.26, blur="b2")
    return Box(-178, -436, 178)


def planter(s: Scene, colour: str, *, finish: Finish = PLAIN, plant: str = "rubber") -> Box:
    """A pot with a living plant."""
    reach = leaves(s, plant, base=200)
    spin(s, colour, POT, finish=finish)
    s.ellipse(0, -213, 118, 14, "#2b1f17")
    return Box(-max(134.0, reach * 0.6), -200 - reach, max(134.0, reach * 0.6))


def footed_planter(s: Scene, colour: str, *, plant: str = "snake") -> Box:
    """A pot in a wooden stand."""
    for x in (-92, 92):
        s.body(f"M{x - 8} 0 h16 v-190 h-16z", "#8a5f3c", form="flat", texture="grain-up")
    s.body("M-92 -62 h184 v-16 h-184z", "#7c5334", form="flat")
    s.add('<g transform="translate(0 -78) scale(.62)">')
    reach = leaves(s, plant, base=240)
    spin(s, colour, [(0, 110), (6, 124), (236, 128), (250, 126)], finish=PLAIN)
    s.ellipse(0, -249, 112, 14, "#2b1f17")
    s.add("</g>")
    half = max(100.0, reach * 0.3)
    return Box(-half, -78 - (240 + reach) * 0.62, half)


def ginger_jar(s: Scene, colour: str, *, finish: Finish = PLAIN) -> Box:
    """A jar with a lid and a knob."""
    spin(s, colour, [(0, 80), (20, 96), (180, 140), (260, 110), (290, 70)], finish=finish)
    s.add('<g transform="translate(0 -286)">')
    spin(s, colour, [(0, 84), (12, 86), (40, 60), (54, 16)], open_top=False)
    spin(
        s, colour, [(52, 12), (66, 20), (82, 16), (88, 4)], open_top=False, finish=Finish(gloss=0.5)
    )
    s.add("</g>")
    return Box(-142, -376, 142)


def candle_holder(s: Scene, colour: str, *, wax: str = "#efe3cc", lit: bool = True) -> Box:
    """A chamber stick: saucer, ring handle, one taper."""
    handle(s, colour, "M92 -26 C150 -60 168 6 96 -8", 15)
    spin(s, colour, [(0, 84), (6, 100), (26, 112)], tilt=0.2)
    spin(s, colour, [(6, 30), (30, 34), (58, 30)], tilt=0.2)
    taper(s, wax, base=56, height=230, lit=lit)
    return Box(-112, -320, 146)


def taper(s: Scene, colour: str, *, base: float, height: float, lit: bool, x: float = 0) -> None:
    """A thin candle standing at a height."""
    top = base + height
    s.body(f"M{x - 13} {-base} L{x - 10} {-top} Q{x} {-top - 8} {x + 10} {-top} L{x + 13} {-base}Z",
           colour, occlusion=0)  # fmt: skip
    flame(s, x, -top - 4, lit=lit)


def flame(s: Scene, x: float, y: float, *, lit: bool = True, size: float = 1.0) -> None:
    """A wick at (x, y), burning or not."""
    s.line(f"M{x} {y} v{-9 * size}", "#33241a", 2.6 * size)
    if lit:
        s.glow(x, y - 22 * size, 150 * size, "#ffcf7d", 0.6)
        f = size
        s.fill(
            f"M{x} {y - 50 * f} C{x + 15 * f} {y - 26 * f} {x + 10 * f} {y - 9 * f} {x} {y - 7 * f} "
            f"C{x - 10 * f} {y - 9 * f} {x - 13 * f} {y - 26 * f} {x} {y - 50 * f}Z",
            "#ffc765",
        )
        s.fill(
            f"M{x} {y - 38 * f} C{x + 8 * f} {y - 22 * f} {x + 6 * f} {y - 10 * f} {x} {y - 9 * f} "
            f"C{x - 6 * f} {y - 10 * f} {x - 7 * f} {y - 22 * f} {x} {y - 38 * f}Z",
            "#fff6d8",
        )


def bud_trio(s: Scene, colour: str, *, seconds: tuple[str, str]) -> Box:
    """Three small vases in a row."""
    for x, scale, tone, stem in ((-120, 1.0, colour, ""), (10, 1.35, seconds[0], "sprig"),
                                   (150, 0.86, seconds[1], "")):  # fmt: skip
        s.add(f'<g transform="translate({x} 0) scale({scale})">')
        vase(s, tone, shape="bud", stems=stem)
        s.add("</g>")
    return Box(-190, -480, 212)


def wall_plate(s: Scene, colour: str, *, accent: str = "#2f5b66") -> Box:
    """A plate seen from the front, painted with rings."""
    for r, c in ((180, colour), (150, light(colour, 0.2)), (146, accent), (118, colour)):
        s.body(f"M{-r} -180 A{r} {r} 0 1 1 {r} -180 A{r} {r} 0 1 1 {-r} -180Z", c, form="soft",
               texture="clay", occlusion=0)  # fmt: skip
    s.fill("M-96 -150 Q0 -250 96 -150 Q0 -110 -96 -150Z", accent, opacity=0.9)
    s.ellipse(30, -238, 22, 22, accent, opacity=0.9)
    return Box(-180, -360, 180)


def pebble_set(s: Scene, colour: str) -> Box:
    """A shallow ikebana dish with one arching stem."""
    s.line("M-70 -52 C-40 -240 60 -330 190 -352", "#5b4630", 5)
    for x, y, r in (
        (40, -292, 15),
        (96, -336, 20),
        (150, -344, 16),
        (186, -356, 22),
        (-8, -226, 13),
    ):
        for dx, dy in ((-0.6, 0), (0.6, 0.1), (0, -0.7), (0.1, 0.6)):
            s.ellipse(x + dx * r, y + dy * r, r * 0.62, r * 0.55, "#f0c3bb", opacity=0.95)
        s.ellipse(x, y, r * 0.26, r * 0.26, "#c8643b")
    spin(s, colour, [(0, 120), (8, 128), (40, 176), (58, 184)], tilt=0.16)
    s.ellipse(0, -57, 164, 24, "#7f9496", opacity=0.5)
    s.body("M-100 -50 q-8 -30 28 -32 q40 0 36 30z", "#45443f", texture="clay")
    return Box(-190, -384, 212)
