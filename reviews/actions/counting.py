"""Which review of somebody counts for a product, and the product's stars with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from accounts.queries import approved_ids
from catalog.actions import change_rating
from core.db import in_turn
from reviews.models import Review
from reviews.types import ReviewState


def turn_of(author_id: int) -> None:
    """Let nobody else change reviews of this author until the transaction ends."""
    in_turn(f"reviews:{author_id}")


@contextmanager
def counting(*, product_id: int, author_id: int) -> Iterator[None]:
    """Around what changes reviews of one author about one product, in a transaction.

    Afterwards the newest that is seen counts, none of an author who is out of sight, and the
    product's stars say so, whatever they were before.
    """
    turn_of(author_id)
    before = _figure(product_id, author_id)
    yield
    _choose(product_id, author_id)
    after = _figure(product_id, author_id)
    if after != before:
        change_rating(
            product_id=product_id, stars=after[0] - before[0], people=after[1] - before[1]
        )


def _figure(product_id: int, author_id: int) -> tuple[int, int]:
    rows = Review.objects.filter(product=product_id, author=author_id, counts=True)
    found = rows.aggregate(stars=Coalesce(Sum("stars"), 0), people=Count("pk"))
    return found["stars"], found["people"]


def _choose(product_id: int, author_id: int) -> None:
    rows = Review.objects.filter(product=product_id, author=author_id)
    seen = rows.filter(state=ReviewState.VISIBLE).order_by("-pk")
    newest = list(seen.values_list("pk", flat=True)[:1]) if approved_ids(ids=[author_id]) else []
    rows.filter(counts=True).exclude(pk__in=newest).update(counts=False)
    rows.filter(counts=False, pk__in=newest).update(counts=True)


def count_again(*, author_id: int) -> None:
    """Count all reviews of somebody anew who came into sight, or is out of it. A few queries for
    each product that they reviewed."""
    with transaction.atomic():
        turn_of(author_id)
        products = Review.objects.filter(author=author_id).order_by("product").distinct("product")
        for product_id in list(products.values_list("product", flat=True)):
            with counting(product_id=product_id, author_id=author_id):
                pass
