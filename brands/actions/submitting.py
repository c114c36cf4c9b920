"""The papers go to the operators."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import record_act, submit_brand
from accounts.queries import brand_file
from brands import notices
from brands.badge import refresh_badge
from brands.items import TRADER_CODES
from brands.locking import locked_papers
from brands.models import Review, ReviewItem
from brands.queries import checklist
from brands.types import Incomplete, Item
from core import clock


@transaction.atomic
def submit_papers(*, brand_id: int, user_id: int) -> str:
    """Ask the operators to let the brand in; what the papers say now is kept.

    Answers the public id of the review. Raises Incomplete with the titles of what is missing or
    still to be mended, WrongState when it was submitted already, NotFound.
    """
    locked_papers(brand_id)
    found = checklist(brand_id=brand_id)
    if not found.complete:
        raise Incomplete([item.title for item in found.items if not item.done])
    submit_brand(brand_id=brand_id, user_id=user_id)
    review = Review.objects.create(
        brand_id=brand_id, kind=Review.Kind.ENTRY, submitted_by_id=user_id
    )
    _keep(review, list(found.items))
    record_act(brand_id=brand_id, actor_id=user_id, act="brands.submitted")
    notices.tell_submitted(review)
    return str(review.public_id)


@transaction.atomic
def ask_for_a_look(*, brand_id: int, user_id: int) -> None:
    """The trader data of an approved brand changed: an operator looks at them anew.

    One look stays open however often they change; it shows what they say last. A brand that was
    not let in yet has nothing to be looked at before it submits.
    """
    file = brand_file(profile_id=brand_id)
    if file is None or file.state != "approved":
        return
    refresh_badge(brand_id=brand_id)
    review = (
        Review.objects.select_for_update()
        .filter(brand_id=brand_id, state=Review.State.OPEN)
        .first()
    )
    if review is None:
        review = Review.objects.create(
            brand_id=brand_id, kind=Review.Kind.CHANGE, submitted_by_id=user_id
        )
    # What was open may be the entry of a brand that was let in as a whole a moment ago.
    review.kind, review.submitted_at = Review.Kind.CHANGE, clock.now()
    review.save(update_fields=["kind", "submitted_at"])
    review.items.all().delete()
    keep_trader_items(review)


def keep_trader_items(review: Review) -> None:
    """What the trader data say now, as the items of a review."""
    found = checklist(brand_id=review.brand_id)
    _keep(review, [item for item in found.items if item.code in TRADER_CODES])


def _keep(review: Review, items: list[Item]) -> None:
    ReviewItem.objects.bulk_create(
        ReviewItem(review=review, code=item.code, fingerprint=item.fingerprint, said=item.said)
        for item in items
    )
