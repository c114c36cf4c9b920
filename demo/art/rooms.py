"""Stages for things that hang, lie, or stand on the floor of a room."""

from collections.abc import Callable

from demo.art.colour import dark, light, luminance, mix
from demo.art.scene import Scene
from demo.art.stages import LIGHTER, Stage, ground, rect, wash

# ---- on the wall -------------------------------------------------------------------------


def plain_wall(s: Scene, wall: str, floor: str) -> Stage:
    """Only wall, with the tooth of plaster."""
    wash(s, wall)
    s.add(
        f'<path d="{rect(0, 0, s.width, s.height)}" filter="url(#{s.texture("pale")})" opacity=".14"/>'
    )
    return Stage(s.width * 0.5, s.height * 0.86, s.width * 0.64, s.height * 0.72, "wall")


def above_table(s: Scene, wall: str, floor: str) -> Stage:
    """Wall above the top of a console."""
    wash(s, wall)
    w, h = s.width, s.height
    y = h * 0.86
    s.body(rect(0, y, w, h - y), floor, form="flat", texture="grain")
    s.fill(rect(0, y, w, 5), light(floor, 0.45), opacity=0.8)
    s.fill(rect(0, y - 14, w, 14), "#120c08", opacity=0.16, blur="b2")
    side = -1 if s.random.random() < 0.5 else 1
    x = w * (0.5 + side * 0.36)
    for i, c in enumerate((dark(floor, 0.3), light(wall, 0.4), mix(wall, "#c8643b", 0.6))):
        s.body(
            rect(x - 80 + i * 6, y - 26 - i * 24, 150 - i * 10, 24), c, form="flat", occlusion=0.1
        )
    return Stage(w * (0.5 - side * 0.05), h * 0.76, w * 0.58, h * 0.64, "wall")


def rail(s: Scene, wall: str, floor: str) -> Stage:
    """Wainscot below, paint above."""
    wash(s, wall)
    w, h = s.width, s.height
    y = h * 0.76
    c = mix(wall, floor, 0.5)
    s.body(rect(0, y, w, h - y), c, form="flat")
    s.body(rect(0, y - 16, w, 20), light(c, 0.3), form="flat")
    for i in range(4):
        x = w * (0.04 + i * 0.25)
        s.line(rect(x, y + 44, w * 0.2, h - y), dark(c, 0.35), 4, opacity=0.5)
    return Stage(w * 0.5, h * 0.68, w * 0.6, h * 0.58, "wall")


def leaning(s: Scene, wall: str, floor: str) -> Stage:
    """Leaning on the wall, standing on the floor."""
    wash(s, wall)
    w, h = s.width, s.height
    ground(s, floor, h * 0.82, texture="grain")
    return Stage(w * 0.5, h * 0.86, w * 0.62, h * 0.74, "wall")


def bricks(s: Scene, wall: str, floor: str) -> Stage:
    """Painted brick."""
    wash(s, wall)
    w, h = s.width, s.height
    bw, bh = w / 5.5, w / 15
    for j in range(int(h / bh) + 1):
        for i in range(-1, 7):
            c = mix(light(wall, 0.14), dark(wall, 0.1), s.random.random())
            s.fill(rect(i * bw + (j % 2) * bw / 2 + 3, j * bh + 3, bw - 6, bh - 6), c, opacity=0.7)
    return Stage(w * 0.5, h * 0.86, w * 0.62, h * 0.72, "wall")


# ---- seen from above ---------------------------------------------------------------------


def paper_top(s: Scene, wall: str, floor: str) -> Stage:
    """Coloured paper from above."""
    wash(s, wall, strong=0.14)
    return Stage(s.width * 0.5, s.height * 0.9, s.width * 0.72, s.height * 0.8, "flat")


def split_top(s: Scene, wall: str, floor: str) -> Stage:
    """Two sheets of paper that meet on a slant."""
    wash(s, wall, strong=0.12)
    w, h = s.width, s.height
    s.fill(f"M0 {h * 0.74} L{w} {h * 0.36} V{h} H0Z", "#120c08", opacity=0.3, blur="b2")
    s.body(
        f"M0 {h * 0.75} L{w} {h * 0.37} V{h} H0Z",
        mix(floor, wall, 0.25),
        form="flat",
        occlusion=0.1,
    )
    return Stage(w * 0.5, h * 0.9, w * 0.7, h * 0.8, "flat")


def planks(s: Scene, wall: str, floor: str) -> Stage:
    """Floorboards from above."""
    w, h = s.width, s.height
    wash(s, floor, strong=0.12)
    s.add(f'<path d="{rect(0, 0, w, h)}" filter="url(#{s.texture("grain")})" opacity=".9"/>')
    n = 7
    for j in range(n + 1):
        y = h * j / n
        s.fill(rect(0, y, w, h / n), dark(floor, 0.25), opacity=0.28 * s.random.random())
        s.line(f"M0 {y:.0f}H{w}", dark(floor, 0.6), 3, opacity=0.5)
        x = w * s.random.random()
        s.line(f"M{x:.0f} {y:.0f}v{h / n:.0f}", dark(floor, 0.6), 3, opacity=0.45)
    return Stage(w * 0.5, h * 0.93, w * 0.76, h * 0.84, "flat")


def linen_top(s: Scene, wall: str, floor: str) -> Stage:
    """Linen from above, with soft folds."""
    w, h = s.width, s.height
    c = light(mix(wall, floor, 0.3), 0.25)
    wash(s, c, strong=0.1)
    s.add(f'<path d="{rect(0, 0, w, h)}" filter="url(#{s.texture("weave")})"/>')
    for i in range(6):
        x = w * (i + s.random.random()) / 6
        s.line(
            f"M{x:.0f} -30 Q{x + 120:.0f} {h * 0.4:.0f} {x - 40:.0f} {h + 30}",
            dark(c, 0.5),
            20,
            opacity=0.16,
            blur="b3",
        )
        s.line(
            f"M{x + 30:.0f} -30 Q{x + 150:.0f} {h * 0.4:.0f} {x - 10:.0f} {h + 30}",
            "#ffffff",
            16,
            opacity=0.3,
            blur="b3",
        )
    return Stage(w * 0.5, h * 0.9, w * 0.72, h * 0.8, "flat")


def terrazzo(s: Scene, wall: str, floor: str) -> Stage:
    """Terrazzo from above."""
    w, h = s.width, s.height
    base = light(wall, 0.35) if luminance(wall) > 0.3 else wall
    wash(s, base, strong=0.1)
    for _ in range(120):
        x, y, r = s.random.random() * w, s.random.random() * h, 4 + s.random.random() * 15
        c = s.random.choice((floor, dark(floor, 0.3), light(floor, 0.4), "#c8a98c", "#8f9a94"))
        s.fill(f"M{x:.0f} {y - r:.0f} L{x + r:.0f} {y:.0f} L{x + r * 0.3:.0f} {y + r * 0.8:.0f} L{x - r * 0.9:.0f} "
               f"{y + r * 0.3:.0f}Z", c, opacity=0.6)  # fmt: skip
    return Stage(w * 0.5, h * 0.9, w * 0.7, h * 0.78, "flat")


# ---- on the floor of a room ---------------------------------------------------------------


def _boards(s: Scene, floor: str, y: float) -> None:
    w, h = s.width, s.height
    ground(s, floor, y, texture="grain")
    for i in range(-4, 13):
        x = w * i / 8
        s.line(
            f"M{w / 2 + (x - w / 2) * 0.8:.0f} {y:.0f} L{w / 2 + (x - w / 2) * 1.7:.0f} {h}",
            dark(floor, 0.5),
            2.4,
            opacity=0.3,
        )


def room(s: Scene, wall: str, floor: str) -> Stage:
    """Wall, skirting, boards."""
    w, h = s.width, s.height
    wash(s, wall)
    y = h * (0.74 + 0.05 * s.random.random())
    _boards(s, floor, y)
    s.body(rect(0, y - 30, w, 30), light(wall, 0.4), form="flat", occlusion=0.1)
    return Stage(w * 0.5, y + (h - y) * 0.5, w * 0.74, h * 0.7)


def two_tone(s: Scene, wall: str, floor: str) -> Stage:
    """A wall painted in two heights."""
    w, h = s.width, s.height
    wash(s, light(wall, 0.35))
    y = h * 0.78
    s.body(rect(0, h * 0.4, w, y - h * 0.4), mix(wall, floor, 0.3), form="flat", occlusion=0.1)
    ground(s, floor, y)
    return Stage(w * 0.5, h * 0.89, w * 0.74, h * 0.7)


def tall_window(s: Scene, wall: str, floor: str) -> Stage:
    """A tall window to one side and its light on the floor."""
    w, h = s.width, s.height
    wash(s, wall)
    y = h * 0.76
    _boards(s, floor, y)
    x = w * 0.06 if s.lit < 0 else w * 0.62
    sky = s.gradient([(0, "#dfeaec"), (1, "#f6ead2")], x2=0, y2=1)
    s.body(rect(x - 16, h * 0.03, w * 0.32 + 32, y - h * 0.1), light(wall, 0.5), form="flat")
    s.add(f'<path d="{rect(x, h * 0.05, w * 0.32, y - h * 0.14)}" fill="{sky}"/>')
    s.glow(x + w * 0.16, h * 0.3, w * 0.5, "#fff4da", 0.5)
    s.body(rect(x + w * 0.155, h * 0.05, 9, y - h * 0.14), light(wall, 0.5), form="flat")
    s.body(rect(x, h * 0.3, w * 0.32, 9), light(wall, 0.5), form="flat")
    k = -s.lit
    s.fill(
        f"M{x} {y + 30} h{w * 0.32} l{k * w * 0.3} {h - y} h{-w * 0.34}z",
        "#fff4da",
        opacity=0.32,
        blur="b2",
    )
    return Stage(w * (0.5 + k * 0.08), y + (h - y) * 0.55, w * 0.7, h * 0.66)


def cove(s: Scene, wall: str, floor: str) -> Stage:
    """A studio cove in one colour with a rug-like pool of light."""
    w, h = s.width, s.height
    wash(s, wall, strong=0.12)
    c = mix(wall, floor, 0.35)
    fade = s.gradient([(0, c), (1, dark(c, 0.12))], x2=0, y2=1, opacities=[0, 0.95])
    s.add(f'<rect y="{h * 0.56:.0f}" width="{w}" height="{h * 0.44:.0f}" fill="{fade}"/>')
    s.ellipse(w / 2, h * 0.88, w * 0.5, h * 0.08, "#ffffff", opacity=0.14, blur="b4")
    return Stage(w * 0.5, h * 0.88, w * 0.78, h * 0.74)


def arch_room(s: Scene, wall: str, floor: str) -> Stage:
    """A painted arch behind the piece."""
    w, h = s.width, s.height
    wash(s, wall)
    y, b = h * 0.78, w * 0.62
    s.body(f"M{w / 2 - b / 2} {y} V{h * 0.12 + b / 2} A{b / 2} {b / 2} 0 0 1 {w / 2 + b / 2} {h * 0.12 + b / 2} V{y}Z",
           mix(wall, floor, 0.7), form="flat", occlusion=0.08)  # fmt: skip
    ground(s, dark(mix(floor, wall, 0.3), 0.1), y, texture="grain")
    return Stage(w * 0.5, h * 0.89, w * 0.72, h * 0.7)


def rug_room(s: Scene, wall: str, floor: str) -> Stage:
    """A room with a round rug under the piece."""
    w, h = s.width, s.height
    wash(s, wall)
    y = h * 0.72
    _boards(s, floor, y)
    s.body(rect(0, y - 26, w, 26), light(wall, 0.4), form="flat", occlusion=0.1)
    c = mix(LIGHTER, wall, 0.3)
    s.ellipse(w / 2, h * 0.885, w * 0.44, h * 0.085, dark(c, 0.3))
    s.ellipse(w / 2, h * 0.88, w * 0.44, h * 0.085, c)
    s.add(f'<ellipse cx="{w / 2}" cy="{h * 0.88}" rx="{w * 0.38}" ry="{h * 0.07}" fill="none" stroke="{dark(c, 0.25)}" '
          f'stroke-width="4" opacity=".6"/>')  # fmt: skip
    return Stage(w * 0.5, h * 0.885, w * 0.66, h * 0.68)


# ---- from the ceiling ---------------------------------------------------------------------


def ceiling(s: Scene, wall: str, floor: str) -> Stage:
    """Nothing but wall; the cord leaves the picture at the top."""
    wash(s, wall)
    return Stage(s.width * 0.5, s.height * 0.66, s.width * 0.62, s.height * 0.46, "wall")


def over_table(s: Scene, wall: str, floor: str) -> Stage:
    """Hanging low over the end of a table."""
    w, h = s.width, s.height
    wash(s, wall)
    y = h * 0.88
    s.body(rect(-10, y, w + 20, h - y), floor, form="flat", texture="grain")
    s.fill(rect(0, y, w, 5), light(floor, 0.5), opacity=0.9)
    s.glow(w / 2, y, w * 0.45, "#ffe9b8", 0.55)
    return Stage(w * 0.5, h * 0.56, w * 0.6, h * 0.38, "wall")


def dark_room(s: Scene, wall: str, floor: str) -> Stage:
    """After dusk."""
    deep = dark(wall, 0.66) if luminance(wall) > 0.3 else wall
    wash(s, deep, strong=0.2)
    return Stage(s.width * 0.5, s.height * 0.66, s.width * 0.62, s.height * 0.46, "wall")


Family = dict[str, Callable[[Scene, str, str], Stage]]
WALL: Family = {
    "wall": plain_wall,
    "console": above_table,
    "rail": rail,
    "leaning": leaning,
    "brick": bricks,
}
FLAT: Family = {
    "paper": paper_top,
    "split": split_top,
    "planks": planks,
    "linen": linen_top,
    "terrazzo": terrazzo,
}
FLOOR: Family = {"room": room, "two-tone": two_tone, "window": tall_window, "cove": cove, "arch": arch_room,
                 "rug": rug_room}  # fmt: skip
HANG: Family = {"ceiling": ceiling, "over-table": over_table, "dark": dark_room}
