"""What the operations of the catalogue are asked."""

from __future__ import annotations

from api.fields import Asked, Choice, Out
from catalog.shapes import ProductCardOut
from catalog.types import EU_COUNTRIES, HOME_COUNTRY


class DeliveryAsked(Asked):
    """Where the parcel would go."""

    country = Choice(choices=[(code, code) for code in EU_COUNTRIES], default=HOME_COUNTRY)


class RelatedOut(Out):
    """What stands below a product."""

    by_seller = ProductCardOut(many=True)
    similar = ProductCardOut(many=True)
