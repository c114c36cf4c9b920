"""Pins and boards for tests, made by the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.testing import Profile, make_brand
from catalog.testing import Product, make_image
from core import clock
from feed import actions
from feed.models import Board, Pin
from feed.types import TagData

HALF = Decimal("0.5")


def make_pin(
    *,
    author: Profile | None = None,
    title: str = "A shelf at noon",
    products: Sequence[Product] = (),
    at: datetime | None = None,
    **data: Any,
) -> Pin:
    """A published pin; `at` sets the moment of its publication."""
    author = author or make_brand()
    tags = [TagData(product_id=product.public_id, x=HALF, y=HALF) for product in products]
    with clock.fixed(at or clock.now()):
        return actions.create_pin(
            author_id=author.pk,
            image=data.pop("image", None) or make_image(owner_id=author.pk),
            title=title,
            tags=data.pop("tags", tags),
            **data,
        )


def make_board(*, owner: Profile, title: str = "Small rooms", secret: bool = False) -> Board:
    return actions.create_board(owner_id=owner.pk, title=title, secret=secret)
