"""What of reviews goes with an account: all of them. The stars of others' products stay exact."""

from __future__ import annotations

from accounts.actions.erasure_hooks import Leaver
from reviews.actions.counting import counting, turn_of
from reviews.models import Review
from reviews.types import ReviewState


def erase(leaver: Leaver) -> None:
    """Reviews go, and leave the figures. Of one that was taken down an empty row stays, as the
    record of that decision."""
    author = leaver.profile_id
    turn_of(author)
    mine = Review.objects.filter(author=author)
    products = mine.order_by("product").distinct("product").values_list("product", flat=True)
    for product_id in list(products):  # in key order, as everybody who changes several
        with counting(product_id=product_id, author_id=author):
            about = mine.filter(product=product_id)
            about.exclude(state=ReviewState.TAKEN_DOWN).delete()
            about.update(text="")
