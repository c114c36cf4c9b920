"""What a guest's whole purchase asks of us: requests of ours, and statements of the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.tests.flows.paying import GUEST, guest, payment_of_newest, work
from orders.testing import make_variant
from orders.tests.pages import statements
from payments.testing import Sandbox

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("told_first", [True, False], ids=["told-first", "back-first"])
def test_a_guest_buys_in_four_requests(sandbox: Sandbox, told_first: bool) -> None:
    """From the price tag to the page that says it is paid, the provider's own page between.

    Its message mostly arrives before the buyer is back, and a worker settles the order; who is
    faster than the message settles it on the way, by asking the provider.
    """
    variant = make_variant()
    buyer = guest()
    # 3 the sheet: variants, delivery, stock. 17 Pay: product, variant, delivery; checkout,
    # purchase, order, lines, payment, share, fact; hold and stock; payment read, changed and its
    # move; session looked for and kept.
    with CaptureQueriesContext(connection) as to_the_till:
        buyer.open(f"/buy/{variant.public_id}/")
        buyer.press("Continue to payment", **GUEST)
    back = sandbox.pay(buyer.sent_to)
    if told_first:
        sandbox.deliver(payment_of_newest())
        work()
    # The way back: session, purchase, payment; its page: the same, order, lines, events.
    # Before the message 20 more: the payment is asked about and moved, the order is settled.
    with CaptureQueriesContext(connection) as home:
        buyer.come_back(back)
    buyer.says("It is paid")
    assert len(buyer.answer.redirect_chain) == 1, "two requests to, two back"
    asked = [*statements(to_the_till), *statements(home)]
    limit = 30 if told_first else 50
    assert len(asked) <= limit, "\n".join(" ".join(one.split())[:110] for one in asked)
