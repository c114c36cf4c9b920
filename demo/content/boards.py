"""What people collect: owner, title, line under it, categories they save from, how many pins."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BoardPlan:
    owner: str
    title: str
    text: str
    likes: tuple[str, ...]
    pins: int
    secret: bool = False


BOARDS = (
    BoardPlan(
        "noor",
        "Small rooms",
        "Everything for the 9 m² at the back. Nothing deeper than 82 cm.",
        ("rooms", "lamps", "furniture"),
        16,
    ),
    BoardPlan(
        "noor",
        "Red, but quiet",
        "Rust, oxblood, clay. No fire engines.",
        ("ceramics", "carry", "textiles"),
        9,
    ),
    BoardPlan(
        "noor",
        "For Mama’s kitchen",
        "Her birthday is in March. Do not tell her.",
        ("table", "ceramics"),
        6,
        secret=True,
    ),
    BoardPlan(
        "mara",
        "Light after six",
        "Lamps that make a room smaller in the right way.",
        ("lamps",),
        18,
    ),
    BoardPlan("mara", "Tables I would sit at", "Mostly other people’s.", ("furniture", "table"), 9),
    BoardPlan("mara", "Wax and flame", "", ("apothecary", "ceramics"), 7),
    BoardPlan(
        "jonah", "Dinner for nine", "Plates that stack and bowls that do not slide.", ("table",), 14
    ),
    BoardPlan(
        "jonah", "Third winter", "Wool that has earned its place on the sofa.", ("textiles",), 10
    ),
    BoardPlan(
        "priya",
        "Walls with one thing on them",
        "One print, hung at the height of the eyes.",
        ("art",),
        13,
    ),
    BoardPlan("priya", "Shelves, not cupboards", "", ("furniture", "rooms"), 8),
    BoardPlan(
        "emil",
        "Chairs worth mending",
        "If the joint is honest, it can be saved.",
        ("furniture",),
        12,
    ),
    BoardPlan("emil", "Workshop light", "Bright where the hands are.", ("lamps",), 6),
    BoardPlan(
        "aiko", "One branch", "A vase is finished when nothing more fits in.", ("ceramics",), 15
    ),
    BoardPlan("aiko", "Paper and ink", "", ("art",), 7),
    BoardPlan("lior", "Long table", "Oil, bread, salt, wood.", ("table", "furniture"), 11),
    BoardPlan("lior", "Glaze I can feel", "", ("ceramics",), 8),
    BoardPlan(
        "dana", "Measured and fits", "The tape measure has spoken.", ("furniture", "textiles"), 10
    ),
    BoardPlan("dana", "Floor first", "Start with the rug, then argue.", ("textiles",), 8),
    BoardPlan("tomas", "Worth a stamp", "Paper that deserves an envelope.", ("art", "carry"), 9),
    BoardPlan("tomas", "Carried every day", "", ("carry",), 7),
    BoardPlan(
        "saga",
        "Yellow in winter",
        "Any light that is not the ceiling’s.",
        ("lamps", "apothecary"),
        13,
    ),
    BoardPlan("saga", "Under a blanket", "", ("textiles",), 8),
    BoardPlan("milos", "Morning", "Before anyone else is up.", ("table",), 9),
    BoardPlan("milos", "A desk of one’s own", "", ("lamps", "furniture"), 7),
    BoardPlan(
        "fenna",
        "Survives children",
        "Washable, wipeable, or already dark.",
        ("textiles", "furniture"),
        10,
    ),
    BoardPlan(
        "youssef", "Blue and copper", "The kiln decides, I only collect.", ("ceramics", "table"), 12
    ),
    BoardPlan("youssef", "For the terrace", "", ("ceramics", "apothecary"), 6),
    BoardPlan("clio", "August table", "Linen, salt, late light.", ("table", "textiles"), 10),
    BoardPlan(
        "henrik",
        "Outlives me",
        "Leather that gets better, joints that hold.",
        ("carry", "furniture"),
        11,
    ),
    BoardPlan("bea", "Window ledge", "Soap, a candle, and the weather.", ("apothecary",), 9),
    BoardPlan("karim", "Hung too low", "It is not a mistake.", ("art", "rooms"), 10),
    BoardPlan("lotte", "Stitches", "Look closely.", ("textiles", "carry"), 8),
    BoardPlan("ivo", "Vases without flowers", "", ("ceramics",), 14),
    BoardPlan("nadia", "From the bindery", "Paper, thread, glue, patience.", ("art", "carry"), 8),
    BoardPlan("otis", "If I move the sofa again", "Plan B to plan F.", ("furniture", "rooms"), 11),
    BoardPlan("rosa", "Sunday, twelve people", "", ("table", "ceramics"), 10),
    BoardPlan("jan", "Quiet desk", "Nothing that blinks.", ("lamps", "furniture", "art"), 9),
    BoardPlan("amelie", "Blue first", "Then we talk.", ("ceramics", "textiles", "art"), 12),
    BoardPlan(
        "ines",
        "Shapes to steal",
        "From other potters, with love and credit.",
        ("ceramics", "table"),
        8,
    ),
    BoardPlan(
        "anders", "Shadows", "What a lamp does to the wall behind it.", ("lamps", "rooms"), 9
    ),
    BoardPlan(
        "ebba", "Rooms under twelve", "Square metres, that is.", ("rooms", "furniture", "lamps"), 14
    ),
    BoardPlan(
        "lena",
        "Photographed well",
        "Where the light did the work.",
        ("art", "ceramics", "lamps"),
        9,
    ),
)
