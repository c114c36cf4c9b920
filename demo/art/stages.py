"""Where a product is photographed: the backdrop, the light that falls on it, the room left."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from demo.art.colour import dark, light, luminance, mix
from demo.art.scene import Scene


@dataclass(frozen=True)
class Stage:
    """The place for the subject: foot at (x, y), room of width by height above it."""

    x: float
    y: float
    width: float
    height: float
    shadow: str = "stand"


def rect(x: float, y: float, w: float, h: float) -> str:
    return f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}z"


# ---- light that falls through something -------------------------------------------------


def beam(s: Scene, kind: str, *, strength: float = 0.3) -> None:
    """Let light of a kind fall over what is drawn so far: window, blinds, leaves, arch."""
    w, h, r = s.width, s.height, s.random
    warm = "#fff3d6"
    flip = f' transform="translate({w} 0) scale(-1 1)"' if s.lit > 0 else ""
    dx = w * (0.02 + r.random() * 0.32)
    parts: list[str] = []
    if kind == "window":
        for col in range(2):
            for row in range(2 + r.randint(0, 1)):
                x, y = (
                    dx + col * w * 0.27 + row * w * 0.09,
                    h * 0.02 + row * h * 0.27 + col * h * 0.06,
                )
                parts.append(f"M{x:.0f} {y:.0f} l{w * 0.23:.0f} {h * 0.055:.0f} l{w * 0.08:.0f} {h * 0.24:.0f} "
                             f"l{-w * 0.23:.0f} {-h * 0.055:.0f}z")  # fmt: skip
    elif kind == "blinds":
        for row in range(13):
            y = h * (-0.06 + row * 0.072)
            parts.append(f"M{dx + row * 9:.0f} {y:.0f} l{w * 0.6:.0f} {h * 0.12:.0f} v{h * 0.036:.0f} "
                         f"l{-w * 0.6:.0f} {-h * 0.12:.0f}z")  # fmt: skip
    elif kind == "arch":
        x, y, b = dx + w * 0.1, h * 0.62, w * 0.34
        parts.append(f"M{x:.0f} {y:.0f} V{h * 0.26:.0f} C{x:.0f} {h * 0.02:.0f} {x + b:.0f} {h * 0.1:.0f} "
                     f"{x + b:.0f} {h * 0.36:.0f} L{x + b + w * 0.1:.0f} {y + h * 0.12:.0f} "
                     f"L{x + w * 0.1:.0f} {y + h * 0.02:.0f}z")  # fmt: skip
    if parts:
        s.add(f'<g{flip} opacity="{strength}" filter="url(#b2)"><path d="{" ".join(parts)}" '
              f'fill="{warm}"/></g>')  # fmt: skip
    elif kind == "leaves":
        s.add(f'<g{flip} opacity="{strength * 0.62:.2f}" filter="url(#b2)">')
        for branch in range(4):
            x, y = -w * 0.08 + branch * w * 0.16, h * (-0.04 + 0.03 * branch)
            for i in range(13):
                t = i / 12
                px, py = x + t * w * 0.5, y + t * t * h * 0.42
                a = 20 + (64 if i % 2 else -30) + r.random() * 30
                le = w * (0.1 + 0.05 * r.random())
                s.add(f'<path transform="translate({px:.0f} {py:.0f}) rotate({a:.0f})" '
                      f'd="M0 0 q{le * 0.5:.0f} {-le * 0.24:.0f} {le:.0f} 0 q{-le * 0.5:.0f} {le * 0.24:.0f} '
                      f'{-le:.0f} 0z" fill="#14120f"/>')  # fmt: skip
        s.add("</g>")
    elif kind == "glow":
        s.glow(w * (0.5 + s.lit * 0.32), h * 0.2, w * 0.85, warm, strength * 1.15)


def wash(s: Scene, wall: str, *, strong: float = 0.17) -> None:
    """Paint the wall, brighter where the light comes from."""
    stops = [(0.0, light(wall, strong * 1.35)), (0.5, wall), (1.0, dark(wall, strong))]
    fill = s.gradient(
        stops if s.lit < 0 else [(1 - o, c) for o, c in reversed(stops)], x2=1, y2=0.8
    )
    s.add(f'<rect width="{s.width}" height="{s.height}" fill="{fill}"/>')


def ground(s: Scene, floor: str, y: float, *, texture: str | None = None, edge: float = 0) -> None:
    """Paint the floor or the table from y downwards; ``edge`` gives it a front."""
    w, h = s.width, s.height
    fill = s.gradient(
        [(0, light(floor, 0.1)), (0.25, floor), (1, dark(floor, 0.26))], x2=0.25, y2=1
    )
    path = rect(0, y, w, h - y)
    s.add(f'<path d="{path}" fill="{fill}"/>')
    if texture:
        s.add(f'<path d="{path}" filter="url(#{s.texture(texture)})" opacity=".7"/>')
    s.fill(rect(-20, y - 7, w + 40, 11), "#120c08", opacity=0.16, blur="b2")
    if edge:
        s.body(rect(0, h - edge, w, edge), dark(floor, 0.32), form="flat", texture=texture)
        s.fill(rect(0, h - edge, w, 3), light(floor, 0.4), opacity=0.7)


# ---- stages for things that stand --------------------------------------------------------


def table(s: Scene, wall: str, floor: str) -> Stage:
    """A table against a wall."""
    y = s.height * (0.66 + 0.08 * s.random.random())
    wash(s, wall)
    ground(s, floor, y, texture="grain" if s.random.random() < 0.5 else None)
    return Stage(s.width * 0.5, y + (s.height - y) * 0.38, s.width * 0.6, s.height * 0.62)


def sweep(s: Scene, wall: str, floor: str) -> Stage:
    """Seamless paper: no horizon, only a soft change of tone."""
    wash(s, wall, strong=0.12)
    fade = s.gradient([(0, floor), (1, floor)], x2=0, y2=1, opacities=[0, 0.85])
    s.add(
        f'<rect y="{s.height * 0.55:.0f}" width="{s.width}" height="{s.height * 0.45:.0f}" fill="{fade}"/>'
    )
    return Stage(s.width * 0.5, s.height * 0.82, s.width * 0.64, s.height * 0.66)


def plinth(s: Scene, wall: str, floor: str) -> Stage:
    """A round plinth on a coloured floor."""
    w, h = s.width, s.height
    wash(s, wall)
    ground(s, floor, h * 0.78)
    top, r = h * 0.74, w * 0.3
    c = mix(wall, LIGHTER, 0.55) if luminance(wall) < 0.6 else light(floor, 0.25)
    s.ellipse(w / 2 - s.lit * 40, h * 0.95, r * 1.15, r * 0.2, "#120c08", opacity=0.35, blur="b3")
    s.body(f"M{w / 2 - r} {top} V{h * 0.93:.0f} A{r} {r * 0.2} 0 0 0 {w / 2 + r} {h * 0.93:.0f} V{top}Z", c,
           texture="clay")  # fmt: skip
    s.ellipse(w / 2, top, r, r * 0.2, light(c, 0.35))
    return Stage(w / 2, top + r * 0.05, w * 0.48, h * 0.56)


def cubes(s: Scene, wall: str, floor: str) -> Stage:
    """Two blocks of different height; the subject stands on the front one."""
    w, h = s.width, s.height
    wash(s, wall)
    ground(s, floor, h * 0.72)
    a, b = mix(wall, floor, 0.5), light(wall, 0.3)
    side = s.lit
    x = w * (0.5 + side * 0.2)
    s.body(
        rect(x - w * 0.2, h * 0.5, w * 0.4, h * 0.36), dark(a, 0.08), form="flat", texture="clay"
    )
    s.fill(rect(w * 0.2, h * 0.86, w * 0.66, h * 0.04), "#120c08", opacity=0.4, blur="b3")
    s.body(rect(w * 0.17, h * 0.74, w * 0.66, h * 0.15), b, form="flat", texture="clay")
    s.fill(
        f"M{w * 0.17} {h * 0.74} L{w * 0.22} {h * 0.705} H{w * 0.78} L{w * 0.83} {h * 0.74}Z",
        light(b, 0.4),
    )
    return Stage(w * 0.5, h * 0.728, w * 0.5, h * 0.56)


LIGHTER = "#f5efe4"


def niche(s: Scene, wall: str, floor: str) -> Stage:
    """An arched niche in a plaster wall."""
    w, h = s.width, s.height
    wash(s, wall)
    s.add(f'<path d="{rect(0, 0, w, h)}" filter="url(#{s.texture("pale")})" opacity=".16"/>')
    x, b, base = w * 0.17, w * 0.66, h * 0.86
    path = f"M{x} {base} V{h * 0.1 + b / 2:.0f} A{b / 2} {b / 2} 0 0 1 {x + b} {h * 0.1 + b / 2:.0f} V{base}Z"
    s.body(path, dark(mix(wall, floor, 0.6), 0.2), form="soft")
    clip = s.clip(path)
    s.add(f'<g clip-path="url(#{clip})">')
    s.line(path, "#120c08", 60, opacity=0.5, blur="b4")
    s.fill(rect(x, base - h * 0.07, b, h * 0.07), light(floor, 0.3))
    s.add("</g>")
    s.line(path, light(wall, 0.4), 4, opacity=0.7)
    return Stage(w / 2, base - h * 0.025, w * 0.46, h * 0.58)


def sill(s: Scene, wall: str, floor: str) -> Stage:
    """A deep window sill with a landscape behind the panes."""
    w, h = s.width, s.height
    wash(s, dark(wall, 0.12))
    y, top = h * 0.76, h * 0.05
    sky = s.gradient([(0, "#cfe0e6"), (0.55, "#f4ead6"), (1, "#e9d3b4")], x2=0, y2=1)
    s.add(f'<path d="{rect(w * 0.1, top, w * 0.8, y - top)}" fill="{sky}"/>')
    clip = s.clip(rect(w * 0.1, top, w * 0.8, y - top))
    s.add(f'<g clip-path="url(#{clip})">')
    for i, c in enumerate(("#b9c7bd", "#95a994", "#75896f")):
        hy = y - h * (0.26 - i * 0.075)
        s.fill(f"M0 {hy} Q{w * (0.25 + 0.2 * i)} {hy - h * 0.1} {w * 0.6} {hy} T{w} {hy - 30} V{h} H0Z", c,
               blur="b2")  # fmt: skip
    s.add("</g>")
    frame = light(wall, 0.55)
    for x in (w * 0.08, w * 0.485, w * 0.89):
        s.body(rect(x, top - 10, w * 0.03, y - top + 10), frame, form="flat")
    s.body(rect(w * 0.08, h * 0.36, w * 0.84, w * 0.022), frame, form="flat")
    s.body(rect(w * 0.08, top - 16, w * 0.84, w * 0.03), frame, form="flat")
    ground(s, floor, y)
    s.fill(f"M{w * 0.1} {y} H{w * 0.9} L{w * (0.9 - s.lit * 0.14)} {h} H{w * (0.1 - s.lit * 0.14)}Z", "#fff4da",
           opacity=0.26, blur="b2")  # fmt: skip
    return Stage(w * 0.5, y + (h - y) * 0.4, w * 0.5, h * 0.6)


def shelf(s: Scene, wall: str, floor: str) -> Stage:
    """A plank on a wall, close up."""
    w, h = s.width, s.height
    wash(s, wall)
    y = h * 0.8
    s.fill(rect(0, y + 30, w, h * 0.09), "#120c08", opacity=0.4, blur="b3")
    s.body(rect(0, y, w, h * 0.055), floor, form="flat", texture="grain")
    s.fill(rect(0, y, w, 4), light(floor, 0.4), opacity=0.8)
    s.body(rect(0, y - h * 0.02, w, h * 0.02), light(floor, 0.22), form="flat", texture="grain")
    return Stage(w * 0.5, y - h * 0.008, w * 0.6, h * 0.66)


def halves(s: Scene, wall: str, floor: str) -> Stage:
    """Two tones of wall, split upright, on one table."""
    w, h = s.width, s.height
    wash(s, wall)
    x = w * (0.5 - s.lit * 0.08)
    tone = mix(wall, floor, 0.55)
    s.body(rect(x, 0, w, h) if s.lit < 0 else rect(0, 0, x, h), tone, form="flat", occlusion=0.1)
    ground(s, floor, h * 0.74)
    return Stage(w * 0.5, h * 0.86, w * 0.56, h * 0.68)


def disc(s: Scene, wall: str, floor: str) -> Stage:
    """A big round of colour behind the subject, like a low sun."""
    w, h = s.width, s.height
    wash(s, wall, strong=0.1)
    s.ellipse(w * 0.5, h * 0.42, w * 0.36, w * 0.36, mix(floor, wall, 0.2), opacity=0.9)
    ground(s, mix(floor, wall, 0.25), h * 0.76)
    return Stage(w * 0.5, h * 0.86, w * 0.52, h * 0.64)


def panel(s: Scene, wall: str, floor: str) -> Stage:
    """Beadboard: a wall of upright boards."""
    w, h = s.width, s.height
    wash(s, wall)
    step = w / 9
    for i in range(1, 9):
        s.line(f"M{i * step:.0f} 0V{h * 0.75:.0f}", dark(wall, 0.4), 2.6, opacity=0.4)
        s.line(f"M{i * step + 3:.0f} 0V{h * 0.75:.0f}", light(wall, 0.5), 2, opacity=0.45)
    ground(s, floor, h * 0.75, texture="grain")
    return Stage(w * 0.5, h * 0.86, w * 0.58, h * 0.66)


def tiles(s: Scene, wall: str, floor: str) -> Stage:
    """Small glazed tiles behind a counter."""
    w, h = s.width, s.height
    wash(s, wall)
    size, y = w / 7, h * 0.74
    for i in range(8):
        for j in range(math.ceil(y / size)):
            shade = s.random.random()
            c = mix(light(wall, 0.16), dark(wall, 0.1), shade)
            height = min(size, y - j * size)
            s.fill(
                rect(i * size + 2 - size / 2 * (j % 2), j * size + 2, size - 4, height - 4),
                c,
                opacity=0.75,
            )
    ground(s, floor, y, edge=h * 0.07)
    return Stage(w * 0.5, y + h * 0.09, w * 0.56, h * 0.64)


def dusk(s: Scene, wall: str, floor: str) -> Stage:
    """A dark room: one soft pool of light."""
    w, h = s.width, s.height
    deep = dark(wall, 0.62) if luminance(wall) > 0.3 else wall
    wash(s, deep, strong=0.2)
    s.glow(w / 2, h * 0.46, w * 0.66, light(deep, 0.5), 0.3)
    ground(s, dark(floor, 0.5) if luminance(floor) > 0.3 else floor, h * 0.78)
    return Stage(w * 0.5, h * 0.87, w * 0.58, h * 0.66)


def roundtop(s: Scene, wall: str, floor: str) -> Stage:
    """A round table top seen from a little above."""
    w, h = s.width, s.height
    wash(s, wall)
    ground(s, dark(mix(wall, floor, 0.35), 0.12), h * 0.62)
    cy, rx, ry = h * 0.84, w * 0.56, h * 0.15
    s.ellipse(w / 2, cy + 40, rx, ry, "#120c08", opacity=0.35, blur="b3")
    s.ellipse(w / 2, cy + 18, rx, ry, dark(floor, 0.38))
    fill = s.gradient([(0, light(floor, 0.28)), (1, dark(floor, 0.14))], x2=1, y2=0.5)
    s.ellipse(w / 2, cy, rx, ry, fill)
    s.add(
        f'<ellipse cx="{w / 2}" cy="{cy}" rx="{rx}" ry="{ry}" filter="url(#{s.texture("grain")})" opacity=".7"/>'
    )
    return Stage(w * 0.5, cy + h * 0.015, w * 0.58, h * 0.66)


def cloth(s: Scene, wall: str, floor: str) -> Stage:
    """A table under a linen cloth with folds."""
    w, h = s.width, s.height
    wash(s, wall)
    y = h * 0.68
    c = light(floor, 0.45)
    s.body(rect(0, y, w, h - y), c, form="flat", texture="weave", occlusion=0.24)
    for i in range(7):
        x = w * (i + 0.3 + 0.4 * s.random.random()) / 7
        lean = (x - w / 2) * 0.5
        s.line(f"M{x:.0f} {y + 14:.0f} Q{x + lean * 0.3:.0f} {h * 0.86:.0f} {x + lean:.0f} {h + 20:.0f}",
               dark(c, 0.4), 12, opacity=0.22, blur="b2")  # fmt: skip
        s.line(f"M{x + 16:.0f} {y + 14:.0f} Q{x + 16 + lean * 0.3:.0f} {h * 0.86:.0f} {x + 20 + lean:.0f} {h + 20:.0f}",
               "#ffffff", 9, opacity=0.35, blur="b2")  # fmt: skip
    return Stage(w * 0.5, h * 0.84, w * 0.6, h * 0.66)


STAND: dict[str, Callable[[Scene, str, str], Stage]] = {
    "table": table, "sweep": sweep, "plinth": plinth, "cubes": cubes, "niche": niche, "sill": sill,
    "shelf": shelf, "halves": halves, "disc": disc, "panel": panel, "tiles": tiles, "dusk": dusk,
    "round": roundtop, "cloth": cloth,
}  # fmt: skip
