"""What Marrow Goods says of each thing it makes."""

from __future__ import annotations

from demo.content.texts_entry import Words

TEXTS: dict[str, Words] = {
    "beeswax-pillars": Words(
        "candles",
        3_400,
        "Poured from our own roofs: three heights, one smell of honey and attic. They burn with a"
        " steady flame and do not drip unless you open the door.",
        "Pure beeswax, cotton wick, 8, 12 and 16 cm high. About 25, 40 and 60 hours. Trim the "
        "wick to 5 mm.",
    ),
    "cedar-wash": Words(
        "soap",
        4_200,
        "A wash for the whole person and a balm for the dry bits. Cedar from a saw mill down the "
        "river that used to burn its shavings.",
        "Wash 400 ml, balm 100 ml. Olive oil soap, cedar, beeswax. Glass bottles, refilled at "
        "half the price.",
    ),
    "hand-wash": Words(
        "soap",
        2_200,
        "Vetiver smells of rain on a dry path. The pump gives as much as two hands need and not a"
        " drop more, even when a six-year-old is at it.",
        "Liquid olive soap, vetiver, salt, 500 ml, pump included. Refills come in a pouch.",
        sizes=(("500 ml", 0), ("Refill of 1 litre", 600)),
    ),
    "body-oil": Words(
        "soap",
        3_800,
        "Fig leaf and plum stone, pressed cold. Six drops on wet skin and it is gone in a minute,"
        " leaving only the orchard.",
        "Plum kernel and olive oil, fig leaf extract, 100 ml in glass. Keep it out of the sun, as"
        " one would a fig.",
    ),
    "bath-tonic": Words(
        "soap",
        2_900,
        "Pour a capful under the tap. Juniper and sea salt do the work, and the water turns the "
        "colour of a clear morning.",
        "Sea salt, juniper, linseed, 500 ml for about twenty baths. No dye that stays in the tub.",
    ),
    "face-cream": Words(
        "soap",
        3_600,
        "Five ingredients, and you have met them all at breakfast. Thick in the jar, thin on the "
        "skin, and it smells of next to nothing.",
        "Oat milk, beeswax, sunflower and olive oil, honey, 60 ml. Use within six months of "
        "opening.",
    ),
    "hair-mask": Words(
        "soap",
        3_200,
        "Oat and honey for hair that has been on holiday. Ten minutes, a towel and a chapter; "
        "then rinse until it squeaks.",
        "Colloidal oat, honey, olive oil, 200 ml in glass with an oak lid. About twelve masks for"
        " long hair.",
    ),
    "bath-salts": Words(
        "soap",
        2_600,
        "Coarse salt from the Zwin, tumbled with petals until both are the same colour. A handful"
        " for a Monday, two for a Friday.",
        "Sea salt, dried petals, cedar oil, 450 g in a jar with an oak lid. A strainer for the "
        "petals hides in the lid.",
    ),
    "olive-soap": Words(
        "soap",
        900,
        "The plainest thing we make and the one that we would keep. Olive oil, lye, salt, six "
        "weeks of patience; wears down to a sliver and never cracks.",
        "120 g. Olive oil saponified cold, no perfume. Let it dry between washes and it lasts two"
        " months.",
    ),
    "soap-four": Words(
        "soap",
        3_200,
        "Clay, sage, oat and rose, tied with a string that a good half of our customers keep for "
        "the garden.",
        "Four bars of 110 g. Olive oil, clay and dried plants. Store the waiting ones among the "
        "jumpers.",
    ),
    "soap-dish": Words(
        "soap",
        2_400,
        "A dish with a slope, so the soap stands dry and the drip finds the basin. The first bar "
        "is on us, the second on you.",
        "Glazed stoneware, 13 × 9 cm, and one oat bar of 110 g. The dish goes into the dishwasher.",
        title="Soap dish with bar",
        lead_days=1,
    ),
    "hand-balm": Words(
        "soap",
        1_800,
        "Beeswax and wool fat, for gardeners, potters and anyone who dries dishes without gloves."
        " One tin for the house, one for the coat.",
        "Beeswax, lanolin, olive oil, two tins of 40 ml. Warm it with a thumb. Empty tins keep "
        "buttons.",
        title="Hand balm tins, pair",
        lead_days=1,
    ),
    "fig-candle": Words(
        "candles",
        3_600,
        "Green fig: the leaf and the sap, not the jam. Burns for forty evenings in a glazed cup "
        "that becomes a tooth mug.",
        "Beeswax and rapeseed wax, cotton wick, 220 g in stoneware. About 45 hours. Burn to the "
        "rim the first time.",
    ),
    "smoke-candle": Words(
        "candles",
        3_900,
        "Birch smoke, cold stove, wool coat. For flats without a fireplace and houses where "
        "nobody wants to clean it.",
        "Beeswax and rapeseed wax, birch tar, 260 g in rough stoneware. About 50 hours. Wash the "
        "cup with hot water and use it for pens.",
    ),
    "dinner-tapers": Words(
        "candles",
        4_400,
        "Three hand-dipped candles and the brass feet to stand them in. Thirty dips each; the tip"
        " knows how long that takes.",
        "Beeswax, 28 cm high, about 8 hours each. Cast brass feet, 7 cm. Extra tapers fit any 22 "
        "mm holder.",
    ),
    "reed-diffuser": Words(
        "candles",
        3_400,
        "Six reeds and a bottle that minds the hallway while you are out. It smells as though "
        "somebody has just brought in wood.",
        "Cedar and orange in sugar-cane alcohol, 200 ml, about four months. Turn the reeds on "
        "Sundays.",
    ),
    "bath-brush": Words(
        "soap",
        5_800,
        "A brush for where you cannot reach, and three towels for afterwards. The bristles are "
        "firm; your back will forgive you by Wednesday.",
        "Beech and agave fibre, 40 cm. Waffle cotton towels, 50 × 100 cm, washed at 60 °C. Hang "
        "the brush to dry.",
        title="Bath brush and towels, set",
        lead_days=1,
    ),
    "hand-cream": Words(
        "soap",
        1_600,
        "Sinks in before the telephone rings. Chamomile and oat, in an aluminium tube that you "
        "can roll up to the last fingertip.",
        "Oat milk, chamomile, beeswax, 75 ml. For hands, elbows and the dog’s nose, we are told.",
    ),
    "long-matches": Words(
        "candles",
        1_400,
        "Sixty long matches in a jar with a striker on its foot. Lights the candle at the bottom "
        "of the glass and spares the knuckles.",
        "Aspen, 20 cm long, glass jar with label to write on. Refills in a paper tube.",
    ),
    "bath-box": Words(
        "soap",
        5_200,
        "Body oil, salts and a bar of soap, packed in paper shreds from our own misprinted "
        "labels. A present, if you can bear to give it away.",
        "Oil 30 ml, salts 150 g, soap 110 g, in a box of recycled card that closes again. Note by"
        " hand on request.",
        title="Bath box, three pieces",
        lead_days=1,
    ),
    "bath-bombs": Words(
        "soap",
        2_400,
        "Three spheres that hiss, roll over and vanish. Lavender from a garden behind the tram "
        "depot, and enough oats to leave the water silky.",
        "Bicarbonate, oats, lavender, three of 90 g, with a porcelain dish. One for a bath; half "
        "for a foot.",
    ),
}
