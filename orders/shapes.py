"""How prices, bags, checkouts and orders look in the API."""

from __future__ import annotations

from rest_framework import serializers

from accounts.shapes import BuyerOut, ByLineOut
from api.fields import Instant, MoneyField, Out, PictureField
from catalog.shapes import DeliveryOptionOut
from orders.sources import KINDS
from orders.states import CheckoutState, OrderState


class PlaceOut(Out):
    """An address as an order keeps it."""

    name = serializers.CharField()
    company = serializers.CharField()
    line1 = serializers.CharField()
    line2 = serializers.CharField()
    postcode = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField()
    phone = serializers.CharField()


class DetailsOut(Out):
    """Who buys and where it goes."""

    email = serializers.CharField()
    address = PlaceOut()


class BoughtForOut(Out):
    """The company that something was bought for, as it was when the order was placed."""

    id = serializers.CharField()
    name = serializers.CharField()
    registration_number = serializers.CharField()
    vat_id = serializers.CharField()
    email = serializers.CharField(help_text="Where its invoices go.")
    line1 = serializers.CharField()
    line2 = serializers.CharField()
    postcode = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField()


class PricedLineOut(Out):
    """Pieces of a variant at the price of now."""

    variant_id = serializers.CharField()
    product_id = serializers.CharField()
    title = serializers.CharField()
    variant_title = serializers.CharField()
    sku = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = MoneyField()
    total = MoneyField()
    picture = PictureField(allow_null=True)
    return_days = serializers.IntegerField()
    buyable = serializers.BooleanField()


class PricedParcelOut(Out):
    """All pieces of one seller, and how they travel; `chosen` is null when nothing goes there."""

    seller = ByLineOut()
    lines = PricedLineOut(many=True)
    options = DeliveryOptionOut(many=True)
    chosen = DeliveryOptionOut(allow_null=True)
    items = MoneyField()
    delivery = MoneyField()
    tax = MoneyField()
    total = MoneyField()


class PricedOut(Out):
    """What buying costs now. Only what `total` says is ever charged."""

    parcels = PricedParcelOut(many=True)
    items = MoneyField()
    delivery = MoneyField()
    tax = MoneyField()
    total = MoneyField()
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="Variants that are not for sale."
    )
    sold_out = serializers.ListField(child=serializers.CharField())


class BagItemOut(Out):
    """A line of the bag, and what happened to it since it was put in."""

    variant_id = serializers.CharField()
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    added_price = MoneyField()
    added_at = Instant()
    available = serializers.IntegerField(allow_null=True)
    gone = serializers.BooleanField()
    short = serializers.BooleanField()
    line = PricedLineOut(allow_null=True)


class BagOut(Out):
    """The bag. Send its `version` when you check out."""

    version = serializers.IntegerField()
    pieces = serializers.IntegerField()
    items = BagItemOut(many=True)
    priced = PricedOut(allow_null=True)


class CheckoutMessageOut(Out):
    """What changed since the checkout was begun."""

    code = serializers.CharField()
    subject = serializers.CharField()
    was = MoneyField(allow_null=True)
    now = MoneyField(allow_null=True)


class CheckoutOut(Out):
    """A checkout session. Send its `version` with every change."""

    id = serializers.CharField(source="public_id")
    state = serializers.ChoiceField(choices=[state.value for state in CheckoutState])
    version = serializers.IntegerField()
    details = DetailsOut()
    priced = PricedOut()
    hold_until = Instant(allow_null=True)
    held = serializers.BooleanField()
    expired = serializers.BooleanField()
    messages = CheckoutMessageOut(many=True)
    purchase_id = serializers.CharField(allow_null=True)
    buying_for = BuyerOut(allow_null=True)


class OrderLineOut(Out):
    """A line as it was sold."""

    id = serializers.CharField(source="public_id")
    product_id = serializers.CharField()
    variant_id = serializers.CharField()
    title = serializers.CharField()
    variant_title = serializers.CharField()
    sku = serializers.CharField()
    picture = PictureField(allow_null=True)
    quantity = serializers.IntegerField()
    shipped = serializers.IntegerField()
    unit_price = MoneyField()
    total = MoneyField()
    return_days = serializers.IntegerField()


class ParcelOut(Out):
    """A parcel that left."""

    id = serializers.CharField(source="public_id")
    carrier = serializers.CharField()
    tracking = serializers.CharField()
    tracking_url = serializers.CharField()
    shipped_at = Instant()


class MomentOut(Out):
    """One line of what happened."""

    at = Instant()
    kind = serializers.CharField()
    actor = serializers.CharField()
    note = serializers.CharField()
    amount = MoneyField(allow_null=True)


class SaleMomentOut(MomentOut):
    """The same for the brand that sold: also which colleague did it, empty where none did."""

    colleague = serializers.CharField()


class OrderOut(Out):
    """One seller's order. From `paid` on its total is held; a parcel that leaves is taken.

    `given_back` is the part of the total that was never taken, or went back to the buyer.
    """

    number = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.value for state in OrderState])
    seller = ByLineOut()
    purchase_id = serializers.CharField()
    lines = OrderLineOut(many=True)
    parcels = ParcelOut(many=True)
    items = MoneyField()
    delivery = MoneyField()
    tax = MoneyField()
    total = MoneyField()
    given_back = MoneyField()
    delivery_name = serializers.CharField()
    arrives_from = serializers.DateField(allow_null=True)
    arrives_by = serializers.DateField(allow_null=True)
    ship_by = serializers.DateField(allow_null=True)
    placed_at = Instant()
    paid_at = Instant(allow_null=True)
    packed_at = Instant(allow_null=True)
    cancelled_at = Instant(allow_null=True)
    cancel_reason = serializers.CharField()
    cancellable = serializers.BooleanField()
    bought_for = BoughtForOut(allow_null=True)
    mine = serializers.BooleanField(help_text="Whether you placed it; else you can only read it.")
    placed_by = serializers.CharField(help_text="Who placed it, where you can only read it.")
    details = DetailsOut()
    history = MomentOut(many=True)


class CameFromOut(Out):
    """The place that led to an order; `title` and `url` are empty where it has no name of its own,
    or is gone."""

    kind = serializers.ChoiceField(source="source", choices=list(KINDS))
    title = serializers.CharField()
    url = serializers.CharField()


class SaleOut(OrderOut):
    """An order as the brand that sold it reads it: also which place led to it."""

    came_from = CameFromOut()
    history = SaleMomentOut(many=True)


class PurchaseOut(Out):
    """One payment and its orders. `payment` is open, checking, paid (held) or failed.

    While it is open, lead the buyer to `redirect_url`; while it is being checked, ask again.
    """

    id = serializers.CharField(source="public_id")
    payment = serializers.ChoiceField(choices=["open", "checking", "paid", "failed"])
    total = MoneyField()
    placed_at = Instant()
    redirect_url = serializers.CharField()
    failure_code = serializers.CharField()
    method_label = serializers.CharField()
    checkout_id = serializers.CharField(allow_null=True)
    orders = OrderOut(many=True)
    details = DetailsOut()
