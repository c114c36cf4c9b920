"""Eight studios that make things and four that do things for others. All invented."""

from dataclasses import dataclass
from decimal import Decimal

_EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
EU = _EU.split()


@dataclass(frozen=True)
class Studio:
    """A brand. Prices are cents; `days` is the time in transit within the European Union."""

    handle: str
    name: str
    tagline: str
    story: str
    legal: str
    street: str
    postcode: str
    city: str
    country: str
    vat_rate: Decimal
    delivery: int = 690
    free_from: int = 15_000
    days: tuple[int, int] = (2, 4)
    reply_hours: int = 4
    return_days: int = 30
    sells: bool = True
    # What its headings are set in; empty: ours.
    typeface: str = ""


STUDIOS = (
    Studio(
        "ondine-studio",
        "Ondine Studio",
        "Stoneware, thrown and fired in Marseille since 2014.",
        "Four potters share two wheels and one gas kiln behind the old port. We throw everything "
        "by hand, so no two pieces have quite the same shoulder. The glazes are our own: ash from "
        "vine cuttings, copper for the teals, iron for the rusts. A kiln holds about two hundred "
        "pieces and takes three days from first flame to open door. What you see is what came out.",
        "Ondine Studio SARL",
        "Rue Sainte 88",
        "13007",
        "Marseille",
        "FR",
        Decimal("0.2"),
    ),
    Studio(
        "lumen-and-oak",
        "Lumen & Oak",
        "Lamps with a warm middle, turned and wired in Copenhagen.",
        "We began with one broken theatre lamp and a lathe. Today six of us turn oak and spin "
        "metal in a former boat shed, and every lamp still leaves with a bulb that we have tested "
        "for an evening. Shades come off without tools; cords and switches can be replaced for as "
        "long as we exist. We dim everything, because a room needs more than on and off.",
        "Lumen & Oak ApS",
        "Refshalevej 167",
        "1432",
        "Copenhagen",
        "DK",
        Decimal("0.25"),
        delivery=990,
        free_from=20_000,
        days=(3, 5),
        reply_hours=3,
    ),
    Studio(
        "field-loom",
        "Field Loom",
        "Wool and linen from eleven looms in Porto.",
        "The looms are older than we are and louder than the street. We buy wool from four farms "
        "in the Serra da Estrela, leave half of it undyed, and dye the rest in small pots with "
        "madder, weld and walnut. A throw takes a day, a rug takes a week. Offcuts become the "
        "filling of cushions; nothing woven is thrown away.",
        "Field Loom, Lda.",
        "Rua da Alegria 300",
        "4000-037",
        "Porto",
        "PT",
        Decimal("0.23"),
        delivery=790,
        free_from=18_000,
        days=(3, 6),
    ),
    Studio(
        "north-paper",
        "North Paper",
        "Prints, posters and paper goods from a press in Tallinn.",
        "Two presses, one guillotine and a drawer for every colour. We print short runs in spot "
        "inks on cotton paper and sign each sheet. Frames are ash, cut next door, with real glass. "
        "Posters travel in tubes that we take back.",
        "North Paper OÜ",
        "Telliskivi 60a",
        "10412",
        "Tallinn",
        "EE",
        Decimal("0.22"),
        delivery=590,
        free_from=12_000,
        days=(3, 6),
        reply_hours=6,
        typeface="serif",
    ),
    Studio(
        "marrow-goods",
        "Marrow Goods",
        "Soap, balm and beeswax, boiled in small batches in Ghent.",
        "We keep bees on three roofs and a copper pan in the kitchen. Everything is made from "
        "things you can name: olive oil, beeswax, cedar, salt. We pour on Mondays, cure for six "
        "weeks and write the date by hand. Bottles come back to us for a refill.",
        "Marrow Goods BV",
        "Dok-Noord 4",
        "9000",
        "Ghent",
        "BE",
        Decimal("0.21"),
        delivery=490,
        free_from=6_000,
        days=(1, 3),
    ),
    Studio(
        "halden-furniture",
        "Halden Furniture",
        "Chairs, sofas and tables, made to order in Malmö for three generations.",
        "Grandfather made chairs for a ferry line; they are still afloat. We build frames from ash "
        "and beech without a screw in sight, and cover them in wool that can be taken off and "
        "washed. Every piece is made when you order it and carries the name of whoever made it. "
        "We repair everything we ever sold.",
        "Halden Furniture AB",
        "Norra Grängesbergsgatan 15",
        "214 50",
        "Malmö",
        "SE",
        Decimal("0.25"),
        delivery=4_900,
        free_from=150_000,
        days=(4, 8),
        reply_hours=8,
        return_days=60,
    ),
    Studio(
        "tavola-nove",
        "Tavola Nove",
        "Nine plates, nine bowls, one long table in Bologna.",
        "We make tableware for people who cook for others. Everything stacks, everything survives "
        "the dishwasher, and the ninth piece is for whoever comes unannounced. The clay is local, "
        "the walnut boards are from fallen trees, and the colours are those of a market stall in "
        "September.",
        "Tavola Nove S.r.l.",
        "Via del Pratello 50",
        "40122",
        "Bologna",
        "IT",
        Decimal("0.22"),
        delivery=790,
        free_from=14_000,
        days=(2, 5),
    ),
    Studio(
        "vestry-leather",
        "Vestry Leather",
        "Bags that are sewn by hand in a Viennese courtyard.",
        "One hide makes three bags and a handful of wallets. We use vegetable-tanned leather that "
        "darkens where you touch it, brass that we polish once and never again, and linen thread "
        "with a saddle stitch that does not unravel. Bring it back in ten years: we will restitch "
        "the handles.",
        "Vestry Leather GmbH",
        "Zollergasse 14",
        "1070",
        "Vienna",
        "AT",
        Decimal("0.2"),
        delivery=690,
        free_from=20_000,
        days=(2, 4),
    ),
    Studio(
        "aperture-row",
        "Aperture Row",
        "Product photography in Berlin: one table, one window, half a day.",
        "We photograph things that do not move: pots, lamps, chairs, soap. Half a day is enough "
        "for twelve products on two backdrops. You get every frame that is sharp, and a set that "
        "is cut for your shop, your pins and your printer.",
        "Aperture Row GmbH",
        "Köpenicker Straße 40",
        "10179",
        "Berlin",
        "DE",
        Decimal("0.19"),
        sells=False,
    ),
    Studio(
        "fold-and-post",
        "Fold & Post",
        "Boxes and mailers from 250 pieces, folded in Rotterdam.",
        "Send us what you ship and we draw a box around it. Recycled board, water-based ink, no "
        "tape. We hold your stock and send what you need each week.",
        "Fold & Post B.V.",
        "Marconistraat 52",
        "3029 AK",
        "Rotterdam",
        "NL",
        Decimal("0.21"),
        sells=False,
    ),
    Studio(
        "atelier-rum",
        "Atelier Rum",
        "Interiors for small rooms, drawn in Stockholm.",
        "We measure, draw, and only then shop. A plan for one room takes two weeks and comes with "
        "a list of things that exist and fit. We like rooms under twelve square metres best.",
        "Atelier Rum AB",
        "Hornsgatan 48",
        "118 21",
        "Stockholm",
        "SE",
        Decimal("0.25"),
        sells=False,
    ),
    Studio(
        "two-tongues",
        "Two Tongues",
        "Labels, letters and product pages in eleven languages, from Dublin.",
        "Every text is translated by one person and read by another. We know what a glaze is and "
        "how a weaver would say it. Small jobs are back in two days.",
        "Two Tongues Ltd",
        "Capel Street 112",
        "D01 WV24",
        "Dublin",
        "IE",
        Decimal("0.23"),
        sells=False,
    ),
)

# A brand that has applied and waits for an operator: its page is nobody's to see yet.
APPLICANT = Studio(
    "salt-and-rope",
    "Salt & Rope",
    "Doormats and hammocks, knotted in Split.",
    "Two sisters, one pier and a great deal of rope. We knot doormats, baskets and "
    "hammocks from cotton and jute, and test each hammock ourselves.",
    "Salt & Rope d.o.o.",
    "Obala 3",
    "21000",
    "Split",
    "HR",
    Decimal("0.25"),
)

# A brand whose papers an operator has sent back.
RETURNED = Studio(
    "kettle-and-crane",
    "Kettle & Crane",
    "Copper kettles, hammered in Kraków.",
    "One anvil, three hammers and a gas flame. Each kettle takes two days and sings in its own "
    "key. We line them with tin and reline them for as long as we live.",
    "Kettle & Crane Sp. z o.o.",
    "ul. Kanonicza 12",
    "31-002",
    "Kraków",
    "PL",
    Decimal("0.23"),
)
