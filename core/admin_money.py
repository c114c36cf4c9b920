"""Amounts in the administration as people write them: the columns hold minor units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from core.money import Money, format_money


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What Django's administration takes for a column: called with a row it says "€80.90", and it
    sorts by what it says. `currency` is the path from a row to the ISO code; `empty` stands where
    there is no amount."""

    column: str
    currency: str
    empty: str
    # By these names Django asks for them.
    short_description: str = field(compare=False)
    admin_order_field: str = field(compare=False)

    @property
    def __name__(self) -> str:
        return self.column

    def __call__(self, row: Any) -> str:
        amount = getattr(row, self.column)
        if amount is None:
            return self.empty
        code = row
        for step in self.currency.split("__"):
            code = getattr(code, step)
        return format_money(Money(amount, code))


def with_amounts(
    columns: Sequence[Any], *, model: type[Model], money: Sequence[str], currency: str, empty: str
) -> list[Any]:
    """The same columns; those that are named in `money` speak in their currency."""
    return [
        Amount(
            column=one,
            currency=currency,
            empty=empty,
            short_description=str(model._meta.get_field(one).verbose_name),  # type: ignore[union-attr]  # noqa: SLF001 - Django's documented name
            admin_order_field=one,
        )
        if one in money
        else one
        for one in columns
    ]
