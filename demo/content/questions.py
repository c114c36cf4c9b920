"""What people ask Ondine Studio about what it makes. Nobody here exists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """Who (handle) asks about which product, how many days ago, and whether it was answered."""

    who: str
    product: str
    text: str
    days: float
    answered: bool = False


STUDIO = "Ondine Studio"
QUESTIONS = (
    Question(
        "henrik",
        "pitcher",
        "Does the handle stay cool when there is hot tea in it?",
        days=19,
        answered=True,
    ),
    Question(
        "saga",
        "nesting-bowls",
        "Can I have four of the smallest instead of the whole set?",
        days=11,
        answered=True,
    ),
    Question(
        "mara",
        "tall-stoneware-vase",
        "Is it heavy enough for branches of a metre and a half, or does it want stones inside?",
        days=4,
    ),
    Question(
        "otis",
        "ginger-jar",
        "The lid of mine came with a small chip. Do you sell the lid alone?",
        days=2.2,
    ),
    Question(
        "priya",
        "stand-planter",
        "What is the widest pot that still goes in? I measured 21 cm with the rim.",
        days=0.4,
    ),
)
