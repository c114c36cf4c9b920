"""Field Loom, Halden Furniture, Vestry Leather."""

from functools import partial

from demo.art.forms import furniture as f
from demo.art.forms import leather as h
from demo.art.forms import textiles as x
from demo.art.goods import product

w = partial(product, "Field Loom")
LOOM = (
    w("wool-throw", "Wool throw", x.throw_draped, "oat rust", "wall", 110, kind="bands", seconds=("#b5552f", "#39574a"),
      extra={"rust": {"seconds": ("#edd390", "#5b3f30"), "kind": "stripes"}}),
    w("throw-pile", "Five throws, folded", x.throw_stack, "pine", "stand", 40,
      seconds=("#e8dfcb", "#dca53c", "#b5552f", "#d8c9ae")),
    w("checked-throw", "Checked throw", x.throw_draped, "sage navy", "wall", 110, kind="gingham", seconds=("#39574a",),
      extra={"navy": {"seconds": ("#c9b597",)}}),
    w("wool-cushion", "Wool cushion", x.cushion, "ochre plum", "stand", 45),
    w("striped-cushion", "Striped cushion", x.cushion, "cream", "stand", 45, kind="upright", seconds=("#39574a", "#c8643b")),
    w("diamond-cushion", "Diamond cushion", x.cushion, "oat petrol", "stand", 45, kind="diamonds", seconds=("#b5552f", "#2f3338"),
      extra={"petrol": {"seconds": ("#ece5d6", "#dca53c")}}),
    w("arch-cushion", "Arches cushion", x.cushion, "cream", "stand", 45, kind="arches", seconds=("#dca53c", "#c8643b")),
    w("check-lumbar", "Checkerboard lumbar", x.cushion, "blush slate", "stand", 34, kind="check", seconds=("#a8564a",), wide=True,
      extra={"slate": {"seconds": ("#e8dfcb",)}}),
    w("boucle-cushion", "Bouclé cushion", x.cushion, "white moss", "stand", 45, texture="boucle"),
    w("cushion-pile", "Cushion set", x.cushion_pile, "bone", "stand", 60, seconds=("#dca53c", "#39574a", "#b5552f")),
    w("arches-rug", "Arches hand-tufted rug", x.rug, "cream", "flat", 240, kind="arches", seconds=("#2f4c4a", "#d9a441")),
    w("diamond-rug", "Diamond rug", x.rug, "white clay", "flat", 240, kind="diamonds", seconds=("#44423f", "#c8643b"),
      extra={"clay": {"seconds": ("#f2ead8", "#5b3f30")}}),
    w("stripe-rug", "Flatwoven stripe rug", x.rug, "sky", "flat", 240, kind="stripes", seconds=("#f2ead8", "#2c3e5c")),
    w("border-rug", "Border rug", x.rug, "natural pine", "flat", 240, kind="border", seconds=("#7a2f2f", "#2c3e5c"),
      extra={"pine": {"seconds": ("#edd390", "#b9cdb8")}}),
    w("check-rug", "Checkerboard rug", x.rug, "bone", "flat", 240, kind="check", seconds=("#b8824f",)),
    w("pebble-rug", "Pebble rug", x.rug, "oat", "flat", 240, kind="blobs", seconds=("#c98a8a", "#6f8350"), fringe=False),
    w("wave-runner", "Wave runner", x.runner, "teal", "flat", 260, kind="lines", seconds=("#ece5d6",)),
    w("braided-rug", "Braided round rug", x.round_rug, "natural coral", "flat", 180, seconds=("#b5552f", "#ece5d6", "#39574a"),
      extra={"coral": {"seconds": ("#f2ead8", "#edd390", "#c98a8a")}}),
    w("rolled-rugs", "Kelim, rolled", x.rug_roll, "rust", "floor", 150, seconds=("#2f4c4a", "#edd390")),
    w("knit-pouf", "Knitted pouf", x.pouf, "ochre oat", "floor", 40),
    w("tea-towels", "Tea towels, set of three", x.towels, "white", "wall", 70, seconds=("#edd390", "#b9cdb8", "#c94f38")),
    w("patch-quilt", "Patchwork quilt", x.quilt, "blush", "flat", 200, seconds=("#39574a", "#f2ead8", "#dca53c", "#9db4c4")),
    w("sun-hanging", "Sun wall hanging", x.hanging, "cream", "wall", 90, seconds=("#d9762f", "#7a2f2f")),
    w("throw-basket", "Basket with throw", x.basket, "natural", "floor", 46),
)  # fmt: skip

d = partial(product, "Halden Furniture")
HALDEN = (
    d("slipper-chair", "Slipper chair", f.slipper_chair, "moss rust", "floor", 82),
    d("barrel-chair", "Barrel armchair", f.armchair, "cream ochre", "floor", 78),
    d("lounge-chair", "Lounge chair", f.lounge, "tan pine", "floor", 84),
    d("curve-chair", "Curve dining chair", f.dining_chair, "oak black", "floor", 80),
    d("ladder-chair", "Ladder-back chair", f.dining_chair, "walnut", "floor", 88, back="slat"),
    d("spindle-chair", "Spindle chair", f.dining_chair, "pine", "floor", 86, back="spindle"),
    d("milking-stool", "Milking stool", f.stool, "ash tomato", "floor", 45),
    d("bar-stool", "Bar stool", f.stool, "walnut", "floor", 72, high=True, seat="#b8824f"),
    d("hall-bench", "Hall bench", f.bench, "oak", "floor", 46, pad="#66737c"),
    d("three-seat-sofa", "Three-seat sofa", f.sofa, "sage clay", "floor", 80, cushions=("#edd390", "#ece5d6")),
    d("two-seat-sofa", "Two-seat sofa, bouclé", f.sofa, "bone navy", "floor", 80, seats=2, texture="boucle",
      cushions=("#b5552f",)),
    d("daybed", "Daybed", f.daybed, "oat", "floor", 60),
    d("drum-table", "Slatted drum table", f.round_table, "oak", "floor", 40),
    d("cone-table", "Cone coffee table", f.round_table, "black", "floor", 40, legs="cone"),
    d("side-table", "Round side table", f.round_table, "walnut", "floor", 52, legs="three", height=300),
    d("writing-desk", "Writing desk", f.desk, "camel", "floor", 76),
    d("trestle-table", "Trestle table", f.dining_table, "ash walnut", "floor", 75),
    d("sideboard", "Sideboard, three doors", f.sideboard, "walnut", "floor", 76),
    d("slat-sideboard", "Slatted sideboard", f.sideboard, "oak", "floor", 76, front="slat", doors=2),
    d("cane-cabinet", "Cane cabinet", f.sideboard, "black", "floor", 76, front="cane", doors=4),
    d("open-bookshelf", "Open bookshelf", f.bookshelf, "oak pine", "floor", 180),
    d("spindle-bed", "Bed in oak", f.bed, "oak walnut", "floor", 100, extra={"walnut": {"throw": "#39574a"}}),
    d("nightstand", "Nightstand", f.nightstand, "camel", "floor", 55),
    d("arch-mirror", "Arch mirror", f.mirror, "oak", "wall", 120),
    d("round-mirror", "Round mirror", f.mirror, "black", "wall", 80, shape="round"),
    d("pebble-mirror", "Pebble mirror", f.mirror, "walnut", "wall", 90, shape="pebble"),
    d("coat-stand", "Coat stand", f.coat_stand, "ash", "floor", 178),
    d("throw-ladder", "Throw ladder", f.ladder, "oak", "floor", 170, throws=("#b5552f", "#ece5d6", "#39574a")),
    d("plank-shelves", "Plank shelves, pair", f.wall_shelf, "oak", "wall", 70),
    d("rocking-chair", "Rocking chair", f.rocker, "cream", "floor", 96),
    d("ottoman", "Round ottoman", f.ottoman, "blush", "floor", 40),
)  # fmt: skip

y = partial(product, "Vestry Leather")
VESTRY = (
    y("frame-bag", "Frame bag", h.frame_bag, "camel pine", "stand", 34),
    y("market-tote", "Market tote", h.tote, "tan black", "stand", 42),
    y("slim-tote", "Slim tote", h.tote, "sky", "stand", 42, pocket=False),
    y("satchel", "Cross-body satchel", h.satchel, "cocoa ochre", "stand", 36),
    y("bucket-bag", "Bucket bag", h.bucket, "rust bone", "stand", 38),
    y("roll-top-pack", "Roll-top backpack", h.backpack, "slate olive", "stand", 46),
    y("weekender", "Weekender", h.weekender, "tan navy", "stand", 40, extra={"navy": {"trim": "#a9703f"}}),
    y("envelope-clutch", "Envelope clutch", h.clutch, "plum blush", "stand", 20),
    y("bifold", "Bifold wallet", h.wallet, "camel charcoal", "flat", 10),
    y("long-wallet", "Long wallet", h.wallet, "oxblood", "flat", 10, long=True),
    y("card-holders", "Card holders, pair", h.card_holder, "tan", "flat", 8, second="#39574a"),
    y("saddle-belt", "Saddle belt", h.belt, "cocoa black", "stand", 9),
    y("key-loop", "Key loop", h.key_fob, "camel", "flat", 12, second="#7a2f2f"),
    y("laptop-sleeve", "Laptop sleeve", h.sleeve, "tan slate", "flat", 26),
    y("zip-pouch", "Zip pouch", h.pouch, "ochre petrol", "flat", 16),
    y("wash-bag", "Wash bag", h.dopp, "cocoa", "stand", 16),
    y("journal-cover", "Journal cover with pen", h.notebook, "rust black", "flat", 22),
    y("glasses-case", "Glasses case", h.glasses_case, "moss", "flat", 7),
    y("luggage-tags", "Luggage tags, set of three", h.luggage_tags, "tan", "flat", 12, seconds=("#39574a", "#7a2f2f")),
    y("work-apron", "Work apron", h.apron, "cocoa", "wall", 90),
)  # fmt: skip
