"""Who is heard on a board: its by-lines say who saved a pin, and quote their note."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.types import ProfileRef
from feed.types import PinCard, Reason, ReasonCode, note_url


@dataclass(frozen=True, kw_only=True)
class Voices:
    """`people` are the owner and those who joined, by key, without whom a block keeps from the
    reader; the notes of the `unheard` are left out. On a board that is not `shared` nobody has to
    be told apart.
    """

    board_id: str
    people: Mapping[int, ProfileRef]
    unheard: Collection[int]
    shared: bool

    def note(self, saver_id: int, text: str) -> str:
        """What the reader sees of a note."""
        return text if saver_id in self.people and saver_id not in self.unheard else ""

    def credited(self, card: PinCard, saver_id: int, text: str) -> PinCard:
        """The card with its note, else with who saved it, unless its author did."""
        who, note = self.people.get(saver_id), self.note(saver_id, text)
        if who is None or not (note or (self.shared and saver_id != card.author.id)):
            return card
        said = {"name": who.short_name, "author": card.author.name, "note": note}
        words = _("%(name)s “%(note)s”") if note else _("%(name)s saved it from %(author)s")
        reason = Reason(
            code=ReasonCode.SAVED_HERE,
            text=words % said,
            who=who,
            note=note,
            url=note_url(self.board_id, card.public_id) if note else "",
        )
        return replace(card, reason=reason)
