"""What Tavola Nove says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "morning-mugs": Words(
        "mugs",
        4_400,
        "Two mugs for two people who do not speak before nine. The handle takes three fingers, "
        "the wall keeps the coffee warm through the headlines.",
        "Earthenware, satin glaze, 320 ml, 9 cm high. Set of two. Microwave and dishwasher safe.",
    ),
    "round-mug": Words(
        "mugs",
        2_200,
        "A potbelly of a mug. Both hands go round it by themselves, somewhere around the first of"
        " November.",
        "Earthenware, 380 ml, 9.5 cm across. Glazed by dipping, so the line is never level. "
        "Dishwasher safe.",
    ),
    "speckled-mug": Words(
        "mugs",
        2_400,
        "The speckles are iron in the clay, and the bare foot is the clay itself. A big mug for a"
        " long call.",
        "Stoneware, 450 ml, 11 cm high. Microwave and dishwasher safe; the foot is sanded smooth.",
    ),
    "espresso-cup": Words(
        "mugs",
        2_600,
        "Four sips and a saucer wide enough for a biscuit and a letter from the bank. Thick, so "
        "the crema stays to the end.",
        "Earthenware, 80 ml, saucer 13 cm. Warm it on top of the machine. Dishwasher safe.",
    ),
    "dinner-plates": Words(
        "tableware",
        8_800,
        "Four guests and you. A low rim keeps the sauce in and a coloured line keeps the plates "
        "apart from your sister’s.",
        "Earthenware, set of five. They stack to 9 cm. Oven to 180 °C, dishwasher safe.",
        sizes=(("22 cm", 0), ("27 cm", 2_400)),
    ),
    "pasta-bowls": Words(
        "bowls",
        7_800,
        "Wide, deep, and a little heavy at the foot, for eating on the sofa without a word to "
        "anyone. Three sizes of appetite in one stack.",
        "Earthenware, 22, 23 and 24 cm across, set of three. Microwave and dishwasher safe.",
    ),
    "water-carafe": Words(
        "carafes",
        5_400,
        "The glass sits upside down on the neck and keeps the night out of the water. By the bed,"
        " on the desk, beside whoever is giving the speech.",
        "Mouth-blown glass, 800 ml, tumbler 180 ml. Clean with rice and vinegar; it works better "
        "than the brush.",
    ),
    "tumblers": Words(
        "mugs",
        4_800,
        "Tinted in the glass, not on it. Stackable, nearly unbreakable, and water tastes more "
        "like lunch out of them.",
        "Pressed glass, 280 ml, set of three. Dishwasher safe. They survive the height of a "
        "table, not that of a balcony.",
        sizes=(("Set of three", 0), ("Set of six", 4_200)),
    ),
    "wine-goblets": Words(
        "mugs",
        5_800,
        "Short stems for long evenings: they clear the salad bowl and fit into the machine. Good "
        "for red, white and the water in between.",
        "Lead-free crystal, 420 ml, 17 cm high. Set of two. Dishwasher safe, low rack, please.",
    ),
    "garden-teapot": Words(
        "carafes",
        6_800,
        "The spout is borrowed from a watering can and pours just as eagerly. Enough for four "
        "cups, or two gardeners.",
        "Earthenware, 1.2 litres, steel strainer inside. Dishwasher safe without the strainer.",
    ),
    "hoop-teapot": Words(
        "carafes",
        7_400,
        "The hoop is cane, so it stays cool, and tall, so you can fill the pot with one hand and "
        "wave with the other.",
        "Speckled stoneware, 1 litre, cane handle, steel strainer. Wash by hand; the cane "
        "dislikes the machine.",
    ),
    "paddle-board": Words(
        "tableware",
        4_800,
        "From kitchen to table without a change of clothes. Cut on one side, serve on the other; "
        "the loop is for the nail.",
        "Solid wood, 24 × 45 cm, 20 mm thick. Oil it twice a year. Never in the dishwasher, "
        "whatever they tell you.",
        sizes=(("45 cm", 0), ("60 cm", 2_200)),
    ),
    "round-board": Words(
        "tableware",
        5_200,
        "The size of a country loaf, with the handle where your hand expects it. The crumbs stay "
        "on, mostly.",
        "Ash, 34 cm across, 22 mm thick. Scrub with salt, dry upright, oil twice a year.",
    ),
    "long-board": Words(
        "tableware",
        6_400,
        "Half a metre of board, for cheese at one end and pears at the other. Cut from fallen "
        "trees, so every board has its own weather in the grain.",
        "Solid wood, 20 × 50 cm, 24 mm thick, leather loop. A little warp is natural; turn it "
        "over for a night.",
    ),
    "crock-servers": Words(
        "tableware",
        5_600,
        "A heavy crock by the stove and the three tools that are always in the other drawer. The "
        "spoon stirs, the slice turns, the fork insists.",
        "Stoneware crock 14 cm high, olive-wood servers 30 cm. The crock goes into the "
        "dishwasher, the servers do not.",
        title="Crock with servers",
        lead_days=1,
    ),
    "pepper-mills": Words(
        "tableware",
        8_400,
        "The tall one grinds pepper, the short one salt, and after a week you no longer have to "
        "think about it. Coarse to fine with a turn of the knob.",
        "Turned beech, ceramic grinders, 26 and 19 cm high. Wipe with a dry cloth. Grinders last "
        "for life or are replaced.",
        title="Pepper and salt mills",
        lead_days=1,
    ),
    "cake-stand": Words(
        "tableware",
        6_200,
        "Raises a plain sponge to the rank of an occasion. The rim is just high enough to hold "
        "back the cherries.",
        "Earthenware, 28 cm across, 17 cm high. Plate and foot are one piece. Dishwasher safe.",
    ),
    "butter-dish": Words(
        "tableware",
        3_800,
        "A dome over half a pound of butter, soft at breakfast and safe from the cat. The knob is"
        " for buttery fingers.",
        "Earthenware, plate 21 cm, dome 10 cm high. Dishwasher safe. Room temperature is the "
        "right temperature.",
    ),
    "salt-pot": Words(
        "tableware",
        3_200,
        "Salt belongs in reach and under a lid, not in a shaker. Wide enough for three fingers "
        "and the habit of a lifetime.",
        "Stoneware, oak lid, 11 cm across, 8 cm high. Holds 350 g. The lid only wants a cloth.",
        title="Salt pot with oak lid",
        lead_days=1,
    ),
    "breakfast-tray": Words(
        "tableware",
        12_800,
        "A tray, a pot and two cups: everything but the person who carries it. Low edges, so the "
        "toast can be reached lying down.",
        "Oak tray 45 × 30 cm, earthenware pot 0.8 litres with cane handle, two cups of 180 ml.",
        title="Breakfast tray with tea set",
        lead_days=1,
    ),
    "egg-cups": Words(
        "tableware",
        2_800,
        "Four cups on little feet, for eggs of any opinion. They double as schnapps cups, though "
        "not at the same breakfast.",
        "Earthenware, 6.5 cm high, set of four. Dishwasher safe, and they stack.",
    ),
    "oil-cruet": Words(
        "carafes",
        4_200,
        "A long spout and a slow pour, so the oil lands where the tomatoes are. The last drop "
        "runs back; we practised on our own tablecloths.",
        "Earthenware, 500 ml, 24 cm high, cork stopper. Opaque, because oil dislikes light.",
    ),
    "linen-napkins": Words(
        "tableware",
        4_600,
        "Softer with each wash and never ironed by anyone we know. A turned wooden ring marks "
        "whose is whose.",
        "Linen, 45 × 45 cm, set of four, one ring each. Wash at 60 °C, pull straight, hang.",
        sizes=(("Set of four", 0), ("Set of eight", 4_200)),
    ),
    "fruit-bowl": Words(
        "bowls",
        6_600,
        "Wide and shallow, so the pears lie side by side and nothing hides at the bottom until "
        "Thursday.",
        "Earthenware, 34 cm across, 9 cm high. For oven, microwave and dishwasher, should it ever"
        " be empty.",
    ),
}
