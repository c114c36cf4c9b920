"""A whole list at once, as somebody walks along the shelves with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from core.db import retrying
from core.errors import NotFound
from core.ids import new_public_id
from inventory.actions.counting import adjust, count, set_low_mark
from inventory.models import Stock, StockMovement
from inventory.types import MovementKind
from inventory.words import LOW_AT

# What a person may say happened; sales are said by orders.
SAID_BY_PEOPLE = (
    MovementKind.COUNTED,
    MovementKind.RECEIVED,
    MovementKind.RETURNED,
    MovementKind.WRITTEN_OFF,
)
# What the movements of a sheet belong to, and those that took it back.
_SHEET, _BACK = "sheet:", "back:"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What happened to which variants (primary keys), and below how many each counts as low.

    `pieces` are never below zero: `kind` says which way they went.
    """

    kind: MovementKind
    pieces: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[int, int] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Booked:
    """What a sheet changed (primary keys of variants), and what takes it back.

    `sheet` is its name for `take_sheet_back`, `moved` are those whose count it changed, and `marks`
    says at how many each variant counted as low before, where that changed.
    """

    sheet: str
    moved: frozenset[int]
    marks: Mapping[int, int]

    @property
    def changed(self) -> int:
        return len(self.moved | self.marks.keys())


@retrying
@transaction.atomic
def book_sheet(*, sheet: Sheet, actor_id: int | None) -> Booked:
    """Marks first, then the pieces, all or nothing. Raises BadQuantity, NotEnoughStock."""
    marks = _book_marks(sheet.marks, actor_id)
    name = new_public_id()
    if sheet.kind == MovementKind.COUNTED:
        count(counts=sheet.pieces, actor_id=actor_id, reason=sheet.reason, reference=_SHEET + name)
    else:
        sign = -1 if sheet.kind == MovementKind.WRITTEN_OFF else 1
        adjust(
            changes={pk: sign * pieces for pk, pieces in sheet.pieces.items()},
            actor_id=actor_id,
            reason=sheet.reason,
            kind=sheet.kind,
            reference=_SHEET + name,
        )
    moves = StockMovement.objects.filter(stock__in=sheet.pieces, reference=_SHEET + name)
    moved = frozenset(moves.values_list("stock_id", flat=True)) if sheet.pieces else frozenset()
    return Booked(sheet=name, moved=moved, marks=marks)


def _book_marks(marks: Mapping[int, int], actor_id: int | None) -> dict[int, int]:
    """Change what is another number than before; answers with the numbers from before."""
    known = dict(Stock.objects.filter(pk__in=marks).values_list("pk", "low_at"))
    before = {}
    for pk, mark in sorted(marks.items()):
        if known.get(pk, LOW_AT) != mark:
            set_low_mark(variant_id=pk, low_at=mark, actor_id=actor_id)
            before[pk] = known.get(pk, LOW_AT)
    return before


@retrying
@transaction.atomic
def take_sheet_back(*, sheet: str, variant_id: int, actor_id: int | None) -> None:
    """Move the count of a variant (primary key) back by what a sheet had moved it.

    Once: repeating it changes nothing. What was sold since then stays sold. Raises NotFound when
    the sheet did not move it, NotEnoughStock when its pieces are gone or promised by now.
    """
    list(Stock.objects.select_for_update().filter(pk=variant_id))
    mine = StockMovement.objects.filter(stock=variant_id)
    moved = mine.filter(reference=_SHEET + sheet).first()
    if moved is None:
        raise NotFound
    if mine.filter(reference=_BACK + sheet).exists():
        return
    adjust(
        changes={variant_id: -moved.quantity},
        actor_id=actor_id,
        reason=_("Taken back"),
        kind=MovementKind.COUNTED,
        reference=_BACK + sheet,
    )
