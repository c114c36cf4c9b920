"""Buyers who meet trouble, and what must stand afterwards. For tests of flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.test import Client

from core.testing import deliver_all
from inventory.queries import available, stock_imbalances
from marketplace.tests.flows.steps import Visitor
from orders.testing import Order, Purchase, Variant
from payments.queries import payment
from payments.testing import Sandbox, wrong_in_the_books

WORKERS_LATER = ("media", "mail")
GUEST = {
    "email": "guest@mail.example",
    "name": "Gerda Gast",
    "street": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
}


class Shopper(Visitor):
    """A visitor who also looks at pages that refuse; `status` is that of the last one."""

    status = 200

    def _arrive(self, answer: Any, address: str) -> BeautifulSoup:
        self.status, answer.status_code = answer.status_code, 200
        return super()._arrive(answer, address)

    @property
    def sent_to(self) -> str:
        """Where the last press led out of the market: the provider's page."""
        return str(self.answer.headers["Location"])

    def come_back(self, address: str) -> None:
        """Follow the provider's redirect."""
        parts = urlsplit(address)
        self.open(f"{parts.path}?{parts.query}" if parts.query else parts.path)

    def begin_checkout(self, *variants: Variant) -> None:
        """Put each into the bag, and go on to the checkout."""
        for variant in variants:
            self.client.post("/bag/add/", {"variant": variant.public_id})
        self.open("/bag/")
        self.press("Check out")
        assert self.at.startswith("/checkout/"), self.at


@dataclass(frozen=True)
class Standing:
    """Everything that paying may change."""

    orders: tuple[str, ...]
    payments: tuple[tuple[str, int, int, int], ...]
    free: tuple[int, ...]


def guest() -> Shopper:
    return Shopper(Client())


def standing(*variants: Variant) -> Standing:
    """How orders, payments (state, captured, refunded, voided) and stock stand; books add up."""
    assert wrong_in_the_books() == []
    assert stock_imbalances() == []
    rows = [payment(reference=one.public_id) for one in Purchase.objects.order_by("pk")]
    free = available(variant_pks=[one.pk for one in variants])
    return Standing(
        orders=tuple(Order.objects.order_by("pk").values_list("state", flat=True)),
        payments=tuple(
            (row.state, row.captured.amount, row.refunded.amount, row.voided.amount)
            for row in rows
            if row is not None
        ),
        free=tuple(free[one.pk] for one in variants),
    )


def work() -> None:
    """What the workers do, but for pictures and mails."""
    deliver_all(except_queues=WORKERS_LATER)


def payment_of_newest() -> str:
    """The provider's name for the payment of the newest purchase."""
    found = payment(reference=Purchase.objects.latest("pk").public_id)
    assert found is not None
    return found.payment_id


def at_provider(sandbox: Sandbox, payment_id: str) -> str:
    """What the provider says of a payment."""
    found = sandbox.find(payment_id)
    return str(found["state"]) if found else "unheard of"
