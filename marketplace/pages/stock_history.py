"""What became of one variant in the studio: every change to its count, as a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from accounts.queries import require_brand_role, user_names, work_of
from accounts.types import Request
from catalog.queries import seller_variants
from core.errors import NotFound
from core.listing import Asked, Column, Filter, Listing, Shown, Slice
from inventory.queries import movements, stock_levels
from inventory.types import Movement, MovementKind
from marketplace.pages.stock import ROLES, level_of


@dataclass(frozen=True, kw_only=True)
class Told:
    """A change, and who it was in words."""

    change: Movement
    who: str


HISTORY: Listing[Told] = Listing(
    name="stock-history",
    caption=_l("What happened to it, newest first"),
    key=lambda row: str(row.change.at),
    search=_l("Search by why, or by order"),
    placeholder=_l("Reason, order number"),
    filters=(
        Filter(
            name="kind",
            label=_l("What happened"),
            choices={"": _l("All"), **{one.value: one.label for one in MovementKind}},
        ),
    ),
    columns=(
        Column(key="at", room=10, label=_l("When"), value=lambda row: row.change.at),
        Column(key="what", room=10, label=_l("What"), value=lambda row: row.change.label),
        Column(
            key="pieces",
            room=6,
            label=_l("Pieces"),
            value=lambda row: row.change.quantity,
            number=True,
        ),
        Column(
            key="after",
            room=10,
            label=_l("Then on the shelf"),
            value=lambda row: row.change.after,
            number=True,
        ),
        Column(key="who", room=10, label=_l("Who"), value=lambda row: row.who),
        Column(
            key="why",
            label=_l("Why"),
            value=lambda row: row.change.reason or row.change.reference,
            place="any",
        ),
    ),
)


@require_safe
def history(request: Request, handle: str, public_id: str) -> HttpResponseBase:
    """Every change to the count of one variant: when, how many, who, why."""
    role = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    found = seller_variants(seller_id=role.profile.id, public_ids=[public_id]).rows
    if not found:
        raise NotFound
    variant = found[0]

    def page(shown: Shown[Told]) -> HttpResponse:
        context = {
            "brand": role.profile,
            "variant": variant,
            "level": level_of(variant.id, stock_levels(variant_pks=[variant.id])),
            "list": shown,
        }
        return render(request, "pages/studio_stock_history.html", context)

    return HISTORY.answer(
        request,
        by=work_of(viewer=request.viewer, role=role),
        read=lambda asked: _read(asked, variant_id=variant.id),
        page=page,
    )


def _read(asked: Asked, *, variant_id: int) -> Slice[Told]:
    found = movements(
        variant_id=variant_id,
        cursor=asked.cursor,
        kind=asked.chosen["kind"],
        text=asked.text,
        size=asked.size,
    )
    names = user_names(ids=[one.actor_id for one in found.rows if one.actor_id is not None])
    return Slice(
        rows=[Told(change=one, who=_who(one, names)) for one in found.rows], next=found.next
    )


def _who(change: Movement, names: dict[int, str]) -> str:
    if change.actor_id in names:
        return names[change.actor_id]
    return _("An order") if change.kind == MovementKind.SOLD else ""
