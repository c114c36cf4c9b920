"""What the steps of the seed hand to each other."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.content.people import Person
from demo.content.studios import Studio

Tick = Callable[[], None]
PASSWORD = "parley-demo"
SEED = 20261122


@dataclass
class Citizen:
    """Somebody of the demo: who they are, their user and profile."""

    person: Person
    user_id: int
    profile_id: int


@dataclass
class House:
    """A brand of the demo with the person who owns it."""

    studio: Studio
    profile_id: int
    owner: Citizen


@dataclass
class World:
    """Everything made so far.

    `dice` is seeded: the demo is the same on every machine. `deliver` runs what the workers would,
    for all that this process has published.
    """

    now: datetime
    deliver: Callable[[], object]
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    citizens: dict[str, Citizen] = field(default_factory=dict)
    houses: dict[str, House] = field(default_factory=dict)
    images: dict[str, int] = field(default_factory=dict)
    products: dict[str, str] = field(default_factory=dict)
    variants: dict[str, str] = field(default_factory=dict)
    # The variant that a picture shows, by its file.
    pictured: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    pins: dict[str, list[str]] = field(default_factory=dict)
    pins_of_product: dict[str, list[str]] = field(default_factory=dict)
    pins_of_service: dict[str, list[str]] = field(default_factory=dict)

    def ago(self, *, days: float = 0, hours: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)
