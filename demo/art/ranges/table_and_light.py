"""Lumen & Oak, Tavola Nove."""

from functools import partial

from demo.art.forms import lighting as i
from demo.art.forms import tableware as t
from demo.art.forms.lathe import Finish
from demo.art.goods import product

g = partial(product, "Lumen & Oak")
LUMEN = (
    g("dome-lamp", "Dome lamp", i.dome_lamp, "pine butter", "stand", 48),
    g("mushroom-lamp", "Mushroom lamp", i.mushroom, "cream tomato", "stand", 38, extra={"tomato": {"base": "#ece5d6"}}),
    g("pleated-lamp", "Pleated lamp", i.pleated, "oat blush", "stand", 52, base="#2f5b66",
      extra={"blush": {"base": "#6d4a31", "shape": "stack"}}),
    g("column-base-lamp", "Column lamp with linen shade", i.pleated, "cream", "stand", 52, base="#b98a58", shape="column"),
    g("globe-lamp", "Globe lamp", i.globe, "brass pine", "stand", 32),
    g("paper-column", "Paper column", i.column, "walnut", "stand", 60),
    g("carry-lantern", "Carry lantern, cordless", i.lantern, "moss ochre", "stand", 28),
    g("task-lamp", "Jointed task lamp", i.task, "tomato slate", "stand", 46),
    g("tripod-lamp", "Tripod floor lamp", i.floor_tripod, "cream rust", "floor", 150),
    g("arc-lamp", "Arc floor lamp", i.arc, "brass black", "floor", 190),
    g("dome-pendant", "Dome pendant", i.pendant, "petrol orange", "hang", 30, shape="dome"),
    g("cone-pendant", "Cone pendant", i.pendant, "ochre", "hang", 28, shape="cone"),
    g("bell-pendant", "Ringed bell pendant", i.pendant, "clay", "hang", 30, shape="bell"),
    g("disc-pendant", "Disc pendant", i.pendant, "sage", "hang", 24, shape="disc"),
    g("globe-pendant", "Globe pendant", i.pendant, "brass", "hang", 34, shape="globe"),
    g("paper-pendant", "Paper pendant", i.pendant, "cream", "hang", 40, shape="paper"),
    g("linen-drum", "Linen drum pendant", i.pendant, "natural", "hang", 30, shape="drum"),
    g("pendant-trio", "Pendant trio", i.cluster, "rust", "hang", 60, seconds=("#dca53c", "#39574a")),
    g("ball-sconce", "Ball sconce", i.sconce, "brass", "wall", 26),
    g("pleated-sconce", "Pleated sconce", i.sconce, "cream sage", "wall", 30, shape="shade"),
    g("spot-rail", "Spot rail", i.clamp_spot, "white", "hang", 30),
    g("ring-lamp", "Ring of light", i.disc_lamp, "charcoal", "stand", 42),
    g("stick-lamp", "Turned stick lamp", i.candlestick_lamp, "plum sky", "stand", 50),
    g("totem-lamp", "Totem lamp", i.stacked, "navy", "stand", 42, seconds=("#dd7f62", "#edd390")),
)  # fmt: skip

v = partial(product, "Tavola Nove")
TAVOLA = (
    v("morning-mugs", "Morning mugs, pair", t.mug_pair, "tomato sky", "stand", 11, second="#ece5d6",
      extra={"sky": {"second": "#dca53c", "shape": "round"}}),
    v("round-mug", "Round mug", t.mug, "moss blush", "stand", 10, shape="round",
      extra={"blush": {"finish": Finish(foot=("#c07a56", 0.3))}}),
    v("speckled-mug", "Speckled mug", t.mug, "bone", "stand", 11, finish=Finish(texture="speckle", foot=("#c9a27a", 0.15))),
    v("espresso-cup", "Espresso cup and saucer", t.espresso, "ink butter", "stand", 7),
    v("dinner-plates", "Dinner plates, set of five", t.plates, "cream clay", "stand", 10, second="#a3b295",
      extra={"clay": {"second": "#ece5d6"}}),
    v("pasta-bowls", "Pasta bowls, set of three", t.bowls, "teal ochre", "stand", 16,
      extra={"ochre": {"seconds": ("#ece5d6", "#c07a56")}}),
    v("water-carafe", "Water carafe with glass", t.carafe, "sky rose", "stand", 26, extra={"rose": {"drink": "#e58f7f"}}),
    v("tumblers", "Tinted tumblers, set of three", t.tumblers, "amber sage", "stand", 11),
    v("wine-goblets", "Wine goblets, pair", t.goblets, "white", "stand", 22),
    v("garden-teapot", "Garden teapot", t.teapot, "pine", "stand", 17),
    v("hoop-teapot", "Hoop-handle teapot", t.teapot, "cream coral", "stand", 20, arch="#b98a58", finish=Finish(texture="speckle")),
    v("paddle-board", "Paddle board", t.board, "oak walnut", "stand", 44),
    v("round-board", "Round bread board", t.board, "ash", "stand", 36, shape="round"),
    v("long-board", "Long serving board", t.board, "camel", "stand", 46, shape="long"),
    v("crock-servers", "Crock with servers", t.servers, "stone", "stand", 34),
    v("pepper-mills", "Pepper and salt mills", t.mills, "walnut tomato", "stand", 26),
    v("cake-stand", "Footed cake stand", t.cake_stand, "mint white", "stand", 16, extra={"white": {"cake": "#6d4630"}}),
    v("butter-dish", "Butter dish", t.cloche, "butter", "stand", 12),
    v("salt-pot", "Salt pot with oak lid", t.salt_pot, "slate", "stand", 12),
    v("breakfast-tray", "Breakfast tray, laid", t.tray, "oak", "stand", 22),
    v("egg-cups", "Egg cups, set of four", t.egg_cups, "coral", "stand", 10),
    v("oil-cruet", "Oil cruet", t.oil_bottle, "olive", "stand", 20),
    v("linen-napkins", "Linen napkins, set of four", t.napkins, "rust sky", "stand", 8),
    v("fruit-bowl", "Wide fruit bowl", t.fruit_bowl, "petrol cream", "stand", 20, extra={"cream": {"fruit": "#c8623a"}}),
)  # fmt: skip
