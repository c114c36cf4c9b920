"""Bring a product on sale, off sale, and out of sight."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import require_approved
from catalog import acts, events, publishing, states
from catalog.actions import upkeep
from catalog.actions.products import locked
from catalog.models import Product
from catalog.queries.page import read_page
from catalog.types import NotMovable, Problem, ProductRefused, ProductState
from core import clock
from core.errors import NotFound
from core.events import publish


@transaction.atomic
def publish_product(*, product_id: str, seller_id: int, actor_id: int | None) -> Product:
    """Put a product on sale.

    Does nothing when it is on sale already. Raises NotFound for another seller's product,
    ProductRefused with what `catalog.publishing` forbids, NotMovable after a take-down,
    NotApproved before its brand was let in.
    """
    product = locked(seller_id=seller_id, product_id=product_id)
    if product.taken_down_at is not None:
        raise NotMovable(_("An operator took this product down. Write to us to clear it up."))
    if product.state == ProductState.PUBLISHED:
        return product
    if problems := lacks(product):
        raise ProductRefused(problems)
    require_approved(profile_id=seller_id)
    _move(product, ProductState.PUBLISHED, actor_id=actor_id)
    upkeep.record_act(product, acts.PUBLISHED, actor_id=actor_id)
    upkeep.record_prices(product)
    publish(events.ProductPublished(product_id=product.public_id))
    return product


@transaction.atomic
def archive_product(*, product_id: str, seller_id: int, actor_id: int | None) -> Product:
    """Take a product off sale; orders and old links still know it. Does nothing the second time.

    Raises NotFound for another seller's product.
    """
    product = locked(seller_id=seller_id, product_id=product_id)
    if product.state == ProductState.ARCHIVED:
        return product
    _move(product, ProductState.ARCHIVED, actor_id=actor_id)
    upkeep.record_act(product, acts.ARCHIVED, actor_id=actor_id)
    publish(events.ProductArchived(product_id=product.public_id))
    return product


@transaction.atomic
def redraft_product(*, product_id: str, seller_id: int, actor_id: int | None) -> Product:
    """Make a product a draft again: only its team sees it. Does nothing to a draft.

    Raises NotFound for another seller's product.
    """
    product = locked(seller_id=seller_id, product_id=product_id)
    if product.state == ProductState.DRAFT:
        return product
    _move(product, ProductState.DRAFT, actor_id=actor_id)
    upkeep.record_act(product, acts.DRAFTED, actor_id=actor_id)
    publish(events.ProductArchived(product_id=product.public_id))
    return product


@transaction.atomic
def take_down_product(*, public_id: str, operator_id: int | None, reason: str) -> None:
    """Remove a product from every page, whatever its seller says. The reason is kept.

    Does nothing the second time; raises NotFound for an absent product.
    """
    product = _any(public_id)
    if product.taken_down_at is not None:
        return
    product.taken_down_at = clock.now()
    product.save(update_fields=["taken_down_at"])
    upkeep.record_move(
        product, was=product.state, to=states.TAKEN_DOWN, reason=reason, actor_id=operator_id
    )
    upkeep.index(product)
    publish(
        events.ProductTakenDown(
            product_id=product.public_id,
            seller_id=product.seller_id,
            title=product.title,
            reason=reason,
            at=product.taken_down_at.isoformat(),
        )
    )


@transaction.atomic
def restore_product(*, public_id: str, operator_id: int | None, reason: str) -> None:
    """Undo a take-down: the product is again what its seller made it. Raises NotFound."""
    product = _any(public_id)
    if product.taken_down_at is None:
        return
    product.taken_down_at = None
    product.save(update_fields=["taken_down_at"])
    upkeep.record_move(product, was=states.TAKEN_DOWN, reason=reason, actor_id=operator_id)
    upkeep.index(product)
    publish(events.ProductChanged(product_id=product.public_id))


def _any(public_id: str) -> Product:
    rows = Product.objects.select_for_update(of=("self",))
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _move(product: Product, target: ProductState, *, actor_id: int | None) -> None:
    was = product.state
    if not states.may_move(current=was, target=target):
        raise NotMovable
    product.state = target
    product.publish_at = None
    product.version += 1
    if target == ProductState.PUBLISHED and product.published_at is None:
        product.published_at = clock.now()
    product.save(update_fields=["state", "published_at", "publish_at", "version"])
    upkeep.record_move(product, was=was, reason="", actor_id=actor_id)
    upkeep.index(product)


def lacks(product: Product) -> list[Problem]:
    """What keeps a product from being published. One query."""
    page = read_page(pk=product.pk)
    if page is None:
        raise NotFound
    return publishing.forbidding(publishing.product_points(publishing.product_facts(page)))
