"""What Halden Furniture says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "slipper-chair": Words(
        "seating",
        69_000,
        "Low, armless and channelled down the back, for the bedroom corner where clothes used to "
        "live. Turn it to the window and it is a reading chair.",
        "Beech frame, wool cover, ash legs. 58 × 66 cm, 82 cm high, seat at 40 cm. Cover is "
        "renewed for half a price at any age.",
        lead_days=21,
    ),
    "three-seat-sofa": Words(
        "seating",
        189_000,
        "Three real seats, not two and a diplomat. The arms are wide enough for a cup, the back "
        "is low enough for a conversation over it.",
        "Ash frame without a screw, wool cover, down and latex. 214 × 92 cm, 78 cm high. Covers "
        "zip off for the wash. Goes through doors of 76 cm.",
        lead_days=28,
        sizes=(("Three seats", 0), ("Four seats", 38_000)),
    ),
    "barrel-chair": Words(
        "seating",
        98_000,
        "A round back that puts an arm about you without being asked. In bouclé it looks like a "
        "sheep with good manners.",
        "Beech frame, wool bouclé, ash feet. 84 × 80 cm, 74 cm high. Seat cushion turns over.",
        lead_days=21,
    ),
    "lounge-chair": Words(
        "seating",
        112_000,
        "The chair our grandfather built for the upper deck, with a steeper back and no "
        "lifejacket under the seat. Leather straps carry the cushion, and you.",
        "Oiled ash, leather cushions on webbing. 68 × 82 cm, 102 cm high. Oil the arms once a "
        "year.",
        lead_days=21,
    ),
    "curve-chair": Words(
        "seating",
        36_000,
        "The top rail is bent over steam and fits the back like a hand. Light enough to lift with"
        " two fingers, which you will do to impress people.",
        "Ash, wool seat, 46 × 50 cm, 80 cm high, seat at 46 cm. Stained or oiled. Six go into one"
        " delivery.",
        title="Curve dining chair",
        lead_days=18,
    ),
    "ladder-chair": Words(
        "seating",
        39_000,
        "Four rungs, each curved a little more than the one below. An old pattern from the island"
        " farms; we changed the height, because people grew.",
        "Walnut, wool seat, 45 × 49 cm, 96 cm high, seat at 46 cm. Joints pegged and wedged.",
        lead_days=18,
    ),
    "spindle-chair": Words(
        "seating",
        34_000,
        "Seven spindles, turned one at a time and none of them for show: take one out and the "
        "back complains. Painted in linseed oil paint, which ages into a bloom.",
        "Beech, wool pad, 44 × 48 cm, 86 cm high. Touch-up paint is in the bag.",
        lead_days=18,
    ),
    "milking-stool": Words(
        "seating",
        16_800,
        "Three legs never wobble, whatever your floor thinks of itself. A seat by the stove, a "
        "table by the bath, a step to the top shelf.",
        "Solid ash, 34 cm across. Legs are wedged from above. Oil it, or let it go grey.",
        lead_days=14,
        sizes=(("45 cm high", 0), ("65 cm high", 4_200)),
    ),
    "bar-stool": Words(
        "seating",
        28_000,
        "A turned seat with a leather pad, and a rung exactly where your heel expects it. People "
        "stay for another one.",
        "Walnut, leather pad, 38 cm across. Rung capped with brass.",
        lead_days=14,
        sizes=(("65 cm high", 0), ("75 cm high", 1_800)),
    ),
    "hall-bench": Words(
        "seating",
        52_000,
        "Somewhere to sit while you look for the other shoe. The pad is buttoned down with four "
        "buttons and has never been known to slide.",
        "Oak, wool pad, 120 × 38 cm, 46 cm high. The pad unties for the wash.",
        lead_days=21,
        sizes=(("120 cm", 0), ("150 cm", 9_000)),
    ),
    "two-seat-sofa": Words(
        "seating",
        148_000,
        "For two people on good terms, or one with a book and a dog. The short sofa for the long "
        "wall that turned out to be not so long.",
        "Ash frame, wool bouclé, down and latex. 158 × 90 cm, 80 cm high. Covers zip off. Legs "
        "unscrew for the stairs: the one screw we allow.",
        lead_days=28,
    ),
    "daybed": Words(
        "seating",
        134_000,
        "A bench by day, a bed for whoever missed the last train. The two bolsters are stuffed "
        "hard enough to lean on and soft enough to lose.",
        "Oak frame, wool mattress, two bolsters. 200 × 84 cm, 42 cm high. Slatted base, cover "
        "washable.",
        lead_days=28,
    ),
    "drum-table": Words(
        "tables",
        98_000,
        "Forty-eight slats in a ring under an oak top. It hides its middle, so it can also hide "
        "the good whisky.",
        "Solid oak, 120 cm across, 74 cm high. One slat is a door. Hardwax oil; rings of glasses "
        "come off with a cloth.",
        lead_days=24,
    ),
    "cone-table": Words(
        "tables",
        64_000,
        "A round top on a cone, stained black so that you still see the grain. No legs to catch a"
        " shin on in the dark.",
        "Stained ash, 90 cm across, 42 cm high. The cone is open below and weighted. Wipe with a "
        "damp cloth.",
        title="Cone coffee table",
        lead_days=21,
    ),
    "side-table": Words(
        "tables",
        24_800,
        "Exactly one lamp, one book and one glass. We tried making it larger, and people put "
        "their post on it.",
        "Walnut, 42 cm across, 52 cm high. Legs screw in by hand, with wooden threads.",
        lead_days=14,
    ),
    "writing-desk": Words(
        "tables",
        89_000,
        "Two shallow drawers: one for pens and one for what you do not want to see today. The "
        "back is finished too, so it can face the room.",
        "Ash with a leather-coloured oil, brass knobs, 130 × 62 cm, 75 cm high. Cable slot behind"
        " the right drawer.",
        lead_days=24,
    ),
    "trestle-table": Words(
        "tables",
        76_000,
        "A solid top on two trestles that fold flat in a minute. Dinner for eight on Saturday, "
        "cutting table on Sunday, against the wall on Monday.",
        "Solid wood, top 28 mm, 74 cm high. Trestles lock with a peg. Top is oiled on both sides,"
        " so that it stays flat.",
        lead_days=21,
        sizes=(("180 × 80 cm", 0), ("220 × 90 cm", 14_000)),
    ),
    "sideboard": Words(
        "storage",
        169_000,
        "Three doors, cut from one board so that the grain runs across all of them. Inside there "
        "is room for the whole dinner service and the box of chargers.",
        "Walnut, brass knobs, 165 × 45 cm, 72 cm high. Shelves move in steps of 3 cm. Openings "
        "for cables in the back.",
        lead_days=28,
    ),
    "slat-sideboard": Words(
        "storage",
        178_000,
        "Sliding fronts of narrow slats that let sound and a remote control’s signal through, but"
        " not the look of what is in there.",
        "Oak, 180 × 44 cm, 64 cm high. Doors run on wooden rails; a little wax in spring.",
        lead_days=28,
    ),
    "cane-cabinet": Words(
        "storage",
        142_000,
        "Four doors of woven cane in a dark frame. The linen inside can breathe, and you can "
        "almost see it, which keeps the folding honest.",
        "Stained ash, natural cane, 160 × 42 cm, 82 cm high. Mist the cane twice a year to keep "
        "it tight.",
        lead_days=28,
    ),
    "open-bookshelf": Words(
        "storage",
        78_000,
        "Open at the back, so light goes through and books lean on each other. Reaches a "
        "shoulder, not the ceiling; you can always have two.",
        "Solid ash under oil or paint, 80 × 32 cm, 150 cm high, four shelves. Fixed to the wall "
        "with one hidden screw.",
        lead_days=21,
    ),
    "spindle-bed": Words(
        "furniture",
        159_000,
        "A headboard to sit against and no footboard to bump into. The slats rest on felt, so the"
        " bed keeps what it hears to itself.",
        "Solid wood, slatted base included, mattress and linen not. Headboard 96 cm high. Put "
        "together with six wooden wedges.",
        title="Panel bed",
        lead_days=28,
        sizes=(("140 × 200 cm", 0), ("160 × 200 cm", 12_000), ("180 × 200 cm", 22_000)),
    ),
    "nightstand": Words(
        "storage",
        42_000,
        "One drawer for what you need at three in the morning, one shelf for what you meant to "
        "read. Rounded at the corner nearest to your knee.",
        "Ash, brass knob, 44 × 38 cm, 58 cm high. Drawer runs on beech, dovetailed at the front.",
        lead_days=18,
    ),
    "arch-mirror": Words(
        "storage",
        58_000,
        "Tall enough to see your shoes and arched enough to flatter the room. Lean it, or hang it"
        " a hand above the skirting board.",
        "Oak frame, 5 mm glass, 70 × 165 cm. Wall fixings and felt feet included. 19 kg: bring a "
        "friend.",
        lead_days=14,
    ),
    "round-mirror": Words(
        "storage",
        28_000,
        "A black ring, thin as a pencil line, around a good deal of daylight. Opposite the window"
        " it counts as a second one.",
        "Stained ash frame, 5 mm glass. Hangs on one hook with a stop against tilting.",
        lead_days=14,
        sizes=(("70 cm", 0), ("100 cm", 14_000)),
    ),
    "pebble-mirror": Words(
        "storage",
        34_000,
        "Not round, not oval: the outline of a stone that somebody kept in a coat pocket. Hang it"
        " either way up; it is right both times.",
        "Walnut frame bent from one strip, 78 × 88 cm. Two hooks, four positions.",
        lead_days=14,
    ),
    "coat-stand": Words(
        "storage",
        39_000,
        "Arms turned like branches, and feet wide enough for a wet winter coat on one side only. "
        "Visitors find a free arm without asking.",
        "Ash, 178 cm high, foot 52 cm. Comes in three parts that screw together by hand.",
        lead_days=14,
    ),
    "throw-ladder": Words(
        "storage",
        18_600,
        "It leads nowhere, and blankets love it. The rungs are far enough apart for thick wool "
        "and the top is felted, to be kind to the wall.",
        "Oak, 50 cm wide, 175 cm high, five rungs. Leans at the angle that it prefers. Throws not"
        " included.",
        lead_days=14,
    ),
    "plank-shelves": Words(
        "storage",
        22_400,
        "Two planks and no visible bracket. They hold forty paperbacks each; we counted, then we "
        "sat on one.",
        "Solid oak, 20 cm deep, 28 mm thick. Steel rods and a drilling template included. Holds "
        "25 kg each.",
        title="Plank shelves, pair",
        lead_days=14,
        sizes=(("80 cm", 0), ("110 cm", 4_800)),
    ),
    "rocking-chair": Words(
        "seating",
        94_000,
        "The runners are cut so that it stops before the wall does, wherever you begin. Good with"
        " infants, cellos rehearsed in the head, and rain.",
        "Ash, wool bouclé, 64 × 88 cm, 98 cm high. Felt under the runners. Signed beneath the "
        "seat.",
        lead_days=24,
    ),
    "ottoman": Words(
        "seating",
        46_000,
        "Half of a lounge chair that the lounge chair did not know it needed. Also a seat, when "
        "everybody comes.",
        "Beech frame, wool bouclé, 72 cm across, 40 cm high. Cover zips off. Feet of solid ash.",
        lead_days=18,
    ),
}
