"""What Vestry Leather says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "frame-bag": Words(
        "bags",
        42_000,
        "A brass frame that closes with the sound of a good car door. Inside: one pocket for the "
        "telephone and one for what you do not talk about.",
        "Vegetable-tanned leather, linen lining, brass frame, 26 × 21 × 11 cm. Rub in a little "
        "balm each winter.",
        lead_days=5,
    ),
    "market-tote": Words(
        "bags",
        32_000,
        "Stands up by itself while you look for the change. The front pocket takes a paperback, "
        "the inside takes the leeks.",
        "Vegetable-tanned leather, 36 × 34 × 14 cm, handles 24 cm. Carries 12 kg. Darkens where "
        "you hold it.",
        lead_days=4,
        sizes=(("Medium", 0), ("Large", 4_800)),
    ),
    "slim-tote": Words(
        "bags",
        26_000,
        "For a laptop, a newspaper and the illusion of order. The handles are rolled around rope,"
        " so they do not cut by the end of the day.",
        "Vegetable-tanned leather, 32 × 36 × 8 cm, unlined. Magnet inside the top edge. Wipe with"
        " a dry cloth.",
        lead_days=3,
    ),
    "satchel": Words(
        "bags",
        36_000,
        "Two compartments, one flap, and a lock that looks more serious than it is. The strap is "
        "long enough for a bicycle and short enough for a tram.",
        "Vegetable-tanned leather, 30 × 24 × 10 cm, strap 90 to 130 cm. Solid brass. Restitched "
        "for life.",
        title="Cross-body satchel",
        lead_days=5,
    ),
    "bucket-bag": Words(
        "bags",
        29_000,
        "Drawn shut with one pull, opened with two fingers. It began as a bag for a champagne "
        "bottle and still fits one exactly.",
        "Vegetable-tanned leather, 24 cm across, 28 cm high, suede cord. Strap and handle are "
        "both in the box.",
        lead_days=4,
    ),
    "roll-top-pack": Words(
        "bags",
        39_000,
        "Rolls down for a Tuesday and up for a long weekend. Straps of saddle leather, and a "
        "hidden pocket against your back for the passport.",
        "Waxed canvas and leather, 18 to 24 litres, sleeve for 15 inches. Sponge with cold water,"
        " wax once a year.",
        lead_days=5,
    ),
    "weekender": Words(
        "bags",
        52_000,
        "Two nights, three if you are strict. Opens wide like a doctor’s bag, so the socks are "
        "where you packed them.",
        "Vegetable-tanned leather, cotton lining, 50 × 28 × 24 cm. Fits the rack above every "
        "train seat we have tried.",
        lead_days=7,
    ),
    "envelope-clutch": Words(
        "bags",
        16_800,
        "Cut from one piece and folded like a letter. Takes a telephone, keys and a card, which "
        "is all that a good evening needs.",
        "Vegetable-tanned leather, 26 × 17 cm, wrist loop, brass stud. Unlined, edges waxed.",
    ),
    "bifold": Words(
        "leather",
        8_900,
        "Four cards, some notes and no room for receipts: it keeps you tidy. The edges are "
        "burnished with a bone, eleven strokes a side.",
        "Vegetable-tanned leather, 11 × 9 cm, 9 mm thick when full. Linen thread.",
    ),
    "long-wallet": Words(
        "leather",
        12_400,
        "For people who do not fold their money. Six cards, two long pockets and a zip for coins "
        "that does not take the lining with it.",
        "Vegetable-tanned leather, 19 × 10 cm, brass zip. Initials are stamped without extra cost.",
    ),
    "card-holders": Words(
        "leather",
        6_800,
        "One for work and one for play, cut from neighbouring parts of the hide. Three cards "
        "each, four after a month.",
        "Vegetable-tanned leather, 10 × 7.5 cm. Set of two. They stretch, slowly, like everybody.",
    ),
    "saddle-belt": Words(
        "leather",
        9_800,
        "One strip of bridle leather from shoulder to tail, with a buckle that two people have "
        "tried to bend. It remembers your hole.",
        "Bridle leather, 3.2 cm wide, 4 mm thick, solid brass. Order your trouser size; we punch "
        "five holes.",
        sizes=(("80 cm", 0), ("90 cm", 0), ("100 cm", 0), ("110 cm", 600)),
    ),
    "key-loop": Words(
        "leather",
        3_900,
        "Two loops for two sets of keys, so you can tell home from work by feel. The ring is "
        "steel and takes a screwdriver to open, not a fingernail.",
        "Vegetable-tanned leather, 11 cm long, saddle-stitched. Set of two.",
        title="Key loops, pair",
    ),
    "laptop-sleeve": Words(
        "leather",
        14_800,
        "A sleeve with a notch for the thumb and felt on the inside. No zip to scratch the lid, "
        "no flap to fold away at security.",
        "Vegetable-tanned leather, wool felt. Fits snugly at first and perfectly from the second "
        "week.",
        sizes=(("13 inches", 0), ("16 inches", 2_200)),
    ),
    "zip-pouch": Words(
        "leather",
        7_200,
        "Pens, chargers, brushes, or the things you would otherwise find at the bottom. The pull "
        "tab is long enough for gloves.",
        "Vegetable-tanned leather, 23 × 12 cm, brass zip. Unlined, so it can be wiped out.",
    ),
    "wash-bag": Words(
        "leather",
        13_600,
        "Opens into a tray, stands on the edge of a basin and shrugs off a leaking tube. The "
        "canvas inside has seen worse than you.",
        "Vegetable-tanned leather, waxed cotton lining, 25 × 14 × 11 cm. Wipe the lining with "
        "soap and water.",
    ),
    "journal-cover": Words(
        "leather",
        9_400,
        "A coat for a notebook, with a strap to hold thoughts in. The pen is by the cover’s side "
        "because it always was elsewhere.",
        "Vegetable-tanned leather for A5 books up to 2 cm thick, one book of 160 pages and a pen "
        "included. Refills at any stationer’s.",
    ),
    "glasses-case": Words(
        "leather",
        6_400,
        "Soft where the lenses are, stiff where you sit down. Closes with one stud, found in the "
        "dark by reading people everywhere.",
        "Vegetable-tanned leather, felt lining, 17 × 7 cm. For frames up to 15 cm wide. Glasses "
        "not included.",
    ),
    "luggage-tags": Words(
        "leather",
        5_400,
        "Three colours, so the family can argue about bags and not about whose. The card slides "
        "in from behind and cannot be read in passing.",
        "Vegetable-tanned leather, 11 × 6 cm, strap with brass stud. Set of three, with cards.",
    ),
    "work-apron": Words(
        "leather",
        17_200,
        "For the stove, the wheel or the bench. Straps cross at the back, so it hangs from the "
        "shoulders and not from the neck, and the pocket is split for a pencil.",
        "Split leather, cotton straps, 62 cm wide. Sponge clean. Gets better with every stain "
        "that you can explain.",
        lead_days=5,
        sizes=(("Short (70 cm)", 0), ("Long (85 cm)", 1_600)),
    ),
}
