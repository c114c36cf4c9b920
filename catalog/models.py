"""Rows of the catalogue and the rules that one row can keep by itself.

Amounts are minor units of the `currency` beside them, VAT included. What a wall or a search needs
of a product (cover, prices, availability) is kept on the product by the actions.
"""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.attribute_models import (
    Attribute,
    AttributeChoice,
    AttributeValue,
    CategoryAttribute,
)
from catalog.collection_models import Collection, CollectionItem
from catalog.service_models import Service, ServiceImage, ServiceMove, ServicePackage
from catalog.types import MOST_STARS, Availability, ProductState, Typeface
from core import clock
from core.ids import PublicIdField
from core.text import room

__all__ = [
    "Attribute",
    "AttributeChoice",
    "AttributeValue",
    "Category",
    "CategoryAttribute",
    "Collection",
    "CollectionItem",
    "DeliveryMethod",
    "Option",
    "OptionValue",
    "PriceRecord",
    "Product",
    "ProductImage",
    "ProductMove",
    "Service",
    "ServiceImage",
    "ServiceMove",
    "ServicePackage",
    "Storefront",
    "Variant",
]

CURRENCIES = ("EUR",)
TITLE_LIMIT = 120
SKU_LIMIT = 64
# A price beyond this is a typing error; it also keeps any sum of lines far inside a bigint.
PRICE_LIMIT = 100_000_000
# Start of the combination of a variant whose values its product no longer has.
GONE = "gone-"


def _one_of(field: str, values: tuple[str, ...]) -> Q:
    return Q(**{f"{field}__in": values})


class Category(models.Model):
    """A branch of the tree that products and pins are sorted into."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    image = models.ForeignKey(
        "core.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("position", "name")
        verbose_name_plural = "categories"
        constraints = (
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="category_is_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Storefront(models.Model):
    """What a brand says and promises on its public page."""

    profile = models.OneToOneField(
        "accounts.Profile", on_delete=models.CASCADE, related_name="storefront"
    )
    story = models.TextField(blank=True)
    reply_hours = models.PositiveSmallIntegerField(default=24)
    return_days = models.PositiveSmallIntegerField(default=30)
    returns_free = models.BooleanField(default=False)
    delivery_policy = models.TextField(blank=True)
    returns_policy = models.TextField(blank=True)
    # Both days are days away; after the last one the shop is open again by itself.
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    away_note = models.CharField(max_length=room(300), blank=True)
    # Colours as chosen (#rrggbb); what is drawn are tones of them, see catalog.tones.
    accent = models.CharField(max_length=7, blank=True)
    ground = models.CharField(max_length=7, blank=True)
    typeface = models.CharField(
        max_length=5, blank=True, default="", db_default="", choices=Typeface.choices
    )
    # Codes of the sections that the page shows, in their order; empty: the usual ones.
    sections = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            # The law gives fourteen days; a storefront may promise more, never less.
            models.CheckConstraint(
                condition=Q(return_days__gte=14) & Q(return_days__lte=365),
                name="storefront_return_days",
            ),
            models.CheckConstraint(
                condition=Q(accent="") | Q(accent__regex=r"^#[0-9a-f]{6}$"),
                name="storefront_accent",
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(ground__regex=r"^#[0-9a-f]{6}$"),
                name="storefront_ground",
            ),
            models.CheckConstraint(
                condition=_one_of("typeface", tuple(Typeface.values)), name="storefront_typeface"
            ),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False, away_until__gte=F("away_from")),
                name="storefront_away_days",
            ),
            models.CheckConstraint(
                condition=Q(reply_hours__gte=1) & Q(reply_hours__lte=168),
                name="storefront_reply_hours",
            ),
        )

    def __str__(self) -> str:
        return f"Storefront {self.profile_id}"


class StorefrontVersion(models.Model):
    """How a storefront looked before a save, so that the save can be undone; `undone` is one that
    was, and can be put back until the next save.
    """

    storefront = models.ForeignKey(Storefront, on_delete=models.CASCADE, related_name="versions")
    story = models.TextField(blank=True)
    accent = models.CharField(max_length=7, blank=True)
    ground = models.CharField(max_length=7, blank=True)
    typeface = models.CharField(
        max_length=5, blank=True, default="", db_default="", choices=Typeface.choices
    )
    sections = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    saved_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.storefront_id} until {self.at:%Y-%m-%d %H:%M}"


class DeliveryMethod(models.Model):
    """One way in which a seller's parcels travel: to which countries, for how much, how long."""

    public_id = PublicIdField()
    seller = models.ForeignKey(
        "accounts.Profile", on_delete=models.CASCADE, related_name="delivery_methods"
    )
    name = models.CharField(max_length=room(60))
    zone = models.CharField(max_length=room(60))
    countries = ArrayField(models.CharField(max_length=2))
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    free_from = models.BigIntegerField(null=True, blank=True)
    min_days = models.PositiveSmallIntegerField()
    max_days = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(price__gte=0) & Q(price__lte=PRICE_LIMIT), name="delivery_price"
            ),
            models.CheckConstraint(
                condition=Q(free_from__isnull=True) | Q(free_from__gt=0), name="delivery_free_from"
            ),
            models.CheckConstraint(
                condition=Q(max_days__gte=F("min_days")) & Q(max_days__lte=120),
                name="delivery_days",
            ),
            models.CheckConstraint(
                condition=Q(countries__len__gt=0), name="delivery_names_a_country"
            ),
            models.CheckConstraint(
                condition=_one_of("currency", CURRENCIES), name="delivery_currency"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.zone})"


class ProductQuerySet(models.QuerySet["Product"]):
    """Rules about many products."""

    def public(self) -> "ProductQuerySet":
        """On sale for everybody: published, not taken down, of an approved brand."""
        return self.filter(state="published", taken_down_at=None, seller__state="approved")


class Product(models.Model):
    """What is described; its buyable forms are its variants."""

    public_id = PublicIdField()
    seller = models.ForeignKey(
        "accounts.Profile", on_delete=models.PROTECT, related_name="products"
    )
    # None while a draft is not sorted yet.
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="products"
    )
    title = models.CharField(max_length=room(TITLE_LIMIT))
    slug = models.SlugField(max_length=80)
    description = models.TextField(blank=True)
    details = models.TextField(blank=True, help_text=_("Size, weight, material, care."))
    delivery_note = models.TextField(blank=True)
    returns_note = models.TextField(blank=True)

    state = models.CharField(
        max_length=10, choices=ProductState.choices, default=ProductState.DRAFT
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # An operator's decision stands beside the seller's own state and outranks it.
    taken_down_at = models.DateTimeField(null=True, blank=True)

    currency = models.CharField(max_length=3, default="EUR")
    vat_rate = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.2000"))
    return_days = models.PositiveSmallIntegerField(default=30)
    lead_days = models.PositiveSmallIntegerField(default=1)
    # When a draft goes on sale by itself; counts up with each change that the seller makes.
    publish_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    # What a card shows, kept by the actions: the cover, the variant that its price tag buys (the
    # cheapest that can be had), that variant's price, the highest price, how many variants.
    cover = models.ForeignKey(
        "core.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    default_variant = models.ForeignKey(
        "catalog.Variant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    variant_count = models.PositiveSmallIntegerField(default=0)
    price_from = models.BigIntegerField(null=True, blank=True)
    price_to = models.BigIntegerField(null=True, blank=True)
    availability = models.CharField(
        max_length=10, choices=Availability.choices, default=Availability.SOLD_OUT
    )
    # What those who bought it think: so many stars in all, of so many people. Kept exact by who
    # counts them (`catalog.actions.change_rating`).
    rating_sum = models.PositiveIntegerField(default=0, db_default=0)
    rating_count = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("seller", "-published_at"), name="product_seller_newest"),
            # The studio's list.
            models.Index(fields=("seller", "-id"), name="product_of_seller"),
            models.Index(
                fields=("category", "-published_at"),
                condition=Q(state="published", taken_down_at__isnull=True),
                name="product_category_public",
            ),
            models.Index(
                fields=("publish_at",),
                condition=Q(publish_at__isnull=False),
                name="product_to_publish",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=_one_of("state", tuple(ProductState.values)), name="product_state"
            ),
            models.CheckConstraint(
                condition=_one_of("availability", tuple(Availability.values)),
                name="product_availability",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_at__isnull=False) & Q(price_from__isnull=False)),
                name="product_published_has_date_and_price",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(category__isnull=False),
                name="product_published_has_a_category",
            ),
            models.CheckConstraint(
                condition=Q(price_from__isnull=True, price_to__isnull=True)
                | (Q(price_from__gt=0) & Q(price_to__gte=F("price_from"))),
                name="product_price_range",
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__gte=0) & Q(vat_rate__lt=1), name="product_vat_rate"
            ),
            models.CheckConstraint(
                condition=Q(return_days__gte=14) & Q(return_days__lte=365),
                name="product_return_days",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | ~Q(state="published"),
                name="product_on_sale_waits_for_no_date",
            ),
            models.CheckConstraint(condition=Q(lead_days__lte=120), name="product_lead_days"),
            models.CheckConstraint(
                condition=Q(
                    rating_sum__gte=F("rating_count"),
                    rating_sum__lte=F("rating_count") * MOST_STARS,
                ),
                name="product_rating",
            ),
            models.CheckConstraint(
                condition=_one_of("currency", CURRENCIES), name="product_currency"
            ),
        )

    def __str__(self) -> str:
        return self.title


class ProductImage(models.Model):
    """A picture of the gallery; the one with the lowest position is the cover."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("core.Image", on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=room(140), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("product", "image"), name="product_image_once_per_product"
            ),
        )

    def __str__(self) -> str:
        return f"{self.product_id}/{self.position}"


class Option(models.Model):
    """An axis along which variants differ: glaze, height, finish."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="options")
    name = models.CharField(max_length=room(40))
    position = models.PositiveSmallIntegerField(default=0)
    # The attribute that its values answer for each variant, found by its name.
    attribute = models.ForeignKey(
        Attribute, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("product", "name"), name="option_name_per_product"),
        )

    def __str__(self) -> str:
        return self.name


class OptionValue(models.Model):
    """One choice on an axis."""

    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="values")
    name = models.CharField(max_length=room(60))
    position = models.PositiveSmallIntegerField(default=0)
    # The choice of the option's attribute that it means; lends it a swatch.
    choice = models.ForeignKey(
        AttributeChoice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("option", "name"), name="option_value_per_option"),
        )

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """The buyable form of a product: one value of every option, one SKU, one price.

    A draft may still lack SKU and price. That nothing on sale does is kept by two triggers, since
    the rule spans two tables: `catalog/migrations/0013_unfinished_drafts.py`.
    """

    public_id = PublicIdField()
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    # Repeated from the product, so that the database itself keeps an SKU unique per seller.
    seller = models.ForeignKey("accounts.Profile", on_delete=models.PROTECT, related_name="+")
    values = models.ManyToManyField(OptionValue, related_name="variants")
    # Primary keys of the values in the order of the options, "12-15-31"; empty without options.
    combination = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    # None and not "", so that drafts without one do not take it from each other.
    sku = models.CharField(max_length=room(SKU_LIMIT), null=True, blank=True)  # noqa: DJ001
    price = models.BigIntegerField(null=True, blank=True)
    image = models.ForeignKey(
        "core.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    availability = models.CharField(
        max_length=10, choices=Availability.choices, default=Availability.SOLD_OUT
    )
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        indexes = (
            # The studio's stock, in its order.
            models.Index(fields=("seller", "-product", "position", "id"), name="variant_on_shelf"),
        )
        constraints = (
            # Checked at the end of an action: two variants may swap their SKUs.
            models.UniqueConstraint(
                fields=("seller", "sku"),
                name="variant_sku_per_seller",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=("product", "combination"), name="variant_combination_per_product"
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0) & Q(price__lte=PRICE_LIMIT), name="variant_price"
            ),
            models.CheckConstraint(condition=~Q(sku=""), name="variant_has_a_sku"),
            models.CheckConstraint(
                condition=_one_of("availability", tuple(Availability.values)),
                name="variant_availability",
            ),
        )

    def __str__(self) -> str:
        return self.sku or f"{self.product_id}/{self.position}"


class PriceRecord(models.Model):
    """What a variant on sale cost from `at` on: the history behind any "was" price."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="prices")
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("variant", "-at"), name="price_record_of_variant"),)
        constraints = (models.CheckConstraint(condition=Q(price__gt=0), name="price_record_price"),)

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.price} {self.currency}"


class ProductMove(models.Model):
    """Audit: who moved a product from which state to which, when and why."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, blank=True)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.product_id}: {self.from_state} to {self.to_state}"
