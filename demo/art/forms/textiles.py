"""Throws, cushions, rugs and other woven things."""

import math

from demo.art.colour import dark, light
from demo.art.scene import Box, Scene


def rect(x: float, y: float, w: float, h: float) -> str:
    return f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}z"


def cushion_path(w: float = 400, h: float = 400) -> str:
    """A plump square with pulled corners, its lower edge on the origin."""
    a, b = w / 2, h
    return (
        f"M{-a} {-b} Q0 {-b * 0.93} {a} {-b} Q{a * 0.9} {-b / 2} {a} 0 Q0 {-b * 0.06} {-a} 0 "
        f"Q{-a * 0.9} {-b / 2} {-a} {-b}Z"
    )


def pattern(s: Scene, kind: str, w: float, h: float, colours: tuple[str, ...]) -> None:
    """Fill the rectangle w by h, centred above the origin, with a woven pattern."""
    x0, y0 = -w / 2, -h
    a, *rest = colours
    b = rest[0] if rest else dark(a, 0.3)
    c = rest[1] if len(rest) > 1 else b
    if kind == "stripes":
        for i in range(9):
            s.fill(rect(x0, y0 + h * (i + 0.5) / 9.5, w, h * 0.035 * (1 + i % 3)), (b, c)[i % 2])
    elif kind == "bands":
        for i, (at, size) in enumerate(
            ((0.1, 0.12), (0.3, 0.05), (0.4, 0.2), (0.68, 0.05), (0.8, 0.12))
        ):
            s.fill(rect(x0, y0 + h * at, w, h * size), (b, c)[i % 2])
    elif kind == "upright":
        for i in range(9):
            s.fill(rect(x0 + w * (i + 0.4) / 9.2, y0, w * 0.05, h), (b, c)[i % 2])
    elif kind == "check":
        n = 6
        for i in range(n):
            for j in range(max(1, round(n * h / w))):
                if (i + j) % 2:
                    s.fill(rect(x0 + w * i / n, y0 + w * j / n, w / n, w / n), b)
    elif kind == "gingham":
        for i in range(0, 10, 2):
            s.fill(rect(x0 + w * i / 10, y0, w / 10, h), b, opacity=0.5)
        for j in range(0, int(10 * h / w) + 1, 2):
            s.fill(rect(x0, y0 + w * j / 10, w, w / 10), b, opacity=0.5)
    elif kind == "diamonds":
        nx, ny = 3, max(2, round(3 * h / w))
        for i in range(nx + 1):
            for j in range(ny + 1):
                cx, cy, dx, dy = x0 + w * i / nx, y0 + h * j / ny, w / nx * 0.5, h / ny * 0.5
                s.line(
                    f"M{cx - dx} {cy} L{cx} {cy - dy} L{cx + dx} {cy} L{cx} {cy + dy}Z",
                    b,
                    w * 0.016,
                )
                s.fill(
                    f"M{cx - dx * 0.3} {cy} L{cx} {cy - dy * 0.3} L{cx + dx * 0.3} {cy} L{cx} {cy + dy * 0.3}Z",
                    c,
                )
    elif kind == "border":
        for k, tone in ((0.06, b), (0.1, a), (0.14, c), (0.17, a)):
            s.fill(rect(x0 + w * k, y0 + w * k, w * (1 - 2 * k), h - 2 * w * k), tone)
    elif kind == "arches":
        n = 4
        size = w / n
        for i in range(n):
            for j in range(math.ceil(h / size)):
                x, y = x0 + i * size, y0 + j * size
                tone = (b, c, dark(a, 0.35))[(i + 2 * j) % 3]
                s.fill(f"M{x + 6} {y + size - 5} V{y + size * 0.5} A{size / 2 - 6} {size * 0.44} 0 0 1 {x + size - 6} "
                       f"{y + size * 0.5} V{y + size - 5}Z", tone)  # fmt: skip
                s.fill(f"M{x + size * 0.3} {y + size - 5} V{y + size * 0.58} A{size * 0.2} {size * 0.2} 0 0 1 {x + size * 0.7} "
                       f"{y + size * 0.58} V{y + size - 5}Z", a)  # fmt: skip
    elif kind == "blobs":
        for i, (px, py, r, tone) in enumerate(
            ((0.3, 0.25, 0.34, b), (0.75, 0.55, 0.3, c), (0.25, 0.8, 0.26, dark(a, 0.3)))
        ):
            cx, cy, q = x0 + w * px, y0 + h * py, w * r
            s.fill(f"M{cx - q} {cy} C{cx - q} {cy - q * (1.1 + 0.2 * i)} {cx + q * 0.8} {cy - q} {cx + q} {cy - q * 0.1} "
                   f"C{cx + q * 1.1} {cy + q} {cx - q * 0.9} {cy + q * 1.1} {cx - q} {cy}Z", tone)  # fmt: skip
    elif kind == "lines":
        for i in range(7):
            y = y0 + h * (i + 0.7) / 7.4
            s.line(
                f"M{x0} {y} Q{x0 + w * 0.25} {y - h * 0.05} {x0 + w * 0.5} {y} T{x0 + w} {y}",
                b,
                w * 0.014,
            )
    elif kind == "sun":
        s.ellipse(0, y0 + h * 0.42, w * 0.26, w * 0.26, b)
        for i in range(5):
            s.fill(rect(x0, y0 + h * (0.62 + 0.075 * i), w, h * 0.04), c)


def cushion(s: Scene, colour: str, *, kind: str = "", seconds: tuple[str, ...] = (), wide: bool = False,
            texture: str = "wool") -> Box:  # fmt: skip
    """A cushion standing on its edge."""
    w, h = (520, 330) if wide else (400, 390)
    path = cushion_path(w, h)
    s.body(path, colour, form="flat", texture=texture, occlusion=0)
    if kind:
        s.add(f'<g clip-path="url(#{s.clip(path)})">')
        pattern(s, kind, w, h, (colour, *seconds))
        s.add(f'<path d="{path}" filter="url(#{s.texture("weave")})"/></g>')
    clip = s.clip(path)
    s.add(f'<g clip-path="url(#{clip})">')
    s.ellipse(s.lit * w * 0.16, -h * 0.62, w * 0.36, h * 0.34, "#ffffff", opacity=0.3, blur="b5")
    s.line(path, dark(colour, 0.7), 40, opacity=0.42, blur="b4")
    for k in (-1, 1):
        s.line(f"M{k * w * 0.46} {-h * 0.04} Q{k * w * 0.34} {-h * 0.16} {k * w * 0.24} {-h * 0.2}", dark(colour, 0.5), 7,
               opacity=0.35, blur="b2")  # fmt: skip
        s.line(f"M{k * w * 0.46} {-h * 0.96} Q{k * w * 0.36} {-h * 0.86} {k * w * 0.3} {-h * 0.8}", dark(colour, 0.5), 7,
               opacity=0.35, blur="b2")  # fmt: skip
    s.add("</g>")
    return Box(-w / 2, -h, w / 2)


def cushion_pile(s: Scene, colour: str, *, seconds: tuple[str, str, str]) -> Box:
    """Cushions leaning on each other."""
    for x, y, turn, c, kind, wide in ((90, -40, 9, seconds[0], "stripes", False), (-100, -26, -7, seconds[1], "", False),
                                      (0, 0, 0, colour, "diamonds", True)):  # fmt: skip
        s.add(f'<g transform="translate({x} {y}) rotate({turn}) scale({0.72 if wide else 0.92})">')
        cushion(s, c, kind=kind, seconds=(seconds[2], light(seconds[2], 0.4)), wide=wide)
        s.add("</g>")
    return Box(-300, -410, 300)


def throw_stack(s: Scene, colour: str, *, seconds: tuple[str, ...]) -> Box:
    """Folded throws in a pile."""
    for i, c in enumerate((colour, *seconds)):
        y, dx = -i * 84, (i % 2) * 12 - 6
        path = (f"M{dx - 236} {y - 42} Q{dx - 236} {y - 84} {dx - 200} {y - 84} H{dx + 224} Q{dx + 246} {y - 80} "
                f"{dx + 244} {y - 46} Q{dx + 246} {y - 4} {dx + 222} {y} H{dx - 200} Q{dx - 236} {y} {dx - 236} {y - 42}Z")  # fmt: skip
        s.body(path, c, form="flat", texture="wool", occlusion=0.3)
        s.line(f"M{dx - 214} {y - 42} H{dx + 240}", dark(c, 0.45), 4, opacity=0.5)
        s.line(
            f"M{dx - 228} {y - 62} H{dx + 240} M{dx - 228} {y - 22} H{dx + 240}",
            dark(c, 0.4),
            2,
            opacity=0.25,
        )
        if i % 2 == 0:
            for k in (90, 116, 142):
                s.fill(rect(dx + k, y - 83, 12, 82), light(c, 0.5), opacity=0.65)
        for k in range(9):
            s.line(f"M{dx + 238} {y - 76 + k * 8} h16", light(c, 0.1), 3)
    return Box(-246, -(len(seconds) + 1) * 84 - 2, 262)


def throw_draped(
    s: Scene, colour: str, *, kind: str = "bands", seconds: tuple[str, ...] = ()
) -> Box:
    """A throw over a rail, with a fringe; the origin is below its hem."""
    s.tube("M-262 -520 H262", "#a97a4c", 20)
    path = "M-220 -534 Q0 -546 220 -534 Q230 -300 214 -60 Q160 -44 110 -62 Q50 -40 0 -60 Q-60 -40 -110 -60 Q-170 -44 -214 -62 Q-232 -300 -220 -534Z"
    s.body(path, colour, form="flat", texture="wool", occlusion=0)
    s.add(f'<g clip-path="url(#{s.clip(path)})"><g transform="translate(0 -40)">')
    pattern(s, kind, 460, 490, (colour, *seconds))
    s.add("</g>")
    for i, x in enumerate((-150, -70, 10, 90, 160)):
        s.line(f"M{x} -530 Q{x + 16} -300 {x - 6} -40", "#120c08", 34, opacity=0.15, blur="b3")
        s.line(
            f"M{x + 40} -530 Q{x + 52} -300 {x + 34} -40",
            "#ffffff",
            20,
            opacity=0.12 + 0.02 * (i % 2),
            blur="b3",
        )
    s.add(f'<path d="{path}" filter="url(#{s.texture("weave")})"/></g>')
    for i in range(36):
        fringe = -212 + i * 12.1
        s.line(f"M{fringe:.0f} -60 l{(i * 7) % 5 - 2} 56", light(colour, 0.12), 4.4)
    return Box(-262, -546, 262)


def rug(s: Scene, colour: str, *, kind: str, seconds: tuple[str, ...], w: float = 560, h: float = 760,
        fringe: bool = True) -> Box:  # fmt: skip
    """A rug seen from above; the origin is the middle of its lower edge."""
    if fringe:
        for i in range(int(w // 12)):
            x = -w / 2 + 6 + i * 12
            s.line(f"M{x:.0f} {-h - 24} v26 M{x:.0f} -2 v26", light(colour, 0.3), 4)
    s.body(rect(-w / 2, -h, w, h), colour, form="flat", texture="weave", occlusion=0)
    s.add(f'<g clip-path="url(#{s.clip(rect(-w / 2, -h, w, h))})">')
    pattern(s, kind, w * 0.98, h * 0.98, (colour, *seconds))
    s.add("</g>")
    s.add(f'<path d="{rect(-w / 2, -h, w, h)}" filter="url(#{s.texture("weave")})" opacity=".8"/>')
    return Box(-w / 2, -h - 24, w / 2, 24)


def round_rug(s: Scene, colour: str, *, seconds: tuple[str, ...]) -> Box:
    """A braided round rug from above."""
    tones = (colour, *seconds)
    for i in range(11):
        r = 300 - i * 27
        s.ellipse(0, -300, r, r, tones[i % len(tones)])
        s.add(f'<circle cx="0" cy="-300" r="{r - 5}" fill="none" stroke="#120c08" stroke-width="3" opacity=".2" '
              f'stroke-dasharray="14 8"/>')  # fmt: skip
    s.add(f'<circle cx="0" cy="-300" r="300" filter="url(#{s.texture("clay")})"/>')
    return Box(-300, -600, 300)


def rug_roll(s: Scene, colour: str, *, kind: str = "stripes", seconds: tuple[str, ...] = ()) -> Box:
    """A rug half unrolled towards the viewer, standing roll behind."""
    path = "M-230 -560 H-90 V0 H-230Z"
    for x, k, tone in ((0, 1.0, colour), (170, 0.86, seconds[0] if seconds else dark(colour, 0.2))):
        s.add(f'<g transform="translate({x + 80} 0) scale({k})">')
        s.body(path, tone, texture="wool")
        s.add(
            f'<g clip-path="url(#{s.clip(path)})" opacity=".85"><g transform="translate(-160 0)">'
        )
        pattern(s, kind, 140, 560, (tone, *(seconds[1:] or (light(tone, 0.5),))))
        s.add("</g></g>")
        for y in (-420, -130):
            s.body(rect(-232, y, 144, 12), "#c39a6b", occlusion=0)
        s.ellipse(-160, -560, 70, 17, light(tone, 0.15))
        for r in (54, 38, 22):
            s.add(f'<ellipse cx="-160" cy="-560" rx="{r}" ry="{r * 0.24}" fill="none" stroke="{dark(tone, 0.5)}" '
                  f'stroke-width="3"/>')  # fmt: skip
        s.add("</g>")
    return Box(-154, -580, 176)


def pouf(s: Scene, colour: str) -> Box:
    """A knitted pouf."""
    path = "M-200 -110 C-206 -220 -120 -236 0 -236 C120 -236 206 -220 200 -110 C206 -6 110 0 0 0 C-110 0 -206 -6 -200 -110Z"
    s.body(path, colour, texture="boucle")
    s.add(f'<g clip-path="url(#{s.clip(path)})">')
    for i in range(-5, 6):
        for j in range(9):
            x, y = i * 38 + (j % 2) * 4, -226 + j * 26
            s.line(f"M{x - 12} {y} q12 16 12 22 q0 -6 12 -22", dark(colour, 0.45), 4, opacity=0.4)
    s.add("</g>")
    s.ellipse(0, -226, 20, 6, dark(colour, 0.5))
    return Box(-204, -238, 204)


def towels(s: Scene, colour: str, *, seconds: tuple[str, ...], kind: str = "stripes") -> Box:
    """Tea towels on pegs; the origin is below their hems."""
    s.body("M-300 -500 h600 v34 h-600z", "#b98a58", form="flat", texture="grain")
    for i, (x, c) in enumerate(
        ((-190, colour), (0, seconds[0]), (190, seconds[1] if len(seconds) > 1 else colour))
    ):
        s.tube(f"M{x} -484 v14", "#8d6b4c", 17)
        length = 380 - 40 * (i % 2)
        path = (f"M{x - 12} -474 Q{x} -484 {x + 12} -474 Q{x + 70} -440 {x + 76} {-470 + length} Q{x} {-456 + length} "
                f"{x - 76} {-470 + length} Q{x - 70} -440 {x - 12} -474Z")  # fmt: skip
        s.body(path, c, form="soft", texture="weave")
        s.add(
            f'<g clip-path="url(#{s.clip(path)})" opacity=".8"><g transform="translate({x} {-460 + length})">'
        )
        pattern(s, (kind, "gingham", "bands")[i % 3], 190, length, (c, seconds[-1], dark(c, 0.4)))
        s.add("</g>")
        for dx in (-30, 6, 40):
            s.line(
                f"M{x + dx * 0.2} -474 L{x + dx} {-460 + length}",
                "#120c08",
                12,
                opacity=0.2,
                blur="b2",
            )
        s.add("</g>")
    return Box(-302, -502, 302)


def quilt(s: Scene, colour: str, *, seconds: tuple[str, ...]) -> Box:
    """A patchwork quilt folded over itself, from above; the origin is its lower edge."""
    tones = (colour, *seconds)
    n = 5
    size = 600 / n
    for i in range(n):
        for j in range(n):
            x, y = -300 + i * size, -600 + j * size
            c = tones[(i * 2 + j * 3) % len(tones)]
            s.body(rect(x, y, size, size), c, form="soft", texture="weave", occlusion=0.06)
            d = tones[(i + j) % len(tones)]
            s.fill(f"M{x} {y} h{size} L{x} {y + size}z", d)
            s.line(
                f"M{x + 8} {y + 8} h{size - 16} v{size - 16} h{-size + 16}z",
                light(c, 0.5),
                2,
                dash="6 5",
                opacity=0.6,
            )
    s.add(f'<path d="{rect(-300, -600, 600, 600)}" filter="url(#{s.texture("weave")})"/>')
    s.fill("M300 -600 V-330 Q120 -380 30 -600Z", "#120c08", opacity=0.35, blur="b3")
    s.body(
        "M300 -600 L30 -600 Q100 -390 300 -330Z", light(colour, 0.4), form="flat", texture="wool"
    )
    return Box(-300, -600, 300)


def hanging(s: Scene, colour: str, *, seconds: tuple[str, ...]) -> Box:
    """A woven wall hanging on a stick; the origin is the tip of its fringe."""
    s.line("M-150 -520 L0 -640 L150 -520", "#6d5a44", 4)
    s.tube("M-210 -520 H210", "#8d6b4c", 17)
    s.body(rect(-170, -520, 340, 290), colour, form="flat", texture="wool", occlusion=0)
    s.add('<g transform="translate(0 -230)">')
    pattern(s, "sun", 340, 290, (colour, *seconds))
    s.add("</g>")
    s.add(f'<path d="{rect(-170, -520, 340, 290)}" filter="url(#{s.texture("weave")})"/>')
    tones = (colour, *seconds)
    for i in range(48):
        x = -168 + i * 7.15
        end = -232 + 210 * (1 - abs(x) / 260)
        s.line(f"M{x:.0f} -232 V{end:.0f}", tones[(i // 6) % len(tones)], 6)
    return Box(-214, -640, 214, 0)


def basket(s: Scene, colour: str, *, throw: str = "#c8643b") -> Box:
    """A woven basket with a throw tumbling out."""
    s.body("M-150 -250 C-160 -330 -30 -350 40 -320 C110 -340 180 -300 150 -240 L190 -90 Q150 -70 120 -96 L90 -240Z", throw,
           form="soft", texture="wool")  # fmt: skip
    path = "M-176 -250 Q0 -222 176 -250 L140 0 Q0 16 -140 0Z"
    s.body(path, colour, texture="weave")
    s.add(f'<g clip-path="url(#{s.clip(path)})">')
    for j in range(10):
        y = -244 + j * 26
        for i in range(13):
            x = -180 + i * 29 + (j % 2) * 14
            s.line(f"M{x} {y} q14 12 28 0", dark(colour, 0.42), 7, opacity=0.5)
    s.add("</g>")
    s.body(
        "M70 -246 Q130 -250 172 -252 L206 -80 Q170 -50 128 -78Z", throw, form="soft", texture="wool"
    )
    for i in range(8):
        s.line(f"M{132 + i * 10} {-74 - i * 2} v26", dark(throw, 0.1), 5)
    return Box(-180, -344, 210)


def runner(s: Scene, colour: str, *, kind: str, seconds: tuple[str, ...]) -> Box:
    """A long narrow rug from above, or a table runner."""
    return rug(s, colour, kind=kind, seconds=seconds, w=300, h=820)
