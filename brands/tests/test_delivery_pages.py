"""The delivery editor by its pages: what is refused stays as typed, nobody else comes near."""

import pytest
from bs4 import BeautifulSoup

from accounts.testing import client_for, make_brand, owner_of
from catalog.queries import methods_of
from catalog.testing import make_delivery_method

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "By bicycle",
    "where": "chosen",
    "countries": ["DE", "AT"],
    "price": "7.50",
    "free_from": "80",
    "min_days": "1",
    "max_days": "3",
}


@pytest.fixture
def brand():
    return make_brand(handle="ondine")


@pytest.fixture
def owner(brand):
    return client_for(owner_of(brand))


def names(brand):
    return [(one.name, one.active) for one in methods_of(seller_id=brand.pk)]


def typed_on(page):
    """What the form holds, as a browser would send it."""
    fields: dict[str, list[str]] = {}
    for one in page.select("main form.zones input[name]"):
        if one["type"] not in ("radio", "checkbox") or one.has_attr("checked"):
            fields.setdefault(str(one["name"]), []).append(str(one.get("value", "")))
    return fields


@pytest.mark.slow
@pytest.mark.parametrize("editing", [False, True], ids=["new", "edit"])
@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "", "Enter a name."),
        ("price", "a lot", "amount"),
        ("price", "-1", "amount"),
        ("min_days", "", "Enter a number of working days."),
        ("max_days", "0", "This must not be fewer than the days above."),
        ("max_days", "999", "120"),
        ("countries", [], "Choose at least one country."),
        ("countries", ["US"], "US"),
    ],
)
def test_what_is_refused_is_said_beside_the_field_and_kept(
    brand, owner, editing, field, text, words
):
    own = make_delivery_method(seller=brand, name="Standard")
    before = methods_of(seller_id=brand.pk)
    path = f"/studio/ondine/delivery/{own.public_id if editing else 'new'}/"
    answer = owner.post(path, {**TYPED, field: text})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html5lib")
    beside = page.find(id=f"id_{field}_error")
    assert beside is not None
    assert words in beside.get_text()
    assert page.select_one(".errs") is not None
    kept, wanted = typed_on(page), {**TYPED, field: text}
    for name in set(TYPED) - {"countries"}:
        assert kept[name] == [wanted[name]], name
    if field != "countries":
        assert set(kept["countries"]) == set(TYPED["countries"])
    assert methods_of(seller_id=brand.pk) == before


def test_a_method_is_made_changed_moved_and_switched(brand, owner):
    studio = "/studio/ondine/delivery/"
    make_delivery_method(seller=brand, name="Standard")
    assert owner.post(f"{studio}new/", TYPED).status_code == 302
    assert names(brand) == [("Standard", True), ("By bicycle", True)]
    made = methods_of(seller_id=brand.pk)[1]
    assert (made.price.amount, made.min_days, sorted(made.countries)) == (750, 1, ["AT", "DE"])

    own = f"{studio}{made.method_id}/"
    fields = typed_on(BeautifulSoup(owner.get(own).content, "html5lib"))
    assert owner.post(own, {**fields, "name": "By boat"}).status_code == 302
    owner.post(f"{own}move/", {"to": "up"})
    assert names(brand) == [("By boat", True), ("Standard", True)]
    owner.post(f"{own}move/", {"to": "up"})
    assert owner.post(f"{own}move/", {"to": "sideways"}).status_code == 404
    owner.post(f"{own}switch/", {"on": "0"})
    assert names(brand) == [("By boat", False), ("Standard", True)]
    owner.post(f"{own}switch/?on=1")
    assert names(brand) == [("By boat", True), ("Standard", True)]


@pytest.mark.parametrize("act", ["", "switch/", "move/"])
def test_another_brands_method_is_not_in_ones_own_studio(owner, act):
    rival = make_brand()
    theirs = make_delivery_method(seller=rival)
    before = methods_of(seller_id=rival.pk)
    told = []
    for method_id in (theirs.public_id, "zzzzzzzzzzzz"):
        path = f"/studio/ondine/delivery/{method_id}/{act}"
        answer = owner.post(path, {**TYPED, "on": "0", "to": "down"})
        told.append((answer.status_code, answer.content.decode().count(theirs.name)))
        assert act or owner.get(path).status_code == 404
    assert told == [(404, 0), (404, 0)]
    assert methods_of(seller_id=rival.pk) == before
