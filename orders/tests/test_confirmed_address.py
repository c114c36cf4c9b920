"""What a guest bought comes into the account that confirms the address of the receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from django.test import Client

from accounts.events import AddressConfirmed
from accounts.testing import PASSWORD, client_for, make_person
from core.audits import violations
from core.events import publish
from core.testing import deliver_all
from orders.links import purchase_token
from orders.models import Customer, Order
from orders.testing import buy, deliver, make_variant, told

pytestmark = pytest.mark.django_db

TYPED = "Gerda@Mail.Example"
FORM = {"email": "gerda@mail.example", "name": "Gerda Gast", "password1": "correct horse battery"}


def guest_order(email: str = TYPED, **more: Any) -> Order:
    placed = buy(make_variant(**more), email=email)
    told(placed)
    return Order.objects.get(number=placed.orders[0])


def code() -> str:
    deliver_all(raise_errors=False)
    letters = [str(one.body) for one in mail.outbox if one.to == [FORM["email"]]]
    found = [re.search(r"^([A-Z0-9-]{6,})$", body, re.MULTILINE) for body in letters]
    return [one[1] for one in found if one][-1]


def owner(order: Order) -> int | None:
    order.refresh_from_db()
    assert order.purchase.user_id == order.user_id
    return order.user_id


def test_what_a_guest_bought_is_there_for_who_signs_up_and_confirms_the_address(
    client: Client,
) -> None:
    first, second = guest_order(), guest_order("gerda@mail.example")
    others = guest_order("other@mail.example")
    unpaid = Order.objects.get(number=buy(make_variant(), email=TYPED).orders[0])
    client.post("/accounts/signup/", FORM)
    typed = code()
    assert {owner(one) for one in (first, second)} == {None}, "typing it is no proof"

    client.post("/accounts/confirm-email/", {"code": typed})
    deliver()

    user = EmailAddress.objects.get(email=FORM["email"]).user_id
    page = client.get("/orders/").content.decode()
    assert first.number in page
    assert second.number in page
    assert client.get(f"/order/{first.number}/").status_code == 200
    assert [owner(one) for one in (first, second, others, unpaid)] == [user, user, None, None]
    assert {one.buyer for one in Customer.objects.all()} == {f"u{user}", "eother@mail.example"}
    assert list(violations(invariants=frozenset({"I4", "I9", "I11"}))) == []


def test_twice_is_once_and_what_is_somebodys_stays_theirs(client: Client) -> None:
    taken, free = guest_order(), guest_order()
    friend = make_person()
    client_for(friend).post(f"/order/claim/{purchase_token(taken.purchase.public_id)}/")
    client.post("/accounts/signup/", FORM)
    client.post("/accounts/confirm-email/", {"code": code()})
    deliver()
    user = EmailAddress.objects.get(email=FORM["email"]).user_id
    before = [owner(taken), owner(free), *Customer.objects.order_by("pk").values_list()]
    assert before[:2] == [friend.user_id, user]
    with transaction.atomic():
        publish(AddressConfirmed(user_id=user))
    deliver()
    assert [owner(taken), owner(free), *Customer.objects.order_by("pk").values_list()] == before
    thief = client_for(make_person())
    token = purchase_token(free.purchase.public_id)
    assert thief.post(f"/order/claim/{token}/").status_code == 404
    assert owner(free) == user


def test_another_address_brings_its_orders_once_it_is_confirmed_and_not_before() -> None:
    order, person = guest_order(), make_person()
    browser = client_for(person)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/"})
    browser.post("/accounts/email/", {"email": TYPED, "action_add": "1"})
    deliver()
    assert owner(order) is None
    deliver_all(raise_errors=False)
    letter = next(one for one in reversed(mail.outbox) if one.to == [FORM["email"]])
    browser.post("/accounts/confirm-email/", {"code": str(letter.subject).split()[0]})
    deliver()
    assert owner(order) == person.user_id


@pytest.mark.parametrize("change", [{"verified": False}, {"email": "new@mail.example"}])
def test_a_fact_that_comes_late_gives_nothing_away(change: dict[str, Any]) -> None:
    order, person = guest_order(), make_person()
    rows = EmailAddress.objects.filter(user=person.user)
    rows.update(email=FORM["email"])
    rows.update(**change)
    assert person.user_id is not None
    with transaction.atomic():
        publish(AddressConfirmed(user_id=person.user_id))
    deliver()
    assert owner(order) is None


def test_who_has_left_gets_nothing() -> None:
    order, person = guest_order(), make_person()
    assert person.user is not None
    EmailAddress.objects.filter(user=person.user).update(email=FORM["email"])
    person.user.is_active = False
    person.user.save(update_fields=["is_active"])
    with transaction.atomic():
        publish(AddressConfirmed(user_id=person.user.pk))
    deliver()
    assert owner(order) is None
