"""What every write keeps true about a product: what cards show of it, and its search document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from accounts import actions as team_log
from catalog import documents, events
from catalog.models import PriceRecord, Product, ProductMove, Variant
from catalog.types import Availability
from core import clock
from core.events import publish
from search.actions import put_documents, remove_documents

_KEPT = (
    "cover_id",
    "default_variant_id",
    "variant_count",
    "price_from",
    "price_to",
    "availability",
)
_RANK = {Availability.IN_STOCK: 0, Availability.LOW: 1, Availability.SOLD_OUT: 2}


def refresh(product: Product) -> bool:
    """Bring what cards show up to the variants and pictures; True when any of it changed.

    The caller holds the product's row lock, or has just made it.
    """
    before = [getattr(product, name) for name in _KEPT]
    variants = list(product.variants.filter(active=True).order_by("position", "pk"))
    cover = product.images.order_by("position", "pk").values_list("image_id", flat=True).first()
    product.cover_id = cover
    product.variant_count = len(variants)
    first = _offered_first(variants)
    product.default_variant_id = first.pk if first else None
    product.price_from = first.price if first else None
    # Without a first one none has both price and SKU, and a range of prices says nothing.
    prices = [one.price for one in variants if one.price is not None and one.sku] if first else []
    product.price_to = max(prices, default=None)
    product.availability = min(
        (Availability(one.availability) for one in variants),
        key=_RANK.__getitem__,
        default=Availability.SOLD_OUT,
    )
    if before == [getattr(product, name) for name in _KEPT]:
        return False
    product.save(update_fields=[name.removesuffix("_id") for name in _KEPT])
    return True


def _offered_first(variants: Sequence[Variant]) -> Variant | None:
    """The variant that a price tag buys: the cheapest that can be had, else the cheapest.

    None where none has both price and SKU, as in a draft.
    """
    return min(
        (one for one in variants if one.price is not None and one.sku),
        key=lambda one: (one.availability == Availability.SOLD_OUT, one.price, one.position),
        default=None,
    )


def record_move(
    product: Product, *, was: str, reason: str, actor_id: int | None, to: str = ""
) -> None:
    """Write down who moved the product from which state to the one it is in now, and why.

    A take-down, which is no state, is named by `to`.
    """
    ProductMove.objects.create(
        product=product,
        at=clock.now(),
        actor_id=actor_id,
        from_state=was,
        to_state=to or product.state,
        reason=reason[:500],
    )


def record_act(product: Product, act: str, *, actor_id: int | None, detail: str = "") -> None:
    """Write a line into the log of the brand's team (see catalog.acts)."""
    team_log.record_act(
        brand_id=product.seller_id,
        actor_id=actor_id,
        act=act,
        subject=product.title,
        detail=detail,
    )


def record_prices(product: Product, *, only: Collection[str] | None = None) -> None:
    """Write into the history what the variants cost from now on; `only` names public ids."""
    rows = product.variants.filter(active=True, price__isnull=False).order_by("pk")
    if only is not None:
        rows = rows.filter(public_id__in=only)
    now = clock.now()
    PriceRecord.objects.bulk_create(
        PriceRecord(variant_id=pk, price=price, currency=product.currency, at=now)
        for pk, price in rows.values_list("pk", "price")
        if price is not None
    )


def state_price_changes(product: Product, *, before: Mapping[str, int | None]) -> None:
    """Publish PriceChanged for each variant whose price was another one before."""
    changed = []
    for variant in product.variants.filter(price__isnull=False):
        old = before.get(variant.public_id)
        if old == variant.price:
            continue
        changed.append(variant.public_id)
        if old is not None and variant.price is not None:
            publish(
                events.PriceChanged(
                    variant_id=variant.public_id,
                    old=old,
                    new=variant.price,
                    currency=product.currency,
                )
            )
    if changed:
        record_prices(product, only=changed)


def index(product: Product) -> None:
    """Write or remove the search document, in the transaction of what changed."""
    index_all([product.pk], gone=[product.public_id])


def index_all(product_ids: Iterable[int], *, gone: Sequence[str]) -> None:
    """Write documents of those products that are on sale; remove the others named in `gone`."""
    found = documents.documents_of(list(product_ids))
    if found:
        put_documents(documents=found)
    shown = {one.public_id for one in found}
    if missing := [one for one in gone if one not in shown]:
        remove_documents(kind=documents.KIND, public_ids=missing)
