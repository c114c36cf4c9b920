"""What an author does with a review: write, change, delete, put back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accounts.actions import hold_profiles
from accounts.queries import approved_ids
from core import clock
from core.db import retrying
from core.events import publish
from core.ids import public_id_for
from orders.queries import read_order_number
from orders.types import BoughtLine
from reviews.actions.counting import counting, turn_of
from reviews.errors import NothingToUndo, ReviewNotFound, ReviewTaken
from reviews.events import ReviewWritten
from reviews.models import Review
from reviews.queries import reviewable
from reviews.types import ReviewState

# How long a deleted review can be put back.
KEEP = timedelta(days=1)


@retrying
def write_review(
    *, user_id: int, author_id: int, number: str, line_id: str, stars: int, text: str
) -> Review:
    """Say what one thinks of what one bought: `line_id` of the order `number`, one to five stars,
    `text` as cleaned, perhaps ''. A second time it is written anew, and saying the same changes
    nothing.

    `author_id` is the buyer's own profile. Raises ReviewNotFound for a line that the user did not
    buy, NotSentYet, OwnProduct, and ReviewTaken after an operator took it down.
    """
    with transaction.atomic():
        line = reviewable(user_id=user_id, number=number, line_id=line_id)
        hold_profiles(ids=[author_id])  # an erasure takes its turn with the profile in hand
        turn_of(author_id)
        if not approved_ids(ids=[author_id]):
            raise ReviewNotFound  # they left, or were suspended, a moment ago
        review = Review.objects.select_for_update(no_key=True).filter(line=line.id).first()
        if review is not None and review.state == ReviewState.TAKEN_DOWN:
            raise ReviewTaken
        if review is None:
            return _begin(line, author_id, stars, text)
        _write_anew(review, stars, text)
    return review


def _begin(line: BoughtLine, author_id: int, stars: int, text: str) -> Review:
    """The id is that of the line's review, also when one was forgotten before: a report that waited
    longer than that finds what was written anew."""
    with counting(product_id=line.product_key, author_id=author_id):
        review = Review.objects.create(
            public_id=public_id_for(what="review", of=line.public_id),
            line_id=line.id,
            product_id=line.product_key,
            author_id=author_id,
            stars=stars,
            text=text,
            created_at=clock.now(),
        )
        publish(ReviewWritten(review_id=review.public_id))
    return review


def _write_anew(review: Review, stars: int, text: str) -> None:
    """A deleted one comes back as the same, at its place: what was reported is found again."""
    deleted = review.state == ReviewState.DELETED
    changed = (review.stars, review.text) != (stars, text)
    if not (deleted or changed):
        return
    with counting(product_id=review.product_id, author_id=review.author_id):
        review.stars, review.text = stars, text
        review.state, review.hidden_at = ReviewState.VISIBLE, None
        if changed:
            review.changed_at = clock.now()
        review.save(update_fields=["stars", "text", "state", "hidden_at", "changed_at"])
    if deleted:
        publish(ReviewWritten(review_id=review.public_id))


@retrying
def delete_review(*, author_id: int, number: str, line_id: str) -> None:
    """Take one's own review away; `restore_review` brings it back for a day.

    Raises ReviewNotFound, ReviewTaken.
    """
    with transaction.atomic():
        review = _own(author_id, number, line_id)
        if review.state == ReviewState.TAKEN_DOWN:
            raise ReviewTaken
        if review.state == ReviewState.DELETED:
            raise ReviewNotFound
        with counting(product_id=review.product_id, author_id=author_id):
            review.state, review.hidden_at = ReviewState.DELETED, clock.now()
            review.counts = False
            review.save(update_fields=["state", "hidden_at", "counts"])


@retrying
def restore_review(*, author_id: int, number: str, line_id: str) -> Review:
    """Undo one's own `delete_review` within a day. Raises ReviewNotFound, NothingToUndo."""
    with transaction.atomic():
        review = _own(author_id, number, line_id)
        late = review.hidden_at is None or clock.now() - review.hidden_at > KEEP
        if review.state != ReviewState.DELETED or late:
            raise NothingToUndo
        with counting(product_id=review.product_id, author_id=author_id):
            review.state, review.hidden_at = ReviewState.VISIBLE, None
            review.save(update_fields=["state", "hidden_at"])
    return review


def drop_deleted() -> int:
    """Forget the reviews that were deleted more than a day ago; how many."""
    old = Review.objects.filter(
        state=ReviewState.DELETED, hidden_at__lt=clock.now() - KEEP
    ).delete()
    return old[0]


def _own(author_id: int, number: str, line_id: str) -> Review:
    turn_of(author_id)
    rows = Review.objects.select_for_update(of=("self",), no_key=True)
    review = rows.filter(
        author=author_id, line__public_id=line_id, line__order__number=read_order_number(number)
    ).first()
    if review is None:
        raise ReviewNotFound
    return review
