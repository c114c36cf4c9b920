"""A brand's list of services, as its page, its file and acts on many."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.actions import archive_service, publish_service
from catalog.queries import seller_services, service_standings
from catalog.types import Pricing, ServiceRow, ServiceState
from core.listing import Act, Asked, By, Column, Filter, Listing, Slice


def _moves(move: Callable[..., object], target: ServiceState) -> Callable[[By, str], str]:
    """The single action as an act on a row. There is no way back to a draft."""

    def do(by: By, public_id: str) -> str:
        standing = service_standings(seller_id=by.brand_id, public_ids=[public_id])
        move(service_id=public_id, seller_id=by.brand_id, actor_id=by.actor_id)
        was = standing[public_id][1]
        return "" if was in (target, ServiceState.DRAFT) else was

    return do


def _names(by: By, public_ids: Collection[str]) -> dict[str, str]:
    found = service_standings(seller_id=by.brand_id, public_ids=public_ids)
    return {public_id: title for public_id, (title, _state) in found.items()}


SERVICES: Listing[ServiceRow] = Listing(
    name="services",
    caption=_("Services"),
    key=lambda row: row.public_id,
    search=_("Search by title"),
    filters=(
        Filter(
            name="state",
            label=_("State"),
            choices={"": _("All"), **{one.value: one.label for one in ServiceState}},
        ),
    ),
    sorts={"newest": _("Newest first"), "oldest": _("Oldest first"), "title": _("By title")},
    columns=(
        Column(key="title", label=_("Service"), value=lambda row: row.title, place="lead"),
        Column(
            key="state",
            label=_("State"),
            value=lambda row: _("Taken down") if row.taken_down else ServiceState(row.state).label,
        ),
        Column(
            key="pricing",
            label=_("Pricing"),
            value=lambda row: Pricing(row.pricing).label,
            on_page=False,
        ),
        Column(
            key="price", label=_("Price, VAT included"), value=lambda row: row.price, number=True
        ),
        Column(
            key="currency",
            label=_("Currency"),
            value=lambda row: row.price.currency if row.price else "",
            on_page=False,
        ),
        Column(key="changed", label=_("Changed"), value=lambda row: row.updated_at, on_page=False),
        Column(key="id", label=_("Id"), value=lambda row: row.public_id, on_page=False),
        Column(key="next", label=_("Next"), place="next"),
    ),
    acts=(
        Act(
            code=ServiceState.ARCHIVED.value,
            label=_("Archive"),
            do=_moves(archive_service, ServiceState.ARCHIVED),
            said=ngettext_lazy("%(n)d service is archived.", "%(n)d services are archived.", "n"),
        ),
        Act(
            code=ServiceState.PUBLISHED.value,
            label=_("Publish"),
            do=_moves(publish_service, ServiceState.PUBLISHED),
            said=ngettext_lazy("%(n)d service is offered.", "%(n)d services are offered.", "n"),
            main=True,
        ),
    ),
    names=_names,
    tickable=lambda row: not row.taken_down,
)


def read(asked: Asked, *, seller_id: int) -> Slice[ServiceRow]:
    """The list's rows: one query."""
    found = seller_services(
        seller_id=seller_id,
        text=asked.text,
        state=asked.chosen["state"],
        sort=asked.sort,
        cursor=asked.cursor,
        size=asked.size,
    )
    return Slice(rows=found.rows, next=found.next)
