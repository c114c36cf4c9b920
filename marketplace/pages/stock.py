"""A brand's stock: how much of each variant there is, and what became of it.

One form for the whole list: what happened (counted, received, returned, written off) and why is
said once, the pieces are typed in the rows, or once for all that are ticked. Nothing is changed
when one row does not work, and Undo takes back what was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.queries import require_brand_role, work_of
from accounts.types import Request
from catalog.queries import seller_variants
from catalog.types import Availability, VariantRow
from core.bulk import undo_address
from core.errors import NotFound
from core.listing import Act, Asked, By, Column, Filter, Listing, Shown, Slice
from core.text import TextRefused, clean_text
from core.toasts import undo_by
from inventory.actions import (
    SAID_BY_PEOPLE,
    Booked,
    Sheet,
    book_sheet,
    set_low_mark,
    take_sheet_back,
)
from inventory.queries import stock_levels
from inventory.types import BadQuantity, MovementKind, NotEnoughStock, StockLevel
from inventory.words import LOW_AT, MOST_LOW_AT

ROLES = {"owner", "catalogue"}
MOST = 1_000_000
REASON_LIMIT = 200


@dataclass(kw_only=True)
class Line:
    """A row of the page: the variant, its counts, what was typed and what is wrong with it.

    `low_was` is the mark that the page showed; `marked`, whether somebody typed another one.
    `error` stands beside the field `at` (n or low), which is narrow on a phone; `told` says it in
    full.
    """

    variant: VariantRow
    level: StockLevel
    pieces: str = ""
    low_at: str = ""
    low_was: str = ""
    error: str = ""
    told: str = ""
    at: str = "n"
    ticked: bool = False
    marked: bool = False

    def refuse(self, short: str, told: str, *, at: str = "n") -> None:
        """Something is wrong with a field of the row."""
        self.error, self.told, self.at = short, told, at

    @property
    def number(self) -> int | None:
        return _whole(self.pieces, MOST)

    @property
    def mark(self) -> int | None:
        return _whole(self.low_at, MOST_LOW_AT)


@dataclass(kw_only=True)
class Typed:
    """What was said about all rows; `each` and `each_low` are for those that are ticked.

    `at` is the id of the field that has the problem.
    """

    kind: MovementKind = MovementKind.COUNTED
    reason: str = ""
    each: str = ""
    each_low: str = ""
    problem: str = ""
    at: str = "reason"


def _whole(text: str, most: int) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    return int(text) if int(text) <= most else None


def _own(by: By, public_id: str) -> int:
    """The primary key of one of the brand's variants."""
    found = seller_variants(seller_id=by.brand_id, public_ids=[public_id]).rows
    if not found:
        raise NotFound
    return found[0].id


def _count_back(by: By, public_id: str) -> str:
    pk = _own(by, public_id)
    take_sheet_back(sheet=by.said, variant_id=pk, actor_id=by.actor_id)
    return ""


def _mark_back(by: By, public_id: str) -> str:
    mark = _whole(by.said, MOST_LOW_AT)
    if mark is None:
        raise BadQuantity
    set_low_mark(variant_id=_own(by, public_id), low_at=mark, actor_id=by.actor_id)
    return ""


def _names(by: By, public_ids: Collection[str]) -> dict[str, str]:
    found = seller_variants(seller_id=by.brand_id, public_ids=public_ids).rows
    return {one.public_id: one.words for one in found}


STOCK: Listing[Line] = Listing(
    name="stock",
    caption=_l("Variants"),
    key=lambda line: line.variant.public_id,
    search=_l("Search by title, variant or SKU"),
    placeholder=_l("Title, variant, SKU"),
    filters=(
        Filter(
            name="state",
            label=_l("Availability"),
            choices={
                "": _l("All"),
                Availability.LOW.value: _l("Few left"),
                Availability.SOLD_OUT.value: _l("Sold out"),
            },
        ),
    ),
    columns=(
        Column(key="product", label=_l("Product"), value=lambda line: line.variant.product_title),
        Column(key="variant", label=_l("Variant"), value=lambda line: line.variant.title),
        Column(key="sku", label=_l("SKU"), value=lambda line: line.variant.sku),
        Column(
            key="state",
            label=_l("State"),
            value=lambda line: (
                Availability(line.variant.availability).label
                if line.variant.active
                else _l("Switched off")
            ),
        ),
        Column(key="on_hand", label=_l("On the shelf"), value=lambda line: line.level.on_hand),
        Column(key="reserved", label=_l("Promised"), value=lambda line: line.level.reserved),
        Column(key="available", label=_l("To sell"), value=lambda line: line.level.available),
        Column(key="low_at", label=_l("Low at"), value=lambda line: line.level.low_at),
        Column(key="id", label=_l("Id"), value=lambda line: line.variant.public_id),
    ),
    # What is done is typed as a sheet; these take one back.
    acts=(
        Act(
            code="back",
            do=_count_back,
            said=ngettext_lazy(
                "%(n)d variant is counted as before.", "%(n)d variants are counted as before.", "n"
            ),
        ),
        Act(
            code="low",
            do=_mark_back,
            said=ngettext_lazy(
                "%(n)d variant counts as low as before.",
                "%(n)d variants count as low as before.",
                "n",
            ),
        ),
    ),
    names=_names,
    page_size=30,  # about what 60 kB hold
)


@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: Request, handle: str) -> HttpResponseBase:
    """The list with search and filters, or what was typed into it."""
    role = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    if request.method == "POST" and "undo" not in request.GET:
        return _save(request, handle, role.profile.id)
    return STOCK.answer(
        request,
        by=work_of(viewer=request.viewer, role=role),
        read=partial(_read, seller_id=role.profile.id),
        page=lambda shown: _answer(request, role.profile, list(shown.rows), Typed(), shown=shown),
    )


def _read(asked: Asked, *, seller_id: int) -> Slice[Line]:
    page = seller_variants(
        seller_id=seller_id,
        text=asked.text,
        availability=asked.chosen["state"],
        cursor=asked.cursor,
        size=asked.size,
    )
    return Slice(rows=_with_levels(page.rows), next=page.next)


def _with_levels(rows: list[VariantRow]) -> list[Line]:
    levels = stock_levels(variant_pks=[one.id for one in rows])
    lines = [Line(variant=one, level=level_of(one.id, levels)) for one in rows]
    for line in lines:
        line.low_at = line.low_was = str(line.level.low_at)
    return lines


def level_of(pk: int, levels: Mapping[int, StockLevel]) -> StockLevel:
    return levels.get(pk) or StockLevel(variant_id=pk, on_hand=0, reserved=0, low_at=LOW_AT)


# --- saving --------------------------------------------------------------------------------------


def _save(request: Request, handle: str, seller_id: int) -> HttpResponse:
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES).profile
    lines = _posted(request, seller_id)
    typed = _typed(request, lines)
    if typed.problem or any(line.error for line in lines):
        return _answer(request, brand, lines, typed, status=422)
    actor_id = request.viewer.user_id
    try:
        booked = book_sheet(sheet=_sheet(lines, typed), actor_id=actor_id)
    except NotEnoughStock as refused:
        for line in lines:
            if line.variant.id in refused.variants:
                free = {"n": max(line.level.available, 0)}
                told = _("Only %(n)d are free: the others are promised to buyers.") % free
                line.refuse(_("%(n)d free") % free, told)
        typed.problem = str(refused.message)
        return _answer(request, brand, lines, typed, status=refused.status)
    if booked.changed:
        text = ngettext("%(n)d variant is changed.", "%(n)d variants are changed.", booked.changed)
        undo = undo_address(request, _ways_back(lines, booked))
        messages.success(request, text % {"n": booked.changed}, extra_tags=undo_by(undo))
    else:
        messages.info(request, _("Nothing was typed, so nothing is changed."))
    return redirect(request.get_full_path())


def _ways_back(lines: list[Line], booked: Booked) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {}
    for line in lines:
        pk, key = line.variant.id, line.variant.public_id
        if pk in booked.moved:
            back.setdefault(f"back:{booked.sheet}", []).append(key)
        if pk in booked.marks:
            back.setdefault(f"low:{booked.marks[pk]}", []).append(key)
    return back


def _posted(request: Request, seller_id: int) -> list[Line]:
    """The rows that were on the page, as far as they are the seller's, with what was typed.

    What was typed for those that are ticked stands in each of them that says nothing of its own.
    """
    ticked = set(request.POST.getlist("row"))
    each, each_low = _each(request)
    wanted = [one for one in request.POST.getlist("variant") if "\x00" not in one][:100]
    lines = _with_levels(seller_variants(seller_id=seller_id, public_ids=wanted).rows)
    for line in lines:
        key = line.variant.public_id
        line.ticked = key in ticked
        shown = _text(request, f"low-was-{key}", line.low_at)
        typed = _text(request, f"low-{key}", shown)
        if typed != shown:
            line.low_at, line.low_was, line.marked = typed, shown, True
        line.pieces = _text(request, f"n-{key}")
        if line.ticked and _whole(each, MOST) is not None:
            line.pieces = line.pieces or each
        if line.ticked and not line.marked and _whole(each_low, MOST_LOW_AT) is not None:
            line.low_at, line.marked = each_low, True
        if line.pieces and line.number is None:
            line.refuse(_("0 to a million"), _("Write whole pieces, from 0 to a million."))
        elif line.mark is None:
            told = _("Write a number from 0 to 10,000 for when it counts as low.")
            line.refuse(_("0 to 10,000"), told, at="low")
    return lines


def _text(request: Request, name: str, usual: str = "") -> str:
    return request.POST.get(name, usual).replace("\x00", "").strip()[:20]


def _each(request: Request) -> tuple[str, str]:
    return _text(request, "each"), _text(request, "each-low")


def _typed(request: Request, lines: list[Line]) -> Typed:
    kind = request.POST.get("kind", "")
    typed = Typed(kind=MovementKind(kind) if kind in SAID_BY_PEOPLE else MovementKind.COUNTED)
    typed.each, typed.each_low = _each(request)
    if problem := _problem_of_each(typed, lines):
        typed.at, typed.problem = problem
    reason = request.POST.get("reason", "")
    typed.reason = reason[: 4 * REASON_LIMIT]
    try:
        typed.reason = clean_text(reason, limit=REASON_LIMIT, single_line=True)
    except TextRefused as refused:
        typed.at, typed.problem = "reason", str(refused)
        return typed
    if kind not in SAID_BY_PEOPLE:
        typed.at, typed.problem = "reason", _("Say what happened.")
    elif typed.kind == MovementKind.WRITTEN_OFF and not typed.reason and _pieces(lines):
        typed.at, typed.problem = "reason", _("Say why pieces are written off.")
    return typed


def _problem_of_each(typed: Typed, lines: list[Line]) -> tuple[str, str] | None:
    """The field and what is wrong with what was typed for those that are ticked."""
    if typed.each and _whole(typed.each, MOST) is None:
        return "each", _("Write whole pieces, from 0 to a million.")
    if typed.each_low and _whole(typed.each_low, MOST_LOW_AT) is None:
        return "each-low", _("Write a number from 0 to 10,000 for when it counts as low.")
    ticked = any(line.ticked for line in lines)
    if (typed.each or typed.each_low) and not ticked:
        return "each", _("Tick the variants that this number is for.")
    if ticked and not (typed.each or typed.each_low or _pieces(lines)):
        return "each", _("Type a number for those that are ticked.")
    return None


def _pieces(lines: list[Line]) -> dict[int, int]:
    return {line.variant.id: line.number for line in lines if line.number is not None}


def _sheet(lines: list[Line], typed: Typed) -> Sheet:
    return Sheet(
        kind=typed.kind,
        pieces=_pieces(lines),
        marks={
            line.variant.id: line.mark for line in lines if line.marked and line.mark is not None
        },
        reason=typed.reason,
    )


# --- showing -------------------------------------------------------------------------------------


def _answer(
    request: Request,
    brand: Any,
    lines: list[Line],
    typed: Typed,
    *,
    shown: Shown[Line] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = shown or STOCK.shown(request, Slice(rows=lines, next=None))
    context = {
        "brand": brand,
        "list": shown,
        "lines": lines,
        "typed": typed,
        "kinds": SAID_BY_PEOPLE,
        "errors": [
            (f"{line.variant.words}: {line.told}", f"{line.at}-{line.variant.public_id}")
            for line in lines
            if line.error
        ],
    }
    return render(request, "pages/studio_stock.html", context, status=status)
