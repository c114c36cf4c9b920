"""How somebody goes from one variant of a product to another: option by option."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalog.product_types import OptionAxis, ProductPage, VariantData
from core.money import Money


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value on an axis and where it leads; `price` is that of its variant where it differs."""

    name: str
    address: str
    current: bool
    price: Money | None
    availability: str


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One axis of visible choices."""

    name: str
    chosen: str
    choices: list[Choice]


def axes_of(
    *, page: ProductPage, variant: VariantData | None, address: Callable[[VariantData], str]
) -> list[Axis]:
    """The options of a product as choices beside the chosen variant. A value leads to the variant
    that has it and shares most with the chosen one; `address` says where that is."""
    if variant is None:
        return []
    return [_axis(page, variant, at, axis, address) for at, axis in enumerate(page.options)]


def _axis(
    page: ProductPage,
    variant: VariantData,
    at: int,
    axis: OptionAxis,
    address: Callable[[VariantData], str],
) -> Axis:
    choices = []
    chosen = ""
    for value in axis.values:
        target = _variant_with(page, variant, at, value.id)
        if target is None:
            continue
        current = variant.value_ids[at] == value.id
        chosen = value.name if current else chosen
        choices.append(
            Choice(
                name=value.name,
                address=address(target),
                current=current,
                price=target.price if target.price != variant.price else None,
                availability=target.availability,
            )
        )
    return Axis(name=axis.name, chosen=chosen, choices=choices)


def _variant_with(
    page: ProductPage, variant: VariantData, at: int, value_id: int
) -> VariantData | None:
    candidates = [one for one in page.variants if one.ready and one.value_ids[at] == value_id]

    def likeness(one: VariantData) -> tuple[int, bool]:
        same = sum(a == b for a, b in zip(one.value_ids, variant.value_ids, strict=True))
        return same, one.buyable

    return max(candidates, key=likeness, default=None)
