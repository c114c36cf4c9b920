"""What the document says of pin cards is what programs get."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.testing import make_brand
from catalog.actions import go_away
from catalog.testing import make_product, make_service
from core import clock
from feed.actions import show_service
from feed.testing import make_pin

pytestmark = pytest.mark.django_db


def words_of(schemas: dict[str, Any], node: Any) -> set[str]:
    """Every word that a field may be, behind whatever references."""
    if not isinstance(node, dict):
        return set()
    found = {one for one in node.get("enum", []) if one is not None}
    if "$ref" in node:
        found |= words_of(schemas, schemas[node["$ref"].rpartition("/")[2]])
    for several in ("oneOf", "anyOf", "allOf"):
        for one in node.get(several, []):
            found |= words_of(schemas, one)
    return found


def test_every_card_is_of_a_kind_that_the_document_names() -> None:
    brand, resting = make_brand(), make_brand()
    today = clock.now().date()
    go_away(
        seller_id=resting.pk,
        first=today,
        last=today + timedelta(days=5),
        note="Back soon.",
        actor_id=None,
    )
    service = make_service(seller=brand, title="Catalogue day")
    shown = make_pin(author=brand, title="Forty pots")
    show_service(author_id=brand.pk, service_id=service.pk, pin_ids=[shown.public_id])
    vase, bowl = make_product(), make_product()
    make_pin(title="One", products=[vase])
    make_pin(title="Several", products=[vase, bowl])
    make_pin(title="Plain")
    make_pin(title="Away", products=[make_product(seller=resting)])

    cards = {one["title"]: one for one in Client().get("/api/v1/walls/explore/").json()["results"]}
    assert {one["kind"] for one in cards.values()} == {"product", "look", "service", "picture"}
    assert cards["Away"]["availability"] == "away"
    assert cards["Forty pots"]["service"] == {
        "id": service.public_id,
        "title": "Catalogue day",
        "url": f"/service/{service.public_id}/{service.slug}/",
        "pricing": service.pricing,
        "price": {"amount": 48_000, "currency": "EUR"},
    }
    assert cards["Plain"]["service"] is None

    schemas = Client().get("/api/schema/").json()["components"]["schemas"]
    told = next(one for name, one in schemas.items() if name.startswith("PinCard"))["properties"]
    assert words_of(schemas, told["kind"]) == {one["kind"] for one in cards.values()}
    assert words_of(schemas, told["availability"]) >= {"away", "low", "sold_out"}
    assert "service" in told
