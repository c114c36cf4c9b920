"""The addresses of all products and services on offer, for the site's map."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from catalog.models import Product, Service


def last_product_id() -> int:
    """The newest primary key: how far a map of all products goes."""
    return Product.objects.aggregate(last=Max("id"))["last"] or 0


def product_addresses(*, after: int, upto: int) -> list[tuple[str, datetime | None]]:
    """Paths and dates of products on sale with a primary key in this range. One query."""
    rows = Product.objects.public().filter(id__gt=after, id__lte=upto).order_by("id")
    return [
        (f"/product/{public_id}/{slug}/", at)
        for public_id, slug, at in rows.values_list("public_id", "slug", "published_at")
    ]


def last_service_id() -> int:
    """The newest primary key: how far a map of all services goes."""
    return Service.objects.aggregate(last=Max("id"))["last"] or 0


def service_addresses(*, after: int, upto: int) -> list[tuple[str, datetime | None]]:
    """Paths and dates of services on offer with a primary key in this range. One query."""
    rows = Service.objects.public().filter(id__gt=after, id__lte=upto).order_by("id")
    return [
        (f"/service/{public_id}/{slug}/", at)
        for public_id, slug, at in rows.values_list("public_id", "slug", "updated_at")
    ]
