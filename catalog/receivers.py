"""What the catalogue hears: a brand came into sight, went out of it, or has another name; an
attribute asks something else; a category has another name or place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.events import BrandApproved, BrandClosed, BrandSuspended, ProfileChanged
from catalog import service_documents
from catalog.actions import upkeep
from catalog.events import AttributeChanged, CategoryChanged, DeliveryChanged
from catalog.models import AttributeValue, Product, Service
from catalog.queries.categories import category_tree_ids, forget_categories

_BATCH = 200


def show_products(event: BrandApproved) -> None:
    """Write the search documents of everything the brand sells or does."""
    _reindex(event.profile_id)


def hide_products(event: BrandSuspended | BrandClosed) -> None:
    """Remove the search documents of everything the brand sells or does."""
    _reindex(event.profile_id)


def rename_seller(event: ProfileChanged) -> None:
    """Write the search documents anew: a product is found by the name of who makes it, too."""
    _reindex(event.profile_id)


def rename_answers(event: AttributeChanged) -> None:
    """Write the search documents anew of everything that answers the attribute."""
    _reindex_all(
        Product.objects.filter(
            pk__in=AttributeValue.objects.filter(attribute_id=event.attribute_id).values("product")
        )
    )


def tell_where_it_ships(event: DeliveryChanged) -> None:
    """Write the search documents anew: what is sold is found by the countries it goes to."""
    _reindex_all(Product.objects.filter(seller_id=event.seller_id))


def rename_branch(event: CategoryChanged) -> None:
    """Write the search documents anew of everything in the category and below: it is found by the
    names of all above it, and under their slugs."""
    forget_categories()
    branch = category_tree_ids(slugs=[event.slug])
    _reindex_all(Product.objects.filter(category__in=branch))
    _reindex_services(Service.objects.filter(category__in=branch))


def _reindex(seller_id: int) -> None:
    _reindex_all(Product.objects.filter(seller_id=seller_id))
    _reindex_services(Service.objects.filter(seller_id=seller_id))


def _reindex_all(products: QuerySet[Product]) -> None:
    for batch in _held(products):
        upkeep.index_all(batch, gone=list(batch.values()))


def _reindex_services(services: QuerySet[Service]) -> None:
    for batch in _held(services):
        service_documents.write(service_ids=list(batch), gone=list(batch.values()))


def _held(rows: QuerySet[Any]) -> Iterable[dict[int, str]]:
    """Public ids by primary key of what was ever shown, in batches.

    Held against changes until our transaction ends, as a rebuild of the index holds its rows: an
    act that changes one of them writes its document before or after us, never beneath us.
    """
    shown = rows.filter(published_at__isnull=False).order_by("pk")
    held = shown.select_for_update(of=("self",), no_key=True).values_list("pk", "public_id")
    after = 0
    while batch := dict(held.filter(pk__gt=after)[:_BATCH]):
        yield batch
        after = max(batch)
