"""Factories: categories, products, delivery methods. They go through the same actions as people."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify

from accounts.testing import make_brand
from catalog import actions
from catalog.models import Category, Collection, DeliveryMethod, Product, Service, Variant
from catalog.types import (
    DEFAULT_SECTIONS,
    AttributeDefinition,
    Availability,
    ChoiceInput,
    CollectionInput,
    CollectionKind,
    CollectionOrder,
    CollectionRule,
    DeliveryMethodData,
    LookInput,
    OptionData,
    PackageData,
    PictureInput,
    Pricing,
    ProductData,
    ServiceData,
    VariantInput,
)
from core.media import Image
from core.money import Money

_numbers = itertools.count(1)


def make_image(*, owner_id: int | None = None, alt: str = "A vase", **columns: Any) -> Image:
    """An image row whose renditions are said to be ready; there are no files behind it."""
    return Image.objects.create(
        owner_id=owner_id,
        alt=alt,
        **{
            "state": "ready",
            "width": 800,
            "height": 1000,
            "colour": "#aabbcc",
            "bucket": "r-125",
            "widths": [236, 354, 474, 708, 800],
            **columns,
        },
    )


def make_category(*, slug: str = "", name: str = "", parent: str | None = None) -> Category:
    """A category; without a slug it gets one of its own."""
    slug = slug or f"category-{next(_numbers)}"
    pk = actions.save_category(slug=slug, name=name or slug.capitalize(), parent=parent)
    return Category.objects.get(pk=pk)


def make_attribute(
    *,
    code: str,
    kind: str = "choice",
    categories: Sequence[str] = ("vases",),
    choices: Sequence[str] = (),
    **changes: Any,
) -> int:
    """An attribute with choices of these names; it answers with its primary key."""
    for slug in categories:
        if not Category.objects.filter(slug=slug).exists():
            make_category(slug=slug)
    data = {
        "code": code,
        "name": code.replace("_", " ").capitalize(),
        "kind": kind,
        "categories": categories,
        "choices": [ChoiceInput(slug=slugify(one), name=one) for one in choices],
        **changes,
    }
    return actions.save_attribute(data=AttributeDefinition(**data))


def product_data(**changes: Any) -> ProductData:
    """What a seller types for one vase without options; `changes` replace fields."""
    number = next(_numbers)
    if "category" not in changes:
        changes["category"] = make_category(slug="vases", name="Vases").slug
    if "variants" not in changes:
        changes["variants"] = [VariantInput(sku=f"SKU-{number}", price=Money(9600, "EUR"))]
    return ProductData(**{"title": f"Vase {number}", "description": "Thrown by hand.", **changes})


def make_product(
    *,
    seller: Any = None,
    price: int = 9600,
    sizes: Sequence[str] = (),
    publish: bool = True,
    availability: str = Availability.IN_STOCK,
    with_delivery: bool = True,
    **changes: Any,
) -> Product:
    """A published product of an approved brand, with a picture and marked as in stock.

    `sizes` makes one variant each, dearer by one euro from one to the next. `availability` is only
    what cards say; stock itself is inventory's. `changes` replace fields of ProductData.
    """
    seller = seller or make_brand()
    if "variants" not in changes:
        number = next(_numbers)
        changes["options"] = [OptionData(name="Size", values=tuple(sizes))] if sizes else []
        changes["variants"] = [
            VariantInput(
                sku=f"SKU-{number}-{index}",
                price=Money(price + 100 * index, "EUR"),
                values=(size,) if sizes else (),
            )
            for index, size in enumerate(sizes or ("",))
        ]
    if "pictures" not in changes:
        changes["pictures"] = [PictureInput(image_id=make_image(owner_id=seller.pk).pk)]
    product = actions.create_product(
        seller_id=seller.pk, actor_id=None, data=product_data(**changes)
    )
    if availability != Availability.SOLD_OUT:
        variants = product.variants.values_list("pk", flat=True)
        actions.set_availability(levels=dict.fromkeys(variants, availability))
    spare = None
    if (with_delivery or publish) and not DeliveryMethod.objects.filter(seller=seller).exists():
        spare = make_delivery_method(seller=seller)
    if publish:
        actions.publish_product(product_id=product.public_id, seller_id=seller.pk, actor_id=None)
    if spare is not None and not with_delivery:
        # Nothing goes on sale that cannot be delivered; delivery may end afterwards.
        spare.delete()
    product.refresh_from_db()
    return product


def make_variant(**changes: Any) -> Variant:
    """The only variant of a product made by `make_product`."""
    return make_product(**changes).variants.get()


def make_delivery_method(
    *,
    seller: Any,
    price: int = 600,
    countries: Sequence[str] = ("DE", "FR", "AT"),
    free_from: int | None = None,
    min_days: int = 2,
    max_days: int = 4,
    name: str = "Standard",
) -> DeliveryMethod:
    """A way for the seller's parcels to Germany, France and Austria."""
    return actions.create_delivery_method(
        seller_id=seller.pk,
        data=DeliveryMethodData(
            name=name,
            zone="EU",
            countries=countries,
            price=Money(price, "EUR"),
            min_days=min_days,
            max_days=max_days,
            free_from=Money(free_from, "EUR") if free_from is not None else None,
        ),
    )


def package(
    name: str = "Half day", price: int = 48_000, *, scope: str = "Twelve products", **changes: Any
) -> PackageData:
    """One size of a service; `price` in cents, `changes` replace fields of PackageData."""
    return PackageData(
        **{
            "name": name,
            "scope": scope,
            "price": Money(price, "EUR"),
            "revisions": 2,
            "lead_days": 5,
            **changes,
        }
    )


def service_data(**changes: Any) -> ServiceData:
    """What a seller types for a service in two packages; `changes` replace fields."""
    if "category" not in changes:
        changes["category"] = make_category(slug="photography", name="Photography").slug
    pricing = changes.setdefault("pricing", Pricing.PACKAGES)
    if pricing == Pricing.PACKAGES:
        changes.setdefault("packages", [package(), package("Full day", 86_000)])
    elif pricing != Pricing.QUOTE:
        changes.setdefault("price", Money(48_000, "EUR"))
    return ServiceData(**{"title": "Product photography", "area": "Berlin", **changes})


def make_service(*, seller: Any = None, publish: bool = True, **changes: Any) -> Service:
    """A published service of an approved brand, with a picture. `changes` as `service_data`."""
    seller = seller or make_brand()
    if "pictures" not in changes:
        changes["pictures"] = [PictureInput(image_id=make_image(owner_id=seller.pk).pk)]
    service = actions.create_service(
        seller_id=seller.pk, actor_id=None, data=service_data(**changes)
    )
    if publish:
        service = actions.publish_service(
            service_id=service.public_id, seller_id=seller.pk, actor_id=None
        )
    return service


def tell_story(seller: Any, text: str) -> None:
    """The words at the top of a brand's storefront."""
    data = LookInput(story=text, accent="", ground="", sections=DEFAULT_SECTIONS)
    actions.save_look(profile_id=seller.pk, actor_id=None, data=data)


def make_collection(
    *,
    seller: Any,
    products: Sequence[Product] = (),
    rule: CollectionRule | None = None,
    **changes: Any,
) -> Collection:
    """A shown collection of these products, or of what the rule finds; one of nothing is a draft.
    `changes` replace fields of CollectionInput."""
    kind = CollectionKind.HAND if rule is None else CollectionKind.RULE
    data = {
        "title": f"Collection {next(_numbers)}",
        "kind": kind,
        "order": CollectionOrder.HAND if rule is None else CollectionOrder.NEWEST,
        "products": [one.public_id for one in products],
        "rule": rule or CollectionRule(),
        "shown": bool(products) or rule is not None,
        **changes,
    }
    public_id = actions.save_collection(
        seller_id=seller.pk, actor_id=None, data=CollectionInput(**data)
    )
    return Collection.objects.get(public_id=public_id)


__all__ = [
    "Collection",
    "Product",
    "Service",
    "Variant",
    "make_attribute",
    "make_category",
    "make_collection",
    "make_delivery_method",
    "make_image",
    "make_product",
    "make_service",
    "make_variant",
    "package",
    "product_data",
    "service_data",
    "tell_story",
]
