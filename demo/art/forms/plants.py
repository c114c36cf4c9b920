"""Stems, branches and house plants."""

import math

from demo.art.colour import dark, light, mix
from demo.art.scene import Scene

GREENS = ("#7f8f4e", "#6f8350", "#5f7d45", "#8b9a5a")


def stem(
    s: Scene, *, x: float, y: float, length: float, lean: float, colour: str, kind: str
) -> None:
    """One bent stem from (x, y) upwards with what grows on it."""
    r = s.random
    x2, y2 = x + length * lean, y - length
    s.line(f"M{x:.1f} {y:.1f} Q{x + length * lean * 0.1:.1f} {y - length * 0.6:.1f} {x2:.1f} {y2:.1f}",
           dark(colour, 0.45), 3.4)  # fmt: skip
    count = {"olive": 13, "euca": 10, "wheat": 7, "sprig": 9, "cotton": 5, "bloom": 5, "fern": 20}[
        kind
    ]
    for i in range(count):
        t = 0.28 + 0.72 * i / (count - 1)
        px = x + (x2 - x) * t**1.75
        py = y - length * t
        side = -1 if i % 2 else 1
        shade = mix(light(colour, 0.22), dark(colour, 0.28), r.random())
        if kind in {"olive", "euca", "sprig", "fern"}:
            _leaf(s, px, py, length, kind, side, shade, t)
        elif kind == "wheat":
            s.ellipse(px + side * 6, py, 5, 14, shade)
        elif kind == "cotton":
            for dx, dy in ((-7, 0), (7, 2), (0, -8), (1, 6)):
                s.ellipse(px + side * 10 + dx, py + dy, 10, 9, "#f6f0e4")
        elif t > 0.55:
            radius = length * 0.07
            for k in range(6):
                a = k * math.pi / 3 + i
                s.ellipse(px + math.cos(a) * radius * 0.7 + side * 10, py + math.sin(a) * radius * 0.6,
                          radius * 0.6, radius * 0.5, shade)  # fmt: skip
            s.ellipse(px + side * 10, py, radius * 0.3, radius * 0.26, "#e9b44c")


def _leaf(
    s: Scene, px: float, py: float, length: float, kind: str, side: int, shade: str, t: float
) -> None:
    long, broad = {"olive": (0.16, 0.036), "euca": (0.1, 0.062), "sprig": (0.12, 0.03),
                   "fern": (0.2 * (1.25 - t), 0.022)}[kind]  # fmt: skip
    angle = side * (38 + s.random.random() * 26)
    le, br = length * long, length * broad
    s.add(f'<g transform="translate({px:.1f} {py:.1f}) rotate({angle:.0f})">')
    s.fill(f"M0 0 C{br:.1f} {-le * 0.3:.1f} {br:.1f} {-le * 0.75:.1f} 0 {-le:.1f} "
           f"C{-br:.1f} {-le * 0.75:.1f} {-br:.1f} {-le * 0.3:.1f} 0 0Z", shade)  # fmt: skip
    s.line(f"M0 0 V{-le * 0.85:.1f}", light(shade, 0.3), 1, opacity=0.5)
    s.add("</g>")


def bouquet(s: Scene, kind: str, *, base: float, size: float) -> float:
    """Put stems into a mouth at height ``base``; returns how far they rise above it."""
    leans = {
        "sprig": (0.22,),
        "bloom": (-0.42, 0.05, 0.4, -0.15),
        "wheat": (-0.3, 0.06, 0.3, -0.12),
    }
    tones = {"bloom": ("#e7b9a8", "#d98a6a", "#f0d9c4", "#c8643b"), "wheat": ("#cfa765",),
             "cotton": ("#8a6b4a",)}  # fmt: skip
    colours = tones.get(kind, GREENS)
    for i, lean in enumerate(leans.get(kind, (-0.45, 0.3, 0.62, -0.12))):
        length = size * (1 - 0.12 * (i % 3))
        stem(s, x=0, y=-base, length=length, lean=lean, colour=colours[i % len(colours)], kind=kind)
    return size + 20


def leaves(s: Scene, kind: str, *, base: float) -> float:
    """A house plant growing out of a pot whose rim is at height ``base``."""
    if kind == "snake":
        for i, (x, lean, h) in enumerate(((-50, -50, 210), (40, 56, 240), (-14, -14, 330), (60, 22, 170),
                                          (14, 30, 290), (-66, -14, 150))):  # fmt: skip
            c = ("#55734f", "#64835a", "#48644a")[i % 3]
            s.body(f"M{x - 18} {-base} Q{x - 26 + lean * 0.4} {-base - h * 0.6} {x + lean} {-base - h} "
                   f"Q{x + 30 + lean * 0.5} {-base - h * 0.5} {x + 18} {-base}Z", c, form="soft")  # fmt: skip
            s.line(f"M{x - 12} {-base} Q{x - 20 + lean * 0.4} {-base - h * 0.6} {x + lean} {-base - h}",
                   "#c3c98a", 3, opacity=0.8)  # fmt: skip
        return 340
    if kind == "cactus":
        for x, w, h in ((0, 62, 300), (-92, 40, 150), (90, 36, 190)):
            s.body(f"M{x - w} {-base + 6} V{-base - h + w} A{w} {w} 0 0 1 {x + w} {-base - h + w} V{-base + 6}Z",
                   "#5f8060", texture="clay")  # fmt: skip
            for k in (-0.5, 0, 0.5):
                s.line(
                    f"M{x + w * k} {-base} V{-base - h + w * 0.7}",
                    "#d9dfbd",
                    2,
                    opacity=0.5,
                    dash="1 12",
                )
        s.ellipse(8, -base - 302, 20, 14, "#e39a83")
        return 320
    marks = ((-30.0, -1.05, 250), (34, 0.95, 260), (0, -0.4, 330), (10, 0.35, 350), (-10, -0.75, 180),
             (6, 0.02, 400), (22, 0.7, 190))  # fmt: skip
    for i, (foot, bend, tall) in enumerate(marks):
        c = ("#4f7350", "#62865a", "#3f6247", "#739465")[i % 4]
        tip_x, tip_y = foot + bend * tall * 0.75, -base - tall * (1 - abs(bend) * 0.28)
        s.line(
            f"M{foot} {-base} Q{foot} {(-base + tip_y) / 2:.0f} {tip_x:.0f} {tip_y:.0f}",
            "#4c5f3a",
            5,
        )
        s.add(f'<g transform="translate({tip_x:.0f} {tip_y + 60:.0f}) rotate({bend * 48:.0f})">')
        if kind == "monstera":
            s.body("M0 40 C-90 10 -96 -70 -52 -96 L-30 -64 L-34 -104 L-4 -78 L0 -112 C90 -100 96 -10 60 16 "
                   "L38 -8 L42 30Z", c, form="soft")  # fmt: skip
        else:
            s.body("M0 60 C-62 20 -58 -60 0 -104 C58 -60 62 20 0 60Z", c, form="soft")
        s.line("M0 56 Q4 -20 0 -96", light(c, 0.35), 3, opacity=0.6)
        s.add("</g>")
    return 440 if kind != "monstera" else 430
