"""What surrounds products: categories and storefronts."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import record_act
from catalog import acts, events
from catalog.away import LONGEST_DAYS
from catalog.models import Category, Storefront
from catalog.queries.attributes import forget_attributes
from catalog.queries.categories import forget_categories
from catalog.types import PoliciesInput
from core import clock
from core.errors import Invalid, NotFound
from core.events import publish
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
    before = Category.objects.filter(slug=slug).values_list("name", "parent__slug").first()
    row, _made = Category.objects.update_or_create(
        slug=slug,
        defaults={"name": name, "parent": above, "position": position, "image_id": image_id},
    )
    category_changed(slug=slug, in_search=before not in (None, (name, parent)))
    return row.pk


def category_changed(*, slug: str, in_search: bool) -> None:
    """Drop what is kept of the tree. `in_search`: another name or place, so that everything in it
    and below is written into search anew. Call in the transaction of the change."""
    forget_categories()
    forget_attributes()
    if in_search:
        publish(events.CategoryChanged(slug=slug))


@transaction.atomic
def save_policies(*, profile_id: int, data: PoliciesInput) -> None:
    """Keep what a brand promises; makes the storefront when there is none yet."""
    if not (14 <= data.return_days <= 365 and 1 <= data.reply_hours <= 168):
        raise Invalid(_("Returns are open for 14 to 365 days, replies take 1 to 168 hours."))
    Storefront.objects.update_or_create(
        profile_id=profile_id,
        defaults={
            "reply_hours": data.reply_hours,
            "return_days": data.return_days,
            "returns_free": data.returns_free,
            "delivery_policy": clean_text(data.delivery_policy, limit=2000),
            "returns_policy": clean_text(data.returns_policy, limit=2000),
        },
    )


@transaction.atomic
def go_away(
    *, seller_id: int, first: date, last: date, note: str = "", actor_id: int | None
) -> None:
    """Close the shop from `first` to `last`, both days away; its things stay to be seen.

    What was ordered goes on. The shop opens again by itself. Raises Invalid for days that are
    over, the wrong way round, or more than 120.
    """
    today = timezone.localdate(clock.now())
    if last < first or last < today or (last - first).days >= LONGEST_DAYS:
        raise Invalid(_("Give a first and a last day that is not over, 120 days at most."))
    if not _set_away(seller_id, first, last, clean_text(note, limit=300, single_line=True)):
        return
    days = f"{first.isoformat()} – {last.isoformat()}"  # noqa: RUF001 - a range of days
    record_act(brand_id=seller_id, actor_id=actor_id, act=acts.AWAY, detail=days)


@transaction.atomic
def come_back(*, seller_id: int, actor_id: int | None) -> None:
    """End a vacation before its last day, or call off one that has not begun."""
    if _set_away(seller_id, None, None, ""):
        record_act(brand_id=seller_id, actor_id=actor_id, act=acts.BACK)


def _set_away(seller_id: int, first: date | None, last: date | None, note: str) -> bool:
    """Whether that is anything else than before."""
    row, _made = Storefront.objects.select_for_update().get_or_create(profile_id=seller_id)
    before = row.away_from, row.away_until, row.away_note
    row.away_from, row.away_until, row.away_note = first, last, note
    if before == (first, last, note):
        return False
    row.save(update_fields=["away_from", "away_until", "away_note"])
    return True
