"""Prints, posters and everything for the desk."""

import math

from demo.art.colour import dark, light
from demo.art.scene import Box, Scene

Palette = tuple[str, str, str, str]
CREAM = "#f5f1e6"


def rect(x: float, y: float, w: float, h: float) -> str:
    return f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}z"


def motif(s: Scene, kind: str, w: float, h: float, p: Palette) -> None:
    """Draw a picture filling w by h with its upper left corner at the origin."""
    ground, a, b, c = p
    s.fill(rect(0, 0, w, h), ground)
    if kind == "sun":
        s.ellipse(w * 0.6, h * 0.34, w * 0.27, w * 0.27, a)
        s.fill(f"M0 {h * 0.7} Q{w * 0.4} {h * 0.45} {w} {h * 0.72} V{h} H0Z", b)
        s.fill(f"M0 {h * 0.86} Q{w * 0.6} {h * 0.66} {w} {h * 0.9} V{h} H0Z", c)
    elif kind == "moons":
        for i in range(5):
            y = h * (0.14 + 0.18 * i)
            s.ellipse(w / 2, y, w * 0.13, w * 0.13, a)
            s.ellipse(w / 2 + (i - 2) * w * 0.085, y, w * 0.13, w * 0.13, ground if i != 2 else a)
        s.line(f"M{w * 0.16} {h * 0.06} V{h * 0.94} M{w * 0.84} {h * 0.06} V{h * 0.94}", b, 3)
    elif kind == "leaf":
        s.line(f"M{w * 0.5} {h * 0.94} Q{w * 0.44} {h * 0.5} {w * 0.56} {h * 0.1}", b, w * 0.018)
        for i in range(8):
            y, k = h * (0.84 - i * 0.095), (-1 if i % 2 else 1)
            r = w * (0.34 - i * 0.022)
            x = w * (0.49 + 0.006 * i)
            s.fill(f"M{x} {y} Q{x + k * r * 0.5} {y - r * 0.66} {x + k * r} {y - r * 0.5} Q{x + k * r * 0.6} {y + r * 0.05} "
                   f"{x} {y}Z", (a, b)[i % 3 == 0])  # fmt: skip
    elif kind == "arches":
        for i, t in enumerate((a, ground, b, ground, c)):
            r = w * (0.42 - 0.08 * i)
            s.fill(
                f"M{w / 2 - r} {h * 0.86} V{h * 0.5} A{r} {r} 0 0 1 {w / 2 + r} {h * 0.5} V{h * 0.86}Z",
                t,
            )
        s.ellipse(w * 0.5, h * 0.13, w * 0.07, w * 0.07, c)
    elif kind == "bauhaus":
        side = w * 0.42
        s.ellipse(w * 0.3, h * 0.27, side * 0.62, side * 0.62, a)
        s.fill(f"M{w * 0.5} {h * 0.3} h{side} v{side * 1.5} h{-side}z", b)
        s.fill(f"M{w * 0.1} {h * 0.86} a{side} {side} 0 0 1 {2 * side} 0z", c)
        for i in range(7):
            s.line(f"M{w * 0.1} {h * (0.46 + i * 0.03)} h{w * 0.28}", c, 4)
        s.ellipse(w * 0.8, h * 0.14, w * 0.06, w * 0.06, c)
    elif kind == "vase":
        s.fill(rect(0, h * 0.68, w, h * 0.32), b)
        s.fill(f"M{w * 0.42} {h * 0.44} C{w * 0.42} {h * 0.54} {w * 0.26} {h * 0.56} {w * 0.28} {h * 0.7} Q{w * 0.3} {h * 0.82} "
               f"{w * 0.5} {h * 0.82} Q{w * 0.7} {h * 0.82} {w * 0.72} {h * 0.7} C{w * 0.74} {h * 0.56} {w * 0.58} {h * 0.54} "
               f"{w * 0.58} {h * 0.44}Z", a)  # fmt: skip
        for dx, dy, r in ((-0.2, 0.2, 0.08), (0, 0.12, 0.1), (0.2, 0.22, 0.085), (0.1, 0.32, 0.06)):
            s.line(
                f"M{w * 0.5} {h * 0.45} Q{w * (0.5 + dx * 0.3)} {h * 0.35} {w * (0.5 + dx)} {h * dy}",
                c,
                4,
            )
            s.ellipse(w * (0.5 + dx), h * dy, w * r, w * r, c)
            s.ellipse(w * (0.5 + dx), h * dy, w * r * 0.4, w * r * 0.4, ground)
    elif kind == "waves":
        for i in range(10):
            y = h * (0.16 + i * 0.08)
            s.line(f"M{w * 0.08} {y} q{w * 0.105} {-h * 0.05} {w * 0.21} 0 t{w * 0.21} 0 t{w * 0.21} 0 t{w * 0.21} 0",
                   (a, b, c)[i % 3], w * 0.02)  # fmt: skip
    elif kind == "peaks":
        s.ellipse(w * 0.3, h * 0.26, w * 0.12, w * 0.12, c)
        for y, peak, t in ((0.36, 0.72, light(b, 0.4)), (0.5, 0.2, b), (0.68, 0.6, a)):
            s.fill(f"M0 {h} V{h * (y + 0.16)} L{w * peak * 0.5} {h * (y + 0.04)} L{w * peak} {h * y} L{w * (peak + 0.24)} {h * (y + 0.12)} "
                   f"L{w} {h * (y + 0.06)} V{h}Z", t)  # fmt: skip
    elif kind == "fruit":
        for x, y, r in ((0.36, 0.34, 0.2), (0.64, 0.52, 0.22), (0.36, 0.72, 0.19)):
            s.ellipse(w * x, h * y, w * r, w * r * 0.92, a)
            s.ellipse(w * x, h * y, w * r * 0.86, w * r * 0.78, light(a, 0.5))
            for i in range(9):
                turn = i * math.pi * 2 / 9
                s.line(
                    f"M{w * x} {h * y} l{math.cos(turn) * w * r * 0.78:.0f} {math.sin(turn) * w * r * 0.7:.0f}",
                    a,
                    4,
                )
            s.fill(f"M{w * (x + r * 0.6)} {h * y - w * r * 0.7} q{w * 0.06} {-h * 0.08} {w * 0.16} {-h * 0.05} q{-w * 0.04} "
                   f"{h * 0.07} {-w * 0.16} {h * 0.05}z", b)  # fmt: skip
    elif kind == "stones":
        for x, y, rx, ry, t in ((0.5, 0.83, 0.36, 0.1, b), (0.48, 0.66, 0.28, 0.09, a), (0.53, 0.52, 0.2, 0.07, c),
                                (0.49, 0.41, 0.14, 0.055, b), (0.51, 0.32, 0.09, 0.042, a)):  # fmt: skip
            s.ellipse(w * x, h * y, w * rx, h * ry, t)
            s.ellipse(
                w * (x - rx * 0.3),
                h * (y - ry * 0.4),
                w * rx * 0.4,
                h * ry * 0.2,
                "#ffffff",
                opacity=0.25,
            )
    elif kind == "grid":
        n = 4
        for i in range(n):
            for j in range(int(n * h / w)):
                x, y, q = w * i / n, w * j / n, w / n
                t = (a, b, c, ground)[(i * 3 + j * 2 + i * j) % 4]
                s.fill(rect(x, y, q, q), t)
                if (i + j) % 2:
                    s.fill(f"M{x} {y} a{q} {q} 0 0 1 {q} {q} h{-q}z", (c, a, b)[(i + 2 * j) % 3])
                else:
                    s.ellipse(x + q / 2, y + q / 2, q * 0.26, q * 0.26, (b, c, a)[(i + j) % 3])
    elif kind == "birds":
        s.ellipse(w * 0.5, h * 0.45, w * 0.34, w * 0.34, a)
        for x, y, size in ((0.3, 0.3, 1.0), (0.62, 0.42, 1.4), (0.42, 0.6, 0.9), (0.72, 0.7, 0.7)):
            q = w * 0.11 * size
            s.fill(f"M{w * x - q} {h * y} Q{w * x - q * 0.4} {h * y - q * 0.8} {w * x} {h * y} Q{w * x + q * 0.4} {h * y - q * 0.8} "
                   f"{w * x + q} {h * y} Q{w * x + q * 0.4} {h * y - q * 0.3} {w * x} {h * y + q * 0.3} Q{w * x - q * 0.4} "
                   f"{h * y - q * 0.3} {w * x - q} {h * y}Z", c)  # fmt: skip
        s.fill(f"M0 {h * 0.86} Q{w * 0.5} {h * 0.78} {w} {h * 0.88} V{h} H0Z", b)


def framed(
    s: Scene, frame: str, *, kind: str, palette: Palette, ratio: float = 1.36, mat: float = 0.1
) -> Box:
    """A framed print; the origin is the middle of its lower edge."""
    w = 420.0
    h = w * ratio
    s.add(f'<g transform="translate({-w / 2} {-h})">')
    s.body(rect(0, 0, w, h), frame, form="flat", texture="grain-up", occlusion=0.1)
    s.fill(rect(14, 14, w - 28, h - 28), "#120c08", opacity=0.5)
    s.body(rect(17, 17, w - 34, h - 34), CREAM, form="flat", occlusion=0.04)
    m = 17 + w * mat
    s.add(f'<g transform="translate({m} {m})">')
    motif_clip(s, kind, w - 2 * m, h - 2 * m, palette)
    s.add("</g>")
    s.fill(rect(17, 17, w - 34, 7), "#120c08", opacity=0.18, blur="b1")
    x = 17 if s.lit < 0 else w - 17
    s.fill(f"M{x} {h * 0.1} L{w * 0.62} 17 H{w * 0.8} L{x} {h * 0.5}Z", "#ffffff", opacity=0.1)
    s.add("</g>")
    return Box(-w / 2, -h, w / 2)


def motif_clip(s: Scene, kind: str, w: float, h: float, palette: Palette) -> None:
    """A motif kept inside of its sheet."""
    s.add(f'<g clip-path="url(#{s.clip(rect(0, 0, w, h))})">')
    motif(s, kind, w, h, palette)
    s.add(f'<path d="{rect(0, 0, w, h)}" filter="url(#{s.texture("clay")})" opacity=".5"/></g>')


def poster(s: Scene, rail: str, *, kind: str, palette: Palette, ratio: float = 1.42) -> Box:
    """An unframed poster between two wooden rails on a cord."""
    w = 420.0
    h = w * ratio
    s.line(f"M{-w / 2 + 20} {-h} L0 {-h - 90} L{w / 2 - 20} {-h}", "#4c3f33", 4)
    s.add(f'<g transform="translate({-w / 2} {-h})">')
    motif_clip(s, kind, w, h, palette)
    s.fill(rect(0, 0, w, h), "#ffffff", opacity=0.05)
    s.add("</g>")
    for y in (-h - 10, -20):
        s.body(rect(-w / 2 - 8, y, w + 16, 30), rail, form="flat", texture="grain")
    return Box(-w / 2 - 10, -h - 90, w / 2 + 10, 10)


def clipped(s: Scene, clip: str, *, kind: str, palette: Palette) -> Box:
    """A sheet held by two bulldog clips."""
    w, h = 400.0, 540.0
    s.add(f'<g transform="translate({-w / 2} {-h})">')
    s.body(rect(0, 0, w, h), CREAM, form="flat", occlusion=0)
    s.add('<g transform="translate(34 34)">')
    motif_clip(s, kind, w - 68, h - 68, palette)
    s.add("</g></g>")
    for x in (-110, 110):
        s.body(f"M{x - 26} {-h + 22} h52 l-8 -46 h-36z", clip, form="soft")
        s.add(
            f'<circle cx="{x}" cy="{-h - 34}" r="13" fill="none" stroke="{dark(clip, 0.3)}" stroke-width="5"/>'
        )
    return Box(-w / 2, -h - 50, w / 2)


def print_set(s: Scene, frame: str, *, kinds: tuple[str, str, str], palette: Palette) -> Box:
    """Three small frames hung together."""
    a, b, c, d = palette
    marks = ((-240, -330, 0.62), (60, -430, 0.8), (-200, 0, 0.62), (100, 40, 0.62))
    for i, (x, y, k) in enumerate(marks[:2] + marks[2:3]):
        shifted = ((a, b, c, d), (a, c, d, b), (a, d, b, c))[i]
        s.add(f'<g transform="translate({x + 60} {y if i != 1 else -120}) scale({k})">')
        framed(s, frame, kind=kinds[i], palette=shifted, ratio=1.1 if i != 1 else 1.36, mat=0.12)
        s.add("</g>")
    return Box(-312, -630, 290)


def notebooks(s: Scene, colour: str, *, seconds: tuple[str, ...]) -> Box:
    """A stack of notebooks with a pencil on top."""
    for i, c in enumerate((colour, *seconds)):
        y, dx = -i * 52, ((i * 37) % 23) - 11
        s.body(rect(dx - 214, y - 46, 428, 44), "#efe7d6", form="flat", occlusion=0.2)
        for k in range(5):
            s.line(f"M{dx - 206} {y - 38 + k * 8} h414", "#bfb49d", 1.4, opacity=0.7)
        s.body(
            f"M{dx - 222} {y - 52} h440 v9 h-432 v34 h432 v9 h-440 q-10 -26 0 -52z", c, form="flat"
        )
    top = -(len(seconds) + 1) * 52
    s.body(f"M-120 {top - 12} l210 -6 l26 8 l-26 8 l-210 6z", "#e3b04b", form="flat")
    s.fill(f"M106 {top - 14} l10 4 l-10 3z", "#26231f")
    return Box(-236, top - 22, 236)


def cover(s: Scene, colour: str, *, kind: str, palette: Palette) -> Box:
    """A sketchbook seen from above, spiral bound, pencil beside it."""
    s.body(rect(-190, -520, 400, 516), "#f0e8d8", form="flat")
    s.add('<g transform="translate(-200 -524)">')
    motif_clip(s, kind, 400, 524, palette)
    s.body(rect(0, 0, 64, 524), colour, form="flat", occlusion=0.05)
    s.add("</g>")
    for i in range(20):
        y = -508 + i * 26
        s.line(f"M-222 {y} q-2 -12 16 -12 h24", "#6b6a66", 4.6)
        s.ellipse(-180, y - 10, 5, 5, "#2a2622")
    s.add('<g transform="translate(258 -60) rotate(6)">')
    s.body("M-12 -360 h24 V0 L0 36 L-12 0Z", palette[1])
    s.fill("M-4 24 L0 36 L4 24Z", "#26231f")
    s.body("M-12 -384 h24 v30 h-24z", "#e6a79b", occlusion=0)
    s.add("</g>")
    return Box(-228, -526, 290, 4)


def cards(s: Scene, colour: str, *, palette: Palette, kinds: tuple[str, str, str]) -> Box:
    """Greeting cards fanned over an envelope, from above."""
    s.add('<g transform="translate(30 10) rotate(7)">')
    s.body(rect(-230, -330, 460, 320), colour, form="flat")
    s.line("M-230 -330 L0 -150 L230 -330", dark(colour, 0.35), 4, opacity=0.7)
    s.add("</g>")
    for i, (x, y, turn) in enumerate(((-150, -90, -14), (20, -120, -2), (170, -70, 11))):
        s.add(f'<g transform="translate({x} {y}) rotate({turn})">')
        s.fill(rect(-104, -290, 220, 300), "#000000", opacity=0.3, blur="b2")
        s.body(rect(-110, -300, 220, 300), CREAM, form="flat", occlusion=0.05)
        s.add('<g transform="translate(-94 -284)">')
        a, b, c, d = palette
        motif_clip(s, kinds[i], 188, 268, ((a, b, c, d), (b, a, d, c), (c, d, a, b))[i])
        s.add("</g></g>")
    return Box(-300, -430, 310, 60)


def calendar(s: Scene, colour: str, *, kind: str, palette: Palette) -> Box:
    """A wall calendar: picture above, days below; the origin is its lower edge."""
    s.line("M-20 -640 Q0 -670 20 -640", "#6b6a66", 5)
    s.body(rect(-210, -640, 420, 640), CREAM, form="flat", occlusion=0.05)
    s.add('<g transform="translate(-210 -640)">')
    motif_clip(s, kind, 420, 370, palette)
    s.add("</g>")
    s.fill(rect(-180, -246, 150, 20), colour)
    for row in range(5):
        for col in range(7):
            if 2 <= row * 7 + col < 33:
                s.fill(
                    rect(-180 + col * 54, -196 + row * 38, 26, 9),
                    "#3a332c" if col < 5 else colour,
                    opacity=0.75,
                )
    for i in range(24):
        s.line(f"M{-200 + i * 17.4:.0f} -652 v22", "#6b6a66", 3)
    return Box(-210, -662, 210)


def rolls(s: Scene, colour: str, *, seconds: tuple[str, ...]) -> Box:
    """Gift wrap rolls standing in a crate-less row, lightly leaning."""
    for i, c in enumerate((colour, *seconds)):
        x, turn = -150 + i * 100, (-5, 2, -1, 6)[i % 4]
        s.add(f'<g transform="translate({x} {(i % 2) * -12}) rotate({turn})">')
        path = "M-44 -520 H44 V-8 Q0 10 -44 -8Z"
        s.body(path, c, form="round")
        s.add(f'<g clip-path="url(#{s.clip(path)})" opacity=".8">')
        for k in range(13):
            y = -500 + k * 42
            if i % 3 == 0:
                for dx in (-30, 0, 30):
                    s.ellipse(dx + (k % 2) * 15, y, 7, 7, light(c, 0.7))
            elif i % 3 == 1:
                s.line(f"M-50 {y} L50 {y - 26}", light(c, 0.6), 9)
            else:
                s.line(f"M-50 {y} q12 -18 25 0 t25 0 t25 0 t25 0", dark(c, 0.4), 5)
        s.add("</g>")
        s.ellipse(0, -520, 44, 10, light(c, 0.3))
        s.ellipse(0, -520, 26, 6, "#4c3f33")
        s.add("</g>")
    return Box(-230, -540, 250)


def envelopes(s: Scene, colour: str, *, seconds: tuple[str, str]) -> Box:
    """Letter paper and envelopes tied with a ribbon, from above."""
    for x, y, turn, c in ((-40, -30, -6, seconds[0]), (30, -10, 5, seconds[1]), (0, 0, 0, colour)):
        s.add(f'<g transform="translate({x} {y}) rotate({turn})">')
        s.fill(rect(-244, -336, 496, 340), "#000000", opacity=0.25, blur="b2")
        s.body(rect(-250, -340, 500, 340), c, form="flat", occlusion=0.06)
        s.add("</g>")
    s.body("M-250 -340 L0 -130 L250 -340Z", light(colour, 0.25), form="flat")
    s.line("M-250 -340 L0 -130 L250 -340", dark(colour, 0.35), 3, opacity=0.6)
    s.ellipse(0, -136, 40, 38, "#a33f2c")
    s.ellipse(0, -136, 27, 26, "#b95440")
    s.line("M-10 -140 q10 -14 20 0 q-10 16 -20 0", "#7d2c1f", 4)
    return Box(-290, -390, 280, 30)


def mobile(s: Scene, colour: str, *, seconds: tuple[str, str, str]) -> Box:
    """A paper mobile hanging from a thread; the origin is its lowest leaf."""
    s.line("M0 -470 V-1200", "#4c3f33", 3)
    s.line("M-220 -440 Q0 -490 220 -430 M-220 -440 V-330 M220 -430 V-260 M-320 -310 Q-220 -350 -110 -320 M-320 -310 V-230 "
           "M-110 -320 V-160 M0 -470 V-120", "#4c3f33", 4)  # fmt: skip
    for x, y, r, c in ((-320, -190, 46, colour), (-110, -110, 56, seconds[0]), (220, -190, 76, seconds[1]),
                       (0, -66, 60, seconds[2])):  # fmt: skip
        s.body(f"M{x} {y - r} C{x + r * 1.1} {y - r * 0.6} {x + r * 0.9} {y + r * 0.8} {x} {y + r} C{x - r * 0.9} {y + r * 0.8} "
               f"{x - r * 1.1} {y - r * 0.6} {x} {y - r}Z", c, form="soft")  # fmt: skip
        s.line(f"M{x} {y - r} V{y + r}", dark(c, 0.3), 2, opacity=0.5)
    return Box(-370, -500, 300, 0)


def desk_set(s: Scene, colour: str, *, seconds: tuple[str, str]) -> Box:
    """A paper tray, a pen pot of card and a pad."""
    s.body("M-260 -90 H60 V0 H-260Z", colour, form="flat")
    s.body("M-248 -120 H48 V-86 H-248Z", "#f3ecdc", form="flat")
    s.line("M-240 -110 H40 M-240 -100 H40", "#bfb49d", 2)
    for i, (x, c) in enumerate(
        ((130, "#e3b04b"), (158, seconds[1]), (186, "#2a2622"), (206, "#c8643b"))
    ):
        s.body(f"M{x - 7} -200 L{x - 9 + i * 6} -360 l14 -4 L{x + 7} -200Z", c, occlusion=0)
    s.body("M92 -230 H234 L226 0 H100Z", seconds[0])
    s.fill("M92 -230 h142 v10 h-142z", light(seconds[0], 0.4))
    s.body("M-200 -190 H-20 V-120 H-200Z", seconds[1], form="flat")
    return Box(-262, -366, 240)


def bookmarks(s: Scene, colour: str, *, palette: Palette, kinds: tuple[str, ...]) -> Box:
    """Bookmarks with tassels in a row, from above."""
    for i, kind in enumerate(kinds):
        x, turn = -210 + i * 140, (-4, 2, -2, 5)[i % 4]
        a, b, c, d = palette
        s.add(f'<g transform="translate({x} {-(i % 2) * 26}) rotate({turn})">')
        s.fill(rect(-50, -466, 112, 470), "#000000", opacity=0.3, blur="b2")
        s.add('<g transform="translate(-54 -470)">')
        motif_clip(
            s, kind, 108, 470, ((a, b, c, d), (b, a, c, d), (c, b, d, a), (d, a, b, c))[i % 4]
        )
        s.add("</g>")
        s.ellipse(0, -446, 8, 8, "#2a2622")
        s.line("M0 -446 Q-20 -500 6 -540", colour, 5)
        s.body("M-4 -540 h20 l8 70 h-36z", colour, occlusion=0)
        s.add("</g>")
    return Box(-280, -560, 290, 10)
