"""Collections by program: by hand and by a rule, seen by guests, taken away and brought back."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.testing import make_brand, owner_of
from catalog.models import Collection
from catalog.testing import make_category, make_product
from core.testing import picture_file
from marketplace.tests.api.calling import Program, refusal

pytestmark = pytest.mark.django_db
STUDIO, PAGE = "studio/ondine/collections/", "profiles/ondine/collections/"


def shop() -> tuple[Program, list[Any]]:
    """A brand's program, and three vases of its own."""
    brand = make_brand(handle="ondine")
    vases = make_category(slug="vases").slug
    products = [
        make_product(seller=brand, title=title, category=vases)
        for title in ("Tall vase", "Low vase", "Round vase")
    ]
    return Program(owner_of(brand)), products


def test_by_hand_its_order_is_the_brands_and_guests_see_it() -> None:
    program, (tall, low, _other) = shop()
    cover = program.upload("pictures/", picture_file(), headers={"Acting-As": "ondine"}).json()
    body = {
        "title": "For the shelf",
        "order": "hand",
        "products": [low.public_id, tall.public_id],
        "cover_id": cover["id"],
    }
    made = program.post(STUDIO, body)
    assert [one["title"] for one in made["products"]] == ["Low vase", "Tall vase"]
    slug, guest = made["collection"]["slug"], Program(None)
    (seen,) = guest.get(PAGE)["results"]
    assert (seen["count"], seen["picture"]["id"]) == (2, cover["id"])
    shown = guest.get(f"{PAGE}{slug}/products/")["results"]
    assert [one["id"] for one in shown] == [low.public_id, tall.public_id]

    here = f"{STUDIO}{made['id']}/"
    hidden = program.put(here, {**body, "shown": False, "version": made["version"]})
    assert guest.get(PAGE)["results"] == []
    assert refusal(guest.call("GET", f"{PAGE}{slug}/"))[0] == 404
    late = program.call("PUT", here, {**body, "title": "Older", "version": made["version"]})
    assert refusal(late) == (409, "collection_overtaken")
    assert program.get(here)["version"] == hidden["version"]
    assert program.get(here)["collection"]["title"] == "For the shelf"

    program.good(program.call("DELETE", here))
    assert refusal(program.call("GET", here))[0] == 404
    assert program.post(f"{here}restore/")["collection"]["title"] == "For the shelf"


def test_a_rule_is_tried_and_kept_and_finds_what_comes() -> None:
    program, _products = shop()
    rule = {"category": "vases", "words": "tall"}
    tried = program.post(f"{STUDIO}try/", rule)
    assert (tried["count"], tried["products"][0]["title"]) == (1, "Tall vase")
    assert not Collection.objects.exists()
    made = program.post(STUDIO, {"title": "Tall ones", "kind": "rule", "rule": rule})
    assert (made["rule"]["words"], made["rule"]["every"], made["products"]) == ("tall", True, [])
    assert program.post(f"{STUDIO}try/", {})["count"] == 0


def test_what_is_not_right_is_named_and_not_made() -> None:
    program, (tall, _low, _other) = shop()
    theirs = make_product(seller=make_brand(), title="Not theirs")
    picture = Program(owner_of(make_brand())).upload("pictures/", picture_file()).json()["id"]
    wrong: dict[str, tuple[dict[str, Any], int]] = {
        "no rule": ({"kind": "rule"}, 422),
        "another's product": ({"products": [theirs.public_id]}, 422),
        "no such category": ({"kind": "rule", "rule": {"category": "nothing-like-it"}}, 422),
        "another's picture": ({"cover_id": picture}, 404),
        "no title": ({"title": ""}, 422),
    }
    for name, (change, status) in wrong.items():
        body = {"title": "Odd", "products": [tall.public_id], **change}
        answer = program.call("POST", STUDIO, body)
        assert refusal(answer)[0] == status, (name, answer.content)
        if status == 422:
            assert answer.json()["errors"], name
    assert not Collection.objects.exists()
