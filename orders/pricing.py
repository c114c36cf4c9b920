"""Asks the catalogue what lines cost now. Two statements, however many lines and sellers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils import timezone

from catalog import queries as catalog
from core import clock
from orders import totals
from orders.types import Priced, Want

DEFAULT_CURRENCY = "EUR"


def price_now(
    *,
    wants: Sequence[Want],
    country: str,
    methods: Collection[str] = (),
    only_buyable: bool = False,
    refused: Collection[int] = (),
) -> Priced:
    """Today's price of `wants` with delivery to `country` (ISO alpha-2).

    `methods` are public ids of the delivery methods that were chosen; a seller of whom none is
    among them, or not offered any more, sends by the cheapest. `only_buyable` leaves sold-out
    variants out of the sums, as a bag does. `refused` are sellers between whom and the buyer a
    block stands: what is theirs counts as gone.
    """
    offers = catalog.offers(variant_ids=[want.variant_id for want in wants])
    offers = {key: offer for key, offer in offers.items() if offer.seller_id not in refused}
    if only_buyable:
        offers = {key: offer for key, offer in offers.items() if offer.buyable}
    groups = totals.lines_by_seller(wants=wants, offers=offers)
    options = catalog.delivery_options(
        seller_ids=list(groups),
        country=country,
        subtotals={seller: totals.items_total(lines) for seller, lines in groups.items()},
        lead_days={seller: max(one.lead_days for one in lines) for seller, lines in groups.items()},
        today=timezone.localdate(clock.now()),
    )
    return totals.priced(
        wants=wants,
        offers=offers,
        options=options,
        methods=methods,
        currency=DEFAULT_CURRENCY,
    )
