"""What surrounds products: categories and storefronts."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Category, Storefront
from catalog.queries.attributes import forget_attributes
from catalog.queries.categories import forget_categories
from catalog.types import StorefrontInput
from core.errors import Invalid, NotFound
from core.text import clean_text


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
