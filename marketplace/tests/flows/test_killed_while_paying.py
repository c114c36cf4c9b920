"""The page process is killed in the middle of Pay: one order, one charge, nothing held for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from accounts.testing import client_for
from core import clock
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
from orders.testing import Variant, make_buyer, make_variant
from payments.tasks import reconcile
from payments.testing import Sandbox

pytestmark = pytest.mark.django_db

NOTHING = Standing(orders=(), payments=(), free=(5,))
PAID = Standing(orders=("paid",), payments=(("authorized", 0, 0, 0),), free=(4,))


class Killed(BaseException):
    """What a process does not survive: nothing of ours catches it, and open transactions end."""


@contextmanager
def killed_after(seam: str) -> Iterator[None]:
    """What is named (`module:name`) does its work, and nothing follows."""
    path, _, name = seam.partition(":")
    *owners, name = name.split(".")
    place: Any = import_module(path)
    for one in owners:
        place = getattr(place, one)
    act = getattr(place, name)

    def last(*args: Any, **kwargs: Any) -> None:
        act(*args, **kwargs)
        raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(place, name, last)
        try:
            yield
        except Killed:
            return
    raise AssertionError(f"{seam} was not passed")


def at_the_sheet(variant: Variant) -> Shopper:
    """Somebody who bought before, and needs one press."""
    person, _card, _address = make_buyer()
    buyer = Shopper(client_for(person))
    buyer.open(f"/buy/{variant.public_id}/")
    return buyer


# What had just happened, and how order and payment stand then.
SEAMS = {
    "the provider said yes": ("payments.http_provider:HttpProvider.start", "pending", "created"),
    "our row of it was written": ("payments.applying:learn", "pending", "created"),
    "that was committed": ("payments.actions.opening:take_in", "pending", "authorized"),
}


@pytest.mark.parametrize("buyer_comes_again", [False, True])
@pytest.mark.parametrize(
    "moment",
    [pytest.param(one, marks=pytest.mark.slow) if at else one for at, one in enumerate(SEAMS)],
)
def test_between_the_providers_yes_and_our_commit_it_comes_right_and_is_charged_once(
    sandbox: Sandbox, moment: str, buyer_comes_again: bool
) -> None:
    seam, order, payment = SEAMS[moment]
    vase = make_variant(stock=5)
    buyer = at_the_sheet(vase)
    with killed_after(seam):
        buyer.press("Pay now")
    assert standing(vase) == Standing(orders=(order,), payments=((payment, 0, 0, 0),), free=(4,))
    assert at_provider(sandbox, payment_of_newest()) == "authorized"

    if not buyer_comes_again:
        with clock.fixed(clock.now() + timedelta(seconds=60)):
            reconcile()
            work()
            assert standing(vase) == PAID

    # The form that got no answer, once more: the same order, and no second charge.
    buyer.press("Pay now")
    buyer.says("It is paid")
    sandbox.deliver(payment_of_newest())
    work()
    assert standing(vase) == PAID
    assert at_provider(sandbox, payment_of_newest()) == "authorized"


def test_inside_of_placing_no_piece_stays_held_and_the_same_form_works(sandbox: Sandbox) -> None:
    vase = make_variant(stock=5)
    buyer = at_the_sheet(vase)
    with killed_after("inventory.actions:reserve"):
        buyer.press("Pay now")
    assert standing(vase) == NOTHING
    buyer.press("Pay now")
    buyer.says("It is paid")
    assert standing(vase) == PAID


def test_while_a_checkout_begins_no_piece_stays_held_and_it_begins_again(
    sandbox: Sandbox,
) -> None:
    vase = make_variant(stock=5)
    buyer = guest()
    with killed_after("inventory.actions:reserve"):
        buyer.begin_checkout(vase)
    assert standing(vase) == NOTHING
    buyer.press("Check out")
    buyer.press("Continue to payment", **GUEST)
    buyer.come_back(sandbox.pay(buyer.sent_to))
    buyer.says("It is paid")
    assert standing(vase) == PAID
