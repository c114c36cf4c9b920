"""What reviews do when they hear of one, and of an author who goes out of sight or comes back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.events import PersonRestored, PersonSuspended
from accounts.queries import contacts_of, profile_refs
from notifications.actions import notify
from notifications.types import Recipient
from reviews.actions import count_again
from reviews.events import ReviewWritten
from reviews.models import Review
from reviews.queries import address_of
from reviews.types import ReviewState

TOLD = {"chat"}


def tell_of_review(event: ReviewWritten) -> None:
    """The owners of the brand and those who answer for it, once for each order line.

    Its words stay out of the notice: they can change, and be taken away.
    """
    rows = Review.objects.filter(public_id=event.review_id, state=ReviewState.VISIBLE)
    review = rows.select_related("line", "product").first()
    if review is None:
        return
    refs = profile_refs(ids=[review.author_id, review.product.seller_id])
    author, seller = refs.get(review.author_id), refs.get(review.product.seller_id)
    if author is None or seller is None:
        return
    notify(
        kind="reviews.written",
        event_key=f"review:{review.line.public_id}",
        recipients=[
            Recipient(profile_id=one.profile_id, email=one.email, name=one.name)
            for one in contacts_of(profile_id=seller.id, roles=TOLD)
        ],
        context={
            "author": author.name,
            "title": review.line.title,
            "stars": review.stars,
            "url": address_of(product_id=review.product.public_id, public_id=review.public_id),
            "action": _("Read the review"),
        },
        actor_id=author.id,
    )


def count_without(event: PersonSuspended) -> None:
    """What somebody said whom operators hid is in no figure."""
    count_again(author_id=event.profile_id)


def count_with(event: PersonRestored) -> None:
    """It is again."""
    count_again(author_id=event.profile_id)
