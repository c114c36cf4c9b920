"""What categories ask of their products, and how the answers spread over many products."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import JSONObject

from catalog.models import Attribute, AttributeChoice, AttributeValue, Product
from catalog.queries.categories import categories, category_tree_ids
from catalog.types import (
    AttributeData,
    AttributeFilter,
    AttributeKind,
    ChoiceData,
    Facet,
    FacetChoice,
)

_KEEP_SECONDS = 60.0
_kept: tuple[float, list[tuple[AttributeData, frozenset[int]]]] | None = None


def attributes_asked(*, category: str) -> list[AttributeData]:
    """The attributes of a category (slug) and of all above it, in order; none for an unknown one.

    At most a minute old: one query, or none.
    """
    above = {one.slug: one for one in categories()}
    ids = set()
    at = above.get(category)
    while at is not None:
        ids.add(at.id)
        at = above.get(at.parent_slug or "")
    return [one for one, asked_by in _definitions() if ids & asked_by]


def attributes() -> list[AttributeData]:
    """All attributes of the market, in order; at most a minute old. One query or none."""
    return [one for one, _asked_by in _definitions()]


def forget_attributes() -> None:
    """Drop what this process keeps; other processes follow within a minute."""
    global _kept
    _kept = None


def _definitions() -> list[tuple[AttributeData, frozenset[int]]]:
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        _kept = (time.monotonic() + _KEEP_SECONDS, _read())
    return _kept[1]


def _read() -> list[tuple[AttributeData, frozenset[int]]]:
    columns = {name: name for name in ("id", "slug", "name", "swatch", "also_called")}
    choices = AttributeChoice.objects.filter(attribute=OuterRef("pk")).order_by("position", "name")
    rows = Attribute.objects.annotate(
        all_choices=ArraySubquery(choices.values(json=JSONObject(**columns))),
        asked=ArrayAgg("categories", default=[]),
    ).order_by("position", "name")
    return [
        (
            AttributeData(
                id=row.pk,
                code=row.code,
                name=row.name,
                kind=row.kind,
                unit=row.unit,
                help=row.help,
                filterable=row.filterable,
                also_called=tuple(row.also_called),
                choices=tuple(
                    ChoiceData(**{**one, "also_called": tuple(one["also_called"])})
                    for one in row.all_choices
                ),
            ),
            frozenset(pk for pk in row.asked if pk is not None),
        )
        for row in rows
    ]


def matching(*, filters: Mapping[str, AttributeFilter], product: str = "pk") -> Q:
    """The condition that a product answers all filters, for a query whose rows name the product in
    the column `product`. A variant that is switched off answers nothing."""
    known = {one.code: one for one in attributes()}
    condition = Q()
    for code, wanted in filters.items():
        if not wanted.empty:
            condition &= _answering(known.get(code), wanted, product)
    return condition


def _answering(attribute: AttributeData | None, wanted: AttributeFilter, product: str) -> Q:
    if attribute is None:
        return Q(pk__in=[])
    rows = AttributeValue.objects.filter(_live(), attribute_id=attribute.id)
    if wanted.choices:
        slugs = {one.slug: one.id for one in attribute.choices}
        rows = rows.filter(choice_id__in=[slugs[one] for one in wanted.choices if one in slugs])
    if wanted.least is not None:
        rows = rows.filter(number__gte=wanted.least)
    if wanted.most is not None:
        rows = rows.filter(number__lte=wanted.most)
    if wanted.yes is not None:
        rows = rows.filter(yes=wanted.yes)
    return Q(Exists(rows.filter(product_id=OuterRef(product))))


def _live() -> Q:
    return Q(variant=None) | Q(variant__active=True)


def facets(
    *,
    categories: Sequence[str] = (),
    filters: Mapping[str, AttributeFilter] | None = None,
    seller_id: int | None = None,
    product_ids: Sequence[str] | None = None,
) -> list[Facet]:
    """How the products on sale in these categories (slugs; none for all) answer their attributes.

    `filters` by code; each facet counts under all filters but its own. `product_ids` (public ids)
    narrows to what a search has found. Attributes that nobody answers are left out. One query.
    """
    wanted = dict(filters or {})
    products = Product.objects.public()
    if categories:
        products = products.filter(category_id__in=category_tree_ids(slugs=categories))
    if seller_id is not None:
        products = products.filter(seller_id=seller_id)
    if product_ids is not None:
        products = products.filter(public_id__in=list(product_ids))
    rows = AttributeValue.objects.filter(
        _live(), product__in=products, attribute__filterable=True
    ).exclude(kind=AttributeKind.TEXT)
    for code, one in wanted.items():
        if not one.empty:
            passed = matching(filters={code: one}, product="product_id")
            rows = rows.filter(Q(attribute__code=code) | passed)
    counted = (
        rows.order_by()
        .values("attribute_id", "choice_id", "yes")
        .annotate(n=Count("product_id", distinct=True), low=Min("number"), high=Max("number"))
    )
    tallies: dict[int, _Tally] = {}
    for row in counted:
        tallies.setdefault(row["attribute_id"], _Tally()).add(dict(row))
    return [
        tallies[one.id].facet(one, wanted.get(one.code, AttributeFilter()))
        for one in attributes()
        if one.id in tallies
    ]


@dataclass
class _Tally:
    """What was counted of one attribute."""

    choices: dict[int, int] = field(default_factory=dict)
    count: int = 0
    low: Decimal | None = None
    high: Decimal | None = None

    def add(self, row: dict[str, Any]) -> None:
        if row["choice_id"] is not None:
            self.choices[row["choice_id"]] = row["n"]
        elif row["yes"] is not False:
            self.count, self.low, self.high = row["n"], row["low"], row["high"]

    def facet(self, attribute: AttributeData, wanted: AttributeFilter) -> Facet:
        return Facet(
            code=attribute.code,
            name=attribute.name,
            kind=attribute.kind,
            unit=attribute.unit,
            choices=tuple(
                FacetChoice(
                    slug=one.slug,
                    name=one.name,
                    swatch=one.swatch,
                    count=self.choices.get(one.id, 0),
                    chosen=one.slug in wanted.choices,
                )
                for one in attribute.choices
                if one.id in self.choices or one.slug in wanted.choices
            ),
            low=self.low,
            high=self.high,
            count=self.count,
            filter=wanted,
        )
