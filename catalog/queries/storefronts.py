"""What a brand states about itself and its parcels."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from catalog.away import away_until, days_away
from catalog.models import (
    Collection,
    DeliveryMethod,
    Product,
    Service,
    Storefront,
    StorefrontVersion,
)
from catalog.rows import DELIVERY_COLUMNS, terms_of
from catalog.tones import THEMES, tones
from catalog.types import DEFAULT_SECTIONS, DeliveryTerms, LastSave, StorefrontData

_PLAIN = (
    "story",
    "reply_hours",
    "return_days",
    "returns_free",
    "delivery_policy",
    "returns_policy",
    "product_count",
    "accent",
    "ground",
    "typeface",
    "service_count",
    "collection_count",
)

_LOOK = ("story", "accent", "ground", "typeface", "sections")

# Stands in where a brand chose a ground and no accent.
IRIS = "#5438d0"


def storefront(*, profile_id: int) -> StorefrontData | None:
    """Story, promises, delivery terms, and how many products, services and collections everybody
    sees. One query."""
    methods = DeliveryMethod.objects.filter(seller_id=OuterRef("profile_id"), active=True)
    columns = JSONObject(**{name: name for name in DELIVERY_COLUMNS})
    row = (
        Storefront.objects.filter(profile_id=profile_id)
        .annotate(
            product_count=_count(Product.objects.public()),
            service_count=_count(Service.objects.public()),
            collection_count=_count(Collection.objects.public()),
            methods=ArraySubquery(methods.values(json=columns)),
        )
        .values(*_PLAIN, "methods", "away_from", "away_until", "away_note", "sections")
        .first()
    )
    if row is None:
        return None
    # Nobody clears the row when a vacation is over.
    away_first, away_last = days_away(row["away_from"], row["away_until"])
    return StorefrontData(
        **{name: row[name] for name in _PLAIN},
        sections=tuple(row["sections"]) or DEFAULT_SECTIONS,
        away_first=away_first,
        away_last=away_last,
        away_until=away_until(away_first, away_last),
        away_note=row["away_note"] if away_last else "",
        delivery=tuple(
            terms_of([one[name] for name in DELIVERY_COLUMNS]) for one in row["methods"]
        ),
    )


def terms_of_seller(*, seller_id: int) -> tuple[DeliveryTerms, ...]:
    """The delivery methods that a seller offers now, in their own order. One query."""
    rows = DeliveryMethod.objects.filter(seller_id=seller_id, active=True)
    return tuple(terms_of(row) for row in rows.values_list(*DELIVERY_COLUMNS))


def last_undone(*, profile_id: int) -> int | None:
    """Which look `redo_look` would put back; None where none was undone since the last save. One
    query."""
    rows = _versions(profile_id).filter(undone=True)
    return rows.values_list("pk", flat=True).first()


def _versions(profile_id: int) -> QuerySet[StorefrontVersion]:
    return StorefrontVersion.objects.filter(storefront__profile_id=profile_id)


def last_save(*, profile_id: int) -> LastSave | None:
    """What an undo of the storefront's look would take back; None without one. One query."""
    rows = _versions(profile_id).filter(undone=False)
    before = rows.select_related("storefront").first()
    if before is None:
        return None
    changed = [one for one in _LOOK if getattr(before, one) != getattr(before.storefront, one)]
    return LastSave(id=before.pk, changed=tuple(changed), at=before.at)


def brand_style(*, accent: str, ground: str) -> str:
    """The style sheet of a brand's colours: tones for light and dark on which text can be read.

    No query: the two colours (#rrggbb, or '' for none) are all it depends on.
    """
    light, dark = (tones(accent=accent or IRIS, ground=ground, theme=one) for one in THEMES)
    names = (("accent", "accent"), ("on", "on_accent"), ("link", "link"), ("ground", "ground"))
    lines = [
        f"--brand-{name}:light-dark({getattr(light, field)},{getattr(dark, field)})"
        for name, field in names
        if accent or field == "ground"
    ]
    return "@layer screens{.branded{" + ";".join(lines) + "}}"


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows are the storefront's own."""
    own = rows.filter(seller_id=OuterRef("profile_id")).order_by().values("seller_id")
    counted = own.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
