"""Rows of service listings: what is quoted or booked, not shipped. `catalog.models` offers them.

Amounts are minor units of the `currency` beside them, VAT included.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from catalog.service_types import Pricing, ServiceState
from core import clock
from core.ids import PublicIdField
from core.text import room

TITLE_LIMIT = 120
AREA_LIMIT = 120
MAX_LEAD_DAYS = 365
# As for products: beyond this it is a typing error.
PRICE_LIMIT = 100_000_000


class ServiceQuerySet(models.QuerySet["Service"]):
    """Rules about many services."""

    def public(self) -> "ServiceQuerySet":
        """Offered to everybody: published, not taken down, of an approved brand."""
        return self.filter(state="published", taken_down_at=None, seller__state="approved")


class Service(models.Model):
    """Something that a brand does for others."""

    public_id = PublicIdField()
    seller = models.ForeignKey(
        "accounts.Profile", on_delete=models.PROTECT, related_name="services"
    )
    category = models.ForeignKey(
        "catalog.Category", on_delete=models.PROTECT, related_name="services"
    )
    title = models.CharField(max_length=room(TITLE_LIMIT))
    slug = models.SlugField(max_length=80)
    description = models.TextField(blank=True)

    pricing = models.CharField(max_length=10, choices=Pricing.choices)
    # The fixed price, that of one hour, or that of the cheapest package.
    price_from = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")

    area = models.CharField(max_length=room(AREA_LIMIT), blank=True)
    # ISO codes; none means that it is done from anywhere for anywhere.
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    lead_days = models.PositiveSmallIntegerField(default=5)

    state = models.CharField(
        max_length=10, choices=ServiceState.choices, default=ServiceState.DRAFT
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # An operator's decision stands beside the seller's own state and outranks it.
    taken_down_at = models.DateTimeField(null=True, blank=True)
    cover = models.ForeignKey(
        "core.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Counts saves, so that of two open forms the second is told of the first.
    version = models.PositiveIntegerField(default=1, db_default=1)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("seller", "-published_at"), name="service_seller_newest"),
            # The studio's list.
            models.Index(fields=("seller", "-id"), name="service_of_seller"),
            models.Index(
                fields=("-published_at", "-id"),
                condition=Q(state="published", taken_down_at__isnull=True),
                name="service_public_newest",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=ServiceState.values), name="service_state"
            ),
            models.CheckConstraint(
                condition=Q(pricing="quote", price_from__isnull=True)
                | Q(pricing__in=("fixed", "hourly", "packages"), price_from__isnull=False),
                name="service_pricing",
            ),
            models.CheckConstraint(
                condition=Q(price_from__isnull=True)
                | (Q(price_from__gt=0) & Q(price_from__lte=PRICE_LIMIT)),
                name="service_price",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="service_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(lead_days__lte=MAX_LEAD_DAYS), name="service_lead_days"
            ),
            models.CheckConstraint(condition=Q(currency__in=("EUR",)), name="service_currency"),
        )

    def __str__(self) -> str:
        return self.title


class ServicePackage(models.Model):
    """One size of a service: what is in it, what it costs, how long it takes."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="packages")
    name = models.CharField(max_length=room(60))
    scope = models.TextField(blank=True)
    price = models.BigIntegerField()
    # None: as many rounds as it takes.
    revisions = models.PositiveSmallIntegerField(null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("service", "position"), name="service_package_position"
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0) & Q(price__lte=PRICE_LIMIT), name="service_package_price"
            ),
            models.CheckConstraint(
                condition=Q(lead_days__lte=MAX_LEAD_DAYS), name="service_package_lead_days"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ServiceImage(models.Model):
    """A picture of the service; the one with the lowest position is the cover."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("core.Image", on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=room(140), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("service", "image"), name="service_image_once_per_service"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_id}/{self.position}"


class ServiceMove(models.Model):
    """Audit: who moved a service from which state to which, when and why."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, blank=True)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.service_id}: {self.from_state} to {self.to_state}"
