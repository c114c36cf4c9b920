"""Operations of reviews."""

from __future__ import annotations

from rest_framework import serializers

from accounts.shapes import ByLineOut
from accounts.types import Call
from api.fields import CursorAsked, In, Instant, Out, Text, Whole
from api.operations import Limit, Results, operation
from catalog.queries import product_page
from core.errors import NotFound
from reviews import actions, queries
from reviews.types import (
    LEAST_STARS,
    MOST_STARS,
    REVIEWS_PER_HOUR,
    TEXT_LIMIT,
    OwnReview,
    ReviewState,
)

TAG = "Reviews"
REVIEWS = Limit(name="review", times=REVIEWS_PER_HOUR, seconds=3600)


class ReviewIn(In):
    """One to five stars, and words if you like."""

    stars = Whole(min_value=LEAST_STARS, max_value=MOST_STARS)
    text = Text(limit=TEXT_LIMIT, multiline=True, required=False, allow_blank=True, default="")


class ReviewOut(Out):
    """What somebody says of what they bought: each belongs to a paid order."""

    id = serializers.CharField(source="public_id")
    author = ByLineOut()
    stars = serializers.IntegerField()
    text = serializers.CharField()
    title = serializers.CharField(help_text="The product as it was called when it was sold.")
    variant_title = serializers.CharField()
    at = Instant()
    changed = serializers.BooleanField()
    counts = serializers.BooleanField(
        help_text="Of several by one person about one product the newest is in its rating."
    )
    followed = serializers.BooleanField(help_text="You follow the author.")


class OwnReviewOut(Out):
    """A review of yours. `reason` is why it was taken down."""

    id = serializers.CharField(source="public_id")
    order_number = serializers.CharField()
    line_id = serializers.CharField()
    product_id = serializers.CharField()
    title = serializers.CharField()
    variant_title = serializers.CharField()
    stars = serializers.IntegerField()
    text = serializers.CharField()
    state = serializers.ChoiceField(
        choices=[one.value for one in ReviewState if one != ReviewState.DELETED]
    )
    reason = serializers.CharField()
    at = Instant()
    changed = serializers.BooleanField()


@operation(
    id="product_reviews_list",
    tag=TAG,
    scope="catalog:read",
    who="anybody",
    asks=CursorAsked,
    gives=ReviewOut,
    many=True,
)
def list_reviews(call: Call, public_id: str) -> Results:
    """What buyers say of a product: first those whom you follow, then the newest."""
    page = product_page(public_id=public_id, viewer=call.viewer)
    if page is None:
        raise NotFound
    found = queries.reviews_of(product_id=page.id, viewer=call.viewer, cursor=call.query["cursor"])
    return Results(items=found.reviews, next={"cursor": found.next} if found.next else None)


@operation(
    id="own_reviews_list",
    tag=TAG,
    scope="orders:read",
    asks=CursorAsked,
    gives=OwnReviewOut,
    many=True,
)
def list_own(call: Call) -> Results:
    """All that you said of what you bought, newest first."""
    found, cursor = queries.own_reviews(author_id=call.profile_id, cursor=call.query["cursor"])
    return Results(items=found, next={"cursor": cursor} if cursor else None)


@operation(
    id="review_put",
    tag=TAG,
    scope="orders:write",
    takes=ReviewIn,
    gives=OwnReviewOut,
    limit=REVIEWS,
    example={"stars": 5, "text": "The glaze is darker than the photo, in the best way."},
)
def put(call: Call, number: str, line_id: str) -> OwnReview:
    """Say what you think of a line of an order of yours, once a parcel of it has left.

    A second time it is written anew. It stands in your own name, whomever you act for.
    """
    review = actions.write_review(
        user_id=call.user_id,
        author_id=call.profile_id,
        number=number,
        line_id=line_id,
        **call.data,
    )
    return queries.own_review(author_id=call.profile_id, public_id=review.public_id)


@operation(id="review_delete", tag=TAG, scope="orders:write")
def delete(call: Call, number: str, line_id: str) -> None:
    """Take your own review away."""
    actions.delete_review(author_id=call.profile_id, number=number, line_id=line_id)


@operation(id="review_restore", tag=TAG, scope="orders:write", gives=OwnReviewOut)
def restore(call: Call, number: str, line_id: str) -> OwnReview:
    """Put back a review that you took away within the last day."""
    review = actions.restore_review(author_id=call.profile_id, number=number, line_id=line_id)
    return queries.own_review(author_id=call.profile_id, public_id=review.public_id)
