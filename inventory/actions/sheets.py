"""A whole list at once, as somebody walks along the shelves with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from core.db import retrying
from inventory.actions.counting import adjust, count, set_low_mark
from inventory.models import Stock
from inventory.types import MovementKind
from inventory.words import LOW_AT

# What a person may say happened; sales are said by orders.
SAID_BY_PEOPLE = (
    MovementKind.COUNTED,
    MovementKind.RECEIVED,
    MovementKind.RETURNED,
    MovementKind.WRITTEN_OFF,
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What happened to which variants (primary keys), and below how many each counts as low.

    `pieces` are never below zero: `kind` says which way they went.
    """

    kind: MovementKind
    pieces: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[int, int] = field(default_factory=dict)
    reason: str = ""


@retrying
@transaction.atomic
def book_sheet(*, sheet: Sheet, actor_id: int | None) -> int:
    """Marks first, then the pieces, all or nothing; answers with how many variants changed.

    Raises BadQuantity, NotEnoughStock.
    """
    rows = Stock.objects.filter(pk__in={*sheet.pieces, *sheet.marks})
    known = {pk: tuple(more) for pk, *more in rows.values_list("pk", "on_hand", "low_at")}
    uncounted = (0, LOW_AT)
    changed = set()
    for pk, mark in sorted(sheet.marks.items()):
        if known.get(pk, uncounted)[1] != mark:
            set_low_mark(variant_id=pk, low_at=mark, actor_id=actor_id)
            changed.add(pk)
    if sheet.kind == MovementKind.COUNTED:
        count(counts=sheet.pieces, actor_id=actor_id, reason=sheet.reason)
        changed |= {
            pk for pk, pieces in sheet.pieces.items() if pieces != known.get(pk, uncounted)[0]
        }
    else:
        sign = -1 if sheet.kind == MovementKind.WRITTEN_OFF else 1
        changes = {pk: sign * pieces for pk, pieces in sheet.pieces.items() if pieces}
        adjust(changes=changes, actor_id=actor_id, reason=sheet.reason, kind=sheet.kind)
        changed |= set(changes)
    return len(changed)
