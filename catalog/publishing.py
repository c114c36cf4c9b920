"""What a product, a service or a collection needs before people see it: one list for each kind.

The editor shows the list, the action that publishes refuses what forbids, a program reads the same
points in the problem document, and a list of the studio names them row by row. Each kind has some
facts, which a page that is being typed and a stored row can both state, and one function from
facts to points. A point that is open either forbids publishing or only warns: what people would
meet as a fault (no price, nothing to deliver) forbids, what could be better warns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.collection_types import CollectionKind, OwnCollection
from catalog.delivery_types import EU_COUNTRIES, DeliveryTerms
from catalog.product_inputs import Problem, ProductData
from catalog.product_types import ProductPage
from catalog.service_types import ServiceData, ServicePage
from core.alt import judge_alt
from core.media import Picture


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing on the list, done or open, and in `words` which of the two.

    `field` and `index` name the part of what is typed, as a Problem does.
    """

    code: str
    done: bool
    forbids: bool
    words: str
    field: str
    index: int | None = None


def forbidding(points: Sequence[Point]) -> list[Problem]:
    """What keeps it from being published, as actions refuse it and programs read it."""
    return [
        Problem(field=one.field, index=one.index, message=one.words, code=one.code)
        for one in points
        if one.forbids and not one.done
    ]


def still_open(points: Sequence[Point]) -> str:
    """What could be better, in a sentence behind the news that it is published; '' for nothing."""
    found = [one.words for one in points if not one.forbids and not one.done]
    return _("Still open: %(points)s.") % {"points": "; ".join(found)} if found else ""


def _pictures(described: Sequence[bool]) -> Iterator[Point]:
    yield Point(
        code="picture",
        field="pictures",
        forbids=True,
        done=bool(described),
        words=_("It has a picture") if described else _("Add a picture"),
    )
    silent = [number for number, one in enumerate(described, start=1) if not one]
    if described:
        yield Point(
            code="alt_text",
            field="pictures",
            forbids=False,
            done=not silent,
            words=_("Picture %(n)d needs alt text") % {"n": silent[0]}
            if silent
            else _("Every picture has alt text"),
        )


def _description(text: str) -> Point:
    return Point(
        code="description",
        field="description",
        forbids=False,
        done=bool(text.strip()),
        words=_("It has a description") if text.strip() else _("It has no description yet"),
    )


def _described(pictures: Sequence[Picture]) -> list[bool]:
    return [judge_alt(alt=one.alt).counts for one in pictures]


# --- products ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class VariantFacts:
    """What of a variant the list asks for; `title` is empty where a product has but one."""

    title: str
    active: bool
    sku: bool
    price: bool


@dataclass(frozen=True, kw_only=True)
class ProductFacts:
    """What of a product the list asks for. `pictures` says of each whether it is described,
    `reach` names the countries that are delivered to; None where only the product is asked about.
    """

    category: bool
    description: str
    pictures: Sequence[bool]
    variants: Sequence[VariantFacts]
    reach: frozenset[str] | None


def reach_of(terms: Sequence[DeliveryTerms]) -> frozenset[str]:
    """The countries to which a seller delivers."""
    return frozenset(code for one in terms for code in one.countries)


def product_facts(page: ProductPage) -> ProductFacts:
    """The facts of a stored product."""
    return ProductFacts(
        category=page.category is not None,
        description=page.description,
        pictures=_described(page.pictures),
        variants=[
            VariantFacts(
                title=one.title,
                active=one.active,
                sku=one.sku != "",
                price=one.price is not None,
            )
            for one in page.variants
        ],
        reach=reach_of(page.delivery),
    )


def typed_facts(data: ProductData) -> ProductFacts:
    """The facts of a product as it would be stored. How it is delivered is not the product's."""
    return ProductFacts(
        category=data.category != "",
        description=data.description,
        pictures=[judge_alt(alt=one.alt).counts for one in data.pictures],
        variants=[
            VariantFacts(
                title=", ".join(one.values),
                active=one.active,
                sku=one.sku != "",
                price=one.price is not None,
            )
            for one in data.variants
        ],
        reach=None,
    )


def product_points(facts: ProductFacts) -> list[Point]:
    """What a product needs before it goes on sale, in the order of the editor."""
    return [
        Point(
            code="category",
            field="category",
            forbids=True,
            done=facts.category,
            words=_("It is in a category") if facts.category else _("Choose a category"),
        ),
        _description(facts.description),
        *_pictures(facts.pictures),
        *_variants(facts.variants),
        *_delivery(facts.reach),
    ]


def _variants(variants: Sequence[VariantFacts]) -> Iterator[Point]:
    active = [(index, one) for index, one in enumerate(variants) if one.active]
    if not active:
        text = _("Switch on one variant, or there is nothing to deliver")
        yield Point(code="variant", field="variants", forbids=True, done=False, words=text)
        return
    no_price = [(index, _price_words(one.title)) for index, one in active if not one.price]
    yield from _of_each("price", no_price, _("Every variant has a price"))
    no_sku = [(index, _sku_words(one.title)) for index, one in active if not one.sku]
    yield from _of_each("sku", no_sku, _("Every variant has an SKU"))


def _of_each(code: str, lacking: Sequence[tuple[int, str]], done: str) -> Iterator[Point]:
    """A point for each variant that lacks it, or one that is done."""
    for index, words in lacking:
        yield Point(code=code, field=code, index=index, forbids=True, done=False, words=words)
    if not lacking:
        yield Point(code=code, field=code, forbids=True, done=True, words=done)


def _price_words(name: str) -> str:
    return _("Give %(name)s a price") % {"name": name} if name else _("Give it a price")


def _sku_words(name: str) -> str:
    return _("Give %(name)s an SKU") % {"name": name} if name else _("Give it an SKU")


def _delivery(reach: frozenset[str] | None) -> Iterator[Point]:
    if reach is None:
        return
    if not reach:
        text = _("Say how you deliver")
        yield Point(code="delivery", field="delivery", forbids=True, done=False, words=text)
        return
    missing = len(set(EU_COUNTRIES) - reach)
    words = ngettext(
        "Delivery cost not known for %(n)d country of the EU",
        "Delivery cost not known for %(n)d countries of the EU",
        missing,
    ) % {"n": missing}
    yield Point(
        code="delivery_eu",
        field="delivery",
        forbids=False,
        done=not missing,
        words=words if missing else _("Delivery cost known for all of the EU"),
    )


# --- services ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    """What of a service the list asks for. That it has a price is asked when it is saved."""

    description: str
    pictures: Sequence[bool]


def service_facts(service: ServicePage | ServiceData) -> ServiceFacts:
    """The facts of a service, stored or as it would be stored."""
    return ServiceFacts(
        description=service.description,
        pictures=[judge_alt(alt=one.alt).counts for one in service.pictures],
    )


def service_points(facts: ServiceFacts) -> list[Point]:
    """What a service needs before it is offered, in the order of the editor."""
    return [_description(facts.description), *_pictures(facts.pictures)]


# --- collections ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CollectionFacts:
    """What of a collection the list asks for: how many products were put into it, and how many of
    those are on sale. Of one by a rule neither is known, since its products come by themselves.
    """

    by_rule: bool
    description: str
    products: int = 0
    on_sale: int = 0


def collection_facts(own: OwnCollection) -> CollectionFacts:
    """The facts of a stored collection."""
    return CollectionFacts(
        by_rule=own.ref.kind == CollectionKind.RULE,
        description=own.ref.description,
        products=len(own.products),
        on_sale=sum(one.on_sale for one in own.products),
    )


def collection_points(facts: CollectionFacts) -> list[Point]:
    """What a collection needs before it is shown, in the order of the editor."""
    points = [_description(facts.description)]
    if facts.by_rule:
        return points
    filled = facts.products > 0
    points.append(
        Point(
            code="products",
            field="products",
            forbids=True,
            done=filled,
            words=_("It has products") if filled else _("Add a product"),
        )
    )
    if filled:
        points.append(
            Point(
                code="on_sale",
                field="products",
                forbids=False,
                done=facts.on_sale > 0,
                words=_("People see what is on sale in it")
                if facts.on_sale
                else _("Nothing in it is on sale, so people see none of it"),
            )
        )
    return points
