"""Rooms and still lifes that show several products together, with where each one is."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from demo.art import rooms, stages
from demo.art.colour import dark, light, luminance, mix
from demo.art.forms.plants import stem
from demo.art.ranges import BY_KEY
from demo.art.scene import Box, Scene
from demo.art.stages import beam, ground, rect, wash

WIDTH = 720
Pick = tuple[str, str]  # product key, colour


@dataclass
class Look:
    """A scene being furnished; remembers what stands where."""

    s: Scene
    wall: str
    floor: str
    tags: list[dict[str, object]] = field(default_factory=list)

    def put(
        self, pick: Pick, x: float, y: float, *, scale: float = 0, width: float = 0, height: float = 0,
        shadow: str = "stand", at: tuple[float, float] = (0.5, 0.5), turn: float = 0, depth: float = 0.42,
    ) -> Box:  # fmt: skip
        """Place a product (x, y in pixels) and tag it at a point of its box.

        ``scale`` is pixels a centimetre of its real height; otherwise give width or height.
        """
        product = BY_KEY[pick[0]]
        tall = product.size * scale if scale else height
        box = self.s.place(product.drawing(pick[1]), x=x, y=y, width=width, height=tall, shadow=shadow,
                           turn=turn, depth=depth)  # fmt: skip
        px = (box.left + box.width * at[0]) / self.s.width
        py = (box.top + box.height * at[1]) / self.s.height
        self.tags.append(
            {"product_key": pick[0], "colour": pick[1], "x": round(min(max(px, 0.04), 0.96), 3),
             "y": round(min(max(py, 0.04), 0.96), 3)}
        )  # fmt: skip
        return box


def _shell(look: Look, horizon: float, *, kind: str = "boards") -> float:
    s = look.s
    wash(s, look.wall)
    y = s.height * horizon
    ground(s, look.floor, y, texture="grain" if kind == "boards" else None)
    s.body(rect(0, y - 22, s.width, 22), light(look.wall, 0.35), form="flat", occlusion=0.1)
    return y


def _carpet(look: Look, x: float, y: float, rx: float, colour: str) -> None:
    s = look.s
    s.ellipse(x, y + 5, rx, rx * 0.17, dark(colour, 0.35))
    s.ellipse(x, y, rx, rx * 0.17, colour)
    s.add(f'<ellipse cx="{x}" cy="{y}" rx="{rx * 0.86}" ry="{rx * 0.14}" fill="none" stroke="{dark(colour, 0.25)}" '
          f'stroke-width="4" opacity=".6"/>')  # fmt: skip


def sideboard(look: Look, picks: list[Pick]) -> None:
    """Cabinet, three things on it, one on the wall."""
    s = look.s
    w, h = s.width, s.height
    _shell(look, 0.86)
    beam(s, "window", strength=0.2)
    cabinet, left, middle, right, art = picks
    look.put(art, w * 0.66, h * 0.43, height=h * 0.31, shadow="wall")
    box = look.put(cabinet, w / 2, h * 0.93, width=w * 0.84, at=(0.5, 0.6))
    top = box.top + 6
    k = h / 150
    look.put(left, w * 0.22, top, scale=k)
    look.put(middle, w * 0.48, top + 2, scale=k)
    look.put(right, w * 0.76, top + 3, scale=k)


def corner(look: Look, picks: list[Pick]) -> None:
    """A chair, a floor lamp, a side table with something on it, something on the wall."""
    s = look.s
    w, h = s.width, s.height
    y = _shell(look, 0.78)
    beam(s, "leaves" if s.random.random() < 0.4 else "window", strength=0.24)
    chair, lamp, table, small, art = picks
    k = h / 215
    _carpet(look, w * 0.47, h * 0.915, w * 0.42, light(mix(look.wall, look.floor, 0.4), 0.4))
    look.put(art, w * 0.42, h * 0.42, height=h * 0.27, shadow="wall")
    look.put(lamp, w * 0.2, y + h * 0.05, scale=k * 0.9, at=(0.5, 0.14))
    look.put(chair, w * 0.47, h * 0.91, scale=k * 1.2)
    box = look.put(table, w * 0.8, h * 0.93, scale=k * 1.05, at=(0.5, 0.7))
    look.put(small, w * 0.8, box.top + 12, scale=k * 1.35)


def salon(look: Look, picks: list[Pick]) -> None:
    """A sofa under pictures, a low table, a lamp beside."""
    s = look.s
    w, h = s.width, s.height
    y = _shell(look, 0.74)
    beam(s, "blinds" if s.random.random() < 0.4 else "window", strength=0.2)
    couch, one, two, table, small, lamp = picks
    look.put(one, w * 0.4, h * 0.4, height=h * 0.3, shadow="wall")
    look.put(two, w * 0.68, h * 0.38, height=h * 0.24, shadow="wall")
    look.put(lamp, w * 0.09, y + h * 0.08, height=h * 0.62, at=(0.5, 0.14))
    look.put(
        couch,
        w * 0.53,
        y + h * 0.12,
        width=w * (0.74 if "three" in couch[0] else 0.54),
        at=(0.6, 0.5),
    )
    _carpet(look, w * 0.5, h * 0.93, w * 0.42, light(mix(look.wall, look.floor, 0.3), 0.3))
    box = look.put(table, w * 0.46, h * 0.955, width=w * 0.34, at=(0.5, 0.7))
    look.put(small, w * 0.46, box.top + 14, height=h * 0.11)


def dining(look: Look, picks: list[Pick]) -> None:
    """Table, two chairs, a lamp above, things laid."""
    s = look.s
    w, h = s.width, s.height
    y = _shell(look, 0.76)
    beam(s, "window", strength=0.2)
    table, chair, lamp, bowl, jug, art = picks
    look.put(art, w * 0.82, h * 0.44, height=h * 0.2, shadow="wall")
    for x in (0.36, 0.64):
        s.place(BY_KEY[chair[0]].drawing(chair[1]), x=w * x, y=y + h * 0.08, height=h * 0.36)
    look.tags.append(
        {"product_key": chair[0], "colour": chair[1], "x": 0.36, "y": round((y - h * 0.18) / h, 3)}
    )
    box = look.put(table, w / 2, h * 0.93, width=w * 0.86, at=(0.12, 0.06))
    look.put(bowl, w * 0.58, box.top + 8, height=h * 0.1)
    look.put(jug, w * 0.3, box.top + 6, height=h * 0.17)
    look.put(lamp, w * 0.5, h * 0.3, width=w * 0.36, shadow="none")


def setting(look: Look, picks: list[Pick]) -> None:
    """A laid table, close."""
    s = look.s
    w, h = s.width, s.height
    wash(s, look.wall)
    stages.cloth(s, look.wall, look.floor)
    beam(s, "leaves" if s.random.random() < 0.5 else "window", strength=0.24)
    back, tall, left, right, front = picks
    look.put(back, w * 0.5, h * 0.76, height=h * 0.3)
    look.put(tall, w * 0.2, h * 0.78, height=h * 0.4)
    look.put(right, w * 0.82, h * 0.83, height=h * 0.22)
    look.put(left, w * 0.26, h * 0.9, width=w * 0.3)
    look.put(front, w * 0.62, h * 0.94, width=w * 0.36)


def desk(look: Look, picks: list[Pick]) -> None:
    """A desk with its lamp and paper, a poster, a chair."""
    s = look.s
    w, h = s.width, s.height
    y = _shell(look, 0.8)
    beam(s, "blinds", strength=0.2)
    table, lamp, stack, chair, art, hung = picks
    look.put(art, w * 0.54, h * 0.43, height=h * 0.34, shadow="wall")
    look.put(hung, w * 0.84, h * 0.36, height=h * 0.2, shadow="wall")
    box = look.put(table, w * 0.5, y + h * 0.09, width=w * 0.86, at=(0.86, 0.2))
    top = box.top + 5
    look.put(lamp, w * 0.22, top, height=h * 0.24)
    look.put(stack, w * 0.74, top, width=w * 0.22)
    look.put(chair, w * 0.44, h * 0.965, height=h * 0.37, at=(0.5, 0.2))


def shelves(look: Look, picks: list[Pick]) -> None:
    """Two planks on a wall, three things on each."""
    s = look.s
    w, h = s.width, s.height
    wash(s, look.wall)
    beam(s, "window" if s.random.random() < 0.6 else "leaves", strength=0.25)
    for row, y in enumerate((h * 0.45, h * 0.9)):
        s.fill(rect(w * 0.05, y + 22, w * 0.9, 30), "#120c08", opacity=0.4, blur="b3")
        s.body(rect(w * 0.04, y, w * 0.92, 26), look.floor, form="flat", texture="grain")
        s.fill(rect(w * 0.04, y, w * 0.92, 3), light(look.floor, 0.45), opacity=0.8)
        for i, x in enumerate((0.2, 0.5, 0.8)):
            pick = picks[row * 3 + i]
            tall = min(h * 0.34, max(h * 0.16, BY_KEY[pick[0]].size * h * 0.0095))
            look.put(pick, w * x, y + 1, height=tall, width=w * 0.28, depth=0.12)


def bath(look: Look, picks: list[Pick]) -> None:
    """Tiles, a ledge with bottles, a mirror above, towels beside."""
    s = look.s
    w, h = s.width, s.height
    stages.tiles(s, look.wall, look.floor)
    beam(s, "window", strength=0.22)
    mirror, one, two, three, four = picks
    look.put(mirror, w * 0.5, h * 0.5, height=h * 0.4, shadow="wall", at=(0.5, 0.3))
    look.put(one, w * 0.17, h * 0.8, height=h * 0.3)
    look.put(two, w * 0.4, h * 0.84, height=h * 0.15, width=w * 0.26)
    look.put(three, w * 0.63, h * 0.81, height=h * 0.22)
    look.put(four, w * 0.85, h * 0.85, height=h * 0.24)


def ledge(look: Look, picks: list[Pick]) -> None:
    """A window sill with three things."""
    s = look.s
    w, h = s.width, s.height
    stages.sill(s, look.wall, look.floor)
    one, two, three = picks
    look.put(one, w * 0.25, h * 0.83, height=h * 0.36, width=w * 0.34)
    look.put(two, w * 0.72, h * 0.84, height=h * 0.42, width=w * 0.36)
    look.put(three, w * 0.49, h * 0.93, height=h * 0.2, width=w * 0.3)


def bedroom(look: Look, picks: list[Pick]) -> None:
    """A bed, a nightstand with its lamp, something over the bed."""
    s = look.s
    w, h = s.width, s.height
    y = _shell(look, 0.76)
    beam(s, "leaves", strength=0.24)
    bed, stand, lamp, art, pend = picks
    look.put(art, w * 0.62, h * 0.4, height=h * 0.26, width=w * 0.4, shadow="wall")
    look.put(bed, w * 0.64, y + h * 0.16, width=w * 0.78, at=(0.5, 0.66))
    box = look.put(stand, w * 0.14, y + h * 0.13, height=h * 0.25, at=(0.5, 0.7))
    look.put(lamp, w * 0.14, box.top + 5, height=h * 0.22)
    look.put(pend, w * 0.93, h * 0.26, width=w * 0.2, shadow="none")


def hall(look: Look, picks: list[Pick]) -> None:
    """A bench, a mirror, a stand, a bag, a basket."""
    s = look.s
    w, h = s.width, s.height
    y = _shell(look, 0.8)
    beam(s, "arch", strength=0.24)
    stand, bench, mirror, bag, basket = picks
    look.put(mirror, w * 0.6, h * 0.5, height=h * 0.34, shadow="wall")
    look.put(stand, w * 0.15, y + h * 0.06, height=h * 0.72, at=(0.62, 0.3))
    box = look.put(bench, w * 0.62, y + h * 0.1, width=w * 0.6, at=(0.8, 0.3))
    look.put(bag, w * 0.5, box.top + 14, height=h * 0.21)
    look.put(basket, w * 0.78, h * 0.965, height=h * 0.18)


def blocks(look: Look, picks: list[Pick]) -> None:
    """A still life on painted blocks."""
    s = look.s
    w, h = s.width, s.height
    wash(s, look.wall)
    ground(s, look.floor, h * 0.76)
    beam(s, "window" if s.random.random() < 0.5 else "arch", strength=0.26)
    tone = mix(look.wall, look.floor, 0.5)
    tall, middle, low, front = picks
    for x, top, bw, c in (
        (0.08, 0.56, 0.3, tone),
        (0.36, 0.68, 0.3, light(look.wall, 0.3)),
        (0.64, 0.62, 0.3, dark(tone, 0.1)),
    ):
        s.fill(rect(w * x, h * 0.84, w * bw * 1.2, 26), "#120c08", opacity=0.35, blur="b3")
        s.body(rect(w * x, h * top, w * bw, h * (0.86 - top)), c, form="flat", texture="clay")
        s.fill(f"M{w * x} {h * top} l22 -14 h{w * bw - 44} l22 14z", light(c, 0.35))
    look.put(tall, w * 0.23, h * 0.556, height=h * 0.4, width=w * 0.3)
    look.put(middle, w * 0.51, h * 0.676, height=h * 0.36, width=w * 0.27)
    look.put(low, w * 0.79, h * 0.616, height=h * 0.3, width=w * 0.29)
    look.put(front, w * 0.5, h * 0.955, height=h * 0.17, width=w * 0.34)


def flatlay(look: Look, picks: list[Pick]) -> None:
    """Things laid out and seen from above."""
    s = look.s
    w, h = s.width, s.height
    kind = "linen" if s.random.random() < 0.4 else "split"
    rooms.FLAT[kind](s, look.wall, look.floor)
    beam(s, "leaves" if luminance(look.wall) > 0.4 else "window", strength=0.26)
    one, two, three, four = picks
    look.put(one, w * 0.28, h * 0.54, height=h * 0.44, width=w * 0.4, shadow="flat", turn=-7)
    look.put(two, w * 0.74, h * 0.46, height=h * 0.34, width=w * 0.4, shadow="flat", turn=5)
    look.put(three, w * 0.3, h * 0.93, height=h * 0.3, width=w * 0.44, shadow="flat", turn=4)
    look.put(four, w * 0.75, h * 0.93, height=h * 0.36, width=w * 0.38, shadow="flat", turn=-4)
    s.add(f'<g transform="translate({w * 1.0:.0f} {h * 0.66:.0f}) rotate(-24)">')
    stem(s, x=0, y=0, length=220, lean=-0.2, colour="#6f8350", kind="olive")
    s.add("</g>")


Layout = Callable[[Look, list[Pick]], None]


@dataclass(frozen=True)
class Plan:
    """One look: a layout filled with picks."""

    name: str
    title: str
    studio: str
    layout: Layout
    picks: str  # "key:colour key:colour ..."
    paint: tuple[str, str]
    ratio: float
    alt: str

    @property
    def file(self) -> str:
        return f"look-{self.name}.webp"


def furnish(plan: Plan) -> Look:
    """Draw a look; the result carries the scene and its tags."""
    seed = zlib.crc32(plan.name.encode())
    s = Scene(width=WIDTH, height=round(WIDTH * plan.ratio), seed=seed, lit=-1 if seed % 3 else 1)
    look = Look(s, *plan.paint)
    picks = [(key, colour) for key, colour in (pick.split(":") for pick in plan.picks.split())]
    plan.layout(look, picks)
    return look
