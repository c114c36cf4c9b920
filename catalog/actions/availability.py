"""Availability and prices of single variants."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import acts, events
from catalog.actions import upkeep
from catalog.models import PRICE_LIMIT, Product, Variant
from catalog.types import Availability, Problem, ProductRefused
from core.db import retrying
from core.errors import NotFound
from core.events import publish
from core.money import Money


@transaction.atomic
def set_availability(*, levels: Mapping[int, str]) -> None:
    """Say of variants (by primary key) whether they are in_stock, low or sold_out.

    Called by inventory inside its own transaction when a threshold is crossed; rows that say so
    already are not written. Locks variants, then products, each in primary-key order.
    """
    wanted = {pk: Availability(level) for pk, level in levels.items()}
    rows = Variant.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    changed = [row for row in rows if row.availability != wanted[row.pk]]
    if not changed:
        return
    for level in sorted({wanted[row.pk] for row in changed}):
        pks = [row.pk for row in changed if wanted[row.pk] == level]
        Variant.objects.filter(pk__in=pks).update(availability=level)
    _refresh_products({row.product_id for row in changed})


@retrying
@transaction.atomic
def set_price(*, variant_id: str, price: Money, actor_id: int | None) -> None:
    """Give a variant (by public id) another price. Publishes PriceChanged when it was on sale.

    Raises NotFound, or ProductRefused for a price that is not above zero or of another currency.
    """
    variant = Variant.objects.filter(public_id=variant_id).first()
    if variant is None:
        raise NotFound
    product = Product.objects.select_for_update(of=("self",)).get(pk=variant.product_id)
    if price.currency != product.currency or not 0 < price.amount <= PRICE_LIMIT:
        raise ProductRefused([Problem(field="price", message=_("Give a price above zero."))])
    variant.refresh_from_db(from_queryset=Variant.objects.select_for_update(of=("self",)))
    if variant.price == price.amount:
        return
    before = dict(product.variants.values_list("public_id", "price"))
    variant.price, variant.version = price.amount, variant.version + 1
    variant.save(update_fields=["price", "version"])
    product.version += 1
    product.save(update_fields=["version"])
    upkeep.refresh(product)
    upkeep.record_act(
        product,
        acts.PRICED,
        actor_id=actor_id,
        detail=f"{_price(before[variant.public_id], product)} → {price}",
    )
    if product.published_at is not None:
        upkeep.state_price_changes(product, before=before)
        publish(events.ProductChanged(product_id=product.public_id))
        upkeep.index(product)


def _price(amount: int | None, product: Product) -> str:
    return "" if amount is None else str(Money(amount, product.currency))


def _refresh_products(product_ids: set[int]) -> None:
    rows = Product.objects.select_for_update(of=("self",)).filter(pk__in=product_ids)
    changed = [product for product in rows.order_by("pk") if upkeep.refresh(product)]
    shown = [product for product in changed if product.published_at is not None]
    if not shown:
        return
    upkeep.index_all([one.pk for one in shown], gone=[])
    for product in shown:
        publish(events.ProductChanged(product_id=product.public_id))
