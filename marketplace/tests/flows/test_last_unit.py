"""Two hundred buyers want the last vase, over HTTP. The control shows that the race is real."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup
from pytest_django.live_server_helper import LiveServer

from core.limits import Level
from inventory import stock
from inventory.queries import available
from inventory.types import SoldOut
from marketplace.tests.flows.steps import fields_of, words
from orders.testing import Order, Purchase, Variant, make_variant
from payments.testing import Sandbox

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

BUYERS = 200
AT_ONCE = 16
GUEST = {
    "email": "guest@mail.example",
    "name": "Noor Haddad",
    "street": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
}


def test_one_of_two_hundred_gets_it_and_the_others_are_told_before_paying(
    live_server: LiveServer, sandbox: Sandbox
) -> None:
    vase = make_variant(stock=1)
    answers = rush(live_server.url, vase, buyers=BUYERS)
    assert Counter(answers) == {"pays": 1, "sold out": BUYERS - 1}
    assert Purchase.objects.count() == Order.objects.count() == 1
    assert available(variant_pks=[vase.pk]) == {vase.pk: 0}


def test_control_with_the_lock_off_it_is_sold_several_times(
    live_server: LiveServer, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_looked = threading.Barrier(2)

    def careless(model: Any, wants: Mapping[int, int]) -> dict[int, Level]:
        """Read, think, write."""
        ((pk, quantity),) = wants.items()
        row = model.objects.get(pk=pk)
        if row.available < quantity:
            raise SoldOut(variants=[pk])
        with suppress(threading.BrokenBarrierError):
            two_looked.wait(timeout=20)
            two_looked.abort()
        model.objects.filter(pk=pk).update(reserved=row.reserved + quantity)
        return {pk: Level(on_hand=row.on_hand, reserved=row.reserved + quantity)}

    monkeypatch.setattr(stock, "RESERVE", careless)
    vase = make_variant(stock=1)
    rush(live_server.url, vase, buyers=24)
    assert Order.objects.count() > 1, "the race did not show: the other test proves nothing"


def rush(url: str, vase: Variant, *, buyers: int) -> list[str]:
    """Everybody opens the sheet, and then everybody pays; what each was answered."""
    address = f"{url}/buy/{vase.public_id}/"

    def look(_number: int) -> tuple[httpx.Client, dict[str, str]]:
        # A kept connection would keep a thread and a database connection of the test server.
        client = httpx.Client(timeout=60, headers={"Connection": "close"})
        page = BeautifulSoup(client.get(address).text, "html5lib")
        form = page.select_one("form.sheet__form")
        assert form is not None, words(page)[:500]
        return client, {**fields_of(form), **GUEST, "do": "pay"}

    def pay(shopper: tuple[httpx.Client, dict[str, str]]) -> str:
        client, fields = shopper
        answer = client.post(address, data=fields)
        client.close()
        if answer.status_code == 303:
            return "pays"
        said = words(BeautifulSoup(answer.text, "html5lib"))
        return "sold out" if answer.status_code == 409 and "Sold out" in said else said[:300]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        shoppers = list(pool.map(look, range(buyers)))
        return list(pool.map(pay, shoppers))
