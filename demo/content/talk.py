"""What people say under pins, and which boards they keep together. Nobody here exists.

Each thread says under which kind of pin it may stand (a category), so its words fit any of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A comment of somebody (handle), and what others answered; `answers` names the speaker
    among the replies before it whom it answers, or the first one."""

    who: str
    text: str
    answers: str = ""


@dataclass(frozen=True)
class Thread:
    category: str
    first: Said
    replies: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Shared:
    """A board that its owner keeps with others, and its parts with so many pins each."""

    owner: str
    title: str
    people: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]
    asked: tuple[str, ...] = ()


THREADS = (
    Thread(
        "vases",
        Said("mara", "Is the inside glazed, too? I would like to put real branches into it."),
        (
            Said("jonah", "Mine is, and it has held water for a year."),
            Said("mara", "@jonah then it is going on the sill. #branches", "jonah"),
        ),
    ),
    Thread("vases", Said("priya", "The tight corner at the foot is what makes it. #ceramics")),
    Thread(
        "table-lamps",
        Said("noor", "How warm is the light, roughly? Ours is 2700 K and already too white."),
        (
            Said("lior", "It takes any bulb. We put 2200 K in and never looked back."),
            Said("emil", "A dimmer does the rest, @noor."),
        ),
    ),
    Thread("table-lamps", Said("saga", "I put mine on the floor. It changed the whole corner.")),
    Thread(
        "seating",
        Said("otis", "Does it fit through a door of 70 cm without taking the legs off?"),
        (Said("henrik", "It did with us, feet first. Measure the stairs, too."),),
    ),
    Thread(
        "rugs",
        Said("aiko", "Too big for nine square metres, or just big enough?"),
        (
            Said("noor", "Just big enough, if the bed stands on it. #smallrooms"),
            Said("aiko", "That is exactly what I hoped somebody would say.", "noor"),
        ),
    ),
    Thread(
        "throws", Said("fenna", "The colours are even quieter in daylight. I mean it as praise.")
    ),
    Thread(
        "bowls",
        Said("rosa", "Can they go into the dishwasher? There will be twelve of us."),
        (Said("clio", "Into mine they go every Sunday. @rosa bring the big pot."),),
    ),
    Thread("mugs", Said("bea", "Two of them, and the whole morning is slower. #mornings")),
    Thread("prints", Said("dana", "Hung it lower than I thought I should. It is right there.")),
    Thread(
        "bags",
        Said("karim", "How does the leather look after a winter of rain?"),
        (Said("youssef", "Darker where the hand is. I like it better now."),),
    ),
    Thread(
        "rooms",
        Said("mara", "Copy the height of the print, not the print. #smallrooms"),
        (
            Said("priya", "I copied the height and the print, sorry."),
            Said("mara", "Forgiven, @priya.", "priya"),
        ),
    ),
    Thread("candles", Said("tomas", "They burn longer than the dinner, which says a lot here.")),
    Thread(
        "storage", Said("ivo", "The doors close by themselves for the last centimetre. Lovely.")
    ),
)

SHARED = (
    Shared(
        "noor",
        "Small rooms",
        ("mara", "jonah"),
        (("Reading corner", 6), ("Table by the window", 7)),
    ),
    Shared(
        "jonah",
        "Dinner for nine",
        ("clio",),
        (("Plates", 5), ("What goes between them", 4)),
        asked=("noor",),
    ),
)
