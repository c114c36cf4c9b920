"""Made-up reviews for tests. They go through the same actions as people."""

from __future__ import annotations

from accounts.testing import Profile, owner_of
from catalog.testing import Product, Variant
from inventory.actions import receive
from orders.actions import ship
from orders.testing import Order, finish, make_buyer, make_paid_order
from reviews import actions
from reviews.models import Review as Review


def make_sent_order(*, variant: Variant | None = None, person: Profile | None = None) -> Order:
    """A paid order whose one parcel has left."""
    order = make_paid_order(variant=variant, person=person)
    owner = owner_of(order.seller)
    assert owner.user_id is not None
    ship(number=order.number, seller_id=order.seller_id, actor_user_id=owner.user_id)
    finish(order)
    order.refresh_from_db()
    return order


def make_review(
    *,
    product: Product | None = None,
    person: Profile | None = None,
    stars: int = 5,
    text: str = "The glaze is darker than the photo, in the best way.",
) -> Review:
    """Somebody buys a product, is sent it, and says this. A product is put on the shelf first."""
    variant = product.variants.get() if product else None
    if variant is not None:
        receive(variant_id=variant.pk, quantity=1, actor_id=None)
    person = person or make_buyer()[0]
    order = make_sent_order(variant=variant, person=person)
    assert person.user_id is not None
    return actions.write_review(
        user_id=person.user_id,
        author_id=person.pk,
        number=order.number,
        line_id=order.lines.get().public_id,
        stars=stars,
        text=text,
    )
