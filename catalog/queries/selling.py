"""A rule for the rows of others that name products."""

from __future__ import annotations

from django.db.models import Q

from catalog.away import is_away
from catalog.types import Availability, ProductState


def to_buy(*, product: str, variant: str) -> Q:
    """That what a row names can be bought now: on sale for everybody, there, of a brand that is not
    on vacation. `product` and `variant` are the paths of the row's references; a variant that is
    none or not sold any more asks for the product."""
    sold = Q(
        **{
            f"{product}__state": ProductState.PUBLISHED,
            f"{product}__taken_down_at": None,
            f"{product}__seller__state": "approved",
        }
    )
    gone = Q(**{f"{product}__availability": Availability.SOLD_OUT}) | Q(
        **{f"{variant}__active": True, f"{variant}__availability": Availability.SOLD_OUT}
    )
    return sold & ~gone & ~is_away(f"{product}__seller")
