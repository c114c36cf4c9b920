"""What Ondine Studio says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "tall-stoneware-vase": Words(
        "vases",
        9_600,
        "A bottle of a vase, thrown in one pull, with a shoulder that catches the light. Made for"
        " one branch, tolerates three.",
        "Stoneware. Medium 31 cm high, 14 cm across; large 42 cm high, 19 cm across. Watertight. "
        "The foot is unglazed; felt dots are in the box.",
        sizes=(("Medium", 0), ("Large", 4_400)),
    ),
    "wide-mouth-jar": Words(
        "vases",
        7_200,
        "Wide enough for the whole armful from the market, string included. The lip is turned "
        "outwards so that stems lean rather than snap.",
        "Stoneware, 24 cm high, mouth 13 cm. Satin glaze inside and out. Watertight, dishwasher "
        "safe.",
    ),
    "bottle-vase": Words(
        "vases",
        5_800,
        "A round belly and a neck you could close with a thumb. The last stem of the garden "
        "stands up straight in it until December.",
        "Stoneware, 22, 26 or 34 cm high, opening 2 cm. Comes with a bottle brush, because you will"
        " ask.",
        sizes=(("22 cm", 0), ("26 cm", 1_200), ("34 cm", 3_400)),
        axis="Height",
        looks=("corner.webp", "look-blue-hour.webp"),
    ),
    "bud-vases": Words(
        "vases",
        6_400,
        "Three small vases for what breaks off: the bent tulip, the sprig from the path, the "
        "rosemary. They look arranged wherever you put them down.",
        "Stoneware, set of three, 14 to 22 cm high. Glazes differ a little from set to set. Rinse"
        " by hand.",
    ),
    "nesting-bowls": Words(
        "bowls",
        8_800,
        "Three bowls thrown from one lump of clay, largest first. Salad, rice, olives; then they "
        "fold into each other and take up a single shelf.",
        "Stoneware, 26, 22 and 18 cm across. For oven, microwave and dishwasher.",
    ),
    "moon-jar": Words(
        "vases",
        13_200,
        "Two halves thrown apart and joined at the belly, so the roundness is never quite "
        "perfect. That line is where you are meant to look.",
        "Stoneware, 24 cm high, 26 cm across. Matt glaze. Watertight. Lift it by the belly, not "
        "by the lip.",
        sizes=(("24 cm", 0), ("32 cm", 7_800)),
    ),
    "gourd-vase": Words(
        "vases",
        11_400,
        "The shape is borrowed from a gourd on the studio windowsill, which has since been eaten."
        " Looks finished with nothing in it.",
        "Stoneware, 34 cm high, 18 cm across. Gloss glaze that pools darker at the waist. "
        "Watertight.",
    ),
    "fluted-cylinder": Words(
        "vases",
        5_400,
        "Forty flutes, cut one after the other with a bamboo knife while the clay was "
        "leather-hard. Side light does the rest.",
        "Stoneware, 22 cm high, 9 cm across. Unglazed outside, sealed inside. Wipe with a damp "
        "cloth.",
    ),
    "pitcher": Words(
        "carafes",
        6_800,
        "Pours without a drip, which took us eleven spouts to get right. Holds water for six, or "
        "the peonies when nobody is thirsty.",
        "Speckled stoneware, 1.6 litres, 24 cm high. Dishwasher safe. The handle stays cool.",
        sizes=(("1.6 litres", 0), ("2.2 litres", 1_600)),
    ),
    "two-handle-amphora": Words(
        "vases",
        16_400,
        "Throwing lines left on, handles pulled and set by hand. It has the posture of something "
        "that came up in a fishing net, and none of the barnacles.",
        "Stoneware, 44 cm high, 26 cm across. Watertight. Weighs 4 kg empty: put it where it will"
        " stay.",
    ),
    "ring-vase": Words(
        "vases",
        8_400,
        "A vase with a hole where other vases keep their water. It still holds a glassful, runs "
        "in a ring, and frames whatever stands behind it.",
        "Stoneware, 28 cm high, 24 cm across, 7 cm deep. Sandy matt glaze. Fill from a jug, dry "
        "upside down.",
    ),
    "trumpet-vase": Words(
        "vases",
        4_600,
        "Narrow at the waist and open at the top, so five stems fall into place by themselves. "
        "The easiest vase that we make to be good at.",
        "Stoneware, 23 cm high, mouth 9 cm. Fine grain, silky to the hand. Dishwasher safe.",
    ),
    "onion-vase": Words(
        "vases",
        7_800,
        "Squat, glossy and low, for a table where people want to see each other. The short neck "
        "holds a bunch together like a fist.",
        "Stoneware, 20 cm high, 22 cm across. Thick copper glaze. Watertight.",
    ),
    "pillow-vase": Words(
        "vases",
        9_200,
        "Pressed flat between two boards while soft, then left to breathe out. Stands on the "
        "narrowest mantelpiece with its back to the wall.",
        "Stoneware, 21 cm high, 28 cm wide, 11 cm deep. Sand in the glaze; rinse, do not scrub.",
    ),
    "stepped-vase": Words(
        "vases",
        10_400,
        "Three cylinders stacked like a very small lighthouse. Each step was thrown apart, and "
        "each has to fit the one below to a millimetre.",
        "Stoneware, 33 cm high, 15 cm across at the foot. Matt, grainy glaze. Watertight.",
    ),
    "terrace-planter": Words(
        "planters",
        5_200,
        "Frost-proof, with a hole in the bottom and a saucer that admits it. The rim is thick "
        "because pots are always lifted by the rim.",
        "Stoneware, 24 cm across, 22 cm high, with saucer. Stays out in winter down to −15 °C.",
        sizes=(("24 cm", 0), ("32 cm", 3_400), ("40 cm", 7_200)),
    ),
    "stand-planter": Words(
        "planters",
        11_800,
        "A plain pot lifted off the floor by four oak legs, out of reach of the vacuum cleaner. "
        "The plant gets the light, you get the floor back.",
        "Stoneware pot 22 cm across, oiled oak stand 34 cm high. No hole: water with restraint. "
        "The stand comes flat and slots together.",
    ),
    "cactus-pot": Words(
        "planters",
        3_600,
        "Low and wide, for things that want little and get too much. Its floor is raked so the "
        "water runs to the hole and leaves.",
        "Stoneware, 16 cm across, 13 cm high, drainage hole with cork. The cactus is yours to "
        "find.",
    ),
    "ginger-jar": Words(
        "vases",
        14_200,
        "A lid that settles with a low click, and a shoulder for the glaze to run down. Ginger, "
        "tea, biscuits, or the keys to the cellar.",
        "Stoneware, 32 cm high, 22 cm across, 4.5 litres. Food-safe inside. Lid and jar are fired"
        " together and marked as a pair.",
    ),
    "chamber-stick": Words(
        "candlesticks",
        3_800,
        "For carrying a flame to bed, or just down the corridor when the fuse has gone. The ring "
        "fits a finger, the dish catches the wax.",
        "Stoneware, 15 cm across with the ring, for candles of 22 mm. Wax comes off with hot "
        "water. Candle not included.",
    ),
    "footed-bowl": Words(
        "bowls",
        8_600,
        "A bowl that brings its own pedestal. Six lemons look like a painting in it; the seventh "
        "rolls off, so buy six.",
        "Stoneware, 30 cm across, 15 cm high. Throwing lines left visible. For table and oven, by"
        " hand into the sink.",
    ),
    "painted-plate": Words(
        "tableware",
        7_400,
        "A hill, a sun and a ring of teal, painted with a brush that has about nine hairs left. "
        "Made to hang, and safe to eat from if the guests insist.",
        "Stoneware, 27 cm across, with a hanging groove in the foot. Each is painted freehand; "
        "yours will be the only one.",
    ),
    "ikebana-dish": Words(
        "vases",
        6_200,
        "A shallow pool with a pin holder in it, for one branch and the air around it. Arranging "
        "takes a minute, looking takes longer.",
        "Stoneware, 24 cm across, 4 cm high, with a brass pin holder of 5 cm. Lift the holder out"
        " to clean.",
    ),
}
