"""`python -m marketplace.testing.burst COUNT USER CARD VARIANT`: buy one after the other.

A process of its own, so that its tasks go to real workers.
"""

import sys

import django

django.setup()

from core.money import Money  # noqa: E402 -- the apps must be there first
from orders import actions, testing  # noqa: E402
from orders.types import Details, Want  # noqa: E402


def main(*, count: int, user_id: int, method_id: str, variant_id: str) -> None:
    """Buy `count` times one of a variant of €96 with delivery of €6, paid with a kept card."""
    for number in range(count):
        placed = actions.buy_now(
            user_id=user_id,
            session=None,
            wants=[Want(variant_id=variant_id, quantity=1)],
            details=Details(email="noor@mail.example", address=testing.ADDRESS),
            methods={},
            shown_total=Money(10_200, "EUR"),
            idempotency_key=f"one-of-many-orders-{number:04d}",
            method_id=method_id,
        )
        actions.start(placed=placed)


if __name__ == "__main__":
    main(
        count=int(sys.argv[1]),
        user_id=int(sys.argv[2]),
        method_id=sys.argv[3],
        variant_id=sys.argv[4],
    )
