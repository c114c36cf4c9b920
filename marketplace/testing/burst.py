"""`python -m marketplace.testing.burst COUNT USER CARD VARIANT`: buy one after the other.

A process of its own, so that its tasks go to real workers.
"""

import sys

import django


def main(count: int, user_id: int, method_id: str, variant_id: str) -> None:
    from core.money import Money  # noqa: PLC0415 -- after django.setup()
    from orders import actions, testing  # noqa: PLC0415
    from orders.types import Details, Want  # noqa: PLC0415

    for number in range(count):
        placed = actions.buy_now(
            user_id=user_id,
            session=None,
            wants=[Want(variant_id=variant_id, quantity=1)],
            details=Details(email="noor@mail.example", address=testing.ADDRESS),
            methods={},
            shown_total=Money(10_200, "EUR"),
            idempotency_key=f"burst-{number:04d}",
            method_id=method_id,
        )
        actions.start(placed=placed)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
