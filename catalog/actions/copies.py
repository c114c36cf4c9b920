"""A product made after another one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import acts
from catalog.actions import upkeep
from catalog.actions.products import create_product
from catalog.models import SKU_LIMIT, TITLE_LIMIT, Product, Variant
from catalog.queries.studio import product_for_seller
from catalog.types import (
    AttributeInput,
    AttributeKind,
    OptionData,
    PictureInput,
    ProductData,
    ProductPage,
    VariantInput,
)
from core.errors import NotFound

_MOST = 1000


@transaction.atomic
def duplicate_product(*, product_id: str, seller_id: int, actor_id: int | None) -> Product:
    """A draft that says all that the product says, with SKUs of its own and nothing in stock.

    Raises NotFound for another seller's product.
    """
    page = product_for_seller(seller_id=seller_id, public_id=product_id)
    if page is None:
        raise NotFound
    product = create_product(seller_id=seller_id, actor_id=actor_id, data=_copy_of(page, seller_id))
    upkeep.record_act(product, acts.COPIED, actor_id=actor_id, detail=page.title)
    return product


def _copy_of(page: ProductPage, seller_id: int) -> ProductData:
    names = {value.id: value.name for axis in page.options for value in axis.values}
    tail = _free_tail(page, seller_id)
    return ProductData(
        title=_("%(title)s, copy") % {"title": page.title[: TITLE_LIMIT - 10]},
        category=page.category.slug if page.category else "",
        description=page.description,
        details=page.details,
        delivery_note=page.delivery_note,
        returns_note=page.returns_note,
        options=[
            OptionData(name=axis.name, values=tuple(value.name for value in axis.values))
            for axis in page.options
        ],
        variants=[
            VariantInput(
                sku=_with_tail(one.sku, tail),
                price=one.price,
                values=tuple(names[pk] for pk in one.value_ids),
                image_id=None if one.image is None else page.image_ids[one.image],
                active=one.active,
            )
            for one in page.variants
        ],
        pictures=[
            PictureInput(image_id=pk, alt=shown.alt)
            for pk, shown in zip(page.image_ids, page.pictures, strict=True)
        ],
        vat_rate=page.vat_rate,
        return_days=page.return_days,
        lead_days=page.lead_days,
        currency=page.currency,
        attributes=answers_of(page),
    )


def answers_of(page: ProductPage) -> dict[str, AttributeInput]:
    """What the product itself answers, as an action takes it."""
    found: dict[str, AttributeInput] = {}
    for one in page.attributes:
        if one.variant_id is not None:
            continue
        match one.kind:
            case AttributeKind.CHOICE:
                found[one.code] = one.choices[0]
            case AttributeKind.CHOICES:
                found[one.code] = one.choices
            case AttributeKind.NUMBER:
                found[one.code] = one.number
            case AttributeKind.YES_NO:
                found[one.code] = one.yes
            case _:
                found[one.code] = one.text
    return found


def _free_tail(page: ProductPage, seller_id: int) -> str:
    """An ending that makes all SKUs of the copy new."""
    taken = set(Variant.objects.filter(seller_id=seller_id).values_list("sku", flat=True))
    for number in range(2, _MOST):
        tail = f"-{number}"
        if not {_with_tail(one.sku, tail) for one in page.variants if one.sku} & taken:
            return tail
    raise NotFound


def _with_tail(sku: str, tail: str) -> str:
    return sku[: SKU_LIMIT - len(tail)] + tail if sku else ""
