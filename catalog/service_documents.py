"""How a service reads in the search index."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat

from catalog.models import Service
from catalog.queries.categories import category_branch
from catalog.rows import PICTURE_WIDTH, picture_columns, picture_of
from catalog.types import EU_COUNTRIES
from core.picture import Picture
from search.actions import put_documents, remove_documents
from search.types import DocumentData

KIND = "service"
_COLUMNS = (
    "public_id",
    "slug",
    "title",
    "description",
    "category_id",
    "seller__name",
    "seller__handle",
    "seller__public_id",
    "pricing",
    "price_from",
    "currency",
    "area",
    "countries",
    "lead_days",
    "sizes",
)


def documents_of(service_ids: Sequence[int]) -> list[DocumentData]:
    """Documents of those of the services that are offered to everybody. One query."""
    words = Concat("packages__name", Value(" "), "packages__scope", output_field=models.TextField())
    sizes = ArrayAgg(words, distinct=True, default=[])
    rows = Service.objects.public().filter(pk__in=service_ids).order_by("pk")
    found = rows.annotate(sizes=sizes).values_list(*_COLUMNS, *picture_columns("cover"))
    return [
        _document(*row[:-PICTURE_WIDTH], cover=picture_of(row[-PICTURE_WIDTH:])) for row in found
    ]


def write(*, service_ids: Sequence[int], gone: Sequence[str]) -> None:
    """Write documents of those services that are offered; remove the others named in `gone`."""
    found = documents_of(service_ids)
    if found:
        put_documents(documents=found)
    shown = {one.public_id for one in found}
    if missing := [one for one in gone if one not in shown]:
        remove_documents(kind=KIND, public_ids=missing)


def _document(
    public_id: str,
    slug: str,
    title: str,
    description: str,
    category_id: int,
    seller: str,
    handle: str,
    owner: str,
    pricing: str,
    price: int | None,
    currency: str,
    area: str,
    countries: list[str],
    lead_days: int,
    sizes: list[str],
    *,
    cover: Picture | None,
) -> DocumentData:
    slugs, names = category_branch(pk=category_id)
    return DocumentData(
        kind=KIND,
        public_id=public_id,
        title=title,
        body="\n".join(
            word for word in (seller, *names, area, *sizes, description) if word.strip()
        ),
        facets={
            "category": slugs,
            "owner": owner,
            "seller": handle,
            "seller_name": seller,
            "slug": slug,
            "pricing": pricing,
            # As in the documents of profiles: what a line of the results shows, it says.
            "picture": cover.src(236, "webp" if cover.ready else "jpeg") if cover else "",
            **({"price": price} if price is not None else {}),
            "currency": currency,
            "ships_to": list(countries) or list(EU_COUNTRIES),
            "lead_days": lead_days,
        },
    )
