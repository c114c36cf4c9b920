"""What surrounds products: categories, storefronts, delivery methods."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import PRICE_LIMIT, Category, DeliveryMethod, Storefront
from catalog.queries.attributes import forget_attributes
from catalog.queries.categories import forget_categories
from catalog.types import EU_COUNTRIES, DeliveryMethodData, StorefrontInput
from core.errors import Invalid, NotFound
from core.text import clean_text


class DeliveryRefused(Invalid):
    """A delivery method makes no sense as stated."""

    code = "delivery_refused"


@transaction.atomic
def save_category(
    *,
    slug: str,
    name: str,
    parent: str | None = None,
    position: int = 0,
    image_id: int | None = None,
) -> int:
    """Make the category with this slug, or change it; answers with its primary key.

    `parent` is the slug of the category above. Raises NotFound for an unknown parent.
    """
    above = None
    if parent is not None:
        above = Category.objects.filter(slug=parent).first()
        if above is None:
            raise NotFound
    row, _made = Category.objects.update_or_create(
        slug=slug,
        defaults={"name": name, "parent": above, "position": position, "image_id": image_id},
    )
    forget_categories()
    forget_attributes()
    return row.pk


@transaction.atomic
def save_storefront(*, profile_id: int, data: StorefrontInput) -> None:
    """Keep what a brand says about itself; makes the storefront when there is none yet."""
    if not (14 <= data.return_days <= 365 and 1 <= data.reply_hours <= 168):
        raise Invalid(_("Returns are open for 14 to 365 days, replies take 1 to 168 hours."))
    Storefront.objects.update_or_create(
        profile_id=profile_id,
        defaults={
            "story": clean_text(data.story, limit=3000),
            "reply_hours": data.reply_hours,
            "return_days": data.return_days,
            "returns_free": data.returns_free,
            "delivery_policy": clean_text(data.delivery_policy, limit=2000),
            "returns_policy": clean_text(data.returns_policy, limit=2000),
        },
    )


@transaction.atomic
def create_delivery_method(*, seller_id: int, data: DeliveryMethodData) -> DeliveryMethod:
    """A way for the seller's parcels, used from now on. Raises DeliveryRefused."""
    countries = sorted({code.upper() for code in data.countries})
    if not countries or not set(countries) <= set(EU_COUNTRIES):
        raise DeliveryRefused(_("Name countries of the European Union by their codes."))
    if not 0 <= data.price.amount <= PRICE_LIMIT:
        raise DeliveryRefused(_("A delivery price is zero or more."))
    if data.free_from is not None and data.free_from.amount <= 0:
        raise DeliveryRefused(_("Free delivery begins at an amount above zero."))
    if not 0 <= data.min_days <= data.max_days <= 120:
        raise DeliveryRefused(_("Give the days in transit as a range, up to 120."))
    return DeliveryMethod.objects.create(
        seller_id=seller_id,
        name=clean_text(data.name, limit=60, single_line=True),
        zone=clean_text(data.zone, limit=60, single_line=True),
        countries=countries,
        price=data.price.amount,
        currency=data.price.currency,
        free_from=data.free_from.amount if data.free_from else None,
        min_days=data.min_days,
        max_days=data.max_days,
        position=DeliveryMethod.objects.filter(seller_id=seller_id).count(),
    )


@transaction.atomic
def deactivate_delivery_method(*, seller_id: int, method_id: str) -> None:
    """Stop offering a method; orders that chose it keep it. Raises NotFound."""
    rows = DeliveryMethod.objects.filter(seller_id=seller_id, public_id=method_id)
    if not rows.update(active=False):
        raise NotFound
