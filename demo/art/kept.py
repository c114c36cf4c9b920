"""The first pictures, drawn before the generator; they are kept as they were finished."""

from demo.art.index import Entry

_GOODS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("vase-teal", "Ondine Studio", "tall-stoneware-vase", "Tall stoneware vase, teal", "teal",
     "Tall teal stoneware vase in window light on a sand table."),
    ("vase-sand", "Ondine Studio", "tall-stoneware-vase", "Tall stoneware vase, sand", "sand",
     "Tall sand-coloured stoneware vase before a grey-blue wall."),
    ("vase-ink", "Ondine Studio", "tall-stoneware-vase", "Tall stoneware vase, ink", "ink",
     "Tall ink-black stoneware vase before a terracotta wall."),
    ("vase-rust", "Ondine Studio", "tall-stoneware-vase", "Tall stoneware vase, rust", "rust",
     "Tall rust-red stoneware vase on a wooden table."),
    ("vase-detail", "Ondine Studio", "tall-stoneware-vase", "Tall stoneware vase, teal, with a stem", "teal",
     "The teal vase close up with a single green stem."),
    ("vase-bone", "Ondine Studio", "wide-mouth-jar", "Wide-mouth jar, bone", "bone",
     "Wide-mouth jar in bone before a lilac wall."),
    ("olive", "Ondine Studio", "wide-mouth-jar", "Olive stems in a wide-mouth jar", "bone",
     "Olive stems in a bone-white jar on a green table."),
    ("vase-moss", "Ondine Studio", "bottle-vase", "Bottle vase, moss", "moss",
     "Round bottle vase in moss green holding two stems."),
    ("bud-vases", "Ondine Studio", "bud-vases", "Bud vases, set of three, bright", "bright",
     "Three small vases in rust, white and teal."),
    ("bowls", "Ondine Studio", "nesting-bowls", "Nesting bowls, rust", "rust",
     "Three nesting bowls in tones of rust on a wooden table."),
    ("lamp-orange", "Lumen & Oak", "dome-lamp", "Dome lamp, burnt orange", "orange",
     "Burnt orange dome lamp glowing in a dark room."),
    ("lamps-duo", "Lumen & Oak", "dome-lamp-duo", "Dome lamps, pair, pine and ochre", "pine and ochre",
     "Two dome lamps, one pine green and one ochre."),
    ("chair-green", "Halden Furniture", "slipper-chair", "Slipper chair, green", "green",
     "Green channelled chair on pale oak legs."),
    ("sofa-rust", "Halden Furniture", "three-seat-sofa", "Three-seat sofa, rust", "rust",
     "Rust sofa with two cushions under two small prints."),
    ("bag-oxblood", "Vestry Leather", "frame-bag", "Frame bag, oxblood", "oxblood",
     "Oxblood frame bag with a brass clasp."),
    ("throws", "Field Loom", "throw-pile", "Five throws, folded, mixed", "mixed",
     "Five folded wool throws in a pile."),
    ("mugs", "Tavola Nove", "morning-mugs", "Morning mugs, pair, cream and pine", "cream and pine",
     "A cream and a pine-green mug of coffee side by side."),
    ("candles", "Marrow Goods", "beeswax-pillars", "Beeswax pillars, set of three, natural", "natural",
     "Three beeswax candles burning in a dark room."),
    ("bottles", "Marrow Goods", "cedar-wash", "Cedar wash and balm, amber", "amber",
     "An amber wash bottle beside a small pale-green one."),
    ("rug", "Field Loom", "arches-rug", "Arches hand-tufted rug, rust", "rust",
     "Hand-tufted rug of arches, circles and triangles in rust, ochre and pine."),
    ("print", "North Paper", "low-sun", "Low Sun, giclée print, white frame", "white",
     "Framed print of an orange sun over blue hills."),
)  # fmt: skip
_SERVICES: tuple[tuple[str, str, str, str, str], ...] = (
    ("studio", "Aperture Row", "product-photography", "Product photography, half day",
     "A teal vase on a paper sweep under a studio light."),
    ("packaging", "Fold & Post", "mailer-boxes", "Printed mailer boxes",
     "Three sealed cardboard boxes stacked by a wall."),
    ("swatches", "Atelier Rum", "colour-plan", "Colour plan for a room",
     "Paint swatches fanned out from ink blue to plum."),
)  # fmt: skip


def _tag(key: str, x: float, y: float, colour: str) -> dict[str, object]:
    return {"product_key": key, "colour": colour, "x": x, "y": y}


def entries() -> list[Entry]:
    """Describe the kept pictures; their sizes are read from the files."""
    found = [
        Entry(
            f"{name}.webp", studio, "product", product_key=key, title=title, colour=colour, alt=alt
        )
        for name, studio, key, title, colour, alt in _GOODS
    ]
    found += [
        Entry(f"{name}.webp", studio, "service", product_key=key, title=title, alt=alt)
        for name, studio, key, title, alt in _SERVICES
    ]
    found.append(
        Entry(
            "cover-ondine.webp",
            "Ondine Studio",
            "cover",
            title="Ondine Studio",
            alt="A long row of vases and bowls.",
        )
    )
    found.append(
        Entry(
            "look-sideboard.webp", "Halden Furniture", "look", title="A sideboard that glows after six",
            alt="A walnut sideboard with a vase, an orange lamp and a bowl under a framed print.",
            tags=[
                _tag("tall-stoneware-vase", 0.19, 0.5, "bone"), _tag("dome-lamp", 0.49, 0.43, "orange"),
                _tag("nesting-bowls", 0.75, 0.56, "stone"), _tag("low-sun", 0.67, 0.26, "black"),
                _tag("sideboard", 0.5, 0.76, "walnut"),
            ],
        )
    )  # fmt: skip
    found.append(
        Entry(
            "corner.webp", "Halden Furniture", "look", title="Reading corner, north light",
            alt="An orange chair beside a tall white vase with a branch, a print above.",
            tags=[
                _tag("slipper-chair", 0.34, 0.68, "rust"), _tag("bottle-vase", 0.78, 0.78, "ochre"),
                _tag("low-sun", 0.71, 0.32, "black"),
            ],
        )
    )  # fmt: skip
    return found


NAMES = tuple(entry.file for entry in entries())
