"""Options and variants of one product, brought to what was typed without losing identities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from catalog.models import GONE, Option, OptionValue, Product, Variant
from catalog.types import OptionData, VariantInput


class _Named(Protocol):
    name: str
    position: int


Row = TypeVar("Row", bound=_Named)


def write_options(product: Product, options: Sequence[OptionData]) -> list[dict[str, OptionValue]]:
    """Make the axes those named; answers with the values of each by name, in the axes' order.

    A row whose name stays keeps its id; one whose name changed at the same place is renamed.
    """
    rows = list(product.options.prefetch_related("values"))
    matched = _match(rows, [one.name for one in options])
    Option.objects.filter(pk__in=[row.pk for row in rows if row not in matched]).delete()
    result = []
    for position, (row, data) in enumerate(zip(matched, options, strict=True)):
        option = row or Option(product=product)
        option.name, option.position = data.name, position
        option.save()
        result.append(_write_values(option, data.values))
    return result


def _write_values(option: Option, names: Sequence[str]) -> dict[str, OptionValue]:
    rows = list(option.values.all())
    matched = _match(rows, names)
    OptionValue.objects.filter(pk__in=[row.pk for row in rows if row not in matched]).delete()
    values = [row or OptionValue(option=option) for row in matched]
    for position, (value, name) in enumerate(zip(values, names, strict=True)):
        value.name, value.position = name, position
        if value.pk:
            value.save()
    OptionValue.objects.bulk_create(value for value in values if value.pk is None)
    return dict(zip(names, values, strict=True))


def _match(rows: Sequence[Row], names: Sequence[str]) -> list[Row | None]:
    """For each name the row that carries it, else the orphaned row of the same place, else None."""
    by_name = {row.name.casefold(): row for row in rows}
    found: list[Row | None] = [by_name.get(name.casefold()) for name in names]
    spare = [row for row in rows if row not in found]
    return [row or _at(spare, position) for position, row in enumerate(found)]


def _at(rows: Iterable[Row], position: int) -> Row | None:
    return next((row for row in rows if row.position == position), None)


def write_variants(
    product: Product, variants: Sequence[VariantInput], values: Sequence[dict[str, OptionValue]]
) -> None:
    """Make the variants those named.

    One is recognised by its values, else by its key, else by its SKU.
    """
    rows = list(product.variants.select_for_update().order_by("pk"))
    wanted = [_chosen(one, values) for one in variants]
    keys = [_combination(chosen) for chosen in wanted]
    matched: list[Variant | None] = [
        next((row for row in rows if row.combination == key), None) for key in keys
    ]
    for column, said in (("public_id", "key"), ("sku", "sku")):
        spare = {getattr(row, column): row for row in rows if row not in matched}
        matched = [
            row or spare.pop(getattr(data, said), None)
            for row, data in zip(matched, variants, strict=True)
        ]
    _retire([row for row in rows if row not in matched], taken=[one.sku for one in variants])
    fresh = []
    for position, (row, data) in enumerate(zip(matched, variants, strict=True)):
        variant = row or Variant(product=product, seller_id=product.seller_id)
        _describe(variant, data, chosen=wanted[position], position=position)
        if row is None:
            fresh.append((variant, wanted[position]))
        else:
            variant.save()
            variant.values.set(wanted[position])
    _insert(fresh)


def _insert(fresh: Sequence[tuple[Variant, Sequence[OptionValue]]]) -> None:
    """New variants with their values; two statements, however many."""
    Variant.objects.bulk_create(variant for variant, _chosen in fresh)
    links = Variant.values.through
    links.objects.bulk_create(
        links(variant=variant, optionvalue=value) for variant, chosen in fresh for value in chosen
    )


def _chosen(data: VariantInput, values: Sequence[dict[str, OptionValue]]) -> list[OptionValue]:
    return [known[name] for name, known in zip(data.values, values, strict=True)]


def _combination(chosen: Sequence[OptionValue]) -> str:
    return "-".join(str(value.pk) for value in chosen)


def _describe(
    variant: Variant, data: VariantInput, *, chosen: Sequence[OptionValue], position: int
) -> None:
    price = data.price.amount if data.price is not None else None
    if variant.pk and variant.price != price:
        variant.version += 1
    variant.combination = _combination(chosen)
    variant.title = ", ".join(value.name for value in chosen)[:200]
    variant.sku = data.sku or None
    variant.price = price
    variant.image_id = data.image_id
    variant.active = data.active
    variant.position = position


def _retire(rows: Sequence[Variant], *, taken: Sequence[str]) -> None:
    """Switch off variants that are no longer named, and free an SKU that another now carries."""
    for row in rows:
        row.active = False
        row.combination = f"{GONE}{row.pk}"
        if row.sku and row.sku in taken:
            row.sku = f"{row.sku[:40]}-old-{row.public_id}"
        row.save(update_fields=["active", "combination", "sku"])
