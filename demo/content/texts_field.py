"""What Field Loom says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "throw-pile": Words(
        "throws",
        52_000,
        "The whole shelf at once: undyed, indigo, madder and a green we argue about. For a house "
        "with a cold end, or a family that does not share.",
        "Pure new wool, each 130 × 180 cm. Sent folded with cedar shavings. Air rather than wash.",
        title="Throws, set of five",
        lead_days=5,
    ),
    "arches-rug": Words(
        "rugs",
        41_000,
        "Hand-tufted arches and suns, in the colours that were left on the shelf when we began. "
        "Nobody has yet agreed which way is up.",
        "New Zealand wool on cotton, 14 mm high. Vacuum without the brush; turn it once a year.",
        lead_days=2,
        sizes=(("140 × 200 cm", 0), ("170 × 240 cm", 12_000)),
    ),
    "wool-throw": Words(
        "throws",
        12_800,
        "Broad stripes in the order they came off the dye line. Heavy enough to notice, light "
        "enough to drag to the sofa with one hand.",
        "Pure new wool, 130 × 180 cm, knotted fringe. Hang it out on a damp night and it is clean"
        " by morning.",
    ),
    "checked-throw": Words(
        "throws",
        13_600,
        "A shepherd’s check, woven in two shades of the same pot. From across the room it is a "
        "plain colour; from under it there is plenty to look at.",
        "Pure new wool, 140 × 190 cm. Cold hand wash with wool soap, dry flat.",
    ),
    "wool-cushion": Words(
        "cushions",
        5_400,
        "Felted wool with a plain face and a stitched edge. It is the cushion that lets the "
        "others have their patterns.",
        "Felted wool, 45 × 45 cm, filled with our own offcuts. Hidden zip. The cover washes at 30"
        " °C.",
        sizes=(("45 × 45 cm", 0), ("60 × 60 cm", 2_200)),
    ),
    "striped-cushion": Words(
        "cushions",
        5_800,
        "Deckchair stripes in wool, for people who take their holidays on the sofa. The stripes "
        "meet at the seam, on every one.",
        "Wool and linen, 50 × 50 cm, filling of wool offcuts. Cover with buttons, wash cold.",
    ),
    "diamond-cushion": Words(
        "cushions",
        6_200,
        "A trellis of fine lines with a little diamond where they cross: the pattern that new "
        "weavers learn last.",
        "Pure new wool, 48 × 48 cm, linen back. Filling of wool offcuts. Hidden zip, wash cold.",
    ),
    "arch-cushion": Words(
        "cushions",
        6_400,
        "Little arches in four colours, row upon row, like a town where everybody agreed on "
        "doors. Goes well with plain sofas and plain company.",
        "Embroidered cotton on linen, 50 × 50 cm, filling of wool offcuts. Cover washes at 30 °C,"
        " inside out.",
    ),
    "check-lumbar": Words(
        "cushions",
        4_900,
        "Long and low, for the small of the back and the long of the film. The checks are woven, "
        "not printed, so they wear but do not fade.",
        "Cotton and wool, 60 × 35 cm, firm filling. Hidden zip, wash at 30 °C.",
        title="Checkerboard lumbar cushion",
    ),
    "boucle-cushion": Words(
        "cushions",
        6_800,
        "All loops, no edges. Guests pick it up to see what it is and then do not put it down.",
        "Wool bouclé, 50 × 50 cm, filling of wool offcuts. Brush loops back with a fingertip. "
        "Wash cold, in a bag.",
    ),
    "cushion-pile": Words(
        "cushions",
        15_400,
        "A plain one, a striped one and a small one with opinions. We tried most of the "
        "combinations so that you need not.",
        "Wool and linen, 50, 45 and 40 × 28 cm. Filling of wool offcuts. Covers zip off, wash "
        "cold.",
        title="Cushions, set of three",
    ),
    "diamond-rug": Words(
        "rugs",
        56_000,
        "Knotted by two people sitting side by side, who must keep the same rhythm or the lattice"
        " leans. This one does not lean.",
        "Hand-knotted wool, undyed ground, 18 mm high, fringe on both ends. Vacuum gently, beat "
        "in snow if you have any.",
        lead_days=7,
        sizes=(("160 × 230 cm", 0), ("200 × 300 cm", 34_000)),
    ),
    "stripe-rug": Words(
        "rugs",
        19_600,
        "Flatwoven, reversible and fond of bare feet. When one side has had enough of the "
        "children, show them the other.",
        "Wool on cotton, 5 mm thick. Both sides are the right side. Underlay recommended on wood.",
        sizes=(("80 × 250 cm", 0), ("160 × 230 cm", 5_200), ("200 × 300 cm", 19_200)),
    ),
    "border-rug": Words(
        "rugs",
        38_000,
        "A calm middle and two thin frames, so that the table standing on it looks as if it had "
        "been measured for.",
        "Wool and jute, 170 × 240 cm, 10 mm high, short fringe. Blot spills with a dry cloth; do "
        "not rub.",
        lead_days=3,
    ),
    "check-rug": Words(
        "rugs",
        44_000,
        "A checkerboard in shaggy wool, large enough for a game with children as the pieces. The "
        "squares are not quite square. They were woven by hand and in good spirits.",
        "Wool, 150 × 210 cm, 22 mm high. Sheds a little in the first month, then stops.",
        lead_days=4,
    ),
    "pebble-rug": Words(
        "rugs",
        62_000,
        "Three pebbles from the beach at Matosinhos, drawn by an eight-year-old and tufted by her"
        " mother at a scale of forty to one.",
        "Hand-tufted wool on cotton, 170 × 240 cm, pebbles raised by 4 mm. Vacuum without the "
        "brush.",
        lead_days=7,
    ),
    "wave-runner": Words(
        "rugs",
        21_600,
        "For the corridor that you only ever walk through. Eight waves from door to door; a "
        "toddler can surf it in four.",
        "Flatwoven wool, 75 × 240 cm, fringe on both ends. Underlay included, because corridors "
        "are slippery.",
        sizes=(("75 × 240 cm", 0), ("75 × 340 cm", 8_400)),
    ),
    "braided-rug": Words(
        "rugs",
        28_400,
        "Leftover yarn braided into a rope of ninety metres and coiled from the middle outwards. "
        "We stop when it is round enough.",
        "Wool and cotton, 150 cm across, 12 mm thick. Reversible. Small ones go into the washing "
        "machine of a launderette.",
        title="Braided round rug",
        lead_days=2,
        sizes=(("150 cm", 0), ("200 cm", 17_600)),
    ),
    "rolled-rugs": Words(
        "rugs",
        34_000,
        "A slit-weave kelim in sun colours, thin enough to roll under an arm. It has been to a "
        "picnic and came back.",
        "Wool on cotton, 140 × 200 cm, 4 mm thick. No fringe to trip over. Shake, air, turn.",
        title="Striped kelim",
        lead_days=2,
    ),
    "knit-pouf": Words(
        "seating",
        18_600,
        "Knitted on needles as thick as broomsticks, then stuffed until it resists. A footstool, "
        "a seat for an uncle, a table with a tray.",
        "Felted wool rope, 55 cm across, 32 cm high. Filled with offcuts and buckwheat. The cover"
        " unlaces.",
        lead_days=3,
    ),
    "tea-towels": Words(
        "tableware",
        3_400,
        "Two stripes and a check, with a loop where a loop should be. The linen is dull for a "
        "week, then it dries glasses better than anything you own.",
        "Linen and cotton, 50 × 70 cm, set of three. Wash at 60 °C, as hot as the kitchen was.",
    ),
    "patch-quilt": Words(
        "throws",
        29_800,
        "Triangles from every cotton we dyed last year, pieced by four people at one table. Look "
        "for the one patch that is the wrong way round. It is on purpose; ask Marta.",
        "Cotton, wool wadding, hand-quilted, 200 × 220 cm. Wash at 30 °C, line dry.",
        lead_days=7,
    ),
    "sun-hanging": Words(
        "throws",
        11_200,
        "A small banner for a wall with nothing on it: a sun, a horizon, and stripes like fields "
        "after the harvest.",
        "Wool and cotton, 45 × 70 cm, on an oak rod with cord. One nail is enough.",
        lead_days=3,
    ),
    "throw-basket": Words(
        "storage",
        16_800,
        "A palm basket and the madder throw that lives in it. Solves the evening and the tidying "
        "up after it.",
        "Palm leaf, 42 cm across, 38 cm high; wool throw, 130 × 170 cm. Keep the basket dry and "
        "it will outlast two throws.",
    ),
}
