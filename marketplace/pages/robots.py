"""For search engines: what they need not ask for, and a map of all that is public.

The map is an index of files, each over a range of primary keys: whatever the size of the market, a
file costs one query and holds at most SPAN addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from accounts.queries import last_profile_id, profile_addresses
from catalog.queries import (
    collection_addresses,
    last_collection_id,
    last_product_id,
    last_service_id,
    product_addresses,
    service_addresses,
)
from feed.queries import last_pin_id, pin_addresses

SPAN = 5_000
Addresses = Callable[..., list[tuple[str, datetime | None]]]
KINDS: dict[str, tuple[Callable[[], int], Addresses]] = {
    "profiles": (last_profile_id, profile_addresses),
    "products": (last_product_id, product_addresses),
    "collections": (last_collection_id, collection_addresses),
    "services": (last_service_id, service_addresses),
    "pins": (last_pin_id, pin_addresses),
}
# Personal, of no use to others, or without end.
CLOSED = (
    "/accounts/",
    "/log-in/",
    "/settings/",
    "/notifications/",
    "/bag/",
    "/buy/",
    "/checkout/",
    "/order/",
    "/orders/",
    "/studio/",
    "/search/",
    "/ask/",
    "/report/",
    "/api/",
)
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(_request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the files of the map. One query a kind."""
    parts = [
        f"<sitemap><loc>{settings.SITE_URL}/sitemap/{kind}/{part}.xml</loc></sitemap>"
        for kind, (last, _addresses) in KINDS.items()
        for part in range(-(-last() // SPAN))
    ]
    return _xml("sitemapindex", parts)


@require_safe
def sitemap(_request: HttpRequest, kind: str, part: int) -> HttpResponse:
    """One file of the map. One query."""
    if kind not in KINDS or part > 1_000_000:
        raise Http404
    addresses = KINDS[kind][1](after=part * SPAN, upto=(part + 1) * SPAN)
    return _xml("urlset", [_entry(path, at) for path, at in addresses])


def _entry(path: str, at: datetime | None) -> str:
    changed = f"<lastmod>{at.date().isoformat()}</lastmod>" if at else ""
    return f"<url><loc>{escape(settings.SITE_URL + path)}</loc>{changed}</url>"


def _xml(root: str, parts: list[str]) -> HttpResponse:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">'
    text = "\n".join([head, *parts, f"</{root}>\n"])
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
