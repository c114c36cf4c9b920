"""Lamps that stand, lean and hang."""

from demo.art.colour import dark, light, mix
from demo.art.forms.lathe import PLAIN, Finish, Points, spin
from demo.art.scene import Box, Scene

WARM = "#ffdf9e"
BRASS = "#c9a053"
BULB = "#fff3d2"
DOME: Points = [(300, 170), (330, 168), (400, 140), (446, 80), (456, 10)]


def _pool(s: Scene, y: float, radius: float, opacity: float = 0.5) -> None:
    s.glow(0, y, radius, WARM, opacity)


def _under(s: Scene, y: float, r: float, tilt: float = 0.12) -> None:
    s.ellipse(0, y, r, r * tilt, "#fff1c9")
    s.ellipse(0, y + r * 0.02, r * 0.8, r * tilt * 0.7, "#ffffff", opacity=0.8, blur="b2")


def dome_lamp(s: Scene, colour: str) -> Box:
    """A table lamp under a dome."""
    _pool(s, -300, 420)
    spin(s, colour, [(0, 96), (8, 98), (24, 90), (36, 40), (40, 26)], open_top=False)
    spin(s, dark(colour, 0.1), [(34, 26), (300, 16)], finish=Finish(texture=None), open_top=False)
    spin(s, colour, DOME, open_top=False, tilt=0.14)
    _under(s, -298, 158, 0.1)
    return Box(-172, -462, 172)


def mushroom(s: Scene, colour: str, *, base: str = "") -> Box:
    """A wide low shade that grows out of its stem."""
    _pool(s, -240, 440)
    spin(s, base or colour, [(0, 110), (10, 112), (60, 70), (150, 52), (230, 60)], open_top=False)
    spin(
        s,
        colour,
        [(214, 190), (232, 196), (300, 170), (350, 110), (372, 30), (374, 6)],
        open_top=False,
        tilt=0.16,
    )
    _under(s, -212, 180, 0.12)
    return Box(-198, -380, 198)


def pleated(s: Scene, colour: str, *, base: str = "#8d6b4c", shape: str = "moon") -> Box:
    """A turned base under a pleated shade."""
    _pool(s, -330, 460, 0.55)
    forms: dict[str, Points] = {
        "moon": [(0, 70), (10, 84), (90, 112), (170, 60), (200, 22), (230, 18)],
        "column": [(0, 80), (14, 82), (18, 46), (190, 44), (196, 24), (230, 18)],
        "stack": [
            (0, 90),
            (30, 92),
            (44, 40),
            (60, 70),
            (96, 84),
            (130, 44),
            (150, 60),
            (180, 56),
            (200, 20),
            (230, 16),
        ],
    }
    spin(s, base, forms[shape], finish=Finish(texture="clay", gloss=0.5), open_top=False)
    spin(s, colour, [(220, 180), (420, 112)], finish=Finish(texture="weave-up", gloss=0, ribs=20), sharp=True,
         tilt=0.1, occlusion=0.1)  # fmt: skip
    s.ellipse(0, -300, 110, 60, "#fff2c4", opacity=0.5, blur="b4")
    _under(s, -222, 170, 0.07)
    return Box(-182, -436, 182)


def globe(s: Scene, colour: str) -> Box:
    """A glass ball on a puck."""
    _pool(s, -220, 430, 0.65)
    spin(s, colour, [(0, 84), (8, 88), (60, 84), (74, 50), (80, 40)], open_top=False)
    s.ellipse(0, -212, 136, 136, "#fff4d8")
    s.ellipse(0, -212, 128, 128, s.radial("#ffd58a", 0.5))
    s.ellipse(s.lit * 40, -260, 40, 26, "#ffffff", opacity=0.8, blur="b3")
    return Box(-138, -350, 138)


def column(s: Scene, colour: str) -> Box:
    """A paper column that glows from within."""
    _pool(s, -260, 420, 0.55)
    spin(s, "#fdeecb", [(20, 96), (440, 96)], finish=Finish(texture="pale", gloss=0, rings=16), sharp=True,
         tilt=0.1, occlusion=0.12)  # fmt: skip
    s.ellipse(0, -240, 60, 170, "#ffffff", opacity=0.55, blur="b4")
    spin(
        s, colour, [(0, 104), (22, 104)], finish=Finish(texture="grain"), open_top=False, sharp=True
    )
    s.add('<g transform="translate(0 -436)">')
    spin(
        s,
        colour,
        [(0, 100), (14, 100)],
        finish=Finish(texture="grain", inside="#fff1c9"),
        sharp=True,
        tilt=0.1,
    )
    s.add("</g>")
    return Box(-106, -462, 106)


def lantern(s: Scene, colour: str) -> Box:
    """A cordless lantern with a loop to carry it."""
    _pool(s, -150, 340, 0.55)
    s.line("M-74 -230 C-80 -350 80 -350 74 -230", dark(colour, 0.3), 11)
    s.line("M-74 -230 C-80 -350 80 -350 74 -230", light(colour, 0.2), 4)
    spin(s, "#fff0cd", [(30, 88), (120, 98), (220, 84)], finish=Finish(texture=None, gloss=0.2), open_top=False,
         occlusion=0.05)  # fmt: skip
    s.ellipse(0, -130, 50, 70, "#ffffff", opacity=0.6, blur="b3")
    spin(s, colour, [(0, 92), (6, 98), (34, 94)], open_top=False)
    spin(s, colour, [(216, 90), (236, 92), (262, 50), (266, 8)], open_top=False)
    return Box(-102, -326, 102)


def task(s: Scene, colour: str) -> Box:
    """A jointed desk lamp."""
    s.glow(150, -130, 300, WARM, 0.5)
    s.fill("M96 -306 L226 -340 L330 0 H40Z", "#fff0c4", opacity=0.16, blur="b4")
    spin(s, colour, [(0, 96), (8, 100), (26, 92), (30, 20)], open_top=False, tilt=0.16)
    s.tube("M0 -26 L-96 -230", BRASS, 12)
    s.tube("M-96 -230 L90 -400", BRASS, 12)
    for x, y in ((-96, -230), (0, -26), (86, -396)):
        s.ellipse(x, y, 15, 15, dark(colour, 0.3))
        s.ellipse(x + s.lit * 3, y - 3, 7, 7, light(colour, 0.3))
    s.add('<g transform="translate(96 -398) rotate(-16)">')
    spin(
        s,
        colour,
        [(-130, 104), (-110, 100), (-40, 62), (0, 40), (26, 34), (30, 8)],
        open_top=False,
        tilt=0.14,
    )
    s.ellipse(0, 128, 96, 12, "#fff1c9")
    s.add("</g>")
    return Box(-112, -440, 236)


def floor_tripod(s: Scene, colour: str, *, wood: str = "#a97a4c") -> Box:
    """A floor lamp on three legs."""
    _pool(s, -600, 420, 0.5)
    for x in (-150, 150, 20):
        s.tube(f"M0 -470 L{x} {-14 if x == 20 else -3}", wood, 13)
    s.line("M-70 -230 H76", dark(wood, 0.2), 6)
    spin(
        s,
        BRASS,
        [(456, 22), (500, 22), (506, 10)],
        finish=Finish(texture=None, gloss=0.6),
        open_top=False,
    )
    spin(s, colour, [(500, 170), (720, 120)], finish=Finish(texture="weave-up", gloss=0), sharp=True, tilt=0.1,
         occlusion=0.1)  # fmt: skip
    s.ellipse(0, -600, 100, 60, "#fff2c4", opacity=0.5, blur="b4")
    _under(s, -502, 160, 0.07)
    return Box(-176, -736, 176)


def arc(s: Scene, colour: str) -> Box:
    """An arc that leans over from a heavy foot."""
    s.glow(170, -520, 330, WARM, 0.5)
    spin(
        s,
        "#e6e0d4",
        [(0, 90), (4, 94), (40, 92), (46, 88)],
        finish=Finish(texture="cloud"),
        open_top=False,
    )
    s.tube("M0 -40 C-60 -500 -40 -720 80 -740 C160 -750 190 -690 186 -640", BRASS, 11)
    s.add('<g transform="translate(186 -640)">')
    spin(
        s, colour, [(-120, 122), (-104, 120), (-40, 96), (0, 34), (6, 8)], open_top=False, tilt=0.14
    )
    _under(s, 120, 112, 0.1)
    s.add("</g>")
    return Box(-100, -752, 312)


def pendant(s: Scene, colour: str, *, shape: str = "dome", inside: str = "") -> Box:
    """A lamp on a cord; the origin is its lower edge and the cord runs 900 up."""
    _pool(s, -60, 420, 0.5)
    s.line("M0 -200 V-1100", "#2b2723", 5)
    if shape == "globe":
        spin(
            s,
            BRASS,
            [(250, 40), (280, 38), (296, 12)],
            finish=Finish(texture=None, gloss=0.6),
            open_top=False,
        )
        s.ellipse(0, -130, 132, 132, "#fff4d8")
        s.ellipse(0, -130, 126, 126, s.radial("#ffd58a", 0.55))
        s.ellipse(s.lit * 40, -176, 38, 26, "#ffffff", opacity=0.8, blur="b3")
        return Box(-134, -300, 134)
    if shape == "paper":
        spin(s, colour, [(0, 60), (30, 140), (120, 200), (210, 140), (240, 60)], finish=Finish(texture="pale", gloss=0,
             rings=11), open_top=False, occlusion=0.1)  # fmt: skip
        s.ellipse(0, -110, 110, 70, "#fff6dc", opacity=0.75, blur="b4")
        return Box(-204, -250, 204)
    shapes: dict[str, Points] = {
        "dome": [(0, 196), (10, 196), (90, 172), (160, 100), (184, 30), (212, 18)],
        "cone": [(0, 190), (150, 60), (190, 40), (220, 16)],
        "bell": [(0, 170), (30, 140), (110, 112), (180, 96), (220, 40), (240, 14)],
        "disc": [(0, 230), (16, 232), (40, 120), (60, 50), (150, 34), (180, 14)],
        "drum": [(0, 200), (6, 204), (170, 204), (176, 196)],
    }
    texture = "weave-up" if shape == "drum" else "clay"
    spin(s, colour, shapes[shape], finish=Finish(texture=texture, rings=9 if shape == "bell" else 0), open_top=False,
         tilt=0.14)  # fmt: skip
    wide = shapes[shape][0][1]
    s.ellipse(0, 0, wide * 0.96, wide * 0.13, inside or "#fff1c9")
    s.ellipse(0, 4, wide * 0.4, wide * 0.06, "#ffffff", blur="b2")
    return Box(-wide - 4, -shapes[shape][-1][0] - 10, wide + 4, wide * 0.14)


def cluster(s: Scene, colour: str, *, seconds: tuple[str, str]) -> Box:
    """Three small pendants at different heights."""
    for x, y, c, shape in (
        (-170, -60, colour, "cone"),
        (170, -150, seconds[1], "dome"),
        (10, 0, seconds[0], "bell"),
    ):
        s.add(f'<g transform="translate({x} {y}) scale(.62)">')
        pendant(s, c, shape=shape)
        s.add("</g>")
    return Box(-300, -290, 300, 20)


def sconce(s: Scene, colour: str, *, shape: str = "ball") -> Box:
    """A lamp on a wall plate."""
    _pool(s, -170, 440, 0.6)
    s.body(
        "M-46 -40 Q-46 -60 0 -60 Q46 -60 46 -40 V40 Q46 60 0 60 Q-46 60 -46 40Z", BRASS, form="soft"
    )
    s.tube("M0 0 V-60", BRASS, 16)
    if shape == "ball":
        s.ellipse(0, -170, 112, 112, "#fff4d8")
        s.ellipse(0, -170, 106, 106, s.radial("#ffd58a", 0.55))
        spin(s, colour, [(54, 60), (70, 66), (84, 40)], open_top=False)
        return Box(-114, -284, 114, 60)
    spin(s, colour, [(60, 70), (240, 132)], finish=Finish(texture="weave-up", gloss=0, ribs=14,
         inside="#fff1c9"), sharp=True, tilt=0.16)  # fmt: skip
    return Box(-134, -264, 134, 60)


def clamp_spot(s: Scene, colour: str) -> Box:
    """Spots on a rail; the origin is under the middle one."""
    s.body("M-290 -330 h580 v22 h-580z", dark(colour, 0.25), form="flat")
    for x, turn in ((-200, 18), (0, -4), (200, -20)):
        s.add(f'<g transform="translate({x} -308) rotate({turn})">')
        s.fill("M-46 150 L46 150 L130 460 L-130 460Z", "#fff0c4", opacity=0.13, blur="b4")
        s.tube("M0 0 V50", dark(colour, 0.3), 10)
        s.add('<g transform="translate(0 150)">')
        spin(s, colour, [(0, 56), (96, 52), (106, 20)], open_top=False)
        _under(s, 0, 50, 0.14)
        s.add("</g></g>")
    return Box(-300, -340, 300)


def disc_lamp(s: Scene, colour: str) -> Box:
    """A ring of light on a stone foot."""
    _pool(s, -240, 430, 0.55)
    spin(
        s,
        "#d8d2c6",
        [(0, 90), (4, 94), (50, 92), (56, 88)],
        finish=Finish(texture="cloud", gloss=0.3),
        open_top=False,
    )
    s.line("M0 -60 V-90", BRASS, 14)
    s.add(
        f'<circle cx="0" cy="-236" r="146" fill="none" stroke="{mix(colour, dark(colour, 0.3), 0.5)}" stroke-width="34"/>'
    )
    s.add('<circle cx="0" cy="-236" r="146" fill="none" stroke="#fff1cd" stroke-width="17"/>')
    s.add('<circle cx="0" cy="-236" r="146" fill="none" stroke="#ffe6a8" stroke-width="40" opacity=".4" '
          'filter="url(#b3)"/>')  # fmt: skip
    return Box(-166, -404, 166)


def candlestick_lamp(s: Scene, colour: str, *, shade: str = "#efe3cc") -> Box:
    """A slim turned stick with a small hat."""
    _pool(s, -380, 360, 0.5)
    spin(s, colour, [(0, 84), (8, 86), (30, 30), (80, 18), (150, 22), (200, 36), (240, 18), (300, 14), (340, 14)],
         finish=Finish(gloss=0.5), open_top=False)  # fmt: skip
    spin(
        s,
        shade,
        [(330, 130), (450, 54)],
        finish=Finish(texture="weave-up", gloss=0),
        sharp=True,
        tilt=0.13,
    )
    _under(s, -331, 122, 0.09)
    return Box(-132, -460, 132)


def stacked(s: Scene, colour: str, *, seconds: tuple[str, str]) -> Box:
    """Balls and discs in three colours under a little dome."""
    _pool(s, -330, 380, 0.5)
    spin(s, colour, [(0, 96), (40, 96)], finish=PLAIN, open_top=False, sharp=True)
    spin(s, seconds[0], [(40, 30), (60, 66), (104, 80), (150, 66), (170, 30)], open_top=False)
    spin(s, seconds[1], [(168, 60), (210, 60)], open_top=False, sharp=True)
    spin(s, colour, [(208, 20), (270, 16)], open_top=False)
    spin(
        s,
        seconds[0],
        [(262, 140), (276, 142), (340, 116), (380, 50), (386, 8)],
        open_top=False,
        tilt=0.15,
    )
    _under(s, -260, 130, 0.1)
    return Box(-146, -392, 146)
