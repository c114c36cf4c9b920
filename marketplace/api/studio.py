"""A brand's back office: products with their stock, pictures, and how it sells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.queries import require_brand_role, trader_country
from accounts.types import BrandRole, Call
from api.operations import Results, operation
from api.pictures import own_pictures
from catalog import actions
from catalog.queries import product_for_seller, public_ids_of, seller_products
from catalog.shapes import ProductOut, ProductRowOut
from catalog.types import ProductData, ProductPage
from core import clock
from core.errors import NotFound
from core.vat_rates import standard_rate
from feed.queries import earning_pins
from insights.queries import seller_dashboard
from insights.types import Dashboard
from inventory.actions import adjust
from inventory.queries import stock_levels
from marketplace.api.serializers import (
    DashboardOut,
    DaysAsked,
    LevelOut,
    ProductIn,
    ProductsAsked,
    ScheduleIn,
    StockIn,
    product_data,
)
from marketplace.pages.studio import EARNINGS

ROLES = {"owner", "catalogue"}
TAG = "Studio: products"
_PRODUCT = {
    "title": "Tall vase",
    "category": "vases",
    "vat_rate": "0.19",
    "options": [{"name": "Glaze", "values": ["Sand", "Ink"]}],
    "variants": [
        {"sku": "TV-S", "price": {"amount": 4850, "currency": "EUR"}, "values": ["Sand"]},
        {"sku": "TV-I", "price": {"amount": 5200, "currency": "EUR"}, "values": ["Ink"]},
    ],
}


def _brand(call: Call, handle: str) -> BrandRole:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES)


def _page(seller_id: int, public_id: str) -> ProductPage:
    page = product_for_seller(seller_id=seller_id, public_id=public_id)
    if page is None:
        raise NotFound
    return page


def _pictures(seller_id: int, data: dict[str, Any]) -> dict[str, int]:
    named = {one["picture_id"] for one in [*data["pictures"], *data["variants"]]} - {None}
    return own_pictures(owner_id=seller_id, public_ids=named)


def _typed(seller_id: int, data: dict[str, Any], *, vat: Decimal) -> ProductData:
    """The product of a body; `vat` is the rate of one that tells none."""
    if data["vat_rate"] is None:
        data = {**data, "vat_rate": vat}
    return product_data(data, _pictures(seller_id, data))


@operation(
    id="studio_products_list",
    tag=TAG,
    scope="catalog:read",
    asks=ProductsAsked,
    gives=ProductRowOut,
    many=True,
)
def list_products(call: Call, handle: str) -> Results:
    """The brand's products in whatever state, newest first where no other order is asked for."""
    page = seller_products(
        seller_id=_brand(call, handle).profile.id,
        text=call.query["find"],
        state=call.query.get("state", ""),
        sort=call.query["sort"],
        cursor=call.query["cursor"],
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)


@operation(
    id="studio_product_create",
    tag=TAG,
    scope="catalog:write",
    takes=ProductIn,
    gives=ProductOut,
    status=201,
    example=_PRODUCT,
)
def create_product(call: Call, handle: str) -> ProductPage:
    """Make a product; it stays a draft until it is published."""
    seller_id = _brand(call, handle).profile.id
    vat = standard_rate(trader_country(profile_id=seller_id))
    data = _typed(seller_id, call.data, vat=vat)
    made = actions.create_product(seller_id=seller_id, actor_id=call.user_id, data=data)
    return _page(seller_id, made.public_id)


@operation(id="studio_product_read", tag=TAG, scope="catalog:read", gives=ProductOut)
def read_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """One product of the brand, in whatever state."""
    return _page(_brand(call, handle).profile.id, public_id)


@operation(
    id="studio_product_change",
    tag=TAG,
    scope="catalog:write",
    takes=ProductIn,
    gives=ProductOut,
    example=_PRODUCT,
)
def change_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """Write a product anew. Variants are known by their values; stock stays as it is."""
    seller_id = _brand(call, handle).profile.id
    stored = _page(seller_id, public_id)
    actions.update_product(
        product_id=public_id,
        seller_id=seller_id,
        actor_id=call.user_id,
        data=_typed(seller_id, call.data, vat=stored.vat_rate),
        version=call.data["version"],
    )
    return _page(seller_id, public_id)


@operation(id="studio_product_publish", tag=TAG, scope="catalog:write", gives=ProductOut)
def publish_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """Put a product on sale. What is missing for that stands in `errors`."""
    seller_id = _brand(call, handle).profile.id
    actions.publish_product(product_id=public_id, seller_id=seller_id, actor_id=call.user_id)
    return _page(seller_id, public_id)


@operation(id="studio_product_archive", tag=TAG, scope="catalog:write", gives=ProductOut)
def archive_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """Take a product off sale. Old links still explain it."""
    seller_id = _brand(call, handle).profile.id
    actions.archive_product(product_id=public_id, seller_id=seller_id, actor_id=call.user_id)
    return _page(seller_id, public_id)


@operation(id="studio_product_redraft", tag=TAG, scope="catalog:write", gives=ProductOut)
def redraft_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """Make a product a draft again: only its team sees it."""
    seller_id = _brand(call, handle).profile.id
    actions.redraft_product(product_id=public_id, seller_id=seller_id, actor_id=call.user_id)
    return _page(seller_id, public_id)


@operation(id="studio_product_copy", tag=TAG, scope="catalog:write", gives=ProductOut, status=201)
def copy_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """Make a draft that says all that a product says, with nothing in stock."""
    seller_id = _brand(call, handle).profile.id
    made = actions.duplicate_product(
        product_id=public_id, seller_id=seller_id, actor_id=call.user_id
    )
    return _page(seller_id, made.public_id)


@operation(
    id="studio_product_schedule",
    tag=TAG,
    scope="catalog:write",
    takes=ScheduleIn,
    gives=ProductOut,
    example={"at": "2027-03-01T09:00:00Z"},
)
def schedule_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """Let a product go on sale by itself at a time within the next year; until then it is off."""
    seller_id = _brand(call, handle).profile.id
    actions.schedule_product(
        product_id=public_id, seller_id=seller_id, actor_id=call.user_id, at=call.data["at"]
    )
    return _page(seller_id, public_id)


@operation(id="studio_product_unschedule", tag=TAG, scope="catalog:write", gives=ProductOut)
def unschedule_product(call: Call, handle: str, public_id: str) -> ProductPage:
    """Take that time back."""
    seller_id = _brand(call, handle).profile.id
    actions.unschedule_product(product_id=public_id, seller_id=seller_id, actor_id=call.user_id)
    return _page(seller_id, public_id)


@operation(
    id="studio_stock_list", tag="Studio: stock", scope="catalog:read", gives=LevelOut, many=True
)
def list_stock(call: Call, handle: str, public_id: str) -> Results:
    """How many pieces there are of each variant of a product."""
    return _levels(_page(_brand(call, handle).profile.id, public_id))


def _levels(page: ProductPage) -> Results:
    found = stock_levels(variant_pks=[one.id for one in page.variants])
    rows = [
        {
            "variant_id": one.public_id,
            "sku": one.sku,
            "on_hand": level.on_hand if level else 0,
            "reserved": level.reserved if level else 0,
            "available": level.available if level else 0,
        }
        for one in page.variants
        for level in [found.get(one.id)]
    ]
    return Results(items=rows)


@operation(
    id="studio_stock_change",
    tag="Studio: stock",
    scope="catalog:write",
    takes=StockIn,
    gives=LevelOut,
    many=True,
    example={"changes": [{"variant_id": "k7m2p9qtxw4z", "change": 12}], "reason": "New firing"},
)
def change_stock(call: Call, handle: str, public_id: str) -> Results:
    """Book pieces in or out, as differences, so that what is sold meanwhile stays sold."""
    page = _page(_brand(call, handle).profile.id, public_id)
    keys = {one.public_id: one.id for one in page.variants}
    changes: dict[int, int] = {}
    for one in call.data["changes"]:
        if one["variant_id"] not in keys:
            raise NotFound
        key = keys[one["variant_id"]]
        changes[key] = changes.get(key, 0) + one["change"]
    adjust(changes=changes, actor_id=call.user_id, reason=call.data["reason"])
    return _levels(page)


@operation(
    id="studio_dashboard_read",
    tag="Studio: figures",
    scope="sales:read",
    asks=DaysAsked,
    gives=DashboardOut,
)
def read_dashboard(call: Call, handle: str) -> Dashboard:
    """What a brand sold, and which pins earned it."""
    brand = require_brand_role(viewer=call.viewer, handle=handle, roles=EARNINGS)
    dashboard = seller_dashboard(
        seller_id=brand.profile.id,
        product_ids=public_ids_of(seller_id=brand.profile.id),
        last=timezone.localdate(clock.now()),
        days=int(call.query["days"]),
    )
    refs = [one.ref for one in dashboard.pins]
    shown = earning_pins(public_ids=refs, author_id=brand.profile.id, viewer=call.viewer)
    named = {one.public_id for one in shown}
    return replace(dashboard, pins=tuple(one for one in dashboard.pins if one.ref in named))
