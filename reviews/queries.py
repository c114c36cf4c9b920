"""What was said of products, as somebody sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import BooleanField
from django.db.models.functions import Cast

from accounts.queries import acts_for, follows
from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from catalog.queries import product_page
from core.ids import is_public_id
from core.paging import NEWEST, BadCursor, whole
from orders.queries import bought_line
from orders.said import LineReview
from orders.types import BoughtLine
from reviews.errors import NotSentYet, OwnProduct, ReviewNotFound
from reviews.models import Review
from reviews.types import (
    MOST_STARS,
    OwnReview,
    ReviewList,
    ReviewState,
    ReviewView,
    Share,
    Subject,
)

PAGE = 10
_SEEN = Q(state=ReviewState.VISIBLE, author__state="approved")
_COLUMNS = (
    *("id", "public_id", "stars", "text", "created_at", "changed_at", "counts", "followed"),
    *("line__title", "line__variant_title", "line__public_id", "line__order__number"),
)


def reviews_of(
    *, product_id: int, viewer: Viewer, cursor: str = "", at: str = "", limit: int = PAGE
) -> ReviewList:
    """Reviews of a product (primary key): first by whom the viewer follows, then the newest.

    Without those of people whom the viewer does not meet. The page begins behind the cursor, or
    with the review `at` (public id); where neither leads anywhere, from the top. One query, or two
    with `at`.
    """
    rows = Review.objects.filter(_SEEN, product=product_id)
    rows = rows.exclude(author__in=list(viewer.hidden.ids))
    rows = rows.annotate(followed=_followed_by(viewer))
    after, gone = _after(cursor), False
    if is_public_id(at):
        first = rows.filter(public_id=at).values_list("followed", "id").first()
        after = (first[0], first[1] + 1) if first else after
        gone = first is None
    if after:
        known, pk = after
        rows = rows.filter(Q(followed=known, id__lt=pk) | Q(followed__lt=known))
    found = list(
        rows.order_by(F("followed").desc(), "-id").values(*_COLUMNS, *profile_columns("author"))[
            : limit + 1
        ]
    )
    shown = found[:limit]
    more = f"{int(shown[-1]['followed'])}.{shown[-1]['id']}" if len(found) > limit else ""
    return ReviewList(reviews=[_view(row, viewer) for row in shown], next=more, gone=gone)


def _followed_by(viewer: Viewer) -> Any:
    if viewer.acting_id is None:
        return Cast(Value(0), BooleanField())
    return Exists(follows(profiles=[viewer.acting_id], whom=OuterRef("author")))


def _after(cursor: str) -> tuple[bool, int] | None:
    known, _dot, pk = cursor.partition(".")
    if known not in ("0", "1"):
        return None
    try:
        return known == "1", whole(pk)
    except BadCursor:
        return None


def _view(row: Mapping[str, Any], viewer: Viewer) -> ReviewView:
    author = ref_from_row(row, "author")
    own = viewer.profile is not None and viewer.profile.id == author.id
    return ReviewView(
        public_id=row["public_id"],
        author=author,
        stars=row["stars"],
        text=row["text"],
        title=row["line__title"],
        variant_title=row["line__variant_title"],
        at=row["created_at"],
        changed=row["changed_at"] is not None,
        counts=row["counts"],
        followed=row["followed"],
        order_number=row["line__order__number"] if own else "",
        line_id=row["line__public_id"] if own else "",
    )


def spread_of(*, product_id: int) -> list[Share]:
    """How many people gave how many stars, the most stars first. One query."""
    rows = Review.objects.filter(product=product_id, counts=True).values("stars").order_by("stars")
    counts = dict(rows.annotate(n=Count("pk")).values_list("stars", "n"))
    total = sum(counts.values()) or 1
    return [
        Share(stars=stars, count=n, percent=round(100 * n / total))
        for stars in range(MOST_STARS, 0, -1)
        for n in [counts.get(stars, 0)]
    ]


def reviewable(*, user_id: int, number: str, line_id: str) -> BoughtLine:
    """The line of an order that the user may review. Two queries.

    Raises ReviewNotFound for what they did not buy, and for what left the catalogue; NotSentYet,
    and OwnProduct for whoever is on the team of the seller.
    """
    line = _bought(user_id, number, line_id)
    if acts_for(user_id=user_id, profile_id=line.seller_id):
        raise OwnProduct
    if not line.sent:
        raise NotSentYet
    return line


def _bought(user_id: int, number: str, line_id: str) -> BoughtLine:
    line = bought_line(user_id=user_id, number=number, line_id=line_id)
    if line is None:
        raise ReviewNotFound
    return line


def subject_of(*, user_id: int, author_id: int, number: str, line_id: str) -> Subject:
    """What the form of a review is about. Three queries. Raises what `reviewable` raises.

    Whoever joined the seller's team since still sees what they said, and can take it away.
    """
    line = _bought(user_id, number, line_id)
    mine = _own(Review.objects.filter(line=line.id, author=author_id))
    own = acts_for(user_id=user_id, profile_id=line.seller_id)
    if own and (not mine or mine[0].state == ReviewState.DELETED):
        raise OwnProduct
    if not line.sent:
        raise NotSentYet
    return Subject(
        order_number=line.order_number,
        line_id=line.public_id,
        title=line.title,
        variant_title=line.variant_title,
        seller_name=line.seller_name,
        picture=line.picture,
        review=mine[0] if mine else None,
        may_write=not own,
    )


def said_of_lines(*, number: str) -> dict[str, LineReview]:
    """What the buyer of an order said, by the public ids of its lines: what others see, and what
    was taken down. One query."""
    rows = Review.objects.filter(line__order__number=number).exclude(state=ReviewState.DELETED)
    return {
        line: LineReview(stars=stars, shown=state == ReviewState.VISIBLE)
        for line, stars, state in rows.values_list("line__public_id", "stars", "state")
    }


def own_review(*, author_id: int, public_id: str) -> OwnReview:
    """One's own review, in whatever state. One query. Raises ReviewNotFound."""
    found = _own(Review.objects.filter(author=author_id, public_id=public_id))
    if not found:
        raise ReviewNotFound
    return found[0]


def own_reviews(*, author_id: int, cursor: str = "") -> tuple[Sequence[OwnReview], str]:
    """What somebody said of what they bought, newest first, and the token of the next page: those
    that others see and those that were taken down. Two queries."""
    rows = Review.objects.filter(author=author_id).exclude(state=ReviewState.DELETED)
    keys = list(NEWEST.sorted(rows, cursor).values_list("pk", flat=True)[: PAGE + 1])
    found = _own(Review.objects.filter(pk__in=keys[:PAGE]).order_by("-pk"))
    return found, NEWEST.cursor(tie=keys[PAGE - 1]) if len(keys) > PAGE else ""


def _own(rows: QuerySet[Review]) -> list[OwnReview]:
    return [
        OwnReview(
            public_id=row.public_id,
            order_number=row.line.order.number,
            line_id=row.line.public_id,
            product_id=row.line.product_public_id,
            title=row.line.title,
            variant_title=row.line.variant_title,
            stars=row.stars,
            text=row.text,
            state=ReviewState(row.state),
            reason=row.taken_down_reason,
            at=row.created_at,
            changed=row.changed_at is not None,
        )
        for row in rows.select_related("line__order")
    ]


def review_subject(*, public_id: str, viewer: Viewer) -> tuple[str, str, ProfileRef] | None:
    """What it is of, by the name it was bought under, address and author of a review that the
    viewer can see, and the product with it, or None. Two queries."""
    rows = Review.objects.filter(_SEEN, public_id=public_id)
    rows = rows.exclude(author__in=list(viewer.hidden.blocked))
    columns = ("line__title", "product__public_id", *profile_columns("author"))
    row = rows.values(*columns).first()
    if row is None:
        return None
    product_id = row["product__public_id"]
    if product_page(public_id=product_id, viewer=viewer) is None:
        return None
    url = address_of(product_id=product_id, public_id=public_id)
    return row["line__title"], url, ref_from_row(row, "author")


def address_of(*, product_id: str, public_id: str) -> str:
    """Where a review is read: on the page of its product's that begins with it. Public ids."""
    return f"/reviews/{product_id}/?at={public_id}#r-{public_id}"
