"""What people write beside the pins they save: by board, then by who saves, then for the next pin
of a category. No note says what only one product has: which pins a board gets is drawn."""

Notes = dict[str, tuple[str, ...]]

NOTES: dict[tuple[str, str], dict[str, Notes]] = {
    ("noor", "Small rooms"): {
        "noor": {
            "rooms": ("Start from this wall colour.", "Copy the height of the print."),
            "seating": ("Fits the 82 cm niche, measured.",),
            "storage": ("Shallow enough? The tape says yes.",),
            "table-lamps": ("For the window end.",),
            "floor-lamps": ("Behind the chair, not beside it.",),
            "pendants": ("Low enough to read by.",),
            "tables": ("Desk by day, table by eight.",),
        },
        "mara": {
            "vases": ("Only stems, no flowers.",),
            "prints": ("Hang it lower than you think.",),
            "table-lamps": ("Your corner needs exactly this.",),
            "pendants": ("Over the table, please.",),
        },
        "jonah": {
            "tableware": ("Two of these, we are four.", "For the shelf over the sink?"),
            "bowls": ("They stack. I tried.",),
            "mugs": ("Two pairs, we are four.",),
        },
    },
    ("noor", "For Mama’s kitchen"): {
        "noor": {
            "bowls": ("She would never buy it herself.",),
            "mugs": ("For her tea at four.",),
            "vases": ("With the last of the garden in it.",),
        },
    },
    ("mara", "Light after six"): {
        "mara": {
            "table-lamps": ("Dimmed to a third.", "The shade does all the work."),
            "pendants": ("Over the table, not over heads.",),
            "wall-lamps": ("One on each side of the bed.",),
            "floor-lamps": ("For the corner nobody uses.",),
        },
    },
    ("jonah", "Dinner for nine"): {
        "jonah": {
            "tableware": ("It stacks. That decides it.",),
            "bowls": ("Nine, and one to break.",),
            "mugs": ("The handle takes two fingers.",),
            "carafes": ("Pours without a drip, they say.",),
        },
        "clio": {"tableware": ("Mine chipped, still worth it.",)},
    },
    ("aiko", "One branch"): {
        "aiko": {
            "vases": ("One branch, then stop.", "Better empty.", "For the cherry in April."),
            "planters": ("Outside, in the rain.",),
        },
    },
    ("emil", "Chairs worth mending"): {
        "emil": {
            "seating": ("Honest joints.", "New webbing and it is good for thirty years."),
            "storage": ("The back comes off with four screws.",),
        },
    },
    ("saga", "Yellow in winter"): {
        "saga": {
            "table-lamps": ("This colour of light, everywhere.",),
            "candles": ("For when the power goes.",),
        },
    },
    ("henrik", "Outlives me"): {
        "henrik": {
            "bags": ("Ask me again in ten years.",),
            "leather": ("It will look better scratched.",),
        },
    },
}
