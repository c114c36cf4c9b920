"""Create and change a product with its options, variants and pictures."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog import acts, events, publishing, wording
from catalog.actions import attributes, axes, upkeep
from catalog.models import Category, Product, ProductImage
from catalog.queries.problems import product_problems
from catalog.types import (
    Overtaken,
    PictureInput,
    Problem,
    ProductData,
    ProductRefused,
    ProductState,
)
from core import clock, withdrawn
from core.db import retrying
from core.errors import NotFound
from core.events import publish


@transaction.atomic
def create_product(*, seller_id: int, actor_id: int | None, data: ProductData) -> Product:
    """A draft with its variants, none of them in stock yet.

    Raises ProductRefused with every problem found (one of them may be an SKU that the seller
    already uses), TextRefused for text that cannot be kept.
    """
    data = _checked(seller_id=seller_id, data=data, product_id=None)
    product = Product(seller_id=seller_id, state=ProductState.DRAFT)
    _describe(product, data)
    product.save()
    upkeep.record_move(product, was="", reason="", actor_id=actor_id)
    upkeep.record_act(product, acts.MADE, actor_id=actor_id)
    _write_parts(product, data)
    upkeep.refresh(product)
    return product


@retrying
@transaction.atomic
def update_product(
    *,
    product_id: str,
    seller_id: int,
    actor_id: int | None,
    data: ProductData,
    version: int | None = None,
) -> Product:
    """Replace what a product says. Variants keep their ids where their values, key or SKU stay.

    A variant that is no longer named is switched off, not deleted: stock and orders know it.
    `version` is that of the page from which was typed. Raises NotFound for another seller's
    product, Overtaken when it has another version by now, ProductRefused as `create_product` does
    and where a product on sale would lose what it needs (`catalog.publishing`).
    """
    product = locked(seller_id=seller_id, product_id=product_id)
    if version is not None and version != product.version:
        raise Overtaken(version=product.version)
    data = _checked(seller_id=seller_id, data=data, product_id=product.pk)
    if product.state == ProductState.PUBLISHED:
        problems = publishing.forbidding(publishing.product_points(publishing.typed_facts(data)))
        if problems:
            raise ProductRefused(problems, live=True)
    before = dict(product.variants.values_list("public_id", "price"))
    product.version += 1
    _describe(product, data)
    product.save()
    _write_parts(product, data)
    upkeep.refresh(product)
    upkeep.record_move(product, was=product.state, reason="edited", actor_id=actor_id)
    upkeep.record_act(product, acts.CHANGED, actor_id=actor_id)
    if product.published_at is not None:
        upkeep.state_price_changes(product, before=before)
        upkeep.index(product)
        publish(events.ProductChanged(product_id=product.public_id))
    return product


def locked(*, seller_id: int, product_id: str) -> Product:
    """The seller's product with its row locked; NotFound for a foreign or absent one."""
    found = (
        Product.objects.select_for_update(of=("self",))
        .filter(public_id=product_id, seller_id=seller_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _checked(*, seller_id: int, data: ProductData, product_id: int | None) -> ProductData:
    data = wording.cleaned(data)
    problems = product_problems(seller_id=seller_id, data=data, product_id=product_id)
    if problems:
        raise ProductRefused(problems)
    return data


def _describe(product: Product, data: ProductData) -> None:
    product.category = Category.objects.get(slug=data.category) if data.category else None
    product.title = data.title
    product.slug = slugify(data.title)[:80].strip("-") or "product"
    product.description = data.description
    product.details = data.details
    product.delivery_note = data.delivery_note
    product.returns_note = data.returns_note
    product.currency = data.currency
    product.vat_rate = data.vat_rate
    product.return_days = data.return_days
    product.lead_days = data.lead_days
    product.updated_at = clock.now()


def _write_parts(product: Product, data: ProductData) -> None:
    _write_pictures(product, data.pictures)
    values = axes.write_options(product, data.options)
    axes.write_variants(product, data.variants, values)
    # The uniqueness of SKUs waits for the end of the transaction; ask for it now, so that a rival
    # who took one a moment ago is heard here.
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS variant_sku_per_seller IMMEDIATE")
            cursor.execute("SET CONSTRAINTS variant_sku_per_seller DEFERRED")
    except IntegrityError as error:
        taken = Problem(field="variants", message=_("One of the SKUs was just taken. Look again."))
        raise ProductRefused([taken]) from error
    attributes.write_answers(product, data.attributes)


def _write_pictures(product: Product, pictures: Sequence[PictureInput]) -> None:
    kept = {one.image_id: one for one in product.images.all()}
    wanted = {one.image_id: (position, one.alt) for position, one in enumerate(pictures)}
    if kept.keys() - wanted.keys():
        product.images.exclude(image_id__in=wanted).delete()
    fresh = []
    for image_id, (position, alt) in wanted.items():
        row = kept.get(image_id) or ProductImage(product=product, image_id=image_id)
        row.position, row.alt = position, alt
        if row.pk:
            row.save()
        else:
            fresh.append(row)
    ProductImage.objects.bulk_create(fresh)
    withdrawn.used_again([row.image_id for row in fresh])
