"""Ondine Studio, North Paper, Marrow Goods."""

from functools import partial

from demo.art.forms import apothecary as a
from demo.art.forms import ceramics as c
from demo.art.forms import paper as p
from demo.art.forms.lathe import Finish
from demo.art.goods import product

o = partial(product, "Ondine Studio")
ONDINE = (
    o("tall-stoneware-vase", "Tall stoneware vase", c.vase, "bone clay", "stand", 34, shape="tall",
      finish=Finish(texture="speckle")),
    o("wide-mouth-jar", "Wide-mouth jar", c.vase, "sage", "stand", 24, shape="jar", stems="euca"),
    o("bottle-vase", "Bottle vase", c.vase, "teal ochre", "stand", 32, shape="bottle", finish=Finish(gloss=0.6),
      extra={"ochre": {"stems": "wheat"}}),
    o("moon-jar", "Moon jar", c.vase, "bone rust", "stand", 27, shape="moon",
      extra={"rust": {"finish": Finish(dip=("#ece5d6", 0.42))}}),
    o("gourd-vase", "Double gourd vase", c.vase, "moss ink", "stand", 33, shape="gourd", finish=Finish(gloss=0.5)),
    o("fluted-cylinder", "Fluted cylinder", c.vase, "sand", "stand", 30, shape="cylinder", stems="wheat",
      finish=Finish(ribs=14, gloss=0.15)),
    o("pitcher", "Kitchen pitcher", c.pitcher, "bone sky", "stand", 27,
      extra={"sky": {"finish": Finish(foot=("#c9a27a", 0.22))}, "bone": {"finish": Finish(texture="speckle")}}),
    o("two-handle-amphora", "Two-handle amphora", c.amphora, "clay slate", "stand", 38, finish=Finish(rings=9)),
    o("ring-vase", "Ring vase", c.ring_vase, "cream plum", "stand", 30),
    o("trumpet-vase", "Trumpet vase", c.vase, "blush", "stand", 32, shape="trumpet", stems="bloom"),
    o("onion-vase", "Onion vase", c.vase, "pine", "stand", 26, shape="belly", finish=Finish(gloss=0.7)),
    o("pillow-vase", "Pillow vase", c.vase, "oat rose", "stand", 22, shape="pillow", stems="cotton",
      extra={"rose": {"stems": ""}}),
    o("stepped-vase", "Stepped vase", c.vase, "tomato", "stand", 30, shape="step", finish=Finish(texture="clay", gloss=0.1)),
    o("bud-vases", "Bud vases, set of three", c.bud_trio, "coral", "stand", 28,
      seconds=("#ece5d6", "#39574a")),
    o("terrace-planter", "Terrace planter", c.planter, "clay bone", "stand", 46,
      extra={"bone": {"plant": "monstera"}}, finish=Finish(texture="clay")),
    o("stand-planter", "Planter on an oak stand", c.footed_planter, "white", "stand", 62),
    o("cactus-pot", "Low cactus pot", c.planter, "butter", "stand", 40, plant="cactus"),
    o("ginger-jar", "Lidded ginger jar", c.ginger_jar, "navy bone", "stand", 34, finish=Finish(gloss=0.6)),
    o("chamber-stick", "Chamber stick", c.candle_holder, "moss ink", "stand", 26),
    o("nesting-bowls", "Nesting bowls", c.vase, "stone", "stand", 12, shape="bowl", finish=Finish(texture="speckle")),
    o("footed-bowl", "Footed fruit bowl", c.vase, "sand", "stand", 15, shape="footed", finish=Finish(rings=6)),
    o("painted-plate", "Painted wall plate", c.wall_plate, "cream", "wall", 28),
    o("ikebana-dish", "Ikebana dish", c.pebble_set, "charcoal", "stand", 30),
)  # fmt: skip

WARM = ("#efe6d2", "#d2552f", "#2f5b50", "#16302c")
COOL = ("#e3e8e4", "#3b5f7a", "#9db4c4", "#1d2c47")
EARTH = ("#f0e2c8", "#b5653a", "#d9a441", "#4b2c20")
LILAC = ("#ece6f2", "#7a6aa8", "#e0895f", "#2c2547")
GREEN = ("#eef0df", "#5f7d45", "#39574a", "#dca53c")
ROSE = ("#f7e7df", "#d98a7a", "#8f3f46", "#3f2a35")
MONO = ("#f3efe6", "#3a3733", "#a9a294", "#1f1d1b")
n = partial(product, "North Paper")
NORTH = (
    n("low-sun", "Low Sun, giclée print", p.framed, "oak black", "wall", 70, kind="sun", palette=LILAC,
      extra={"black": {"palette": WARM}}),
    n("five-moons", "Five Moons, giclée print", p.framed, "black", "wall", 70, kind="moons",
      palette=("#22303f", "#f0e2c0", "#dca53c", "#f0e2c0")),
    n("garden-leaf", "Garden Leaf, risograph", p.framed, "oak white", "wall", 60, kind="leaf", palette=GREEN,
      extra={"white": {"palette": ("#f6e9e0", "#c8643b", "#7a3b2e", "#dca53c")}}),
    n("gate", "Gate, screen print", p.framed, "walnut", "wall", 60, kind="arches", palette=EARTH, mat=0.14),
    n("work-week", "Work Week, poster", p.poster, "oak", "wall", 80, kind="bauhaus", palette=WARM),
    n("anemones", "Anemones, giclée print", p.framed, "white", "wall", 65, kind="vase", palette=ROSE),
    n("tideline", "Tideline, poster", p.poster, "black", "wall", 80, kind="waves", palette=COOL),
    n("two-peaks", "Two Peaks, giclée print", p.framed, "ash black", "wall", 60, kind="peaks", palette=COOL,
      ratio=0.78, extra={"black": {"palette": ("#f4dfc8", "#5c3346", "#b5653a", "#dca53c")}}),
    n("three-lemons", "Three Lemons, risograph", p.clipped, "brass", "wall", 50, kind="fruit",
      palette=("#dfe9e4", "#e3b23c", "#5f7d45", "#b5653a")),
    n("cairn", "Cairn, screen print", p.framed, "oak", "wall", 65, kind="stones", palette=("#efe8dc", "#8d8a80", "#b5a58c", "#c8643b")),
    n("tile-study", "Tile Study, poster", p.poster, "walnut", "wall", 80, kind="grid",
      palette=("#f0e6d2", "#2f5b66", "#d9762f", "#1f3a44")),
    n("three-birds", "Three Birds, print", p.clipped, "black", "wall", 50, kind="birds", palette=("#f4e3d4", "#e0895f", "#8fa3a0", "#26313a")),
    n("gallery-trio", "Gallery trio, framed", p.print_set, "black oak", "wall", 90, kinds=("sun", "leaf", "moons"),
      palette=EARTH, extra={"oak": {"palette": GREEN, "kinds": ("stones", "arches", "peaks")}}),
    n("notebook-stack", "Stitched notebooks, set of five", p.notebooks, "pine", "stand", 9,
      seconds=("#e8dcc4", "#c8643b", "#2c3e5c", "#dca53c")),
    n("sketchbook", "Spiral sketchbook", p.cover, "black rust", "flat", 30, kind="grid", palette=WARM,
      extra={"rust": {"kind": "waves", "palette": EARTH}}),
    n("greeting-cards", "Greeting cards, set of three", p.cards, "sage blush", "flat", 18, palette=WARM,
      kinds=("sun", "leaf", "vase"), extra={"blush": {"palette": ROSE, "kinds": ("birds", "fruit", "moons")}}),
    n("wall-calendar", "Wall calendar", p.calendar, "tomato", "wall", 45, kind="peaks", palette=LILAC),
    n("gift-wrap", "Gift wrap, four rolls", p.rolls, "rust", "stand", 70, seconds=("#2f5b66", "#edd390", "#dfb5a4")),
    n("letter-set", "Letter set with seal", p.envelopes, "oat lilac", "flat", 16, seconds=("#c9b597", "#8fa3a0")),
    n("leaf-mobile", "Paper leaf mobile", p.mobile, "coral", "hang", 60, seconds=("#e3b04b", "#39574a", "#9db4c4")),
    n("desk-set", "Card desk set", p.desk_set, "sky", "stand", 20, seconds=("#c8643b", "#edd390")),
    n("bookmarks", "Tasselled bookmarks", p.bookmarks, "plum", "flat", 18, palette=WARM,
      kinds=("waves", "arches", "leaf", "grid")),
)  # fmt: skip

m = partial(product, "Marrow Goods")
MARROW = (
    m("cedar-wash", "Cedar wash and balm", a.bottle_pair, "pine", "stand", 20, second="#86501f"),
    m("hand-wash", "Vetiver hand wash", a.bottle, "olive amber", "stand", 20, cap="pump"),
    m("body-oil", "Fig body oil", a.bottle, "plum ochre", "stand", 17, cap="dropper", slim=True),
    m("bath-tonic", "Bath tonic", a.bottle, "sky", "stand", 19, cap="cork"),
    m("face-cream", "Face cream", a.jar, "white mint", "stand", 8),
    m("hair-mask", "Hair mask", a.jar, "blush", "stand", 12, low=False, lid="#b98a58"),
    m("bath-salts", "Bath salts", a.salts, "coral sage", "stand", 18),
    m("olive-soap", "Olive soap", a.soap, "olive butter", "stand", 7),
    m("soap-four", "Four soaps, tied", a.soap_stack, "rose", "stand", 18, seconds=("#ece5d6", "#a3b295", "#c07a56")),
    m("soap-dish", "Soap dish with bar", a.soap_dish, "slate", "stand", 8),
    m("hand-balm", "Hand balm tins", a.tin, "rust", "stand", 8),
    m("fig-candle", "Fig leaf candle", a.jar_candle, "moss plum", "stand", 12),
    m("smoke-candle", "Wood smoke candle", a.jar_candle, "charcoal", "stand", 12, glass=False),
    m("beeswax-pillars", "Beeswax pillars, set of three", a.pillars, "butter", "stand", 22),
    m("dinner-tapers", "Dinner tapers with feet", a.tapers, "tomato navy", "stand", 34, seconds=("#ece5d6", "#dca53c"),
      extra={"navy": {"seconds": ("#dfb5a4", "#a3b295")}}),
    m("reed-diffuser", "Reed diffuser", a.diffuser, "amber sky", "stand", 26),
    m("bath-brush", "Bath brush and towels", a.brush, "oat", "stand", 18),
    m("hand-cream", "Hand cream", a.tube, "clay mint", "stand", 16),
    m("long-matches", "Long matches in glass", a.matches, "tomato", "stand", 13),
    m("bath-box", "Bath box, three pieces", a.gift_box, "pine", "stand", 24, inside=("#86501f", "#ece5d6")),
    m("bath-bombs", "Bath bombs in a dish", a.sponge, "lilac", "stand", 14),
)  # fmt: skip
