"""Guests ask by program as they do on pages: under the same limits, and answered by mail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.testing import Profile, client_for, make_brand, make_person
from catalog.testing import make_product, make_service
from core import clock
from core.media import store_image
from core.testing import deliver_all, picture_file
from feed.testing import make_pin
from messaging.models import Brief, Enquiry

pytestmark = pytest.mark.django_db

ASK = "/api/v1/questions/"
WHO = {"name": "Ana", "email": "Ana@Mail.example"}


@pytest.fixture
def brand() -> Profile:
    return make_brand(name="Ondine")


def send(path: str, body: dict[str, Any], client: Client | None = None) -> Any:
    return (client or Client()).post(path, body, content_type="application/json")


def wrong_fields(answer: Any) -> set[str]:
    assert answer.status_code == 422, answer.content
    return {one["field"] for one in answer.json()["errors"]}


def test_a_guest_asks_and_is_answered_by_mail(brand: Profile) -> None:
    vase = make_product(seller=brand, title="Tall vase")
    body = {"kind": "product", "id": vase.public_id, "text": "Is it glazed inside?"}
    for who, wrong in (
        ({}, {"name", "email"}),
        ({"name": "Ana"}, {"email"}),
        ({"email": "ana@mail.example"}, {"name"}),
        ({**WHO, "email": "ana"}, {"email"}),
    ):
        assert wrong_fields(send(ASK, body | who)) == wrong
    assert not Enquiry.objects.exists()
    answer = send(ASK, body | WHO)
    assert answer.status_code == 201
    asked = Enquiry.objects.get()
    assert (asked.public_id, asked.name, asked.email, asked.asker) == (
        answer.json()["id"],
        "Ana",
        "ana@mail.example",
        None,
    )
    deliver_all(except_queues=("media",))
    assert {tuple(one.reply_to) for one in mail.outbox} == {("ana@mail.example",)}


def test_a_member_is_known_and_says_no_other_address(brand: Profile) -> None:
    noor = make_person(name="Noor")
    body = {"kind": "brand", "id": brand.public_id, "text": "Open on Sunday?"}
    client = client_for(noor)
    assert wrong_fields(send(ASK, body | WHO, client)) == {"name", "email"}
    assert not Enquiry.objects.exists()
    assert send(ASK, body, client).status_code == 201
    assert noor.user is not None
    assert (Enquiry.objects.get().name, Enquiry.objects.get().email) == ("Noor", noor.user.email)


def test_a_guest_asks_for_a_quote_and_names_no_picture(brand: Profile) -> None:
    path = f"/api/v1/services/{make_service(seller=brand).public_id}/quote/"
    pin = make_pin(author=brand)
    body = {"text": "Forty cups.", "quantity": 40, "pin_ids": [pin.public_id]}
    assert wrong_fields(send(path, body)) == {"email"}
    uploaded = store_image(file=picture_file(), owner_id=None)
    refused = send(path, {**body, "email": WHO["email"], "picture_ids": [uploaded.public_id]})
    assert refused.status_code == 404
    assert not Enquiry.objects.exists()
    assert send(path, {**body, "email": WHO["email"]}).status_code == 201
    brief = Brief.objects.get()
    assert (brief.quantity, brief.pins, brief.enquiry.email) == (
        40,
        [pin.public_id],
        "ana@mail.example",
    )


def test_page_and_program_count_together(brand: Profile) -> None:
    service, pages = make_service(seller=brand), Client()
    quote = f"/quote/{service.public_id}/"
    body = {"text": "Cups", "email": "ana@mail.example"}
    with clock.fixed(clock.now()):
        for number in range(6):
            body["text"] = f"Cups, {number}"
            assert pages.post(quote, body, REMOTE_ADDR=f"10.0.0.{number}").status_code == 302
        before = Enquiry.objects.count()
        answer = send(f"/api/v1/services/{service.public_id}/quote/", {**body, "text": "More"})
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
        ask = f"/ask/brand/{brand.public_id}/"
        for number in range(20):
            pages.post(ask, {**WHO, "text": f"Open, {number}?"}, REMOTE_ADDR="10.1.1.1")
        asked = {"kind": "brand", "id": brand.public_id, "text": "Now?", **WHO}
        late = Client(REMOTE_ADDR="10.1.1.1").post(ASK, asked, content_type="application/json")
        assert (late.status_code, late.json()["code"]) == (429, "too_many")
    assert Enquiry.objects.count() == before + 20
