"""What people write when they show what they bought, and captions of studios."""

CAPTIONS = (
    "It was the last one and now it is mine",
    "Three weeks on the windowsill, still looking at it",
    "Moved in on Saturday, never looked back",
    "The corner finally makes sense",
    "Heavier than it looks, better than it photographs",
    "My mother asked where it came from",
    "Finally a lamp for page 300",
    "Wednesday, rain, this",
    "I only went in for soap",
    "Goes with nothing, works with everything",
    "Second one. The first has company now",
    "The colour is exactly as shown",
    "Small room, small victory",
    "Sunday light did the rest",
    "Wrapped like a present, kept like one",
    "Took the place of three other things",
    "Still finding the right branch for it",
    "A year on. No regrets, one scratch",
    "It arrived on a Tuesday and fixed the week",
    "The cat approves",
    "Bought the big one. Buy the big one",
    "For the shelf that waited two years",
    "Quiet thing, loud compliments",
    "As warm as promised",
    "Came with a note from the weaver",
    "Matches the one at my grandmother’s",
    "Worth the three weeks",
    "Here it stays",
    "Lives by the door, leaves every morning with me",
    "Dinner for nine, plates for nine",
    "Found the wall for it",
    "Exactly nine centimetres to spare",
    "Even the dishwasher likes it",
    "The first thing I put on the sofa",
    "From the wall to my wall in four days",
    "Put it down, stepped back, smiled",
    "The glaze is darker than the photo, in the best way",
    "It glows after six",
    "One branch is enough",
    "Proof that beige can be brave",
)

_LINES = (
    "Out of the kiln this week.",
    "Photographed in our own window.",
    "A small batch; the next one is a month away.",
    "New in the shop.",
    "A favourite of the workshop.",
    "Made slowly, sent quickly.",
    "",
    "",
)


def caption(key: str) -> str:
    """A line under a pin: the same for the same key on every machine, often none."""
    return _LINES[sum(key.encode()) % len(_LINES)]
