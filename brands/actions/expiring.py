"""A check of who answers for a brand is good for a year."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accounts.actions import let_check_expire
from accounts.queries import brand_file, checked_before
from brands import notices
from brands.actions.submitting import keep_trader_items
from brands.badge import refresh_badge
from brands.locking import locked_papers
from brands.models import Review
from core import clock

GOOD_FOR = timedelta(days=365)
# So long before the end the brand is told, and operators are asked to look again.
ASKED_BEFORE = timedelta(days=30)


def look_again() -> int:
    """Ask operators to look again at trader data whose check is nearly a year old, and tell the
    brand; what a year has passed over counts as checked no more, and the badge goes with it.

    How many brands were asked about. Each in a transaction of its own; done twice, once.
    """
    now = clock.now()
    for brand_id in checked_before(moment=now - GOOD_FOR):
        _expire(brand_id)
    return sum(_ask(brand_id) for brand_id in checked_before(moment=now - GOOD_FOR + ASKED_BEFORE))


@transaction.atomic
def _expire(brand_id: int) -> None:
    locked_papers(brand_id)
    _ask(brand_id)
    if let_check_expire(brand_id=brand_id, before=clock.now() - GOOD_FOR):
        refresh_badge(brand_id=brand_id)


@transaction.atomic
def _ask(brand_id: int) -> bool:
    """Open a review, unless one is open; whether it did."""
    locked_papers(brand_id)
    file = brand_file(profile_id=brand_id)
    checked_at = file.trader.checked_at if file else None
    if checked_at is None or checked_at > clock.now() - GOOD_FOR + ASKED_BEFORE:
        return False  # checked since, or changed: then a look is asked for anyway
    if Review.objects.filter(brand_id=brand_id, state=Review.State.OPEN).exists():
        return False
    review = Review.objects.create(brand_id=brand_id, kind=Review.Kind.AGAIN)
    keep_trader_items(review)
    notices.tell_again(review, until=checked_at + GOOD_FOR)
    return True
