"""What goes wrong between Pay and paid: cards, windows, messages. One order, one charge, always."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from core import clock
from inventory.queries import available
from marketplace.tests.flows.paying import (
    GUEST,
    Shopper,
    Standing,
    at_provider,
    guest,
    payment_of_newest,
    standing,
    work,
)
from orders.testing import Order, Variant, make_variant
from payments.signature import sign
from payments.testing import CHALLENGE, DECLINED, NO_FUNDS, Sandbox, payment_by_id

pytestmark = pytest.mark.django_db

PAID = Standing(orders=("paid",), payments=(("authorized", 0, 0, 0),), free=(4,))
Forge = Callable[[bytes, str], tuple[bytes, str]]


def at_the_till(variant: Variant) -> Shopper:
    """A guest whose bag is checked out and who was sent to the provider's page."""
    buyer = guest()
    buyer.begin_checkout(variant)
    buyer.press("Continue to payment", **GUEST)
    return buyer


# --- cards ---------------------------------------------------------------------------------------


def test_a_card_that_asks_is_paid_once_when_the_buyer_approves(sandbox: Sandbox) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    buyer.come_back(sandbox.pay(buyer.sent_to, number=CHALLENGE, approve=True))
    buyer.says("It is paid", Order.objects.get().number)
    sandbox.deliver(payment_of_newest())
    work()
    assert standing(vase) == PAID
    assert at_provider(sandbox, payment_of_newest()) == "authorized"


@pytest.mark.parametrize(
    ("number", "approve", "words"),
    [
        (CHALLENGE, False, "Your bank could not confirm that it was you. Nothing was charged"),
        (DECLINED, True, "Your bank declined the card. Nothing was charged"),
        (NO_FUNDS, True, "Nothing was charged"),
    ],
)
def test_a_refused_card_keeps_the_bag_and_frees_the_stock_and_the_next_one_pays(
    sandbox: Sandbox, number: str, approve: bool, words: str
) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    assert available(variant_pks=[vase.pk]) == {vase.pk: 4}
    buyer.come_back(sandbox.pay(buyer.sent_to, number=number, approve=approve))
    buyer.says(words, "Everything you typed is kept")
    assert buyer.at.startswith("/checkout/")
    work()
    refused = standing(vase)
    assert (refused.payments, refused.free) == ((("declined", 0, 0, 0),), (5,))
    assert "paid" not in refused.orders
    assert at_provider(sandbox, payment_of_newest()) == "declined"
    bag = Shopper(buyer.client)
    bag.open("/bag/")
    bag.says(vase.product.title)

    # Its words come again when the provider's message does, and nothing else.
    sandbox.deliver(payment_of_newest())
    work()
    assert standing(vase) == refused

    # What was typed is still there: another card, and no field again.
    buyer.press("Continue to payment")
    buyer.come_back(sandbox.pay(buyer.sent_to))
    buyer.says("It is paid")
    work()
    now = standing(vase)
    assert now.orders.count("paid") == 1
    assert [state for state, *_ in now.payments].count("authorized") == 1
    assert now.free == (4,)
    bag.open("/bag/")
    bag.says("Your bag is empty")


def test_a_wrong_answer_of_the_provider_is_not_used_and_the_buyer_tries_again(
    sandbox: Sandbox,
) -> None:
    """It spoke of somebody else's payment; the next press goes on with the same one."""
    vase = make_variant(stock=5)
    first = at_the_till(vase)
    first.come_back(sandbox.pay(first.sent_to))
    others, before = payment_of_newest(), standing(vase)
    buyer = guest()
    buyer.begin_checkout(vase)
    sandbox.control(modes={"hold": True, "answer_as": others})
    buyer.press("Continue to payment", **GUEST)
    assert buyer.status == 409
    buyer.says("The payment provider gave a wrong answer", "you cannot be charged twice")
    again = buyer.link("Try again")
    buyer.open(again)
    assert buyer.status == 409
    now = standing(vase)
    assert now.payments == (*before.payments, ("created", 0, 0, 0))
    assert now.free == (3,)

    sandbox.control(modes={"hold": True})
    buyer.open(again)
    buyer.come_back(sandbox.pay(buyer.link("Go on with the payment")))
    buyer.says("It is paid", "Held on the card")
    assert standing(vase).payments == (*before.payments, *before.payments)


# --- the window ----------------------------------------------------------------------------------


def test_leaving_the_payment_page_is_said_and_there_is_a_way_back(sandbox: Sandbox) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    buyer.come_back(sandbox.leave(buyer.sent_to))
    buyer.says("You left the payment page, so nothing was charged.")
    work()
    left = standing(vase)
    assert left.free == (5,)
    assert "paid" not in left.orders
    assert [state for state, *_ in left.payments] != ["authorized"]
    buyer.press("Continue to payment")
    buyer.come_back(sandbox.pay(buyer.sent_to))
    buyer.says("It is paid")
    work()
    assert standing(vase).orders.count("paid") == 1
    assert standing(vase).free == (4,)


def test_a_window_that_was_just_closed_holds_the_piece_and_is_gone_on_with(
    sandbox: Sandbox,
) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    page, checkout = buyer.sent_to, buyer.at
    work()
    closed = standing(vase)
    assert closed.free == (4,)
    buyer.open(checkout)
    buyer.says("A payment is under way", "Go on with it, or stop it")
    assert standing(vase) == closed
    buyer.press("Go on with the payment")
    assert buyer.sent_to == page
    buyer.come_back(sandbox.pay(page))
    buyer.says("It is paid")
    work()
    assert standing(vase) == PAID


def test_a_payment_that_was_stopped_charges_nobody(sandbox: Sandbox) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    page, checkout = buyer.sent_to, buyer.at
    buyer.open(checkout)
    buyer.press("Stop that payment")
    assert buyer.at == checkout
    work()
    stopped = standing(vase)
    assert stopped.free == (5,)
    assert at_provider(sandbox, payment_of_newest()) not in ("authorized", "requires_action")
    # Its page is still open in another window; a card typed there takes nothing any more.
    with pytest.raises(AssertionError, match="no form on this page"):
        sandbox.pay(page)
    assert at_provider(sandbox, payment_of_newest()) != "authorized"
    sandbox.deliver(payment_of_newest())
    work()
    assert standing(vase) == stopped


# --- messages ------------------------------------------------------------------------------------


def test_a_message_before_the_redirect_and_the_buyer_who_never_comes_back(
    sandbox: Sandbox,
) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    back = sandbox.pay(buyer.sent_to)
    sandbox.deliver(payment_of_newest())
    work()
    assert standing(vase) == PAID, "it is paid although nobody came back"
    buyer.come_back(back)
    buyer.says("It is paid")
    buyer.come_back(back)
    buyer.says("It is paid")
    work()
    assert standing(vase) == PAID


def test_a_message_that_comes_five_times_has_one_effect(
    sandbox: Sandbox, live_server: LiveServer
) -> None:
    sandbox.control(
        webhook_url=f"{live_server.url}/webhooks/payments/",
        return_origin=settings.SITE_URL,
        modes={"copies": 5, "early": True},
    )
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    buyer.come_back(sandbox.pay(buyer.sent_to))
    buyer.says("It is paid")
    until = time.monotonic() + 15
    while sandbox.messages(payment_of_newest()):
        assert time.monotonic() < until, "the provider still waits"
        time.sleep(0.1)
    work()
    assert standing(vase) == PAID
    buyer.open(f"/orders/purchase/{Order.objects.get().purchase.public_id}/")
    buyer.says("It is paid")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("forge", "status"),
    [
        pytest.param(lambda raw, good: (raw, ""), 400, id="no signature"),
        pytest.param(lambda raw, good: (raw, f"{good[:-2]}00"), 400, id="bad signature"),
        pytest.param(lambda raw, good: (raw + b" ", good), 400, id="one byte more"),
        pytest.param(lambda raw, good: (changed_amount(raw), good), 400, id="changed amount"),
        pytest.param(
            lambda raw, good: (raw, signed(raw, secret="another")), 400, id="another secret"
        ),
        pytest.param(lambda raw, good: (raw, signed(raw, late=-601)), 400, id="ten minutes old"),
        pytest.param(
            lambda raw, good: (
                nonsense := b'{"id": "x", "type": "payment.gift"}',
                signed(nonsense),
            ),
            422,
            id="unknown kind",
        ),
    ],
)
def test_a_forged_message_changes_nothing(sandbox: Sandbox, forge: Forge, status: int) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    checkout = buyer.at
    sandbox.pay(buyer.sent_to)
    work()
    before = standing(vase)
    ((raw, good),) = sandbox.messages(payment_of_newest())
    answer = post(*forge(raw, good))
    assert answer == status
    work()
    assert standing(vase) == before
    assert before.orders != ("paid",)
    buyer.open(checkout)
    assert "It is paid" not in buyer.soup.get_text()
    # The true one is still welcome.
    assert post(raw, good) == 204
    work()
    assert standing(vase) == PAID


def test_a_message_about_another_amount_waits_for_a_person(sandbox: Sandbox) -> None:
    """Well signed, so from the provider, and yet not what was asked: nobody ships on that."""
    vase = make_variant(stock=5)
    buyer = at_the_till(vase)
    sandbox.pay(buyer.sent_to)
    ((raw, _good),) = sandbox.messages(payment_of_newest())
    wrong = changed_amount(raw)
    assert post(wrong, signed(wrong)) in (204, 409, 422)
    work()
    found = payment_by_id(payment_id=payment_of_newest())
    assert found is not None
    assert found.state == "review"
    assert standing(vase).free == (4,)
    assert "paid" not in standing(vase).orders


def post(raw: bytes, signature: str) -> int:
    answer = Client().post(
        "/webhooks/payments/",
        raw,
        content_type="application/json",
        headers={"Webhook-Signature": signature},
    )
    return answer.status_code


def signed(raw: bytes, *, secret: str = "", late: int = 0) -> str:
    at = int(clock.now().timestamp()) + late
    return sign(raw=raw, secret=secret or settings.PAYMENTS_WEBHOOK_SECRET, at=at)


def changed_amount(raw: bytes) -> bytes:
    body = json.loads(raw)
    body["payment"]["amount"] = 1
    return json.dumps(body).encode()
