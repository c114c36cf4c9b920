"""Somebody logs in, or out, in the middle of a checkout."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.testing import PASSWORD, Profile, client_for, make_address, make_person
from core.audits import violations
from orders.models import BagLine, Checkout, Order, Purchase
from orders.testing import deliver, make_variant
from orders.tests.pages import FIVE, begun, form_of, path_of
from payments.testing import DECLINED

pytestmark = pytest.mark.django_db


def log_in(client: Client, person: Profile) -> None:
    assert person.user is not None
    data = {"login": person.user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", data).status_code == 302


def log_out(client: Client) -> None:
    assert client.post("/accounts/logout/").status_code == 302


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def rows_agree() -> bool:
    return list(violations(invariants=frozenset({"I9", "I11"}))) == []


def nothing_is_left(client: Client, address: str) -> bool:
    """Whether the next person at this browser finds neither checkout, bag nor what was typed."""
    assert client.get(address).status_code == 404
    assert client.post(address, {**FIVE, "do": "pay"}).status_code == 404
    sheet = text_of(client, f"/buy/{make_variant().public_id}/")
    pages = sheet + text_of(client, "/bag/") + text_of(client, "/orders/")
    return not any(FIVE[typed] in pages for typed in ("name", "street", "email"))


def test_who_logs_in_goes_on_at_the_same_address_with_what_they_typed(
    client: Client, sandbox: Any
) -> None:
    _variant, address, data = begun(client)
    declined = client.post(address, data)
    client.get(path_of(sandbox.pay(declined["location"], number=DECLINED)), follow=True)
    person = make_person()
    log_in(client, person)
    page = client.get(address)
    assert 'value="Gerda Gast"' in page.content.decode()
    assert BagLine.objects.get().bag.user_id == person.user_id
    for stranger in (Client(), client_for(make_person())):
        assert stranger.get(address).status_code == 404, "it was anybody's who had the address"

    going = client.post(address, {**form_of(page, "/checkout/"), **FIVE, "do": "pay"})
    done = client.get(path_of(sandbox.pay(going["location"])), follow=True)
    assert "It is paid" in done.content.decode()
    deliver()
    order = Order.objects.get(state="paid")
    assert order.purchase.user_id == person.user_id
    assert order.number in text_of(client, "/orders/")
    assert not BagLine.objects.exists(), "what is paid for is not in the bag any more"
    log_out(client)
    assert nothing_is_left(client, address)
    assert rows_agree()


def test_who_logs_in_while_paying_pays_once_and_finds_the_bag_empty(
    client: Client, sandbox: Any
) -> None:
    _variant, address, data = begun(client)
    going = client.post(address, data)
    log_in(client, make_person())
    assert client.post(address, data)["location"] == going["location"], "one payment"
    done = client.get(path_of(sandbox.pay(going["location"])), follow=True)
    assert "It is paid" in done.content.decode()
    deliver()
    assert Purchase.objects.count() == Order.objects.filter(state="paid").count() == 1
    assert not BagLine.objects.exists()
    assert rows_agree()


def test_who_logs_out_leaves_nothing_at_the_device(client: Client) -> None:
    person = make_person()
    assert person.user is not None
    log_in(client, person)
    make_address(user=person.user)
    _variant, address, _data = begun(client)
    kept = Checkout.objects.get()
    assert text_of(client, address)
    log_out(client)
    assert nothing_is_left(client, address)
    log_in(client, make_person())
    assert nothing_is_left(client, address)
    log_out(client)
    log_in(client, person)
    assert text_of(client, address), "and it waits for whose it is"
    assert BagLine.objects.get().bag_id == kept.bag_id
