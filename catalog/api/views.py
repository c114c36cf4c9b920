"""Operations of the catalogue that everybody may ask: products, offers, delivery, storefronts."""

from __future__ import annotations

from django.utils import timezone

from accounts.queries import profile_by_handle
from accounts.types import Call
from api.fields import CursorAsked
from api.operations import Results, operation
from catalog import delivery, queries
from catalog.api.serializers import DeliveryAsked, RelatedOut
from catalog.shapes import (
    CategoryOut,
    DeliveryOptionOut,
    OfferOut,
    ProductCardOut,
    ProductOut,
    StorefrontOut,
)
from catalog.types import Offer, ProductPage, RelatedProducts, StorefrontData
from core import clock
from core.errors import NotFound

TAG = "Products"


@operation(
    id="categories_list", tag=TAG, scope="catalog:read", who="anybody", gives=CategoryOut, many=True
)
def list_categories(call: Call) -> Results:
    """All categories, parents before their children."""
    return Results(items=queries.categories())


@operation(id="product_read", tag=TAG, scope="catalog:read", who="anybody", gives=ProductOut)
def read_product(call: Call, public_id: str) -> ProductPage:
    """A product with its variants, pictures, ways of delivery and who answers for it."""
    return _page(call, public_id)


def _page(call: Call, public_id: str) -> ProductPage:
    page = queries.product_page(public_id=public_id, viewer=call.viewer)
    if page is None:
        raise NotFound
    return page


@operation(
    id="product_related_read", tag=TAG, scope="catalog:read", who="anybody", gives=RelatedOut
)
def read_related(call: Call, public_id: str) -> RelatedProducts:
    """More by the same brand, and similar things of others."""
    page = _page(call, public_id)
    return queries.related_products(
        product_id=page.id,
        seller_id=page.seller.id,
        category_id=page.category.id if page.category else None,
        without=call.viewer.hidden.ids - {page.seller.id},
    )


@operation(
    id="product_delivery_list",
    tag=TAG,
    scope="catalog:read",
    who="anybody",
    asks=DeliveryAsked,
    gives=DeliveryOptionOut,
    many=True,
)
def list_delivery(call: Call, public_id: str) -> Results:
    """Ways in which one piece reaches a country, the cheapest first; empty when none does."""
    page = _page(call, public_id)
    variant = page.default_variant
    if variant is None or variant.price is None:
        return Results(items=[])
    ways = delivery.options_to(
        page.delivery,
        country=call.query["country"],
        subtotal=variant.price,
        lead_days=page.lead_days,
        today=timezone.localdate(clock.now()),
    )
    return Results(items=ways)


@operation(id="variant_read", tag=TAG, scope="catalog:read", who="anybody", gives=OfferOut)
def read_offer(call: Call, variant_id: str) -> Offer:
    """Price and availability of a variant at this moment."""
    offer = queries.offers(variant_ids=[variant_id]).get(variant_id)
    if offer is None or offer.seller.id in call.viewer.hidden.blocked:
        raise NotFound
    return offer


@operation(
    id="profile_products_list",
    tag=TAG,
    scope="catalog:read",
    who="anybody",
    asks=CursorAsked,
    gives=ProductCardOut,
    many=True,
)
def list_products_of(call: Call, handle: str) -> Results:
    """Everything that a brand has on sale, newest first."""
    page = queries.products_of(seller_id=_brand_id(call, handle), cursor=call.query["cursor"])
    return Results(items=page.cards, next={"cursor": page.next} if page.next else None)


@operation(id="storefront_read", tag=TAG, scope="catalog:read", who="anybody", gives=StorefrontOut)
def read_storefront(call: Call, handle: str) -> StorefrontData:
    """What a brand tells of itself and promises, with its ways of delivery."""
    found = queries.storefront(profile_id=_brand_id(call, handle))
    if found is None:
        raise NotFound
    return found


def _brand_id(call: Call, handle: str) -> int:
    found = profile_by_handle(handle=handle, viewer=call.viewer)
    if found is None or found.ref.kind != "brand":
        raise NotFound
    return found.ref.id
