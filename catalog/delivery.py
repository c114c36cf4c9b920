"""When a parcel arrives and what it costs: pure arithmetic, no rows and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from catalog.types import DeliveryOption, DeliveryTerms
from core.days import working_day
from core.money import Money


def price_for(terms: DeliveryTerms, subtotal: Money) -> Money:
    """The price of the method for goods of this worth."""
    if terms.free_from is not None and subtotal.amount >= terms.free_from.amount:
        return Money.zero(terms.price.currency)
    return terms.price


def option(terms: DeliveryTerms, *, subtotal: Money, lead_days: int, today: date) -> DeliveryOption:
    """Price and dates of a method for goods that leave the studio after `lead_days`."""
    return DeliveryOption(
        method_id=terms.method_id,
        name=terms.name,
        price=price_for(terms, subtotal),
        earliest=working_day(today, lead_days + terms.min_days),
        latest=working_day(today, lead_days + terms.max_days),
    )


def options_to(
    methods: Sequence[DeliveryTerms],
    *,
    country: str,
    subtotal: Money,
    lead_days: int,
    today: date,
) -> list[DeliveryOption]:
    """All ways to a country, the cheapest first and of equals the fastest."""
    found = [
        option(terms, subtotal=subtotal, lead_days=lead_days, today=today)
        for terms in methods
        if country in terms.countries
    ]
    return sorted(found, key=lambda one: (one.price.amount, one.latest))
