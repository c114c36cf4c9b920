"""The notes of one board, handed out pin by pin."""

from __future__ import annotations

from demo.content.notes import NOTES
from demo.world import World


class Noting:
    """What people write on a board of the plan, each note once."""

    def __init__(self, world: World, owner: str, title: str) -> None:
        self._pins = world.pins
        self._left = {
            (who, slug): list(texts)
            for who, notes in NOTES.get((owner, title), {}).items()
            for slug, texts in notes.items()
        }

    def next(self, who: str, pin: str) -> str:
        """The note of somebody for a pin they save; "" where they have nothing (more) to say."""
        for (author, slug), texts in self._left.items():
            if author == who and texts and pin in self._pins.get(slug, ()):
                return texts.pop(0)
        return ""
