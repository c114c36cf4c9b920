"""The product page: what the catalogue knows, pins that show it, and more of the brand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.types import Request
from catalog.delivery import options_to
from catalog.queries import axes_of, product_page, related_products
from catalog.types import MOST_STARS, DeliveryOption, ProductPage, VariantData
from core import clock
from core.errors import NotFound
from core.money import Money, plain_amount
from core.places import country_name
from feed import guest
from feed.queries import pins_with_product
from marketplace.pages.countries import country_for
from reviews.queries import reviews_of, spread_of
from tracking.actions import record_click
from tracking.queries import read_touch, touch_token

PIN_COUNT = 8
MORE_COUNT = 6
REVIEW_COUNT = 3


@require_safe
def product(request: Request, public_id: str, slug: str) -> HttpResponse:
    """`?v=` chooses a variant, `?image=` a picture, `?country=` where it would go."""
    page = product_page(public_id=public_id, viewer=request.viewer)
    if page is None:
        raise NotFound
    if slug != page.slug:
        tail = request.META.get("QUERY_STRING", "")
        return redirect(f"{page.url}?{tail}" if tail else page.url)
    record_arrival(request)
    variant = page.variant(request.GET.get("v", "")) or page.default_variant
    country = country_for(request)
    related = related_products(
        product_id=page.id,
        seller_id=page.seller.id,
        category_id=page.category.id if page.category else None,
        limit=MORE_COUNT,
        without=request.viewer.hidden.ids - {page.seller.id},
    )
    pins, saved = pins_with_product(
        product_id=page.public_id,
        viewer=request.viewer,
        limit=PIN_COUNT,
        guest_saves=guest.guest_saves(viewer=request.viewer, session=request.session),
        others=[one.public_id for one in (*related.similar, *related.by_seller)],
    )
    said = None
    if page.rating_count:  # of none nothing is asked
        said = reviews_of(product_id=page.id, viewer=request.viewer, limit=REVIEW_COUNT)
    shown = _picture_number(request.GET.get("image", ""), page, variant)
    return render(
        request,
        "pages/product.html",
        {
            "page": page,
            "variant": variant,
            "axes": axes_of(page=page, variant=variant, address=lambda one: address_of(page, one)),
            "shown": shown,
            "thumbnails": _thumbnails(page, variant, shown),
            "country": country,
            "country_name": country_name(country),
            "countries": _countries(page),
            "trader_country": country_name(page.trader.country) if page.trader else "",
            "arrival": _arrival(page, variant, country),
            "pins": pins,
            "saved_products": saved
            | guest.guest_products(viewer=request.viewer, session=request.session),
            "related": related,
            "said": said,
            "spread": spread_of(product_id=page.id) if said else [],
            "touch": touch_token(source="product", ref=page.public_id, product=page.public_id),
            "may_edit": request.viewer.works_for(page.seller.id, roles={"catalogue"}),
            "data": stated(page) if page.public else None,
            "site_url": settings.SITE_URL,
        },
    )


def record_arrival(request: Request) -> None:
    """Keep what led here, when the link said it and the visitor really follows links."""
    token = request.GET.get("t", "")
    touch = read_touch(token=token) if token and request.method == "GET" else None
    if touch is not None:
        record_click(touch=touch, session=request.session, viewer=request.viewer)


def address_of(page: ProductPage, variant: VariantData | None, **more: object) -> str:
    """The page with a variant chosen; the one offered first needs no query string."""
    query: dict[str, object] = {}
    if variant is not None and variant.public_id != page.default_variant_id:
        query["v"] = variant.public_id
    query |= more
    return f"{page.url}?{urlencode(query)}" if query else page.url


def _picture_number(text: str, page: ProductPage, variant: VariantData | None) -> int:
    if text.isascii() and text.isdigit() and len(text) < 4 and 0 < int(text) <= len(page.pictures):
        return int(text) - 1
    return variant.image or 0 if variant is not None else 0


def _thumbnails(
    page: ProductPage, variant: VariantData | None, shown: int
) -> list[tuple[int, str, bool]]:
    return [
        (number, address_of(page, variant, image=number + 1), number == shown)
        for number in range(len(page.pictures))
    ]


def _arrival(page: ProductPage, variant: VariantData | None, country: str) -> DeliveryOption | None:
    """The cheapest way to the country for one piece, or None when the seller does not go there."""
    if variant is None or variant.price is None:
        return None
    ways = options_to(
        page.delivery,
        country=country,
        subtotal=variant.price,
        lead_days=page.lead_days,
        today=timezone.localdate(clock.now()),
    )
    return ways[0] if ways else None


def _countries(page: ProductPage) -> list[tuple[str, str]]:
    codes = {code for terms in page.delivery for code in terms.countries}
    return sorted(((code, country_name(code)) for code in codes), key=lambda one: one[1])


_IN_WORDS = {
    "in_stock": "https://schema.org/InStock",
    "low": "https://schema.org/LimitedAvailability",
    "sold_out": "https://schema.org/SoldOut",
}


def stated(page: ProductPage) -> dict[str, Any]:
    """The product as schema.org states it."""
    offers = [_offer(page, one, one.price) for one in page.variants if one.ready and one.price]
    data: dict[str, Any] = {
        "@type": "Product",
        "name": page.title,
        "description": page.description[:500],
        "url": f"{settings.SITE_URL}{page.url}",
        "image": [f"{settings.SITE_URL}{one.src(1080, 'jpeg')}" for one in page.pictures],
        "brand": {"@type": "Brand", "name": page.seller.name},
        "offers": offers,
    }
    if page.rating is not None:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(page.rating),  # a point, whatever the reader's language writes
            "bestRating": MOST_STARS,
            "worstRating": 1,
            "reviewCount": page.rating_count,
        }
    return data


def _offer(page: ProductPage, variant: VariantData, price: Money) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "url": f"{settings.SITE_URL}{address_of(page, variant)}",
        "price": plain_amount(price),
        "priceCurrency": price.currency,
        "availability": _IN_WORDS[variant.availability],
        "seller": {"@type": "Organization", "name": page.seller.name},
    }
