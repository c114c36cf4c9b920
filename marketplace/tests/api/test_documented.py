"""The commands of docs/api.md, run as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Follow
from accounts.testing import make_address, make_brand, make_token, owner_of
from catalog.testing import make_delivery_method, make_product
from core.testing import picture_file
from feed.models import Pin
from feed.testing import make_pin
from inventory.actions import receive
from orders.actions import ship
from orders.models import Purchase
from payments.testing import keep_card

DOCUMENT = Path(__file__).parents[3] / "docs" / "api.md"
SITE = "http://localhost:8000"
ORDER, LINE = "7KQ4-2M86", "q8d3m6vtxk2h"
PICTURE, VARIANT, TOTAL, SHOWN = "k7m2p9qtxw4z", "h4t8w2kzq9mp", "10300", "w5x8r3tbn2yd"


def commands() -> list[str]:
    """What stands behind `curl` in the document, in its order."""
    blocks = re.findall(r"^```\n(.*?)^```", DOCUMENT.read_text(), re.DOTALL | re.MULTILINE)
    text = "\n".join(blocks).replace("\\\n", " ")
    return re.findall(r"^curl (.*?)(?=^curl |^export |\n\n|\Z)", text, re.DOTALL | re.MULTILINE)


def run(command: str, known: dict[str, str]) -> Any:
    """Send what curl would send; `known` are the words that a reader puts in."""
    for word, ours in known.items():
        command = command.replace(word, ours)
    words = iter(shlex.split(command))
    method, address, headers = "GET", "", {}
    form: dict[str, Any] = {}
    json: str | None = None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-F":
            name, _equals, value = next(words).partition("=")
            form[name] = picture_file() if value.startswith("@") else value
        elif word == "--json":
            json = next(words)
            method = "POST" if method == "GET" else method
        else:
            assert word.startswith(SITE), f"this test does not know {word}"
            address = word.removeprefix(SITE)
    client = Client(enforce_csrf_checks=True)
    if form:
        return client.post(address, form, headers=headers)
    return client.generic(
        method, address, json or "", content_type="application/json", headers=headers
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sandbox")
def test_every_command_of_the_document_works_as_it_stands_there() -> None:
    brand = make_brand(name="Ondine Studio", handle="ondine-studio")
    loom = make_brand(name="Field & Loom", handle="field-loom")
    owner = owner_of(brand)
    assert owner.user is not None
    make_address(user=owner.user)
    keep_card(user_id=owner.user.pk)
    make_delivery_method(seller=loom, price=600)
    rug = make_product(seller=loom, with_delivery=False)
    receive(variant_id=rug.variants.get().pk, quantity=3, actor_id=None)
    known = {
        "$TOKEN": make_token(owner).secret,
        VARIANT: rug.variants.get().public_id,
        SHOWN: make_pin(author=loom).public_id,
    }

    me, follow, picture, pin, quote, purchase, save, review = commands()
    assert run(me, known).json()["profile"]["handle"] == owner.handle
    assert run(follow, known).status_code == 200
    assert Follow.objects.filter(follower=brand, followed=loom).exists()
    stored = run(picture, known)
    assert (stored.status_code, stored.json()["picture"]["alt"]) == (
        201,
        "A tall vase in late light",
    )
    known[PICTURE] = stored.json()["id"]
    made = run(pin, known)
    assert made.status_code == 201, made.content
    assert Pin.objects.get(public_id=made.json()["id"]).author == brand
    total = run(quote, known).json()["total"]
    known[TOTAL] = str(total["amount"])
    bought = run(purchase, known)
    assert (bought.status_code, bought.json()["payment"]) == (201, "paid"), bought.content
    assert Purchase.objects.get().public_id == bought.json()["id"]
    assert run(save, known).json()["note"] == "Fits the niche, measured."
    order = Purchase.objects.get().orders.get()
    seller = owner_of(loom).user
    assert seller is not None
    ship(number=order.number, seller_id=loom.pk, actor_user_id=seller.pk)
    known |= {ORDER: order.number, LINE: order.lines.get().public_id}
    assert run(review, known).json()["stars"] == 4
    rug.refresh_from_db()
    assert rug.rating_sum == 4
