"""A brand's list of services, as its page, its file and acts on many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.actions import archive_service, publish_service, redraft_service
from catalog.publishing import service_facts, service_points
from catalog.queries import service_standings, services_for_seller
from catalog.types import Pricing, ServiceRow, ServiceState
from core.listing import Act, By, Column, Filter, Listing, Standings
from marketplace.pages.todos import remark

STANDINGS = Standings(
    read=lambda by, keys: service_standings(seller_id=by.brand_id, public_ids=keys),
    back={one.value: one.value for one in ServiceState},
)


def _moves(act: Callable[..., object], to: ServiceState) -> Callable[[By, str], str]:
    return STANDINGS.moves(
        lambda by, key: act(service_id=key, seller_id=by.brand_id, actor_id=by.actor_id), to=to
    )


def _still_open(by: By, public_ids: Sequence[str]) -> str:
    """What is still open of the services that were just published. One query."""
    pages = services_for_seller(seller_id=by.brand_id, public_ids=public_ids)
    return remark((page.title, service_points(service_facts(page))) for page in pages)


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
            room=8,
            label=_("State"),
            value=lambda row: _("Taken down") if row.taken_down else ServiceState(row.state).label,
        ),
        Column(
            key="pricing",
            room=9,
            label=_("Pricing"),
            value=lambda row: Pricing(row.pricing).label,
            on_page=False,
        ),
        Column(
            key="price",
            room=10,
            label=_("Price, VAT included"),
            value=lambda row: row.price,
            number=True,
        ),
        Column(
            key="currency",
            label=_("Currency"),
            value=lambda row: row.price.currency if row.price else "",
            on_page=False,
        ),
        Column(key="changed", label=_("Changed"), value=lambda row: row.updated_at, on_page=False),
        Column(key="id", label=_("Id"), value=lambda row: row.public_id, on_page=False),
        Column(key="next", room=9, label=_("Next"), place="next"),
    ),
    acts=(
        Act(
            code=ServiceState.ARCHIVED.value,
            label=_("Archive"),
            do=_moves(archive_service, ServiceState.ARCHIVED),
            said=ngettext_lazy("%(n)d service is archived.", "%(n)d services are archived.", "n"),
        ),
        Act(
            code=ServiceState.DRAFT.value,
            label=_("Make a draft"),
            do=_moves(redraft_service, ServiceState.DRAFT),
            said=ngettext_lazy(
                "%(n)d service is a draft again.", "%(n)d services are drafts again.", "n"
            ),
        ),
        Act(
            code=ServiceState.PUBLISHED.value,
            label=_("Publish"),
            do=_moves(publish_service, ServiceState.PUBLISHED),
            said=ngettext_lazy("%(n)d service is offered.", "%(n)d services are offered.", "n"),
            remark=_still_open,
            main=True,
        ),
    ),
    names=STANDINGS.names,
    tickable=lambda row: not row.taken_down,
)
