"""Photograph every product: choose stage, light, format and colours so that no two are alike."""

import zlib
from dataclasses import dataclass
from functools import partial
from random import Random

from demo.art import rooms, stages
from demo.art.colour import dark, light, luminance, mix
from demo.art.forms.plants import stem
from demo.art.goods import COLOURS, Product, Variant
from demo.art.ranges import PRODUCTS
from demo.art.scene import Box, Scene
from demo.art.stages import Stage, beam

WIDTH = 720
FAMILIES = {
    "stand": stages.STAND, "wall": rooms.WALL, "flat": rooms.FLAT, "floor": rooms.FLOOR, "hang": rooms.HANG,
}  # fmt: skip
RATIOS = (1.25, 1.0, 1.4, 0.86, 1.12, 1.34, 0.94, 1.5, 1.18, 0.8)
WIDE_RATIOS = (0.86, 0.8, 1.0, 0.92, 1.12)
LIGHTS = ("window", "none", "leaves", "glow", "blinds", "window", "arch", "glow", "leaves", "none")
# Wall and floor or table, a studio's own paints.
PAINTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Ondine Studio": (("#e3ddcf", "#c9b597"), ("#b9c4cc", "#8b8f92"), ("#dcb79a", "#a4552f"), ("#c9cfc0", "#8d6b4c"),
                      ("#e7d5c2", "#b98a62"), ("#8fa3a0", "#6b4b34"), ("#d7cfe2", "#a697bd")),
    "Lumen & Oak": (("#2b3836", "#4b3426"), ("#c7b79c", "#7b5638"), ("#3b3040", "#35282a"), ("#8b9a86", "#5d4633"),
                    ("#d9c2a4", "#9c6a42"), ("#31404f", "#2a2622"), ("#b3684a", "#6b3a26")),
    "Field Loom": (("#e6ddcb", "#b8926a"), ("#bcc4ae", "#8a6e4e"), ("#d9a98b", "#9c6044"), ("#cfd3cf", "#9a9384"),
                   ("#e4c987", "#a97a4c"), ("#6e8178", "#5a4636")),
    "North Paper": (("#dcd7ea", "#b3a6c9"), ("#cfdde3", "#b08d68"), ("#f0e4d0", "#c79b6e"), ("#eac4b0", "#b3714f"),
                    ("#bccbb4", "#8f7350"), ("#56697a", "#7a5639"), ("#e9d79f", "#b98a58")),
    "Marrow Goods": (("#dfe6df", "#b6c1b2"), ("#e9dfd0", "#bfa27e"), ("#4d4238", "#3a2e27"), ("#c6d3cf", "#8fa19c"),
                     ("#e6c9b8", "#b98468"), ("#7f8c72", "#5c4a38"), ("#d8d2c4", "#a89f8d")),
    "Halden Furniture": (("#e6e3da", "#cbb79a"), ("#b4bfae", "#8a6a4a"), ("#d8a88a", "#99664a"), ("#9fb0b8", "#7d6450"),
                         ("#dcd3c2", "#b28f6a"), ("#6d7d76", "#6b4b34"), ("#e3cf9f", "#a97c50")),
    "Tavola Nove": (("#efe3c4", "#c98f5c"), ("#e8b7a2", "#b4613f"), ("#c9d2bb", "#9a7b54"), ("#f1ebdf", "#d6c7ad"),
                    ("#9db4b8", "#8a6748"), ("#e3c26f", "#a86a3a"), ("#7d8a66", "#6b4d33")),
    "Vestry Leather": (("#cfd6d8", "#98a3a4"), ("#d9c3a6", "#a9825a"), ("#8a9186", "#5f5145"), ("#c9a7a0", "#8b5a50"),
                       ("#e4ddd0", "#b7a68d"), ("#54606a", "#3f3a38"), ("#b8b29a", "#7d6a4c")),
}  # fmt: skip
PLACES = {
    "table": "on a table", "sweep": "on seamless paper", "plinth": "on a round plinth", "cubes": "on a painted block",
    "niche": "in an arched niche", "sill": "on a window sill with hills behind", "shelf": "on a wooden shelf",
    "halves": "before a two-tone wall", "disc": "before a painted disc", "panel": "before a boarded wall",
    "tiles": "before pale tiles", "dusk": "in a dark room", "round": "on a round table", "cloth": "on a linen cloth",
    "wall": "on a plaster wall", "console": "above a console", "rail": "above wainscot", "leaning": "against a wall",
    "brick": "on painted brick", "paper": "on coloured paper", "split": "on two sheets of paper",
    "planks": "on floorboards", "linen": "on linen", "terrazzo": "on terrazzo", "room": "in a quiet room",
    "two-tone": "before a wall in two tones", "window": "beside a tall window", "cove": "in a studio cove",
    "arch": "before a painted arch", "rug": "on a pale rug", "ceiling": "hanging from the ceiling",
    "over-table": "hanging over a table", "dark": "lit at dusk",
}  # fmt: skip
GLOWS = {"window": ", window light across it", "blinds": ", light through blinds", "leaves": ", leaf shadows on the wall",
         "arch": ", one arch of sun", "glow": "", "none": ""}  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """Everything that decides one product picture."""

    product: Product
    variant: Variant
    stage: str
    light: str
    ratio: float
    paint: tuple[str, str]
    lit: int

    @property
    def file(self) -> str:
        return f"{self.product.key}-{self.variant.colour}.webp"

    @property
    def title(self) -> str:
        return f"{self.product.title}, {self.variant.colour}"

    @property
    def alt(self) -> str:
        name = self.product.title.split(",")[0]
        return f"{name} in {self.variant.colour} {PLACES[self.stage]}{GLOWS[self.light]}."


def _apart(colour: str, paint: tuple[str, str]) -> float:
    return sum(abs(int(colour[i : i + 2], 16) - int(paint[0][i : i + 2], 16)) for i in (1, 3, 5))


def _stage_names(product: Product) -> list[str]:
    names = list(FAMILIES[product.setting])
    if product.setting == "wall" and product.size > 85 and product.studio == "Field Loom":
        return ["wall", "brick", "wall"]
    if product.key == "arch-mirror":
        return ["leaning"]
    if product.setting == "wall" and product.studio in {"Lumen & Oak", "Ondine Studio"}:
        return ["wall", "brick", "rail"]
    if product.setting == "flat" and product.size >= 150:
        return ["planks", "paper", "planks", "split"]
    if product.setting == "stand" and product.studio == "Lumen & Oak":
        return ["dusk", "table", "niche", "shelf", "dusk", "halves", "panel", "round"]
    if product.setting == "stand" and product.studio == "Vestry Leather":
        return ["sweep", "cubes", "table", "halves", "plinth", "panel", "disc", "sweep", "shelf"]
    return names


def shots() -> list[Shot]:
    """Plan all product pictures; the plan is the same at every run."""
    plan: list[Shot] = []
    turns: dict[tuple[str, str], int] = {}
    for number, product in enumerate(PRODUCTS):
        for nth, variant in enumerate(product.variants):
            at = turns.get(
                (product.studio, product.setting), zlib.crc32(product.studio.encode()) % 7
            )
            turns[product.studio, product.setting] = at + 1
            names = _stage_names(product)
            paints = PAINTS[product.studio]
            colour = COLOURS[variant.colour]
            choice = [paints[(at * 2 + k + nth) % len(paints)] for k in range(3)]
            paint = max(choice, key=lambda p: (min(_apart(colour, p), 110), -choice.index(p)))
            wide = product.key in WIDE
            ratios = WIDE_RATIOS if wide else RATIOS
            stage = names[(at + nth) % len(names)]
            glow = LIGHTS[(at + number + nth * 3) % len(LIGHTS)]
            if stage in {"dusk", "dark", "sill"}:
                glow = "none"
            ratio = ratios[(at * 3 + nth * 2 + number) % len(ratios)]
            if product.setting == "flat" and product.size >= 150:
                ratio = max(ratio, 1.12)
            plan.append(
                Shot(product, variant, stage, glow, ratio, paint, -1 if (at + number) % 3 else 1)
            )
    return plan


WIDE = {
    "weekender", "three-seat-sofa", "two-seat-sofa", "daybed", "sideboard", "slat-sideboard", "cane-cabinet",
    "trestle-table", "writing-desk", "hall-bench", "spindle-bed", "cushion-pile", "pillow-vase", "footed-bowl",
    "nesting-bowls", "morning-mugs", "dinner-plates", "soap-dish", "olive-soap", "egg-cups", "breakfast-tray",
    "throw-pile", "notebook-stack", "saddle-belt", "hand-balm", "bath-brush", "envelope-clutch", "wash-bag", "glasses-case",
    "long-wallet", "bath-bombs", "linen-napkins", "tumblers", "spot-rail", "desk-set", "card-holders", "zip-pouch",
    "butter-dish", "espresso-cup", "drum-table", "cone-table", "letter-set", "greeting-cards", "plank-shelves",
}  # fmt: skip


def compose(shot: Shot) -> Scene:
    """Build the picture of one shot."""
    seed = zlib.crc32(shot.file.encode())
    s = Scene(width=WIDTH, height=round(WIDTH * shot.ratio), seed=seed, lit=shot.lit)
    wall, floor = shot.paint
    stage = FAMILIES[shot.product.setting][shot.stage](s, wall, floor)
    if shot.light != "none" and not (shot.stage == "linen" and shot.light == "leaves"):
        strength = 0.3 if luminance(wall) > 0.45 else 0.16
        beam(s, shot.light, strength=strength)
    _prop(s, shot, stage, Random(seed))
    reach = 0.86 + 0.2 * Random(seed + 1).random()
    y = stage.y
    if stage.shadow in {"wall", "flat"}:
        y = _centred(s, shot, stage, reach)
    shadow = "stand" if shot.product.setting in {"stand", "floor"} else stage.shadow
    if shot.product.setting == "hang":
        shadow = "none"
    s.place(shot.product.drawing(shot.variant.colour), x=stage.x, y=y, width=stage.width * reach * 1.06,
            height=stage.height * reach, shadow=shadow)  # fmt: skip
    return s


def _centred(s: Scene, shot: Shot, stage: Stage, reach: float) -> float:
    """Where the foot goes so that the subject is in the middle of its room."""
    _, box = s.draw(shot.product.drawing(shot.variant.colour))
    scale = min(stage.width * reach * 1.06 / box.width, stage.height * reach / box.height)
    if shot.product.setting == "hang":
        return stage.y
    if shot.stage == "leaning":
        return stage.y - box.bottom * scale
    middle = stage.y - stage.height / 2
    return middle + box.height * scale / 2 - box.bottom * scale


def _prop(s: Scene, shot: Shot, stage: Stage, r: Random) -> None:
    """Now and then something small stands behind the subject."""
    kind = r.choice(("", "", "branch", "books", "stone", "branch", "", "cloth"))
    if shot.product.setting == "flat" and shot.product.size < 100 and r.random() < 0.45:
        side = r.choice((-1, 1))
        x = s.width * (0.5 + side * 0.47)
        s.add(
            f'<g transform="translate({x - side * 8:.0f} {s.height * 0.98:.0f}) rotate({-side * 8})">'
        )
        s.add(f'<g transform="translate({-s.lit * 10} 12)" opacity=".3" filter="url(#cast)">')
        markup, _ = s.draw(partial(_stem, kind=r.choice(("olive", "euca", "fern"))))
        s.add(f"{markup}</g>{markup}</g>")
        return
    if shot.product.setting != "stand" or shot.stage in {
        "niche",
        "plinth",
        "cubes",
        "disc",
        "dusk",
        "sweep",
    }:
        return
    side = r.choice((-1, 1))
    x, y = stage.x + side * s.width * 0.36, stage.y - 12
    wall, floor = shot.paint
    if kind == "branch" and shot.product.studio != "Ondine Studio":
        sprig = partial(_stem, kind=r.choice(("olive", "euca", "sprig")))
        s.place(sprig, x=x + side * 30, y=s.height + 40, height=s.height * (0.6 + 0.25 * r.random()), shadow="none",
                turn=-side * 10)  # fmt: skip
    elif kind == "books":
        for i, c in enumerate((dark(floor, 0.25), light(wall, 0.35), mix(floor, "#c8643b", 0.5))):
            s.body(
                f"M{x - 92 + i * 7} {y - i * 22 - 22}h{170 - i * 12}v22h{-170 + i * 12}z",
                c,
                form="flat",
                occlusion=0.15,
            )
    elif kind == "stone":
        s.ellipse(x, y + 2, 64, 10, "#120c08", opacity=0.35, blur="b2")
        s.body(
            f"M{x - 62} {y} q-6 -52 44 -58 q64 -6 70 34 q4 24 -14 24z",
            mix(floor, "#8d8a82", 0.6),
            texture="clay",
        )
    elif kind == "cloth":
        c = light(wall, 0.4)
        s.body(f"M{x - 130} {y + 40} Q{x - 70} {y - 6} {x} {y + 6} T{x + 130} {y + 12} L{x + 150} {y + 64} Q{x} {y + 44} "
               f"{x - 120} {y + 78}Z", c, form="soft", texture="weave")  # fmt: skip


def _stem(s: Scene, kind: str) -> Box:
    stem(s, x=0, y=0, length=520, lean=0.2, colour="#6f8350", kind=kind)
    return Box(-80, -520, 180)
