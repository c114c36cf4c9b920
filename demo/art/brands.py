"""Covers and marks of the studios."""

import zlib

from demo.art.colour import dark, light, luminance, mix
from demo.art.index import Entry
from demo.art.looks import Look
from demo.art.scene import Scene
from demo.art.shoot import PAINTS
from demo.art.stages import beam, ground, rect, wash

# The things on a cover, from left to right: product key, colour, height as a share of the picture.
_ROWS: dict[str, str] = {
    "Lumen & Oak": "globe-lamp:pine:.5 pleated-lamp:oat:.7 carry-lantern:ochre:.45 mushroom-lamp:tomato:.55 "
                   "stick-lamp:sky:.72 totem-lamp:navy:.6 dome-lamp:butter:.66",
    "Field Loom": "boucle-cushion:moss:.48 wool-cushion:ochre:.52 knit-pouf:oat:.4 throw-pile:pine:.46 "
                  "striped-cushion:cream:.52 diamond-cushion:petrol:.5 throw-basket:natural:.5",
    "Marrow Goods": "hand-wash:olive:.6 face-cream:mint:.28 bath-tonic:sky:.55 soap-four:rose:.48 fig-candle:plum:.44 "
                    "reed-diffuser:amber:.7 bath-salts:coral:.46",
    "Tavola Nove": "water-carafe:sky:.62 dinner-plates:clay:.28 garden-teapot:pine:.46 morning-mugs:tomato:.3 "
                   "pepper-mills:walnut:.6 cake-stand:mint:.42 oil-cruet:olive:.52",
    "Vestry Leather": "market-tote:tan:.74 envelope-clutch:plum:.36 bucket-bag:rust:.72 weekender:navy:.52 saddle-belt:cocoa:.24 "
                      "satchel:ochre:.68 frame-bag:pine:.66",
    "Halden Furniture": "spindle-chair:pine:.7 side-table:walnut:.46 barrel-chair:cream:.62 tripod-lamp:cream:.92 "
                        "slipper-chair:rust:.6 milking-stool:ash:.4 rocking-chair:cream:.7",
}  # fmt: skip
_PRINTS = "low-sun:oak garden-leaf:white five-moons:black gate:walnut cairn:oak anemones:white tideline:black"
SERVICE_PAINTS = {
    "Aperture Row": ("#2c3133", "#dfb5a4"), "Fold & Post": ("#d9c3a0", "#39574a"),
    "Atelier Rum": ("#e6e0d2", "#c07a56"), "Two Tongues": ("#39574a", "#edd390"),
}  # fmt: skip
STUDIOS = tuple(PAINTS) + tuple(SERVICE_PAINTS)
COVERED = tuple(name for name in STUDIOS if name != "Ondine Studio")


def slug(studio: str) -> str:
    return studio.lower().replace(" & ", "-and-").replace(" ", "-")


def cover(studio: str) -> Scene:
    """A wide picture, three by one."""
    s = Scene(width=1500, height=500, seed=zlib.crc32(studio.encode()), lit=-1)
    w, h = s.width, s.height
    if studio in SERVICE_PAINTS:
        _paper_cover(s, *SERVICE_PAINTS[studio])
        return s
    wall, floor = PAINTS[studio][0]
    wash(s, wall)
    look = Look(s, wall, floor)
    if studio == "North Paper":
        beam(s, "window", strength=0.3)
        for i, pick in enumerate(_PRINTS.split()):
            key, colour = pick.split(":")
            tall = (0.66, 0.5, 0.72, 0.54, 0.62, 0.5, 0.7)[i]
            look.put(
                (key, colour),
                w * (0.08 + i * 0.14),
                h * (0.5 + tall / 2),
                height=h * tall,
                shadow="wall",
            )
        return s
    ground(s, floor, h * 0.76, texture="grain")
    beam(s, "window", strength=0.26 if luminance(wall) > 0.45 else 0.14)
    for i, pick in enumerate(_ROWS[studio].split()):
        key, colour, share = pick.split(":")
        look.put((key, colour), w * (0.09 + i * 0.137), h * (0.88 + 0.03 * (i % 2)), height=h * float(share),
                 width=w * 0.165)  # fmt: skip
    return s


def _paper_cover(s: Scene, wall: str, accent: str) -> None:
    w, h = s.width, s.height
    wash(s, wall)
    tones = (
        accent,
        mix(wall, accent, 0.5),
        light(accent, 0.4),
        dark(accent, 0.3),
        light(wall, 0.5),
    )
    for i in range(9):
        x, k = w * (0.02 + i * 0.12), i % 4
        size = h * (0.34 + 0.1 * (i * 5 % 3))
        y = h * (0.5 + 0.12 * ((i * 7 % 5) - 2) / 2)
        path = (
            f"M{x} {y + size / 2} V{y} A{size / 2} {size / 2} 0 0 1 {x + size} {y} V{y + size / 2}Z",
            f"M{x} {y} A{size / 2} {size / 2} 0 1 1 {x + size} {y} A{size / 2} {size / 2} 0 1 1 {x} {y}Z",
            rect(x, y - size / 2, size * 0.8, size),
            f"M{x} {y + size / 2} L{x + size} {y - size / 2} V{y + size / 2}Z",
        )[k]
        s.add('<g transform="translate(12 16)">')
        s.fill(path, "#000000", opacity=0.26, blur="b3")
        s.add("</g>")
        s.body(path, tones[i % 5], form="flat", texture="clay", occlusion=0.06)
    beam(s, "leaves", strength=0.2)


# Ground, figure, second figure of each mark, and the figure itself on a field of 100 by 100.
_MARKS: dict[str, tuple[str, str, str, str, str]] = {
    "Ondine Studio": ("#2f5b66", "#f2ead8", "#c07a56", "M42 22h16c0 12 20 16 20 34a28 24 0 0 1-56 0c0-18 20-22 20-34z", "M26 60h48v7h-48z"),
    "Lumen & Oak": ("#2b3836", "#edd390", "#d9762f", "M20 54a30 30 0 0 1 60 0z", "M46 58h8v22h-8z"),
    "Field Loom": ("#b5552f", "#f2ead8", "#dca53c", "M22 22h14v56h-14z M64 22h14v56h-14z", "M40 22h20v14h-20z M40 43h20v14h-20z M40 64h20v14h-20z"),
    "North Paper": ("#dcd7ea", "#2c2547", "#e0672f", "M26 80V20h32l16 16v44z", "M50 34m-10 20a14 14 0 1 0 28 0a14 14 0 1 0-28 0z"),
    "Marrow Goods": ("#39574a", "#e6ddcb", "#b9cdb8", "M50 16c22 26 26 34 26 44a26 26 0 0 1-52 0c0-10 4-18 26-44z", "M50 44c9 11 11 14 11 18a11 11 0 0 1-22 0c0-4 2-7 11-18z"),
    "Halden Furniture": ("#6d4a31", "#d6bb94", "#f2ead8", "M28 18h10v64h-10z M62 50h10v32h-10z", "M28 46h44v12h-44z"),
    "Tavola Nove": ("#c94f38", "#f2ead8", "#edd390", "M20 46h60a30 30 0 0 1-60 0z", "M34 24h6v16h-6z M47 18h6v22h-6z M60 24h6v16h-6z"),
    "Vestry Leather": ("#44352b", "#c8914f", "#f2ead8", "M20 38h60l6 42h-72z", "M36 38v-6a14 14 0 0 1 28 0v6h-7v-6a7 7 0 0 0-14 0v6z"),
    "Aperture Row": ("#2a2d2f", "#dfb5a4", "#f6efe4", "M50 18a32 32 0 1 0 .1 0z", "M50 36a14 14 0 1 0 .1 0z"),
    "Fold & Post": ("#d9c3a0", "#39574a", "#b5552f", "M18 34h64v46h-64z", "M18 34l32 26l32-26z"),
    "Atelier Rum": ("#e6e0d2", "#c07a56", "#2c3e5c", "M20 20h28v60h-28z", "M54 20h26v26h-26z M54 54h26v26h-26z"),
    "Two Tongues": ("#39574a", "#edd390", "#f2ead8", "M18 24h44v34h-26l-10 12v-12h-8z", "M40 62h26v-24h18v36h-8v10l-10-10h-26z"),
}  # fmt: skip


def mark(studio: str) -> Scene:
    """A square sign of a studio."""
    s = Scene(width=256, height=256, seed=1, lit=-1)
    base, one, two, figure, detail = _MARKS[studio]
    s.fill(rect(0, 0, 256, 256), base)
    s.add('<g transform="scale(2.56)">')
    s.fill(figure, one)
    s.fill(detail, two)
    s.add("</g>")
    return s


def covers() -> list[Entry]:
    return [
        Entry(
            f"cover-{slug(name)}.webp",
            name,
            "cover",
            title=name,
            alt=f"Work from {name} in a long row.",
        )
        for name in COVERED
    ]


def marks() -> list[Entry]:
    return [
        Entry(f"mark-{slug(name)}.webp", name, "mark", title=name, alt=f"The mark of {name}.")
        for name in STUDIOS
    ]
