"""What the service studios show: the work, not a thing to send."""

import zlib
from collections.abc import Callable
from functools import partial

from demo.art.colour import dark, light, mix
from demo.art.forms import ceramics, paper
from demo.art.forms.lathe import Finish, spin
from demo.art.index import Entry
from demo.art.scene import Box, Scene
from demo.art.stages import beam, ground, rect, sweep, table, wash


def _place(
    s: Scene,
    drawing: Callable[[Scene], Box],
    x: float,
    y: float,
    height: float,
    shadow: str = "stand",
) -> None:
    s.place(drawing, x=s.width * x, y=s.height * y, height=s.height * height, shadow=shadow)


def set_light(s: Scene, paint: str, subject: Callable[[Scene], Box]) -> None:
    """A photo set: roll of paper, softbox, the subject, the camera."""
    w, h = s.width, s.height
    wash(s, "#2c3133")
    ground(s, "#1f2325", h * 0.84)
    fill = s.gradient([(0, light(paint, 0.2)), (1, dark(paint, 0.14))], x2=0, y2=1)
    s.add(f'<path d="M{w * 0.27} {h * 0.06} H{w * 0.8} V{h * 0.66} Q{w * 0.8} {h * 0.84} {w * 0.92} {h * 0.95} H{w * 0.15} '
          f'Q{w * 0.27} {h * 0.84} {w * 0.27} {h * 0.66}Z" fill="{fill}"/>')  # fmt: skip
    s.body(rect(w * 0.25, h * 0.035, w * 0.57, h * 0.035), "#8b9194", form="flat")
    s.glow(w * 0.2, h * 0.26, w * 0.5, "#fff4d8", 0.5)
    s.tube(
        f"M{w * 0.1} {h * 0.4} L{w * 0.06} {h * 0.96} M{w * 0.1} {h * 0.4} L{w * 0.16} {h * 0.96}",
        "#5c6467",
        8,
    )
    s.fill(
        f"M{w * 0.04} {h * 0.1} L{w * 0.24} {h * 0.17} V{h * 0.39} L{w * 0.07} {h * 0.44}Z",
        "#fffaf0",
    )
    _place(s, subject, 0.54, 0.86, 0.46)
    s.tube(
        f"M{w * 0.88} {h * 0.72} L{w * 0.82} {h} M{w * 0.88} {h * 0.72} L{w * 0.94} {h}",
        "#45494b",
        9,
    )
    s.body(rect(w * 0.8, h * 0.58, w * 0.16, h * 0.13), "#26292b", form="flat", texture="leather")
    s.body(rect(w * 0.75, h * 0.61, w * 0.06, h * 0.075), "#3b3f41")
    s.body(rect(w * 0.85, h * 0.55, w * 0.07, h * 0.035), "#26292b")


def overhead(s: Scene, wall: str) -> None:
    """A camera and prints from above."""
    w, h = s.width, s.height
    wash(s, wall)
    beam(s, "window", strength=0.25)
    kinds = ("vase", "fruit", "sun", "stones")
    for i, (x, y, turn) in enumerate(
        ((0.2, 0.3, -8), (0.52, 0.24, 3), (0.8, 0.36, 9), (0.24, 0.72, 6))
    ):
        s.add(f'<g transform="translate({w * x} {h * y}) rotate({turn})">')
        s.fill(rect(-84, -108, 180, 226), "#000000", opacity=0.3, blur="b2")
        s.body(rect(-90, -116, 180, 226), "#fbf8f0", form="flat", occlusion=0.04)
        s.add('<g transform="translate(-78 -104)">')
        paper.motif_clip(s, kinds[i], 156, 168, ("#efe6d2", "#d9762f", "#2f5b66", "#7a3b2e"))
        s.add("</g></g>")
    x, y = w * 0.63, h * 0.68
    s.ellipse(x + 14, y + 30, 190, 110, "#000000", opacity=0.35, blur="b4")
    s.body(f"M{x - 180} {y - 90} q0 -24 24 -24 h312 q24 0 24 24 v176 q0 24 -24 24 h-312 q-24 0 -24 -24z", "#2a2d2f",
           form="flat", texture="leather")  # fmt: skip
    for r, c in ((92, "#1b1d1e"), (78, "#3a3e40"), (58, "#14181b"), (40, "#27445a")):
        s.ellipse(x, y, r, r, c)
    s.ellipse(x - 18, y - 20, 14, 10, "#ffffff", opacity=0.7, blur="b1")
    s.ellipse(x + 134, y - 76, 17, 17, "#c9ccc6")


def parcels(s: Scene, wall: str, floor: str, tones: tuple[str, ...], *, tissue: str = "") -> None:
    """Printed boxes; the front one open with tissue if asked."""
    w, h = s.width, s.height
    table(s, wall, floor)
    beam(s, "window", strength=0.25)
    y = h * 0.86
    for x, width, tall, up, c in ((0.1, 0.4, 0.24, 0, tones[0]), (0.16, 0.3, 0.16, 0.24, tones[1])):
        s.fill(rect(w * x, y - h * up - 8, w * width, 20), "#120c08", opacity=0.4, blur="b3")
        s.body(
            rect(w * x, y - h * (up + tall), w * width, h * tall), c, form="flat", texture="clay"
        )
        s.body(rect(w * (x + width * 0.42), y - h * (up + tall), w * width * 0.14, h * tall), light(c, 0.35), form="flat",
               occlusion=0.1)  # fmt: skip
        s.ellipse(
            w * (x + width * 0.2), y - h * (up + tall * 0.5), w * 0.035, w * 0.035, light(c, 0.7)
        )
    x, bw, bh = w * 0.54, w * 0.38, h * 0.22
    s.fill(rect(x, y + 6, bw, 26), "#120c08", opacity=0.45, blur="b3")
    if tissue:
        s.body(f"M{x} {y - bh} l-30 -70 h{bw + 60} l-30 70z", dark(tones[2], 0.25), form="flat")
        for i in range(7):
            s.body(
                f"M{x + i * bw / 7} {y - bh} q10 -{60 + i * 23 % 40} 60 -{40 + i * 31 % 50} l10 90z",
                tissue,
                form="soft",
            )
    s.body(rect(x, y - bh, bw, bh + 16), tones[2], form="flat", texture="clay")
    s.body(
        rect(x + bw * 0.3, y - bh * 0.7, bw * 0.4, bh * 0.44), "#f8f3e6", form="flat", occlusion=0
    )
    s.line(
        f"M{x + bw * 0.36} {y - bh * 0.52} h{bw * 0.26} M{x + bw * 0.36} {y - bh * 0.4} h{bw * 0.16}",
        "#3a332c",
        6,
    )


def tubes(s: Scene, wall: str) -> None:
    """Postal tubes, tape and labels from above."""
    w, h = s.width, s.height
    wash(s, wall)
    beam(s, "blinds", strength=0.22)
    for i, c in enumerate(("#c39a68", "#2f5b66", "#d9762f", "#ece5d6", "#5c3346")):
        x = w * (0.16 + i * 0.155)
        s.add(f'<g transform="translate({x} {h * 0.5}) rotate({-6 + i * 3})">')
        s.fill(rect(-30, -h * 0.34, 92, h * 0.7), "#000000", opacity=0.3, blur="b3")
        s.body(rect(-38, -h * 0.36, 76, h * 0.7), c, texture="clay")
        s.body(rect(-41, -h * 0.38, 82, 40), dark(c, 0.3))
        s.body(rect(-41, h * 0.31, 82, 40), dark(c, 0.3))
        s.body(rect(-26, -40, 52, 84), "#f8f3e6", form="soft", occlusion=0)
        s.add("</g>")


def board(s: Scene, wall: str, tones: tuple[str, ...]) -> None:
    """A mood board from above: samples of paint, cloth, wood and stone."""
    w, h = s.width, s.height
    wash(s, wall)
    beam(s, "leaves", strength=0.26)
    textures = ("wool", "grain", "weave", "speckle", "boucle", "leather", "grain-up", "clay")
    marks = ((0.08, 0.08, 0.34, 0.3), (0.46, 0.05, 0.24, 0.22), (0.72, 0.12, 0.22, 0.32), (0.12, 0.43, 0.26, 0.26),
             (0.42, 0.32, 0.27, 0.34), (0.7, 0.49, 0.24, 0.2), (0.1, 0.74, 0.38, 0.18), (0.54, 0.72, 0.34, 0.2))  # fmt: skip
    for i, (x, y, a, b) in enumerate(marks):
        s.add(f'<g transform="rotate({(i * 37 % 9) - 4} {w * (x + a / 2)} {h * (y + b / 2)})">')
        s.fill(rect(w * x + 9, h * y + 12, w * a, h * b), "#000000", opacity=0.3, blur="b2")
        s.body(
            rect(w * x, h * y, w * a, h * b),
            tones[i % len(tones)],
            form="flat",
            texture=textures[i],
            occlusion=0.06,
        )
        s.add("</g>")


def floor_plan(s: Scene, wall: str) -> None:
    """A drawn floor plan with samples on it."""
    w, h = s.width, s.height
    wash(s, wall)
    s.fill(rect(w * 0.1, h * 0.09, w * 0.82, h * 0.84), "#000000", opacity=0.25, blur="b3")
    s.body(rect(w * 0.09, h * 0.07, w * 0.82, h * 0.84), "#f7f3e8", form="flat", occlusion=0.04)
    ink = "#2b3a44"
    s.line(f"M{w * 0.16} {h * 0.14} H{w * 0.84} V{h * 0.7} H{w * 0.16}Z M{w * 0.52} {h * 0.14} V{h * 0.34} M{w * 0.52} {h * 0.46} "
           f"V{h * 0.7} M{w * 0.16} {h * 0.46} H{w * 0.34} M{w * 0.44} {h * 0.46} H{w * 0.52}", ink, 8)  # fmt: skip
    s.line(f"M{w * 0.2} {h * 0.2} h{w * 0.2} v{h * 0.1} h{-w * 0.2}z M{w * 0.6} {h * 0.2} h{w * 0.18} v{h * 0.2} h{-w * 0.18}z "
           f"M{w * 0.2} {h * 0.54} h{w * 0.12} v{h * 0.1} h{-w * 0.12}z M{w * 0.34} {h * 0.46} a90 90 0 0 1 {w * 0.1} {h * 0.09}", ink, 3)  # fmt: skip
    s.add(
        f'<circle cx="{w * 0.68}" cy="{h * 0.56}" r="{w * 0.07}" fill="none" stroke="{ink}" stroke-width="3"/>'
    )
    for i, c in enumerate(("#39574a", "#c07a56", "#dca53c", "#9db4c4")):
        s.fill(
            rect(w * (0.2 + i * 0.13) + 5, h * 0.77 + 8, w * 0.1, h * 0.09),
            "#000000",
            opacity=0.3,
            blur="b1",
        )
        s.body(
            rect(w * (0.2 + i * 0.13), h * 0.77, w * 0.1, h * 0.09), c, form="flat", texture="weave"
        )
    s.add(f'<g transform="translate({w * 0.86} {h * 0.86}) rotate(24)">')
    s.body("M-11 -380 h22 V0 L0 34 L-11 0Z", "#e3b04b")
    s.add("</g>")
    beam(s, "window", strength=0.3)


def paint_pots(s: Scene, wall: str) -> None:
    """Pots of paint in a row before test strokes."""
    w, h = s.width, s.height
    wash(s, wall)
    tones = ("#39574a", "#c07a56", "#dca53c", "#5c3346")
    for i, c in enumerate(tones):
        x = w * (0.12 + i * 0.2)
        s.body(f"M{x} {h * 0.1} q40 -14 {w * 0.16} 4 l-6 {h * 0.4} q-50 16 {-w * 0.15} -6z", c, form="soft", texture="weave-up",
               occlusion=0)  # fmt: skip
    beam(s, "window", strength=0.28)
    ground(s, "#a9825a", h * 0.74, texture="grain")
    for i, c in enumerate(tones):
        _place(s, partial(spin, colour="#c9ccc6", points=[(0, 90), (4, 94), (150, 94), (156, 90)],
                          finish=Finish(texture=None, gloss=0.5, inside=c)), 0.17 + 0.22 * i, 0.86 + 0.03 * (i % 2), 0.2)  # fmt: skip


def bubbles(s: Scene, wall: str, one: str, two: str) -> None:
    """Two sheets of paper cut as speech bubbles, each written in its own hand."""
    w, h = s.width, s.height
    wash(s, wall)
    beam(s, "leaves", strength=0.24)
    for x, y, c, k in ((0.36, 0.34, one, 1), (0.62, 0.66, two, -1)):
        d = (f"M{w * x - w * 0.27} {h * y - h * 0.15} h{w * 0.54} q30 0 30 30 v{h * 0.2} q0 30 -30 30 h{-w * 0.3} "
             f"l{-k * w * 0.06} {h * 0.08} l{-w * 0.03} {-h * 0.08} h{-w * 0.15} q-30 0 -30 -30 v{-h * 0.2} q0 -30 30 -30z")  # fmt: skip
        s.add('<g transform="translate(10 14)">')
        s.fill(d, "#000000", opacity=0.32, blur="b2")
        s.add("</g>")
        s.body(d, c, form="flat", texture="clay", occlusion=0.08)
        ink = light(c, 0.75) if c != "#f2ead8" else "#3a332c"
        for i in range(4):
            wide = (0.42, 0.34, 0.45, 0.24)[i if k > 0 else 3 - i]
            y2 = h * y - h * 0.09 + i * h * 0.055
            if k > 0:
                s.line(f"M{w * x - w * 0.22} {y2} h{w * wide}", ink, 9, opacity=0.9)
            else:
                s.line(
                    f"M{w * x - w * 0.22} {y2} q18 -14 36 0 t36 0 t36 0 t36 0"
                    + (" t36 0 t36 0" if wide > 0.3 else ""),
                    ink,
                    7,
                )


def open_book(s: Scene, wall: str, floor: str) -> None:
    """An open book, one language a page, with glasses of tea."""
    w, h = s.width, s.height
    sweep(s, wall, floor)
    beam(s, "window", strength=0.28)
    x, y = w / 2, h * 0.78
    s.ellipse(x, y + 10, w * 0.42, h * 0.05, "#120c08", opacity=0.45, blur="b3")
    for k, tone in ((-1, "#f8f3e6"), (1, "#f2e6cf")):
        s.body(f"M{x} {y} C{x + k * w * 0.1} {y - h * 0.07} {x + k * w * 0.32} {y - h * 0.05} {x + k * w * 0.42} {y - h * 0.01} "
               f"L{x + k * w * 0.36} {y - h * 0.44} C{x + k * w * 0.26} {y - h * 0.48} {x + k * w * 0.08} {y - h * 0.5} {x} "
               f"{y - h * 0.43}Z", tone, form="soft", occlusion=0.06)  # fmt: skip
        for i in range(9):
            yy = y - h * (0.4 - i * 0.036)
            a, b = (0.05, 0.31 + i * 0.005) if i != 8 else (0.05, 0.2)
            s.line(f"M{x + k * w * a} {yy} Q{x + k * w * (a + b) / 2} {yy - h * 0.03} {x + k * w * b} {yy - 2}",
                   "#3a332c" if k < 0 else "#7a3b2e", 5, opacity=0.75, dash="" if k < 0 else "16 7 30 7")  # fmt: skip
    s.line(f"M{x} {y} V{y - h * 0.43}", "#120c08", 14, opacity=0.3, blur="b2")
    s.body(
        f"M{x - 9} {y - h * 0.45} h18 v{h * 0.5} l-9 -18 l-9 18z",
        "#b5552f",
        form="flat",
        occlusion=0,
    )


def dictionaries(s: Scene, wall: str, floor: str) -> None:
    """Two thick dictionaries between book ends."""
    w, h = s.width, s.height
    table(s, wall, floor)
    beam(s, "arch", strength=0.28)
    y = h * 0.85
    x = w * 0.2
    s.fill(rect(x, y - 8, w * 0.6, 24), "#120c08", opacity=0.4, blur="b3")
    for i, c in enumerate(("#2f5b66", "#c8643b", "#edd390", "#5c3346", "#39574a", "#ece5d6")):
        bw, bh = w * (0.07 + 0.026 * (i * 5 % 3)), h * (0.34 + 0.05 * (i * 7 % 4))
        s.body(rect(x, y - bh, bw, bh), c, texture="weave-up")
        for share in (0.12, 0.2, 0.78):
            s.fill(rect(x, y - bh * (1 - share), bw, 8), light(c, 0.6), opacity=0.8)
        s.ellipse(x + bw / 2, y - bh * 0.55, bw * 0.22, bw * 0.22, mix(c, "#ffffff", 0.7))
        x += bw + 3


VASE = partial(ceramics.vase, colour="#b5552f", shape="gourd")
TEAPOT = partial(ceramics.pitcher, colour="#ece5d6")
Drawn = tuple[str, str, str, str, str, float, Callable[[Scene], None]]
SERVICES: tuple[Drawn, ...] = (
    ("aperture-sage", "Aperture Row", "product-photography", "Product photography, half day",
     "A rust gourd vase on sage paper in a photo studio.", 0.86, lambda s: set_light(s, "#a9b79c", VASE)),
    ("aperture-blush", "Aperture Row", "catalogue-day", "Catalogue day, forty pieces",
     "A white jug on blush paper under a softbox.", 1.12, lambda s: set_light(s, "#dfb5a4", TEAPOT)),
    ("aperture-prints", "Aperture Row", "styled-flatlays", "Styled flat lays, set of ten",
     "A camera between printed pictures, seen from above.", 1.0, lambda s: overhead(s, "#cdb99c")),
    ("fold-tissue", "Fold & Post", "gift-packaging", "Gift boxes with tissue",
     "An open gift box with rose tissue beside two closed ones.", 1.12,
     lambda s: parcels(s, "#e3d6c6", "#b08a66", ("#39574a", "#dca53c", "#c07a56"), tissue="#efc9bd")),
    ("fold-blue", "Fold & Post", "mailer-boxes", "Printed mailer boxes",
     "Blue and cream mailer boxes with a round mark.", 0.86,
     lambda s: parcels(s, "#c9d3d6", "#8f9aa0", ("#2c3e5c", "#9db4c4", "#ece5d6"))),
    ("fold-tubes", "Fold & Post", "poster-tubes", "Poster tubes, printed",
     "Five postal tubes in five colours, seen from above.", 1.25, lambda s: tubes(s, "#d9cbb2")),
    ("rum-board", "Atelier Rum", "mood-board", "Mood board and samples",
     "Samples of paint, cloth, wood and stone laid out on paper.", 1.18,
     lambda s: board(s, "#e6e0d2", ("#39574a", "#b98a58", "#ece5d6", "#a9a294", "#dfb5a4", "#6d4a31", "#d6bb94", "#5c3346"))),
    ("rum-plan", "Atelier Rum", "floor-plan", "Floor plan for one room",
     "A drawn floor plan with four colour samples and a pencil.", 1.0, lambda s: floor_plan(s, "#b9a98e")),
    ("rum-paint", "Atelier Rum", "colour-plan", "Colour plan for a room",
     "Four pots of paint before their test strokes on a wall.", 1.12, lambda s: paint_pots(s, "#ece4d4")),
    ("tongues-bubbles", "Two Tongues", "shop-translation", "Shop texts in a second language",
     "Two paper speech bubbles, each written in another hand.", 1.0, lambda s: bubbles(s, "#dcd0bc", "#39574a", "#c8643b")),
    ("tongues-book", "Two Tongues", "catalogue-translation", "Catalogue translation, per page",
     "An open book with one language on each page.", 0.92, lambda s: open_book(s, "#c3cfd2", "#a9825a")),
    ("tongues-shelf", "Two Tongues", "care-labels", "Care labels in six languages",
     "Six dictionaries in six colours on a table.", 1.18, lambda s: dictionaries(s, "#e3c9b4", "#8f5f42")),
)  # fmt: skip


def compose(number: int) -> Scene:
    """Draw one of the service pictures."""
    name, _, _, _, _, ratio, draw = SERVICES[number]
    seed = zlib.crc32(name.encode())
    s = Scene(width=720, height=round(720 * ratio), seed=seed, lit=-1)
    draw(s)
    return s


def entries() -> list[Entry]:
    return [
        Entry(f"service-{name}.webp", studio, "service", key, title, alt=alt)
        for name, studio, key, title, alt, _, _ in SERVICES
    ]
