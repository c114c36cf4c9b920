"""What of a product as typed can be accepted: pure checks that answer with all problems at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.models import PRICE_LIMIT, SKU_LIMIT, TITLE_LIMIT
from catalog.product_inputs import (
    MAX_OPTIONS,
    MAX_PICTURES,
    MAX_VALUES,
    MAX_VARIANTS,
    VALUE_LIMIT,
)
from catalog.types import OptionData, Problem, ProductData, VariantInput
from core.text import clean_text

TEXT_LIMIT = 5000
NOTE_LIMIT = 1000


def cleaned(data: ProductData) -> ProductData:
    """The same product with its texts normalised. Raises core.text.TextRefused."""
    return replace(
        data,
        title=clean_text(data.title, limit=TITLE_LIMIT, single_line=True),
        description=clean_text(data.description, limit=TEXT_LIMIT),
        details=clean_text(data.details, limit=TEXT_LIMIT),
        delivery_note=clean_text(data.delivery_note, limit=NOTE_LIMIT),
        returns_note=clean_text(data.returns_note, limit=NOTE_LIMIT),
        options=[
            OptionData(
                name=clean_text(one.name, limit=40, single_line=True),
                values=tuple(
                    clean_text(value, limit=VALUE_LIMIT, single_line=True) for value in one.values
                ),
            )
            for one in data.options
        ],
        variants=[
            replace(
                one,
                sku=clean_text(one.sku, limit=SKU_LIMIT, single_line=True),
                values=tuple(
                    clean_text(value, limit=VALUE_LIMIT, single_line=True) for value in one.values
                ),
            )
            for one in data.variants
        ],
        pictures=[
            replace(one, alt=clean_text(one.alt, limit=140, single_line=True))
            for one in data.pictures
        ],
    )


def problems_of(data: ProductData) -> list[Problem]:
    """Everything that is wrong with a cleaned product, in the order of the form."""
    return [*_words(data), *_options(data.options), *_variants(data)]


def _words(data: ProductData) -> Iterator[Problem]:
    if not data.title:
        yield Problem(field="title", message=_("Give the product a title."))
    if not Decimal(0) <= data.vat_rate < Decimal(1):
        yield Problem(field="vat_rate", message=_("The VAT rate lies between 0 and 100 percent."))
    if not 14 <= data.return_days <= 365:
        yield Problem(
            field="return_days",
            message=_("Returns are open for 14 days at least, by law, and for 365 at most."),
        )
    if not 0 <= data.lead_days <= 120:
        yield Problem(field="lead_days", message=_("Say how many working days, from 0 to 120."))
    if len(data.pictures) > MAX_PICTURES:
        yield Problem(
            field="pictures",
            message=_("A product shows %(n)d pictures at most.") % {"n": MAX_PICTURES},
        )


def _options(options: Sequence[OptionData]) -> Iterator[Problem]:
    if len(options) > MAX_OPTIONS:
        yield Problem(field="options", message=_("Use %(n)d options at most.") % {"n": MAX_OPTIONS})
    if _doubled([one.name for one in options]):
        yield Problem(field="options", message=_("Two options have the same name."))
    for index, one in enumerate(options):
        if not one.name:
            yield Problem(field="options", index=index, message=_("Name the option."))
        if not one.values or not all(one.values):
            yield Problem(field="options", index=index, message=_("List the values of the option."))
        elif len(one.values) > MAX_VALUES:
            yield Problem(
                field="options",
                index=index,
                message=_("An option has %(n)d values at most.") % {"n": MAX_VALUES},
            )
        elif _doubled(one.values):
            yield Problem(field="options", index=index, message=_("A value is listed twice."))


def _variants(data: ProductData) -> Iterator[Problem]:
    if not data.variants:
        yield Problem(field="variants", message=_("A product needs at least one variant."))
    if len(data.variants) > MAX_VARIANTS:
        yield Problem(
            field="variants",
            message=_("That makes more than %(n)d variants. Use fewer values.")
            % {"n": MAX_VARIANTS},
        )
    skus = [one.sku.casefold() for one in data.variants]
    for index, one in enumerate(data.variants):
        yield from _variant(index, one, data)
        if one.sku and one.sku.casefold() in skus[:index]:
            yield Problem(
                field="sku", index=index, message=_("Another variant has this SKU already.")
            )
    combinations = [tuple(value.casefold() for value in one.values) for one in data.variants]
    if len(set(combinations)) < len(combinations):
        yield Problem(field="variants", message=_("Two variants have the same values."))


def _variant(index: int, one: VariantInput, data: ProductData) -> Iterator[Problem]:
    if one.price is not None and one.price.currency != data.currency:
        yield Problem(
            field="price", index=index, message=_("All prices are in the product's currency.")
        )
    if one.price is not None and not 0 < one.price.amount <= PRICE_LIMIT:
        yield Problem(field="price", index=index, message=_("Give a price above zero."))
    known = len(one.values) == len(data.options) and all(
        value in option.values for value, option in zip(one.values, data.options, strict=True)
    )
    if not known:
        yield Problem(
            field="variants",
            index=index,
            message=_("A variant has exactly one value of every option."),
        )


def _doubled(words: Sequence[str]) -> bool:
    folded = [word.casefold() for word in words]
    return len(set(folded)) < len(folded)
