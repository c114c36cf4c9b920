"""What North Paper says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "low-sun": Words(
        "prints",
        7_800,
        "The hour when the ferry turns and the whole deck goes orange. One sun, two hills, and "
        "plenty of paper around them so that it can set in peace.",
        "Giclée on cotton paper, 270 g, framed in ash with real glass. Edition of two hundred, "
        "signed in pencil.",
        sizes=(("40 × 50 cm", 0), ("60 × 80 cm", 5_400)),
    ),
    "five-moons": Words(
        "prints",
        8_400,
        "Five phases, one after the other, on a blue so dark that it took three passes. Hangs "
        "well in a corridor that you cross at night.",
        "Giclée on cotton paper, 40 × 60 cm, framed in black ash with real glass. Edition of two "
        "hundred.",
    ),
    "garden-leaf": Words(
        "prints",
        6_200,
        "One stem from the allotment, drawn life-size before it wilted. You can see where the two"
        " greens overlap; that is the charm of a risograph.",
        "Risograph in two greens, 30 × 40 cm, framed with real glass. Edition of one hundred and "
        "fifty.",
    ),
    "gate": Words(
        "prints",
        9_200,
        "Arches inside arches, ending at a very small door. Screen-printed by hand, so the layers"
        " sit on the paper and you can feel them with a fingertip.",
        "Screen print in four colours, 50 × 70 cm, framed in walnut. Edition of eighty, numbered.",
    ),
    "work-week": Words(
        "prints",
        4_800,
        "A circle for Monday, a block for Wednesday, a hill for Friday and a dot for the idea you"
        " had on the tram. Nobody needs to know that it is a diagram.",
        "Offset poster on 200 g paper, 50 × 70 cm, with oak rails and cord. The rails hold by "
        "magnet.",
        sizes=(("50 × 70 cm", 0), ("70 × 100 cm", 2_600)),
    ),
    "anemones": Words(
        "prints",
        7_400,
        "Four anemones in a jug, cut from paper first and printed afterwards. They have lasted "
        "longer than any we were given.",
        "Giclée on cotton paper, 40 × 50 cm, framed in pale ash with real glass. Edition of two "
        "hundred.",
    ),
    "tideline": Words(
        "prints",
        4_600,
        "Ten lines from the same beach at ten minutes’ interval. The darkest is where the sea got"
        " our shoes.",
        "Offset poster on 200 g paper, 50 × 70 cm, with black rails and cord. Change the poster, "
        "keep the rails.",
    ),
    "two-peaks": Words(
        "prints",
        8_800,
        "Four blues, three ridges and a dark moon at midday. Tallinn has no mountains; one has to"
        " make one’s own.",
        "Giclée on cotton paper, 60 × 40 cm, framed with real glass. Edition of two hundred, "
        "signed.",
    ),
    "three-lemons": Words(
        "prints",
        5_200,
        "Cut in half and still wet, or so the yellow says. A print for the kitchen wall that "
        "never gets any sun.",
        "Risograph in yellow, green and sky, 30 × 42 cm, with two brass clips. Edition of three "
        "hundred.",
    ),
    "cairn": Words(
        "prints",
        7_200,
        "Five stones that balance without gravity’s help. We built it on the shore as well; it "
        "stood for the length of a sandwich.",
        "Screen print in four greys and a red, 40 × 60 cm, framed in oak. Edition of one hundred.",
    ),
    "tile-study": Words(
        "prints",
        5_400,
        "Quarter circles, tile by tile, and no two rows alike. People start looking for the "
        "repeat and are late for things.",
        "Offset poster on 200 g paper, 50 × 70 cm, with walnut rails and cord.",
    ),
    "three-birds": Words(
        "prints",
        3_800,
        "Swallows cross an afternoon sun. Unframed and held by two clips, because it is a light "
        "thing and should be allowed to move.",
        "Giclée on cotton paper, 30 × 42 cm, with two black clips. Open edition, signed on the "
        "back.",
    ),
    "gallery-trio": Words(
        "prints",
        14_600,
        "A hill, a leaf and a column of beans, in three sizes that get along. There is a paper "
        "template in the box: tape it up, mark three nails, done.",
        "Three giclée prints, 21 × 30, 30 × 40 and 15 × 21 cm, framed with real glass.",
    ),
    "notebook-stack": Words(
        "paper",
        3_600,
        "Five notebooks for five beginnings. The thread is waxed, the spine lies flat, and the "
        "first page is already a little off-white to take away the fear.",
        "80 pages of 100 g paper each, A5: two plain, two dotted, one ruled. Stitched by hand.",
    ),
    "sketchbook": Words(
        "paper",
        2_400,
        "A spiral book with a cover cut from poster misprints. It folds right over, so it can "
        "stand on a knee on a train.",
        "60 sheets of 160 g paper, 24 × 30 cm, with pencil. Takes ink, and watercolour if you do "
        "not insist.",
    ),
    "greeting-cards": Words(
        "paper",
        1_400,
        "A sun, a branch and a bunch of flowers, blank inside. What you say is up to you; the "
        "paper is thick enough for it to matter.",
        "Three folded cards, 12 × 17 cm, risograph on 300 g paper, with envelopes.",
    ),
    "wall-calendar": Words(
        "paper",
        2_800,
        "Twelve hills, one a month, growing darker towards December. The boxes are small on "
        "purpose: what does not fit should not be that day.",
        "30 × 48 cm, 13 sheets, spiral bound. Weeks begin on Monday, holidays of fourteen "
        "countries in the margin.",
    ),
    "gift-wrap": Words(
        "paper",
        1_800,
        "Dots, stripes, chevrons and petals, on paper that folds sharp and can be ironed. The "
        "present should be good, too.",
        "Four rolls, 50 × 200 cm each, 90 g recycled paper. No foil, no glitter, no regrets in "
        "the paper bin.",
    ),
    "letter-set": Words(
        "paper",
        3_200,
        "Twelve sheets, twelve envelopes and a stick of wax with a seal. A letter takes twenty "
        "minutes and is kept for forty years.",
        "Cotton paper, 120 g, lined envelopes, wax for about thirty letters, brass seal with a "
        "star.",
    ),
    "leaf-mobile": Words(
        "paper",
        4_200,
        "Four leaves of folded paper on wire arms. It notices the door opening before you do.",
        "Paper, 220 g, steel wire, 44 cm wide. Comes flat; hanging takes ten minutes and one held"
        " breath.",
    ),
    "desk-set": Words(
        "paper",
        4_400,
        "A cup for pens, two trays for paper and a block for what comes to mind. Made of "
        "bookbinder’s board, so it ages at the corners like a good book.",
        "Grey board covered in coloured paper. Cup 10 cm high, trays A5 and A6, block of 300 "
        "sheets. Wipe dry.",
        title="Desk set, card and paper",
        lead_days=1,
    ),
    "bookmarks": Words(
        "paper",
        1_200,
        "Four strips cut from our favourite proofs, each with a tassel. For people who have four "
        "books on the go and deny it.",
        "Risograph on 300 g paper, 4.5 × 18 cm, cotton tassels. Set of four.",
    ),
}
