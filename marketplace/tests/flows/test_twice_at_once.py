"""Two presses, two tabs, the back button, a world that moved: what was shown is what is paid."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from accounts.testing import client_for
from catalog import actions as catalog
from core.money import Money
from inventory.actions import receive, write_off
from inventory.queries import available
from marketplace.tests.flows.paying import (
    GUEST,
    Shopper,
    Standing,
    guest,
    payment_of_newest,
    standing,
    work,
)
from marketplace.tests.flows.steps import fields_of, words
from orders.testing import Order, Purchase, Variant, make_buyer, make_variant
from payments.queries import payment
from payments.testing import Sandbox

pytestmark = pytest.mark.slow

UNTOUCHED = Standing(orders=(), payments=(), free=(5,))


def cost(vase: Variant, price: int) -> None:
    catalog.set_price(variant_id=vase.public_id, price=Money(price, "EUR"), actor_id=None)


def form_on(buyer: Shopper, selector: str) -> dict[str, str]:
    form = buyer.soup.select_one(selector)
    assert form is not None, words(buyer.soup)[:800]
    return {**fields_of(form), "do": "pay"}


# --- the same press twice ------------------------------------------------------------------------


class Sheet:
    """The sheet of a piece, open before somebody with a kept card or before a guest."""

    def __init__(self, server: str, public_id: str, *, known: bool) -> None:
        cookies: dict[str, str] = {}
        if known:
            name = settings.SESSION_COOKIE_NAME
            cookies = {name: client_for(make_buyer()[0]).cookies[name].value}
        self.address = f"{server}/buy/{public_id}/"
        # A kept connection would keep a thread and a database connection of the test server.
        with httpx.Client(timeout=60, headers={"Connection": "close"}, cookies=cookies) as browser:
            page = BeautifulSoup(browser.get(self.address).text, "html5lib")
            form = page.select_one("form.sheet__form")
            assert form is not None
            self.fields = {**fields_of(form), **({} if known else GUEST), "do": "pay"}
            self.jar = dict(browser.cookies)

    def press(self, **other: str) -> tuple[int, str]:
        """Status and place of the answer; `other` stands for what is in the form."""
        with httpx.Client(timeout=60, headers={"Connection": "close"}, cookies=self.jar) as tab:
            answer = tab.post(self.address, data={**self.fields, **other})
        return answer.status_code, answer.headers.get("location", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False], ids=["a kept card", "a guest"])
def test_eight_presses_at_once_make_one_order(
    live_server: LiveServer, sandbox: Sandbox, known: bool
) -> None:
    vase = make_variant(stock=5)
    sheet = Sheet(live_server.url, vase.public_id, known=known)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _number: sheet.press(), range(8)))

    # Who was told to wait (409) may press again and arrives where the first one did.
    arrived = {place for status, place in answers if status == 303}
    assert {status for status, _place in answers} <= {303, 409}
    assert arrived
    assert sheet.press()[0] == 303
    assert Purchase.objects.count() == Order.objects.count() == 1
    assert available(variant_pks=[vase.pk]) == {vase.pk: 4}
    if not known:
        (hosted,) = {place for place in arrived if "/pay/" in place}
        sandbox.pay(hosted)
    sandbox.deliver(payment_of_newest())
    work()
    assert standing(vase) == Standing(("paid",), (("authorized", 0, 0, 0),), (4,))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sandbox")
def test_control_under_a_key_of_its_own_each_press_is_an_order(live_server: LiveServer) -> None:
    """Nothing but the key of the form tells a press from another."""
    vase = make_variant(stock=5)
    sheet = Sheet(live_server.url, vase.public_id, known=True)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: sheet.press(key=str(number) * 24), range(4)))
    assert [status for status, _place in answers] == [303] * 4
    assert Order.objects.count() == 4
    assert available(variant_pks=[vase.pk]) == {vase.pk: 1}


@pytest.mark.django_db
def test_back_to_a_sheet_that_is_paid_leads_to_its_order(sandbox: Sandbox) -> None:
    vase = make_variant(stock=5)
    buyer = guest()
    address = f"/buy/{vase.public_id}/"
    buyer.open(address)
    old = {**form_on(buyer, "form.sheet__form"), **GUEST}
    buyer.press("Continue to payment", **GUEST)
    buyer.come_back(sandbox.pay(buyer.sent_to))
    work()
    paid = standing(vase)
    # The browser shows the old sheet again, and Pay is pressed again.
    answer = buyer.client.post(address, old)
    assert answer.status_code == 303
    buyer.come_back(answer["location"])
    buyer.says("It is paid", Order.objects.get().number)
    assert standing(vase) == paid == Standing(("paid",), (("authorized", 0, 0, 0),), (4,))


@pytest.mark.django_db
def test_back_to_a_checkout_that_is_paid_leads_to_its_order(sandbox: Sandbox) -> None:
    vase = make_variant(stock=5)
    buyer = guest()
    buyer.begin_checkout(vase)
    checkout = buyer.at
    old = {**form_on(buyer, "form.till"), **GUEST}
    buyer.press("Continue to payment", **GUEST)
    buyer.come_back(sandbox.pay(buyer.sent_to))
    work()
    paid = standing(vase)
    for again in (
        buyer.client.post(checkout, old),
        buyer.client.post(checkout, {**old, "name": "Somebody Else", "country": "FR"}),
        buyer.client.get(checkout),
    ):
        assert again.status_code == 303
        buyer.come_back(again["location"])
        buyer.says("It is paid")
    assert buyer.client.post(f"{checkout}stop/").status_code in (303, 409)
    assert standing(vase) == paid == Standing(("paid",), (("authorized", 0, 0, 0),), (4,))
    assert Purchase.objects.get().name == GUEST["name"]


# --- two tabs ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_bag_that_grew_in_another_tab_is_not_what_is_paid(sandbox: Sandbox) -> None:
    """The till of the first tab sells what it shows; what came later stays in the bag."""
    vase, lamp = make_variant(stock=5, title="Vase"), make_variant(stock=5, title="Lamp")
    buyer = guest()
    buyer.begin_checkout(vase)
    buyer.says("€102.00")
    buyer.client.post("/bag/add/", {"variant": lamp.public_id})
    buyer.press("Continue to payment", **GUEST)
    buyer.come_back(sandbox.pay(buyer.sent_to))
    buyer.says("It is paid", "€102.00")
    work()
    assert standing(vase, lamp) == Standing(("paid",), (("authorized", 0, 0, 0),), (4, 5))
    assert Order.objects.get().total == 10_200
    buyer.open("/bag/")
    buyer.says("Lamp")
    assert "Vase" not in words(buyer.soup.select_one("main") or buyer.soup)


@pytest.mark.django_db
def test_two_tills_with_different_bags_never_hold_a_piece_twice(sandbox: Sandbox) -> None:
    vase, lamp = make_variant(stock=5, title="Vase"), make_variant(stock=5, title="Lamp")
    one = guest()
    one.begin_checkout(vase)
    other = Shopper(one.client)
    other.begin_checkout(lamp)
    other.says("Vase", "Lamp")
    assert available(variant_pks=[vase.pk, lamp.pk]) == {vase.pk: 4, lamp.pk: 4}
    # The first tab is old now: it says so and sells nothing.
    before = standing(vase, lamp)
    one.press("Continue to payment", **GUEST)
    assert one.status == 409
    one.says("This checkout is closed")
    assert standing(vase, lamp) == before
    other.press("Continue to payment", **GUEST)
    other.come_back(sandbox.pay(other.sent_to))
    work()
    done = standing(vase, lamp)
    assert done.orders == ("paid", "paid")
    assert done.free == (4, 4)
    assert Purchase.objects.count() == 1


# --- the world moved on --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("price", "now"), [(9_900, "€105.00"), (8_900, "€95.00")])
def test_a_price_that_changed_on_the_sheet_of_a_kept_card_is_asked_again(
    sandbox: Sandbox, price: int, now: str
) -> None:
    """Cheaper or dearer: nobody pays a sum that was not shown."""
    vase = make_variant(stock=5)
    buyer = Shopper(client_for(make_buyer()[0]))
    buyer.open(f"/buy/{vase.public_id}/")
    cost(vase, price)
    buyer.press("Pay now")
    assert buyer.status == 409
    buyer.says(f"The total was €102.00 and is now {now}", "Nothing was charged")
    assert standing(vase) == UNTOUCHED
    # Asked again, she agrees: that sum is paid, with one press.
    buyer.press("Pay now")
    buyer.says("It is paid", now)
    work()
    assert standing(vase) == Standing(("paid",), (("authorized", 0, 0, 0),), (4,))
    taken = payment(reference=Purchase.objects.get().public_id)
    assert taken is not None
    assert taken.amount == Money(price + 600, "EUR")


@pytest.mark.django_db
def test_at_the_till_the_price_is_the_one_that_was_shown_or_it_is_asked_again(
    sandbox: Sandbox,
) -> None:
    vase = make_variant(stock=5)
    buyer = guest()
    buyer.begin_checkout(vase)
    cost(vase, 9_900)
    before = standing(vase)
    buyer.press("Continue to payment", **GUEST)
    assert buyer.status == 409
    buyer.says("The total was €102.00 and is now €105.00", "Nothing was charged")
    assert fields_of(form_of(buyer))["name"] == GUEST["name"]
    assert standing(vase) == before
    buyer.press("Continue to payment")
    buyer.come_back(sandbox.pay(buyer.sent_to))
    buyer.says("It is paid", "€105.00")
    work()
    assert standing(vase) == Standing(("paid",), (("authorized", 0, 0, 0),), (4,))


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False], ids=["a kept card", "a guest"])
def test_stock_that_went_while_the_sheet_was_open_is_said_before_paying(
    sandbox: Sandbox, known: bool
) -> None:
    vase = make_variant(stock=5)
    buyer = Shopper(client_for(make_buyer()[0])) if known else guest()
    buyer.open(f"/buy/{vase.public_id}/")
    write_off(variant_id=vase.pk, quantity=5, actor_id=None)
    buyer.press("Pay", **({} if known else GUEST))
    assert buyer.status == 409
    buyer.says("Sold out", "Nothing was charged")
    assert standing(vase) == Standing(orders=(), payments=(), free=(0,))
    receive(variant_id=vase.pk, quantity=1, actor_id=None)
    buyer.open(f"/buy/{vase.public_id}/")
    buyer.press("Pay" if known else "Continue to payment", **({} if known else GUEST))
    if not known:
        buyer.come_back(sandbox.pay(buyer.sent_to))
    buyer.says("It is paid")
    assert standing(vase).free == (0,)


@pytest.mark.django_db
def test_what_is_held_at_the_till_is_not_sold_to_another(sandbox: Sandbox) -> None:
    vase = make_variant(stock=1)
    first, second = guest(), guest()
    first.begin_checkout(vase)
    second.open(f"/buy/{vase.public_id}/")
    second.says("Sold out", "holds the last one for a few minutes")
    first.press("Continue to payment", **GUEST)
    first.come_back(sandbox.pay(first.sent_to))
    first.says("It is paid")
    work()
    assert standing(vase) == Standing(("paid",), (("authorized", 0, 0, 0),), (0,))


def form_of(buyer: Shopper) -> Any:
    form = buyer.soup.select_one("form.till")
    assert form is not None
    return form
