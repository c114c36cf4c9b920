"""Reading quantities and lists of variants as they stand in forms and addresses."""

from __future__ import annotations

import re

from orders.errors import BadQuantity, NotBuyable
from orders.types import Want

MAX_QUANTITY = 99
MAX_LINES = 20  # of a list in an address
BAG_LINES = 200
_DIGITS = re.compile(r"[0-9]{1,2}", re.ASCII)
_VARIANT = re.compile(r"[a-z0-9]{6,28}", re.ASCII)


def read_quantity(text: object, *, zero: bool = False) -> int:
    """A quantity as typed: one or two plain digits, nothing else. Raises BadQuantity.

    `zero` is allowed where it means "remove".
    """
    if not isinstance(text, str) or not _DIGITS.fullmatch(text):
        raise BadQuantity
    return check_quantity(int(text), zero=zero)


def check_quantity(quantity: object, *, zero: bool = False) -> int:
    """The quantity itself when it is a whole number in bounds. Raises BadQuantity."""
    if type(quantity) is not int or not (0 if zero else 1) <= quantity <= MAX_QUANTITY:
        raise BadQuantity
    return quantity


def read_wants(text: str) -> list[Want]:
    """`<id>` or `<id>:2,<id>:1`, as in the permalink of a buy page.

    Raises BadQuantity for a bad number and NotBuyable for anything that is no list of variants.
    """
    wants: dict[str, int] = {}
    parts = text.split(",")
    if len(parts) > MAX_LINES:
        raise NotBuyable
    for part in parts:
        variant_id, colon, number = part.partition(":")
        if not _VARIANT.fullmatch(variant_id):
            raise NotBuyable
        quantity = read_quantity(number) if colon else 1
        wants[variant_id] = check_quantity(wants.get(variant_id, 0) + quantity)
    return [Want(variant_id=key, quantity=quantity) for key, quantity in wants.items()]


def write_wants(wants: list[Want]) -> str:
    """The reverse of `read_wants`; a single piece of a single variant is its bare id."""
    if len(wants) == 1 and wants[0].quantity == 1:
        return wants[0].variant_id
    return ",".join(f"{want.variant_id}:{want.quantity}" for want in wants)
