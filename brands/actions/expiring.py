"""A check of who answers for a brand is good for a year, a document as long as it says."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions import let_check_expire
from accounts.queries import brand_file, checked_before
from brands import notices
from brands.actions.submitting import keep_trader_items
from brands.badge import refresh_badge
from brands.documents import TOLD_BEFORE
from brands.locking import locked_papers
from brands.models import PaperDocument, Review
from core import clock

GOOD_FOR = timedelta(days=365)
# Brands and documents that are asked about at most in one go; the others have their turn at the
# next.
A_DAY = 200


def look_again() -> int:
    """Ask operators to look again at trader data whose check is nearly a year old, and tell the
    brand; what a year has passed over counts as checked no more, and the badge goes with it. The
    same look is asked for when a document ends within a month, or did: once for each document.

    How many checks and documents were asked about. Each in a transaction of its own; done twice,
    once.
    """
    now = clock.now()
    asked = sum(_expire(one) for one in checked_before(moment=now - GOOD_FOR, limit=A_DAY))
    # Without those that wait for an operator: as many as these may wait, the others are asked.
    waiting = Review.objects.filter(state=Review.State.OPEN).values_list("brand_id", flat=True)
    nearly = checked_before(moment=now - GOOD_FOR + TOLD_BEFORE, limit=A_DAY, without=list(waiting))
    asked += sum(_ask(one) for one in nearly)
    return asked + sum(_ask_about(document, brand_id) for document, brand_id in _ending())


@transaction.atomic
def _expire(brand_id: int) -> bool:
    """Let a check count no more; whether a review was opened for it."""
    locked_papers(brand_id)
    asked = _ask(brand_id)
    if let_check_expire(brand_id=brand_id, before=clock.now() - GOOD_FOR):
        refresh_badge(brand_id=brand_id)
    return asked


@transaction.atomic
def _ask(brand_id: int) -> bool:
    """Open a review, unless one is open; whether it did."""
    locked_papers(brand_id)
    file = brand_file(profile_id=brand_id)
    checked_at = file.trader.checked_at if file else None
    if checked_at is None or checked_at > clock.now() - GOOD_FOR + TOLD_BEFORE:
        return False  # checked since, or changed: then a look is asked for anyway
    review = _open_review(brand_id)
    if review is None:
        return False
    notices.tell_again(review, until=checked_at + GOOD_FOR)
    return True


def _open_review(brand_id: int) -> Review | None:
    """A review for operators; None when they have one of the brand before them already."""
    if Review.objects.filter(brand_id=brand_id, state=Review.State.OPEN).exists():
        return None
    review = Review.objects.create(brand_id=brand_id, kind=Review.Kind.AGAIN)
    keep_trader_items(review)
    return review


def _ending() -> list[tuple[int, int]]:
    """Documents (with their brands) that end within a month or did, and nobody was told so. A brand
    that is not in yet is looked at when it wants to be."""
    rows = PaperDocument.objects.filter(
        asked_at=None,
        good_until__lte=timezone.localdate(clock.now()) + TOLD_BEFORE,
        brand__state="approved",
    )
    return list(rows.order_by("good_until", "pk").values_list("pk", "brand_id")[:A_DAY])


@transaction.atomic
def _ask_about(document_id: int, brand_id: int) -> bool:
    """Tell the brand, and see that operators have a review of it; whether it was this call."""
    locked_papers(brand_id)
    document = PaperDocument.objects.filter(pk=document_id, asked_at=None).first()
    if document is None or document.good_until is None:
        return False
    document.asked_at = clock.now()
    document.save(update_fields=["asked_at"])
    _open_review(brand_id)
    until = document.good_until
    ended = until < timezone.localdate(clock.now())
    notices.tell_document(document, until=until, ended=ended)
    return True
