"""What an operator ticks and writes beside the items of a review, before anything is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

REASON_LIMIT = 1000
PASS, SEND_BACK = "pass", "return"  # what the two buttons of the page say


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One form as it was sent: which button, which ticks, and the words beside each item."""

    decision: str
    ticked: frozenset[str]
    reasons: Mapping[str, str]
    note: str

    @property
    def refused(self) -> dict[str, str]:
        """The reason of each item that is ticked, as the action takes them."""
        return {code: self.reasons.get(code, "") for code in sorted(self.ticked)}

    def problems(self) -> dict[str, str]:
        """What is wrong beside which item; empty when ticks, words and button agree."""
        found = {}
        for code in sorted({*self.ticked, *(code for code, said in self.reasons.items() if said)}):
            if not self.reasons.get(code):
                found[code] = _("Say why this needs a change, or take the tick away.")
            elif code not in self.ticked:
                found[code] = _("You wrote a reason: tick “Needs a change”, or empty it.")
            elif self.decision == PASS:
                found[code] = _("This is ticked: send it back, or take tick and reason away.")
        return found

    def problem(self) -> str:
        """Why the form decides nothing, in a sentence; empty when it may be carried out."""
        if self.decision not in (PASS, SEND_BACK):
            return _("Nothing was decided. Choose one of the buttons below.")
        beside = self.problems()
        if beside and self.decision == PASS:
            return _("Nothing was decided: something is ticked or written beside an item.")
        if beside:
            return _("Nothing was decided. Give a reason for each item that needs a change.")
        if self.decision == SEND_BACK and not self.ticked:
            return _("Nothing was decided. Tick what needs a change, and say why.")
        return ""


def typed(data: QueryDict, *, codes: Collection[str]) -> Typed:
    """What was sent of these items; words beside others are nobody's."""
    return Typed(
        decision=data.get("decision", ""),
        ticked=frozenset(data.getlist("refused")),
        reasons={code: _clean(data.get(f"reason-{code}", "")) for code in codes},
        note=_clean(data.get("note", "")),
    )


def _clean(text: str) -> str:
    return text[:REASON_LIMIT].replace("\x00", "").strip()
