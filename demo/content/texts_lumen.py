"""What Lumen & Oak says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "dome-lamp": Words(
        "table-lamps",
        14_800,
        "A dome of spun steel on a turned stem. The inside is white, so that the light comes down"
        " warm and stays on the table.",
        "42 cm high, shade 30 cm. E27, LED bulb of 2,700 K included. Textile cord of 2 m, dimmer "
        "on the cord.",
    ),
    "dome-lamp-duo": Words(
        "table-lamps",
        23_800,
        "The dome lamp and its younger sibling, which is a hand shorter. One for the sideboard, "
        "one for the bed, or both on a long shelf in conversation.",
        "42 and 34 cm high. Two E27 bulbs included, a dimmer on each cord. Cheaper than one and "
        "one.",
    ),
    "mushroom-lamp": Words(
        "table-lamps",
        16_800,
        "Cap and stem in one material and one colour, rounded wherever a hand might pass. "
        "Switched off it is a small sculpture; switched on, everybody moves closer.",
        "Powder-coated steel, 36 cm high, cap 34 cm. E27, bulb included. Touch dimmer under the "
        "cap, three steps.",
        sizes=(("Small", 0), ("Large", 5_200)),
    ),
    "pleated-lamp": Words(
        "table-lamps",
        18_400,
        "A shade of sixty pleats folded by one person in one afternoon, over a glazed belly. The "
        "pleats turn a plain bulb into something like morning.",
        "Ceramic base, cotton shade 36 cm across, 48 cm high in all. E27, bulb included. Dust "
        "with a soft brush along the folds.",
    ),
    "column-base-lamp": Words(
        "table-lamps",
        15_600,
        "A short column of turned oak under a linen shade: the lamp you would draw if somebody "
        "said lamp. It has survived every move of the workshop.",
        "Oiled oak, linen shade 34 cm across, 40 cm high in all. E27, bulb included. Shades come "
        "off without tools.",
    ),
    "globe-lamp": Words(
        "table-lamps",
        11_800,
        "Opal glass on a collar of spun brass, no bigger than a grapefruit and about as cheerful."
        " For a shelf that is dark at the back.",
        "Mouth-blown glass 20 cm across, 26 cm high. E14, bulb included. The glass lifts off for "
        "dusting.",
        sizes=(("20 cm", 0), ("28 cm", 4_600)),
    ),
    "paper-column": Words(
        "table-lamps",
        9_800,
        "A roll of mulberry paper held by two walnut rings. It gives no more light than a window "
        "at five in the afternoon, and that is the point.",
        "Paper on a steel frame, walnut rings, 46 cm high, 20 cm across. E27, LED of 4 W "
        "included. Spare paper costs a postcard and €12.",
    ),
    "carry-lantern": Words(
        "table-lamps",
        13_200,
        "Cordless, with a handle that knows what it is for. Dinner on the balcony, a book in the "
        "bath, the fuse box at midnight.",
        "Steel and opal polycarbonate, 28 cm high. 12 to 60 hours on a charge by USB-C. "
        "Splash-proof. The battery is replaced with one screw.",
    ),
    "task-lamp": Words(
        "table-lamps",
        17_600,
        "Two arms, three joints and a head that stays where you leave it. The counterweight is "
        "hidden in the foot, so nothing creaks and nothing sags.",
        "Steel and brass, reach 78 cm, foot 20 cm. E27, bulb included. Joints are tightened with "
        "a coin.",
    ),
    "tripod-lamp": Words(
        "floor-lamps",
        32_800,
        "Three oak legs that meet under a linen shade, and a cord that runs down inside one of "
        "them. Find which, and you have found the switch.",
        "Oak, linen shade 45 cm across, 148 cm high. E27, bulb included. Foot switch with dimmer."
        " Comes in two parts.",
    ),
    "arc-lamp": Words(
        "floor-lamps",
        49_000,
        "Light over the table without a hole in the ceiling. The marble foot weighs what a dog "
        "weighs, so the arm can reach right over the sofa.",
        "Steel tube, marble foot, 196 cm high, reach 105 cm. E27, bulb included. Two people carry"
        " it; felt under the foot.",
    ),
    "dome-pendant": Words(
        "pendants",
        21_800,
        "Spun from one disc of aluminium on the old lathe, enamelled outside, white within. Hang "
        "it sixty centimetres over the table and invite someone.",
        "38 cm across, 26 cm high. E27, bulb included. Textile cord of 3 m with canopy.",
        sizes=(("38 cm", 0), ("52 cm", 8_800)),
    ),
    "cone-pendant": Words(
        "pendants",
        14_200,
        "A straightforward cone with a straightforward job: the chopping board, the workbench, "
        "the page. The edge is rolled, so it does not cut the light too sharply.",
        "Steel, 30 cm across, 22 cm high. E27, bulb included. Cord of 2.5 m; longer on request, "
        "at no cost.",
    ),
    "bell-pendant": Words(
        "pendants",
        19_600,
        "Clay, thrown as a bell by the potters we share a harbour with, ringed while it turned. "
        "It is the only lamp here that sounds good when you tap it.",
        "Stoneware, 28 cm across, 30 cm high, 2.4 kg. E27, bulb included. Needs a proper ceiling "
        "hook, which is in the box.",
    ),
    "disc-pendant": Words(
        "pendants",
        16_400,
        "Nearly flat, so it suits rooms where the ceiling is not where you hoped. Seen from the "
        "side it is a line; seen from the table it is a moon.",
        "Spun steel, 42 cm across, 14 cm high. Built-in LED of 2,700 K, replaceable. Dims with "
        "ordinary dimmers.",
    ),
    "globe-pendant": Words(
        "pendants",
        18_600,
        "Opal glass on a brass cap, with no visible screw and no visible effort. Good alone in a "
        "stairwell, better as a row of three over a bar.",
        "Mouth-blown glass 30 cm across. E27, bulb included. Cord of 3 m. The cap opens with a "
        "quarter turn.",
        sizes=(("30 cm", 0), ("40 cm", 6_400)),
    ),
    "paper-pendant": Words(
        "pendants",
        7_800,
        "Crumpled by hand into something between a cloud and a forgotten letter. It weighs less "
        "than the bulb and hides a bad ceiling beautifully.",
        "Washi paper on a wire frame, 46 cm across. E27, LED of 6 W included. Shape it as you "
        "like; it forgives.",
    ),
    "linen-drum": Words(
        "pendants",
        24_400,
        "A wide drum of natural linen with a diffuser below, so nobody at the table looks into a "
        "bulb. Soft on faces, kind to Sunday roasts.",
        "Linen on a steel ring, 55 cm across, 22 cm high. Three E14 bulbs included. The linen "
        "unbuttons for a wash.",
        sizes=(("55 cm", 0), ("75 cm", 9_800)),
    ),
    "pendant-trio": Words(
        "pendants",
        38_600,
        "A cone, a bell and a dome that met in the sample room and refused to be sold apart. One "
        "canopy, three cords, heights to your liking.",
        "Spun aluminium, 18, 20 and 24 cm across. Three E27 bulbs included. Cords of 2 m, "
        "shortened without tools.",
    ),
    "ball-sconce": Words(
        "wall-lamps",
        12_600,
        "A glass ball in a brass cup, at the height where a hand naturally looks for a switch. It"
        " is on the cup, and it dims.",
        "Brass, opal glass 16 cm across, 28 cm high. E14, bulb included. For a wall box, or with "
        "a plug: both are in the carton.",
    ),
    "pleated-sconce": Words(
        "wall-lamps",
        13_800,
        "Open at the top, so the light washes the wall and comes back softer. The pleats are the "
        "same as those of its table relation, only braver.",
        "Cotton shade, brass arm, 26 cm high, 14 cm deep. E14, bulb included. The shade is held "
        "by a magnet.",
    ),
    "spot-rail": Words(
        "pendants",
        22_400,
        "Three small heads on one rail, each turned by hand to what deserves light: the print, "
        "the stove, the plant that is sulking.",
        "Steel, rail 90 cm. Three GU10 bulbs of 2,700 K included. Heads turn 350° and tilt 90°. "
        "One connection to the ceiling.",
    ),
    "ring-lamp": Words(
        "table-lamps",
        19_800,
        "A circle of light on a block of stone, with nothing in the middle. Put something there: "
        "a vase, a photograph, the view.",
        "Aluminium and marble, ring 32 cm, 40 cm high. Built-in LED of 2,700 K, replaceable with "
        "two screws. Touch dimmer in the stone.",
    ),
    "stick-lamp": Words(
        "table-lamps",
        12_200,
        "Turned like a banister from a much larger house. The shade is small on purpose, and the "
        "stem does the talking.",
        "Lacquered beech, linen shade 22 cm across, 44 cm high. E14, bulb included. The lacquer "
        "takes a damp cloth.",
    ),
    "totem-lamp": Words(
        "table-lamps",
        21_400,
        "Turned offcuts from a year of other lamps, sorted by size and stacked until it felt "
        "right. No two totems agree on the order.",
        "Lacquered oak and beech under a spun cap, 46 cm high, cap 30 cm. E27, bulb included. "
        "Signed under the foot.",
    ),
}
