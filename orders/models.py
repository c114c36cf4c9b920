"""Rows of buying. Amounts are minor units; what crosses from the catalogue is a snapshot."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField, SecretIdField
from core.text import room
from orders.customer_models import Customer as Customer
from orders.numbers import new_order_number
from orders.states import CheckoutState, OrderState

MAX_QUANTITY = 99


def _choices(states: type[OrderState] | type[CheckoutState]) -> list[tuple[str, str]]:
    return [(state.value, state.value.replace("_", " ")) for state in states]


class Bag(models.Model):
    """What somebody thinks of buying. A guest's is known by `key`, kept in the session."""

    key = SecretIdField()
    user = models.OneToOneField(
        "accounts.User", models.CASCADE, null=True, blank=True, related_name="+"
    )
    # Grows with every change, so that a form can prove which bag it showed.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("bag")
        verbose_name_plural = _("bags")

    def __str__(self) -> str:
        return f"bag {self.pk}"


class BagLine(models.Model):
    """One variant in a bag, with the price that was shown when it was put in."""

    bag = models.ForeignKey(Bag, models.CASCADE, related_name="lines")
    variant = models.ForeignKey("catalog.Variant", models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    # What was shown when it was put in: named again when the catalogue has it no more.
    title = models.CharField(max_length=400)
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    touch = models.JSONField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        verbose_name = _("bag line")
        verbose_name_plural = _("bag lines")
        constraints = [
            models.UniqueConstraint("bag", "variant", name="bag_variant_once"),
            models.CheckConstraint(
                name="bag_quantity", condition=Q(quantity__gte=1, quantity__lte=MAX_QUANTITY)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"


class ShipTo(models.Model):
    """Who buys and where it goes, copied so that a later change of address touches no order."""

    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    name = models.CharField(_("full name"), max_length=room(120), blank=True)
    company = models.CharField(_("company"), max_length=room(120), blank=True)
    line1 = models.CharField(_("street and number"), max_length=room(120), blank=True)
    line2 = models.CharField(_("second line"), max_length=room(120), blank=True)
    postcode = models.CharField(_("postcode"), max_length=room(20), blank=True)
    city = models.CharField(_("city"), max_length=room(80), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    phone = models.CharField(_("phone"), max_length=room(30), blank=True)

    class Meta:
        abstract = True


class Totals(models.Model):
    """Items and delivery add up to the total; tax is the part of it that is VAT."""

    currency = models.CharField(_("currency"), max_length=3)
    items_total = models.BigIntegerField(_("items"))
    delivery_total = models.BigIntegerField(_("delivery"))
    tax_total = models.BigIntegerField(_("VAT included"))
    total = models.BigIntegerField(_("total"))

    class Meta:
        abstract = True


def _totals_add_up(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(items_total__gte=0, delivery_total__gte=0, tax_total__gte=0)
        & Q(total=F("items_total") + F("delivery_total"))
        & Q(tax_total__lte=F("total")),
    )


class Checkout(ShipTo, Totals):
    """A priced session with a page of its own; its public id is the only key to it.

    `lines` and `parcels` are the priced snapshot that was shown, as `orders.draft` writes it.
    """

    public_id = SecretIdField()
    user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    bag = models.ForeignKey(Bag, models.SET_NULL, null=True, blank=True, related_name="+")
    bag_version = models.PositiveIntegerField(default=0)
    # Whom it is bought for: null for oneself. Few have one, so the index holds only those.
    organization = models.ForeignKey(
        "accounts.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    state = models.CharField(
        max_length=20, choices=_choices(CheckoutState), default=CheckoutState.INCOMPLETE
    )
    version = models.PositiveIntegerField(default=1)
    lines = models.JSONField()
    parcels = models.JSONField()
    # Typed messages for the page: price_changed, sold_out, payment_failed, ...
    messages = models.JSONField(default=list, blank=True)
    touches = models.JSONField(default=dict, blank=True)
    # The reservation of this attempt in inventory; '' while nothing is held.
    hold_reference = models.CharField(max_length=40, blank=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    hold_extended = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("checkout")
        verbose_name_plural = _("checkouts")
        indexes = [
            models.Index(
                fields=["hold_until"],
                condition=Q(state__in=["incomplete", "ready"]),
                name="checkout_open_holds",
            ),
            models.Index(fields=["hold_reference"], name="checkout_hold"),
            models.Index(
                fields=["organization"],
                condition=Q(organization__isnull=False),
                name="checkout_of_organization",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="checkout_state", condition=Q(state__in=[s.value for s in CheckoutState])
            ),
            _totals_add_up("checkout_totals"),
        ]

    def __str__(self) -> str:
        return f"checkout {self.pk}"


class Purchase(ShipTo):
    """One payment by the buyer. Its row is also the idempotency row of paying."""

    public_id = SecretIdField()
    # A two-tap purchase has none until something goes wrong with its payment.
    checkout = models.ForeignKey(
        Checkout, models.PROTECT, null=True, blank=True, related_name="purchases"
    )
    user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        "accounts.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("bought for"),
    )
    # What the organization said of itself at that moment (`types.BoughtFor`); it never changes.
    bought_for = models.JSONField(null=True, blank=True)
    principal = models.CharField(max_length=80)
    idempotency_key = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    hold_reference = models.CharField(max_length=40)
    placed_at = models.DateTimeField(default=clock.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure_code = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        indexes = [
            models.Index(fields=["user", "-id"], name="purchase_of_user"),
            # Guests are known by their address, however it is written.
            models.Index(Lower("email"), name="purchase_of_address"),
            models.Index(
                fields=["organization", "-id"],
                condition=Q(organization__isnull=False),
                name="purchase_of_organization",
            ),
        ]
        constraints = [
            models.UniqueConstraint("principal", "idempotency_key", name="purchase_once_per_key"),
            # One running or paid attempt per checkout, whatever two tabs do.
            models.UniqueConstraint(
                "checkout", condition=Q(failed_at__isnull=True), name="purchase_once_per_checkout"
            ),
            models.CheckConstraint(name="purchase_total", condition=Q(total__gte=0)),
            models.CheckConstraint(
                name="purchase_bought_for",
                condition=Q(organization__isnull=True, bought_for__isnull=True)
                | Q(organization__isnull=False, bought_for__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"purchase {self.pk}"


class Order(Totals):
    """One seller's part of a purchase."""

    number = models.CharField(max_length=12, unique=True, default=new_order_number, editable=False)
    public_id = PublicIdField()
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="orders")
    seller = models.ForeignKey("accounts.Profile", models.PROTECT, related_name="+")
    user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        max_length=20, choices=_choices(OrderState), default=OrderState.PENDING
    )
    delivery_name = models.CharField(max_length=room(60))
    arrives_from = models.DateField(null=True, blank=True)
    arrives_by = models.DateField(null=True, blank=True)
    ship_by = models.DateField(null=True, blank=True)
    # {"source", "ref", "at"} of the click that led here, or null.
    touch = models.JSONField(null=True, blank=True)
    buyer_name = models.CharField(max_length=room(120))
    # The company that it was bought for, by the name of that day: sellers look for it.
    buyer_company = models.CharField(max_length=room(200), blank=True, default="", db_default="")
    placed_at = models.DateTimeField(default=clock.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, blank=True)
    cancel_reason = models.CharField(max_length=room(500), blank=True)
    # What of the total was never taken, or went back to the buyer: cancelled, lapsed, refunded.
    given_back = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["user", "-id"], name="order_of_user"),
            models.Index(fields=["seller", "state", "-id"], name="order_of_seller"),
            models.Index(fields=["seller", "-id"], name="order_newest_of_seller"),
            models.Index(fields=["seller", "-paid_at"], name="order_paid_of_seller"),
            models.Index(fields=["seller", "-total", "-id"], name="order_largest_of_seller"),
        ]
        constraints = [
            models.CheckConstraint(
                name="order_state", condition=Q(state__in=[s.value for s in OrderState])
            ),
            models.CheckConstraint(
                name="order_paid_has_date",
                condition=Q(state__in=["pending", "cancelled"]) | Q(paid_at__isnull=False),
            ),
            models.CheckConstraint(
                name="order_cancelled_has_date",
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False),
            ),
            _totals_add_up("order_totals"),
            models.CheckConstraint(
                name="order_given_back",
                condition=Q(given_back__gte=0, given_back__lte=F("total")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One variant and quantity as it was sold; the catalogue may change or delete it."""

    public_id = PublicIdField()
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(
        "catalog.Variant", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    variant_public_id = models.CharField(max_length=40)
    product_public_id = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=room(120))
    variant_title = models.CharField(max_length=200, blank=True)
    sku = models.CharField(max_length=room(64), blank=True)
    picture = models.JSONField(null=True, blank=True)
    quantity = models.PositiveSmallIntegerField()
    shipped = models.PositiveSmallIntegerField(default=0)
    unit_price = models.BigIntegerField()
    total = models.BigIntegerField()
    tax = models.BigIntegerField()
    vat_rate = models.DecimalField(max_digits=5, decimal_places=4)
    return_days = models.PositiveSmallIntegerField(default=14)

    class Meta:
        ordering = ["id"]
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.CheckConstraint(
                name="order_line_quantity",
                condition=Q(quantity__gte=1, quantity__lte=MAX_QUANTITY)
                & Q(shipped__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="order_line_total",
                condition=Q(total=F("unit_price") * F("quantity"), unit_price__gte=0, tax__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.title}"

    @property
    def called(self) -> str:
        """What it is, with which of its variants."""
        return ", ".join(filter(None, (self.title, self.variant_title)))


class Fulfilment(models.Model):
    """One parcel on its way."""

    public_id = PublicIdField()
    order = models.ForeignKey(Order, models.PROTECT, related_name="fulfilments")
    carrier = models.CharField(max_length=room(60), blank=True)
    tracking = models.CharField(max_length=room(80), blank=True)
    # What is captured for it: its lines, and delivery with the first parcel.
    amount = models.BigIntegerField()
    shipped_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        constraints = [models.CheckConstraint(name="fulfilment_amount", condition=Q(amount__gte=0))]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking}".strip() or self.public_id


class FulfilmentLine(models.Model):
    """How many of a line are in a parcel."""

    fulfilment = models.ForeignKey(Fulfilment, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="parcels")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("parcel line")
        verbose_name_plural = _("parcel lines")
        constraints = [
            models.UniqueConstraint("fulfilment", "line", name="fulfilment_line_once"),
            models.CheckConstraint(name="fulfilment_line_quantity", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.line_id}"


class OrderEvent(models.Model):
    """Audit: one move of an order. The buyer's timeline is read from it."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20, choices=_choices(OrderState))
    actor = models.CharField(max_length=10)
    actor_user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=room(500), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("order event")
        verbose_name_plural = _("order events")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
