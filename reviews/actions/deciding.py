"""What operators do with a review."""

from __future__ import annotations

from django.db import transaction

from core import clock
from core.events import publish
from reviews.actions.counting import counting, turn_of
from reviews.errors import ReviewNotFound
from reviews.events import ReviewTakenDown
from reviews.models import Review
from reviews.types import ReviewState


def take_down_review(*, public_id: str, operator_id: int | None, reason: str) -> None:
    """Remove a review from every page, for a stated reason. Doing it twice changes nothing.

    Also one that was deleted, which its author then cannot bring back. Raises ReviewNotFound.
    """
    with transaction.atomic():
        review = _locked(public_id)
        if review.state == ReviewState.TAKEN_DOWN:
            return
        with counting(product_id=review.product_id, author_id=review.author_id):
            now = clock.now()
            if review.state == ReviewState.DELETED:
                review.deleted_at = review.hidden_at
            review.state, review.hidden_at, review.counts = ReviewState.TAKEN_DOWN, now, False
            review.taken_down_by_id = operator_id
            review.taken_down_reason = reason[:500]  # its author is told all of it
            review.save()
            publish(
                ReviewTakenDown(
                    review_id=public_id,
                    author_id=review.author_id,
                    title=review.line.title,
                    reason=reason,
                    at=now.isoformat(),
                )
            )


def put_back_review(*, public_id: str) -> None:
    """Show a review again that an operator took down by mistake. Raises ReviewNotFound.

    One that its author had deleted is deleted again, since that day: nobody but them shows it. One
    whose author has left since stays away.
    """
    with transaction.atomic():
        review = _locked(public_id)
        if review.state != ReviewState.TAKEN_DOWN or review.author.state == "closed":
            return
        with counting(product_id=review.product_id, author_id=review.author_id):
            before = ReviewState.DELETED if review.deleted_at else ReviewState.VISIBLE
            review.state, review.hidden_at = before, review.deleted_at
            review.deleted_at = None
            review.taken_down_by, review.taken_down_reason = None, ""
            review.save()


def _locked(public_id: str) -> Review:
    author = Review.objects.filter(public_id=public_id).values_list("author_id", flat=True).first()
    if author is None:
        raise ReviewNotFound
    turn_of(author)  # before the row, as its author does
    rows = Review.objects.select_for_update(of=("self",), no_key=True)
    review = rows.select_related("line", "author").filter(public_id=public_id).first()
    if review is None:
        raise ReviewNotFound
    return review
