"""What the catalogue hears: a brand came into sight, went out of it, or has another name; an
attribute asks something else."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.events import BrandApproved, BrandClosed, BrandSuspended, ProfileChanged
from catalog import service_documents
from catalog.actions import upkeep
from catalog.events import AttributeChanged, DeliveryChanged
from catalog.models import AttributeValue, Product, Service

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


def _reindex(seller_id: int) -> None:
    _reindex_all(Product.objects.filter(seller_id=seller_id))
    services = list(
        Service.objects.filter(seller_id=seller_id, published_at__isnull=False)
        .order_by("pk")
        .values_list("pk", "public_id")
    )
    service_documents.write(
        service_ids=[pk for pk, _ in services], gone=[public_id for _, public_id in services]
    )


def _reindex_all(products: QuerySet[Product]) -> None:
    rows = list(
        products.filter(published_at__isnull=False).order_by("pk").values_list("pk", "public_id")
    )
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        upkeep.index_all([pk for pk, _ in batch], gone=[public_id for _, public_id in batch])
