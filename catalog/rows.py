"""Columns of a query and the values built from them, so that each read stays one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.types import PROFILE_FIELDS
from catalog.types import DeliveryTerms
from core.media import PICTURE_FIELDS, Picture
from core.money import Money

PICTURE_WIDTH = len(PICTURE_FIELDS)
PROFILE_WIDTH = len(PROFILE_FIELDS)


def picture_columns(prefix: str) -> tuple[str, ...]:
    """Columns of the picture behind the foreign key `prefix`, for `picture_of`."""
    return tuple(f"{prefix}__{name}" for name in PICTURE_FIELDS)


def picture_of(values: Sequence[Any]) -> Picture | None:
    """The picture of columns from `picture_columns`; None where the foreign key was empty."""
    return None if values[0] is None else Picture.from_row(*values)


def profile_columns(prefix: str) -> tuple[str, ...]:
    """Columns of the profile behind the foreign key `prefix`, for `ProfileRef.from_row`."""
    return tuple(f"{prefix}__{name}" for name in PROFILE_FIELDS)


DELIVERY_COLUMNS = (
    "public_id",
    "name",
    "zone",
    "countries",
    "price",
    "currency",
    "free_from",
    "min_days",
    "max_days",
)


def terms_of(values: Sequence[Any]) -> DeliveryTerms:
    """A delivery method of DELIVERY_COLUMNS."""
    public_id, name, zone, countries, price, currency, free_from, min_days, max_days = values
    return DeliveryTerms(
        method_id=public_id,
        name=name,
        zone=zone,
        countries=tuple(countries),
        price=Money(price, currency),
        free_from=None if free_from is None else Money(free_from, currency),
        min_days=min_days,
        max_days=max_days,
    )
