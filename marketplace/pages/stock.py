"""A brand's stock: how much of each variant there is, and what became of it.

One form for the whole list: what happened (counted, received, returned, written off) and why is
said once, the pieces are typed in the rows. Nothing is changed when one row does not work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.queries import require_brand_role, user_names, work_of
from accounts.types import Request
from catalog.queries import seller_variants
from catalog.types import Availability, VariantRow
from core.errors import NotFound
from core.listing import Asked, Column, Filter, Listing, Shown, Slice
from core.text import TextRefused, clean_text
from inventory.actions import SAID_BY_PEOPLE, Sheet, book_sheet
from inventory.queries import movements, stock_levels
from inventory.types import MovementKind, NotEnoughStock, StockLevel
from inventory.words import LOW_AT, MOST_LOW_AT

ROLES = {"owner", "catalogue"}
MOST = 1_000_000
REASON_LIMIT = 200


@dataclass(kw_only=True)
class Line:
    """A row of the page: the variant, its counts, what was typed and what is wrong with it."""

    variant: VariantRow
    level: StockLevel
    pieces: str = ""
    low_at: str = ""
    error: str = ""

    @property
    def number(self) -> int | None:
        return _whole(self.pieces, MOST)

    @property
    def mark(self) -> int | None:
        return _whole(self.low_at, MOST_LOW_AT)


@dataclass(kw_only=True)
class Typed:
    """What was said about all rows."""

    kind: MovementKind = MovementKind.COUNTED
    reason: str = ""
    problem: str = ""


def _whole(text: str, most: int) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    return int(text) if int(text) <= most else None


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
    page_size=50,
)


@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: Request, handle: str) -> HttpResponseBase:
    """The list with search and filters, or what was typed into it."""
    role = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    if request.method == "POST":
        return _save(request, handle, role.profile.id)
    return STOCK.answer(
        request,
        by=work_of(viewer=request.viewer, role=role),
        read=partial(_read, seller_id=role.profile.id),
        page=lambda shown: _answer(request, role.profile, list(shown.rows), Typed(), shown=shown),
    )


@require_safe
def history(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Every change to the count of one variant: when, how many, who, why."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES).profile
    found = seller_variants(seller_id=brand.id, public_ids=[public_id]).rows
    if not found:
        raise NotFound
    page = movements(variant_id=found[0].id, cursor=request.GET.get("cursor"))
    names = user_names(ids=[one.actor_id for one in page.rows if one.actor_id is not None])
    level = _level(found[0].id, stock_levels(variant_pks=[found[0].id]))
    return render(
        request,
        "pages/studio_stock_history.html",
        {"brand": brand, "variant": found[0], "level": level, "page": page, "names": names},
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
    lines = [Line(variant=one, level=_level(one.id, levels)) for one in rows]
    for line in lines:
        line.low_at = str(line.level.low_at)
    return lines


def _level(pk: int, levels: Mapping[int, StockLevel]) -> StockLevel:
    return levels.get(pk) or StockLevel(variant_id=pk, on_hand=0, reserved=0, low_at=LOW_AT)


# --- saving --------------------------------------------------------------------------------------


def _save(request: Request, handle: str, seller_id: int) -> HttpResponse:
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES).profile
    lines = _posted(request, seller_id)
    typed = _typed(request, lines)
    if typed.problem or any(line.error for line in lines):
        return _answer(request, brand, lines, typed, status=422)
    actor_id = request.viewer.user.pk if request.viewer.user else None
    try:
        changed = book_sheet(sheet=_sheet(lines, typed), actor_id=actor_id)
    except NotEnoughStock as refused:
        for line in lines:
            if line.variant.id in refused.variants:
                line.error = _("Only %(n)d are free: the others are promised to buyers.") % {
                    "n": max(line.level.available, 0)
                }
        typed.problem = str(refused.message)
        return _answer(request, brand, lines, typed, status=refused.status)
    if changed:
        text = ngettext("%(n)d variant is changed.", "%(n)d variants are changed.", changed)
        messages.success(request, text % {"n": changed})
    else:
        messages.info(request, _("Nothing was typed, so nothing is changed."))
    return redirect(request.get_full_path())


def _posted(request: Request, seller_id: int) -> list[Line]:
    """The rows that were on the page, as far as they are the seller's, with what was typed."""
    wanted = [one for one in request.POST.getlist("variant") if "\x00" not in one][:100]
    lines = _with_levels(seller_variants(seller_id=seller_id, public_ids=wanted).rows)
    for line in lines:
        key = line.variant.public_id
        line.pieces = request.POST.get(f"n-{key}", "").replace("\x00", "").strip()[:20]
        line.low_at = request.POST.get(f"low-{key}", line.low_at).strip()[:20]
        if line.pieces and line.number is None:
            line.error = _("Write whole pieces, from 0 to a million.")
        elif line.mark is None:
            line.error = _("Write a number from 0 to 10,000 for when it counts as low.")
    return lines


def _typed(request: Request, lines: list[Line]) -> Typed:
    kind = request.POST.get("kind", "")
    typed = Typed(kind=MovementKind(kind) if kind in SAID_BY_PEOPLE else MovementKind.COUNTED)
    reason = request.POST.get("reason", "")
    typed.reason = reason[: 4 * REASON_LIMIT]
    try:
        typed.reason = clean_text(reason, limit=REASON_LIMIT, single_line=True)
    except TextRefused as refused:
        typed.problem = str(refused)
        return typed
    if kind not in SAID_BY_PEOPLE:
        typed.problem = _("Say what happened.")
    elif typed.kind == MovementKind.WRITTEN_OFF and not typed.reason and _pieces(lines):
        typed.problem = _("Say why pieces are written off.")
    return typed


def _pieces(lines: list[Line]) -> dict[int, int]:
    return {line.variant.id: line.number for line in lines if line.number is not None}


def _sheet(lines: list[Line], typed: Typed) -> Sheet:
    return Sheet(
        kind=typed.kind,
        pieces=_pieces(lines),
        marks={line.variant.id: line.mark for line in lines if line.mark is not None},
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
    shown = shown or Shown(
        listing=STOCK,
        asked=STOCK.asked(request.GET),
        found=Slice(rows=lines, next=None),
        path=request.path,
        here=request.get_full_path(),
    )
    context = {
        "brand": brand,
        "list": shown,
        "lines": lines,
        "typed": typed,
        "kinds": SAID_BY_PEOPLE,
        "errors": [
            (f"{line.variant.words}: {line.error}", f"n-{line.variant.public_id}")
            for line in lines
            if line.error
        ],
    }
    return render(request, "pages/studio_stock.html", context, status=status)
