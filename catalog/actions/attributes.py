"""Define attributes, and keep what products answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog import answers, events
from catalog.models import (
    GONE,
    Attribute,
    AttributeChoice,
    AttributeValue,
    Category,
    CategoryAttribute,
    OptionValue,
    Product,
    Variant,
)
from catalog.queries.attributes import attributes_asked, forget_attributes
from catalog.standard import STANDARD
from catalog.types import AttributeData, AttributeDefinition, AttributeInputs, AttributeKind
from core.errors import Conflict, NotFound
from core.events import publish


class AttributeInUse(Conflict):
    """An attribute that products answer keeps its kind, and a choice that they have stays."""

    code = "attribute_in_use"
    message = _("Products answer this already. Make a new attribute instead.")


@transaction.atomic
def save_attribute(*, data: AttributeDefinition, position: int = 0) -> int:
    """Make the attribute with this code, or change it; answers with its primary key.

    Choices that are not named stay, since products may have them. Raises NotFound for an unknown
    category, AttributeInUse when the kind would change under products that answer it.
    """
    categories = list(Category.objects.filter(slug__in=data.categories))
    if len(categories) != len(set(data.categories)):
        raise NotFound
    row = Attribute.objects.filter(code=data.code).first() or Attribute(code=data.code)
    if row.pk and row.kind != data.kind and row.values.exists():
        raise AttributeInUse
    row.name, row.kind, row.unit, row.help = data.name, data.kind, data.unit, data.help
    row.filterable, row.also_called = data.filterable, list(data.also_called)
    row.position = position
    row.full_clean()
    row.save()
    AttributeChoice.objects.bulk_create(
        [
            AttributeChoice(
                attribute=row,
                slug=one.slug,
                name=one.name,
                swatch=one.swatch,
                also_called=list(one.also_called),
                position=number,
            )
            for number, one in enumerate(data.choices)
        ],
        update_conflicts=True,
        unique_fields=["attribute", "slug"],
        update_fields=["name", "swatch", "also_called", "position"],
    )
    row.asked_by.exclude(category__in=categories).delete()
    CategoryAttribute.objects.bulk_create(
        [CategoryAttribute(category=one, attribute=row) for one in categories],
        ignore_conflicts=True,
    )
    attribute_changed(attribute_id=row.pk)
    return row.pk


@transaction.atomic
def ask_standard(*, category: str) -> None:
    """Let a category at the root ask what every market asks (`catalog.standard`), and so all below.

    An attribute that is there stays as it is. Doing it twice changes nothing. Raises NotFound for
    an unknown category.
    """
    root = Category.objects.filter(slug=category).first()
    if root is None:
        raise NotFound
    for one in STANDARD:
        row, _made = Attribute.objects.get_or_create(
            code=one.code, defaults={"name": one.name, "kind": one.kind}
        )
        CategoryAttribute.objects.get_or_create(category=root, attribute=row)
    forget_attributes()


def attribute_changed(*, attribute_id: int) -> None:
    """Say that a definition changed: products that answer it are written into search anew."""
    forget_attributes()
    publish(events.AttributeChanged(attribute_id=attribute_id))


def write_answers(product: Product, inputs: AttributeInputs) -> None:
    """Make the product's answers those given, and its variants' those of its options.

    What was said has been checked before. What an option answers is not asked of the product.
    """
    asked = attributes_asked(category=product.category.slug if product.category else "")
    found, _problems = answers.read(asked=asked, inputs=inputs)
    rows, answered = _of_options(product, asked)
    rows += [_row(product, one) for one in found if one.attribute.code not in answered]
    product.attribute_values.all().delete()
    AttributeValue.objects.bulk_create(rows)


def _of_options(
    product: Product, asked: Sequence[AttributeData]
) -> tuple[list[AttributeValue], set[str]]:
    """Rows for each variant, and the codes that options answer. Notes on options what they do."""
    found: dict[int, answers.Answer] = {}
    answered: set[str] = set()
    values: list[OptionValue] = []
    for option in product.options.prefetch_related("values"):
        attribute = answers.answered_by(option=option.name, asked=asked)
        if attribute is not None and attribute.code in answered:
            attribute = None
        own = list(option.values.all())
        for value in own:
            answer = attribute and answers.of_value(attribute=attribute, value=value.name)
            value.choice_id = answer.choice.id if answer and answer.choice else None
            if answer:
                found[value.pk] = answer
        named = attribute if attribute and any(one.pk in found for one in own) else None
        if named:
            answered.add(named.code)
        if option.attribute_id != (named.id if named else None):
            option.attribute_id = named.id if named else None
            option.save(update_fields=["attribute"])
        values += own
    OptionValue.objects.bulk_update(values, ["choice"])
    return list(_for_variants(product, found)), answered


def _for_variants(product: Product, found: dict[int, answers.Answer]) -> Iterable[AttributeValue]:
    if not found:
        return
    links = Variant.values.through.objects.filter(
        variant__product=product, optionvalue__in=found
    ).exclude(variant__combination__startswith=GONE)
    for variant_id, value_id in links.order_by("pk").values_list("variant_id", "optionvalue_id"):
        row = _row(product, found[value_id])
        row.variant_id = variant_id
        yield row


def _row(product: Product, answer: answers.Answer) -> AttributeValue:
    return AttributeValue(
        product=product,
        attribute_id=answer.attribute.id,
        kind=AttributeKind(answer.attribute.kind),
        choice_id=answer.choice.id if answer.choice else None,
        number=None if answer.number is None else Decimal(answer.number),
        yes=answer.yes,
        text=answer.text,
    )
