"""From offers and delivery options to a total: pure arithmetic, no rows and no clock.

VAT is inside of every price. Delivery carries the rate of the dearest line of its parcel, as the
main supply; each amount is rounded once, and sums are sums of rounded amounts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from catalog.types import DeliveryOption, Offer
from core.money import Money, included_vat
from core.money import total as money_total
from orders.types import Priced, PricedLine, PricedParcel, Want


def priced_line(*, offer: Offer, quantity: int) -> PricedLine:
    """A line at the price of its offer."""
    return PricedLine(
        variant_pk=offer.variant_pk,
        variant_id=offer.variant_id,
        product_id=offer.product_id,
        product_slug=offer.product_slug,
        title=offer.product_title,
        variant_title=offer.variant_title,
        sku=offer.sku,
        seller_id=offer.seller_id,
        quantity=quantity,
        unit_price=offer.price,
        vat_rate=offer.vat_rate,
        picture=offer.picture,
        return_days=offer.return_days,
        lead_days=offer.lead_days,
        buyable=offer.buyable,
        away_until=offer.away_until,
    )


def lines_by_seller(
    *, wants: Sequence[Want], offers: Mapping[str, Offer]
) -> dict[int, list[PricedLine]]:
    """Lines of what is for sale, grouped by seller in the order in which sellers first appear."""
    groups: dict[int, list[PricedLine]] = {}
    for want in wants:
        offer = offers.get(want.variant_id)
        if offer is not None:
            line = priced_line(offer=offer, quantity=want.quantity)
            groups.setdefault(offer.seller_id, []).append(line)
    return groups


def items_total(lines: Sequence[PricedLine]) -> Money:
    """The sum of lines, of which there is at least one."""
    return money_total([line.total for line in lines], currency=lines[0].unit_price.currency)


def choose(options: Sequence[DeliveryOption], methods: Collection[str]) -> DeliveryOption | None:
    """The option that is among `methods`, or the first (the cheapest); None where there is none."""
    asked = next((option for option in options if option.method_id in methods), None)
    return asked or (options[0] if options else None)


def parcel(
    *,
    seller: Offer,
    lines: Sequence[PricedLine],
    options: Sequence[DeliveryOption],
    methods: Collection[str],
) -> PricedParcel:
    """One seller's parcel. `seller` is any of its offers."""
    items = items_total(lines)
    chosen = choose(options, methods)
    delivery = chosen.price if chosen else Money.zero(items.currency)
    dearest = max(lines, key=lambda line: (line.total.amount, line.vat_rate))
    tax = included_vat(delivery, dearest.vat_rate)
    for line in lines:
        tax += included_vat(line.total, line.vat_rate)
    return PricedParcel(
        seller=seller.seller,
        lines=tuple(lines),
        options=tuple(options),
        chosen=chosen,
        items=items,
        delivery=delivery,
        tax=tax,
    )


def priced(
    *,
    wants: Sequence[Want],
    offers: Mapping[str, Offer],
    options: Mapping[int, Sequence[DeliveryOption]],
    methods: Collection[str],
    currency: str,
) -> Priced:
    """The whole: what is not for sale is in `missing` and in no sum.

    Raises MoneyError (currency_mix) when sellers ask for different currencies.
    """
    groups = lines_by_seller(wants=wants, offers=offers)
    parcels = tuple(
        parcel(
            seller=offers[lines[0].variant_id],
            lines=lines,
            options=options.get(seller_id, ()),
            methods=methods,
        )
        for seller_id, lines in groups.items()
    )
    if parcels:
        currency = parcels[0].items.currency
    return Priced(
        parcels=parcels,
        items=money_total([one.items for one in parcels], currency=currency),
        delivery=money_total([one.delivery for one in parcels], currency=currency),
        tax=money_total([one.tax for one in parcels], currency=currency),
        missing=tuple(want.variant_id for want in wants if want.variant_id not in offers),
    )
