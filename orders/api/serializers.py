"""Bodies and questions of the operations of buying and selling."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.types import AddressData
from api.fields import (
    Asked,
    Choice,
    CursorAsked,
    FindAsked,
    Id,
    In,
    Mail,
    MoneyField,
    Text,
    Whole,
    Word,
    sort_field,
)
from core.places import COUNTRY_NAMES, postcode_problem
from orders.quantities import MAX_LINES, MAX_QUANTITY
from orders.queries.selling import SORTS, TABS

COUNTRIES = [(code, code) for code in COUNTRY_NAMES]


class PlaceIn(In):
    """Where it goes."""

    name = Text(limit=120)
    line1 = Text(limit=120)
    postcode = Text(limit=20)
    city = Text(limit=80)
    country = Choice(choices=COUNTRIES)
    company = Text(limit=120, required=False, allow_blank=True, default="")
    line2 = Text(limit=120, required=False, allow_blank=True, default="")
    phone = Text(limit=30, required=False, allow_blank=True, default="")

    def validate(self, attrs: Any) -> Any:
        """A postcode is checked against its country."""
        attrs["postcode"] = attrs["postcode"].upper()
        problem = postcode_problem(postcode=attrs["postcode"], country=attrs["country"])
        if problem:
            raise serializers.ValidationError({"postcode": [problem]}, code="postcode")
        return attrs


class WantIn(In):
    """Pieces of a variant."""

    variant_id = Id()
    quantity = Whole(min_value=1, max_value=MAX_QUANTITY)


class BagLineIn(WantIn):
    """Pieces for the bag; `touch` says what led to them."""

    quantity = Whole(min_value=1, max_value=MAX_QUANTITY, required=False, default=1)
    touch = Word(most=500, required=False, allow_blank=True, default="")


class QuantityIn(In):
    """How many there shall be; 0 takes them out."""

    quantity = Whole(min_value=0, max_value=MAX_QUANTITY)


class QuoteAsked(Asked):
    """What, and where to: `items` is `<variant>` or `<variant>:2,<variant>:1`."""

    items = serializers.CharField(max_length=900)
    country = Choice(choices=COUNTRIES, required=False)
    methods = serializers.CharField(
        max_length=900, required=False, default="", help_text="Ways of delivery, with commas."
    )


class _DetailsIn(In):
    organization_id = Id(
        required=False, allow_null=True, help_text="The company it is for; null for yourself."
    )
    address_id = Id(required=False)
    address = PlaceIn(required=False)
    email = Mail(required=False, help_text="Only of a guest.")
    methods = serializers.ListField(
        child=Id(), required=False, max_length=MAX_LINES, help_text="Ways of delivery."
    )

    def validate(self, attrs: Any) -> Any:
        """A kept address or a typed one."""
        if "address" in attrs and "address_id" in attrs:
            text = _("Send a kept address or a new one, not both.")
            raise serializers.ValidationError({"address": [text]}, code="both")
        if "address" in attrs:
            attrs["address"] = AddressData(**attrs["address"])
        return attrs


class PurchaseIn(_DetailsIn):
    """What is bought, at the total that was quoted. Without an address it goes to the one used
    first; without a card it is paid with the one used first, with null on the provider's page.
    """

    items = serializers.ListField(
        child=WantIn(),
        allow_empty=False,
        max_length=MAX_LINES,
    )
    total = MoneyField()
    method_id = Id(required=False, allow_null=True)
    touch = Word(most=500, required=False, allow_blank=True, default="")


class CheckoutIn(_DetailsIn):
    """From the bag as it was shown."""

    version = Whole(min_value=0, max_value=2**31 - 1)
    items_total = MoneyField(required=False)


class CheckoutChangeIn(_DetailsIn):
    """Where it goes and how."""

    version = Whole(min_value=0, max_value=2**31 - 1)


class CompleteIn(In):
    """The total that was shown is the total that is paid."""

    version = Whole(min_value=0, max_value=2**31 - 1)
    total = MoneyField()
    method_id = Id(required=False, allow_null=True)


class ClaimIn(In):
    """The token of a guest's link."""

    token = Word(most=300)


class OrdersAsked(CursorAsked):
    """Which of one's orders."""

    bought_for = Word(
        most=40,
        required=False,
        default="",
        help_text="`me`, or the id of a company: then also what others bought for it, while "
        "you are in it.",
    )


class SalesAsked(FindAsked):
    """Which of a brand's orders; `find` looks for a number, a buyer, the company that it was
    bought for, a product or an SKU."""

    tab = Choice(choices=[(name, name) for name in TABS], required=False, default="open")
    sort = sort_field(SORTS)


class PackIn(In):
    """Numbers of orders."""

    orders = serializers.ListField(child=Word(most=40), allow_empty=False, max_length=100)


class ShipLineIn(In):
    """How many of a line are in the parcel."""

    line_id = Id()
    quantity = Whole(min_value=0, max_value=MAX_QUANTITY)


class ShipIn(In):
    """A parcel; without lines it holds everything that is left."""

    carrier = Text(limit=60, required=False, allow_blank=True, default="")
    tracking = Text(limit=80, required=False, allow_blank=True, default="")
    lines = serializers.ListField(
        child=ShipLineIn(), required=False, allow_empty=False, max_length=100
    )


class ReasonIn(In):
    """Why; the buyer reads it."""

    reason = Text(limit=500)
