"""A product's own page: product, gallery, axes, variants, trader and delivery in one statement."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import gettext

from accounts.types import TRADER_FIELDS, ProfileRef, TraderDetails, Viewer
from catalog.attribute_types import number_text
from catalog.away import away_columns, away_until
from catalog.models import (
    GONE,
    AttributeValue,
    DeliveryMethod,
    OptionValue,
    Product,
    ProductImage,
    Variant,
)
from catalog.queries.categories import categories
from catalog.rows import DELIVERY_COLUMNS, PROFILE_WIDTH, profile_columns, terms_of
from catalog.types import (
    AttributeAnswer,
    AttributeKind,
    CategoryRef,
    OptionAxis,
    ProductPage,
    ProductState,
    ValueChoice,
    VariantData,
)
from core.media import PICTURE_FIELDS, Picture
from core.money import Money
from core.prepared import Prepared

_PLAIN = (
    "id",
    "public_id",
    "slug",
    "title",
    "description",
    "details",
    "delivery_note",
    "returns_note",
    "currency",
    "vat_rate",
    "return_days",
    "lead_days",
    "availability",
    "state",
    "published_at",
    "publish_at",
    "updated_at",
    "version",
    "rating_sum",
    "rating_count",
)
_LINKED = (
    "category_id",
    "taken_down_at",
    "seller__state",
    "seller__storefront__returns_free",
    "default_variant__public_id",
    *away_columns("seller"),
    "seller__storefront__away_note",
)
_ANSWER = {
    "code": "attribute__code",
    "name": "attribute__name",
    "unit": "attribute__unit",
    "kind": "kind",
    "choice": "choice__slug",
    "choice_name": "choice__name",
    "swatch": "choice__swatch",
    "number": "number",
    "yes": "yes",
    "text": "text",
    "variant_id": "variant_id",
}
_VARIANT = ("id", "public_id", "title", "sku", "price", "availability", "active", "combination")


def product_page(*, public_id: str, viewer: Viewer | None) -> ProductPage | None:
    """The page of a product that the viewer may see, or None. One query.

    Everybody sees what is on sale, and what its seller archived (without an offer, to explain old
    links). The seller's own team also sees drafts and what was taken down. Nobody sees a page of
    somebody whom a block keeps from them.
    """
    rows = _PUBLIC_ID([public_id])
    if not rows:
        return None
    page = _page(rows[0])
    if viewer is not None and page.seller.id in viewer.hidden.blocked:
        return None
    own = viewer is not None and any(one.profile.id == page.seller.id for one in viewer.brands)
    archived = page.state == ProductState.ARCHIVED and page.published_at is not None
    shown = page.public or (archived and page.seller_approved and not page.taken_down)
    return page if shown or own else None


def read_page(*, pk: int) -> ProductPage | None:
    """The page of one product, whatever its state. One query."""
    return next(map(_page, _PK([pk])), None)


def read_pages(*, seller_id: int, public_ids: Sequence[str]) -> list[ProductPage]:
    """The pages of those of the products that this seller has, in no order. One query."""
    return [_page(row) for row in _SELLERS([seller_id], list(public_ids))]


def _rows(products: QuerySet[Product]) -> QuerySet[Any, Any]:
    """Everything that a page says, one row a product."""
    product = OuterRef("pk")
    images = ProductImage.objects.filter(product=product).order_by("position", "id")
    values = OptionValue.objects.filter(option__product=product)
    variants = Variant.objects.filter(product=product).exclude(combination__startswith=GONE)
    methods = DeliveryMethod.objects.filter(seller=OuterRef("seller_id"), active=True)
    answers = AttributeValue.objects.filter(product=product).order_by(
        "attribute__position", "attribute__name", "variant_id", "choice__position", "id"
    )
    said = Coalesce(NullIf(F("alt"), Value("")), F("image__alt"))
    return (
        products.order_by()
        .annotate(
            page_images=_array(
                images,
                **{name: f"image__{name}" for name in PICTURE_FIELDS},
                image_id="image_id",
                said=said,
            ),
            page_values=_array(
                values.order_by("option__position", "option_id", "position", "id"),
                option_id="option_id",
                option="option__name",
                id="id",
                name="name",
                swatch="choice__swatch",
            ),
            page_variants=_array(
                variants.order_by("position", "id"), image_id="image_id", **_same(_VARIANT)
            ),
            page_delivery=_array(methods.order_by("position", "id"), **_same(DELIVERY_COLUMNS)),
            page_answers=_array(answers, **_ANSWER),
        )
        .values_list(
            *_PLAIN,
            *_LINKED,
            "page_images",
            "page_values",
            "page_variants",
            "page_delivery",
            "page_answers",
            *profile_columns("seller"),
            *(f"seller__{name}" for name in TRADER_FIELDS),
        )
    )


_PK = Prepared(lambda pks: _rows(Product.objects.filter(pk__among=pks)))
_PUBLIC_ID = Prepared(lambda ids: _rows(Product.objects.filter(public_id__among=ids)))
_SELLERS = Prepared(
    lambda sellers, ids: _rows(
        Product.objects.filter(seller_id__among=sellers, public_id__among=ids)
    )
)


def _same(names: Sequence[str]) -> dict[str, str]:
    return {name: name for name in names}


def _array(rows: QuerySet[Any], **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**columns)))


def _page(row: Sequence[Any]) -> ProductPage:
    plain = dict(zip(_PLAIN, row, strict=False))
    linked = row[len(_PLAIN) :][: len(_LINKED)]
    category_id, taken_down_at, seller_state, returns_free, variant_id, *away, note = linked
    images, values, variants, methods, answers = row[len(_PLAIN) + len(_LINKED) :][:5]
    seller_from = len(_PLAIN) + len(_LINKED) + 5
    trader_from = seller_from + PROFILE_WIDTH
    index = {image["image_id"]: number for number, image in enumerate(images)}
    return ProductPage(
        **plain,
        category=_category(category_id),
        seller=ProfileRef.from_row(row[seller_from:trader_from]),
        seller_approved=seller_state == "approved",
        trader=TraderDetails.from_row(row[trader_from:]),
        delivery=tuple(terms_of([one[name] for name in DELIVERY_COLUMNS]) for one in methods),
        returns_free=bool(returns_free),
        pictures=tuple(_picture(one) for one in images),
        image_ids=tuple(index),
        options=_axes(values),
        variants=tuple(_variant(one, plain["currency"], index) for one in variants),
        taken_down=taken_down_at is not None,
        default_variant_id=variant_id,
        away_until=away_until(*away),
        away_note=note or "",
        attributes=tuple(_answers(answers)),
    )


def _picture(image: dict[str, Any]) -> Picture:
    return Picture.from_row(
        *(image["said"] if name == "alt" else image[name] for name in PICTURE_FIELDS)
    )


def _axes(values: Sequence[dict[str, Any]]) -> tuple[OptionAxis, ...]:
    axes: dict[int, tuple[str, list[ValueChoice]]] = {}
    for value in values:
        _, choices = axes.setdefault(value["option_id"], (value["option"], []))
        swatch = value["swatch"] or ""
        choices.append(ValueChoice(id=value["id"], name=value["name"], swatch=swatch))
    return tuple(
        OptionAxis(id=pk, name=name, values=tuple(choices)) for pk, (name, choices) in axes.items()
    )


def _answers(rows: Sequence[dict[str, Any]]) -> Iterator[AttributeAnswer]:
    """Rows in order as answers; several choices of one attribute are one answer."""
    for (_code, variant_id), group in itertools.groupby(
        rows, key=lambda row: (row["code"], row["variant_id"])
    ):
        several = list(group)
        row = several[0]
        number = None if row["number"] is None else Decimal(str(row["number"]))
        yield AttributeAnswer(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            text=_in_words(several, number),
            choices=tuple(one["choice"] for one in several if one["choice"]),
            swatches=tuple(one["swatch"] or "" for one in several if one["choice"]),
            number=number,
            yes=row["yes"],
            variant_id=variant_id,
        )


def _in_words(several: Sequence[dict[str, Any]], number: Decimal | None) -> str:
    row = several[0]
    match row["kind"]:
        case AttributeKind.NUMBER:
            return number_text(number or Decimal(0), row["unit"])
        case AttributeKind.YES_NO:
            return gettext("Yes") if row["yes"] else gettext("No")
        case AttributeKind.TEXT:
            return str(row["text"])
    return ", ".join(one["choice_name"] for one in several)


def _variant(row: dict[str, Any], currency: str, index: dict[int, int]) -> VariantData:
    return VariantData(
        id=row["id"],
        public_id=row["public_id"],
        title=row["title"],
        sku=row["sku"] or "",
        price=None if row["price"] is None else Money(row["price"], currency),
        availability=row["availability"],
        active=row["active"],
        value_ids=tuple(int(one) for one in row["combination"].split("-") if one),
        image=index.get(row["image_id"]),
    )


def _category(pk: int | None) -> CategoryRef | None:
    if pk is None:
        return None
    found = next((one for one in categories() if one.id == pk), None)
    # A category made within the last minute may be missing from what the process keeps.
    return found or CategoryRef(
        id=pk, slug="", name="", parent_id=None, parent_slug=None, path=(), picture=None
    )
