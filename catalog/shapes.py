"""How products look in the API, for the operations of every app."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.shapes import ByLineOut, TraderOut
from api.fields import Instant, MoneyField, Out, PictureField
from catalog.types import Availability, Pricing, ProductState


class CategoryOut(Out):
    """A category; `path` names its ancestors and itself."""

    slug = serializers.CharField()
    name = serializers.CharField()
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent_slug", allow_null=True
    )
    path = serializers.ListField(child=serializers.CharField())


class ProductCardOut(Out):
    """A product as lists show it; `price` is that of `variant_id`, which its price tag buys."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    url = serializers.CharField()
    price = MoneyField()
    price_varies = serializers.BooleanField()
    availability = serializers.ChoiceField(choices=Availability.values)
    picture = PictureField(allow_null=True)
    seller = ByLineOut()
    variant_id = serializers.CharField()
    lead_days = serializers.IntegerField()


class ServiceCardOut(Out):
    """A service as the wall shows it; `price` is the lowest, null where it is quoted only."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    url = serializers.CharField()
    pricing = serializers.ChoiceField(choices=Pricing.values)
    price = MoneyField(allow_null=True)
    area = serializers.CharField()
    lead_days = serializers.IntegerField()
    picture = PictureField(allow_null=True)
    seller = ByLineOut()


class VariantOut(Out):
    """One buyable form of a product. In a draft it may have no price and no SKU yet."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    sku = serializers.CharField(allow_blank=True)
    price = MoneyField(allow_null=True)
    availability = serializers.ChoiceField(choices=Availability.values)
    active = serializers.BooleanField()
    buyable = serializers.BooleanField()
    value_ids = serializers.ListField(child=serializers.IntegerField())


class ValueOut(Out):
    """A value on an axis."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class AxisOut(Out):
    """An axis along which variants differ."""

    name = serializers.CharField()
    values = ValueOut(many=True)


class DeliveryTermsOut(Out):
    """A way of delivery as its seller states it."""

    id = serializers.CharField(source="method_id")
    name = serializers.CharField()
    zone = serializers.CharField()
    countries = serializers.ListField(child=serializers.CharField())
    price = MoneyField()
    free_from = MoneyField(allow_null=True)
    min_days = serializers.IntegerField()
    max_days = serializers.IntegerField()


class DeliveryOptionOut(Out):
    """One way to receive a parcel, with its price for these pieces and its dates."""

    id = serializers.CharField(source="method_id")
    name = serializers.CharField()
    price = MoneyField()
    earliest = serializers.DateField()
    latest = serializers.DateField()


class ProductOut(Out):
    """All that a product's own page says of it."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    url = serializers.CharField()
    description = serializers.CharField()
    details = serializers.CharField()
    delivery_note = serializers.CharField()
    returns_note = serializers.CharField()
    category = CategoryOut(allow_null=True)
    seller = ByLineOut()
    trader = TraderOut(allow_null=True)
    pictures = serializers.ListField(child=PictureField())
    options = AxisOut(many=True)
    variants = VariantOut(many=True)
    default_variant_id = serializers.CharField(allow_null=True)
    vat_rate = serializers.DecimalField(max_digits=5, decimal_places=4)
    return_days = serializers.IntegerField()
    lead_days = serializers.IntegerField()
    returns_free = serializers.BooleanField()
    delivery = DeliveryTermsOut(many=True)
    availability = serializers.ChoiceField(choices=Availability.values)
    state = serializers.ChoiceField(choices=ProductState.values)
    taken_down = serializers.BooleanField()
    published_at = Instant(allow_null=True)
    version = serializers.IntegerField()
    rating = serializers.DecimalField(
        max_digits=2,
        decimal_places=1,
        allow_null=True,
        help_text="Stars on average, rounded down to a tenth; null while nobody gave any.",
    )
    rating_count = serializers.IntegerField(help_text="How many people gave them.")


class OfferOut(Out):
    """Price and availability of a variant now; only the reservation is the last word on stock."""

    variant_id = serializers.CharField()
    product_id = serializers.CharField()
    title = serializers.CharField()
    sku = serializers.CharField()
    price = MoneyField()
    availability = serializers.ChoiceField(choices=Availability.values)
    buyable = serializers.BooleanField()
    seller = ByLineOut()
    picture = PictureField(allow_null=True)
    return_days = serializers.IntegerField()
    lead_days = serializers.IntegerField()


class ProductRowOut(Out):
    """A product in its seller's own list, in whatever state."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=ProductState.values)
    taken_down = serializers.BooleanField()
    availability = serializers.ChoiceField(choices=Availability.values)
    price = MoneyField(allow_null=True)
    price_varies = serializers.BooleanField()
    picture = PictureField(allow_null=True)
    variant_count = serializers.IntegerField()
    updated_at = Instant()


class StorefrontOut(Out):
    """What a brand states on its page."""

    story = serializers.CharField()
    reply_hours = serializers.IntegerField()
    return_days = serializers.IntegerField()
    returns_free = serializers.BooleanField()
    delivery_policy = serializers.CharField()
    returns_policy = serializers.CharField()
    delivery = DeliveryTermsOut(many=True)
    product_count = serializers.IntegerField()
    away_until = serializers.DateField(
        allow_null=True, help_text="The last day of a vacation on which the brand is now."
    )
    away_note = serializers.SerializerMethodField()

    def get_away_note(self, front: Any) -> str:
        """What it says meanwhile."""
        return str(front.away_note) if front.away_until else ""
