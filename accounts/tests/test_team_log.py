"""The log of a brand: written with the act, never changed, read by owners."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import actions, queries
from accounts.models import BrandAct
from accounts.testing import Profile, client_for, make_brand, make_member, make_person, owner_of

pytestmark = pytest.mark.django_db


def log_path(brand: Profile) -> str:
    return reverse("accounts:studio_log", kwargs={"handle": brand.handle})


def user_id(person: Profile) -> int:
    assert person.user_id is not None
    return person.user_id


def record(
    brand: Profile, person: Profile, subject: str, act: str = "catalog.product_added"
) -> None:
    actions.record_act(brand_id=brand.pk, actor_id=user_id(person), act=act, subject=subject)


def subjects(client: Client, path: str) -> list[str]:
    soup = BeautifulSoup(client.get(path).content, "html5lib")
    told = [next(row.find_all("td")[3].stripped_strings) for row in soup.select("tbody tr")]
    return [str(one) for one in told]


def test_an_act_that_nobody_registered_is_an_error() -> None:
    brand = make_brand()
    with pytest.raises(KeyError):
        record(brand, owner_of(brand), "Vase", act="catalog.typo")
    assert not BrandAct.objects.exists()


def test_an_act_that_fails_leaves_no_line() -> None:
    brand = make_brand()

    def act_and_fail() -> None:
        with transaction.atomic():
            record(brand, owner_of(brand), "Vase")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_and_fail()
    assert not BrandAct.objects.exists()


def test_long_words_are_cut() -> None:
    brand = make_brand()
    record(brand, owner_of(brand), "x" * 500)
    assert len(BrandAct.objects.get().subject) == 200


@pytest.mark.parametrize("change", ["subject", "act"])
def test_the_database_refuses_changes(change: str) -> None:
    brand = make_brand()
    record(brand, owner_of(brand), "Vase")
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandAct.objects.update(**{change: "other"})
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandAct.objects.all().delete()
    assert BrandAct.objects.get().subject == "Vase"


def test_a_deleted_account_leaves_its_acts_without_a_name() -> None:
    brand = make_brand()
    member = make_member(brand=brand, role="catalogue")
    record(brand, member, "Vase")
    assert member.user is not None
    member.user.delete()
    page = client_for(owner_of(brand)).get(log_path(brand)).content.decode()
    assert "Somebody who left" in page
    assert "Vase" in page


def test_owners_read_who_did_what() -> None:
    brand = make_brand(name="Ondine")
    record(brand, owner_of(brand), "Fluted vase")
    page = client_for(owner_of(brand)).get(log_path(brand)).content.decode()
    soup = BeautifulSoup(page, "html5lib")
    cells = [cell.get_text(" ", strip=True) for cell in soup.select("tbody td")]
    assert cells[1:] == [owner_of(brand).name, "added a product", "Fluted vase"]


def test_narrowed_by_person_and_by_kind() -> None:
    brand = make_brand()
    owner, packer = owner_of(brand), make_member(brand=brand, role="orders")
    record(brand, owner, "Vase")
    record(brand, packer, "P-1", act="orders.packed")
    record(brand, owner, "P-2", act="orders.packed")
    client, path = client_for(owner), log_path(brand)
    assert subjects(client, path)[:3] == ["P-2", "P-1", "Vase"]
    assert subjects(client, f"{path}?group=products") == ["Vase"]
    assert subjects(client, f"{path}?person={packer.handle}") == ["P-1"]
    assert subjects(client, f"{path}?person={packer.handle}&group=products") == []
    assert subjects(client, f"{path}?group=nonsense")[:3] == ["P-2", "P-1", "Vase"]


def test_pages_join_without_gap_or_repeat() -> None:
    brand = make_brand()
    wanted = [f"Vase {number}" for number in range(95)]
    for subject in wanted:
        record(brand, owner_of(brand), subject)
    client, path, found = client_for(owner_of(brand)), log_path(brand), []
    while path:
        found += subjects(client, path)
        more = BeautifulSoup(client.get(path).content, "html5lib").select_one(".more a")
        path = str(more["href"]) if more else ""
    assert found == list(reversed(wanted))


def test_an_empty_log_says_what_will_be_there() -> None:
    brand = make_brand()
    page = client_for(owner_of(brand)).get(log_path(brand)).content.decode()
    assert "Nothing yet" in page


@pytest.mark.parametrize("role", ["catalogue", "orders", "chat", "ads", "finance"])
def test_the_team_does_not_read_it(role: str) -> None:
    brand = make_brand()
    member = make_member(brand=brand, role=role)  # type: ignore[arg-type]
    assert client_for(member).get(log_path(brand)).status_code == 404


def test_strangers_find_nothing_and_no_line_crosses() -> None:
    brand, other = make_brand(), make_brand()
    record(brand, owner_of(brand), "Secret vase")
    guest = Client()
    for client in (guest, client_for(make_person()), client_for(owner_of(other))):
        assert client.get(log_path(brand)).status_code == (302 if client is guest else 404)
    assert queries.brand_log(brand_id=other.pk).rows == []


@pytest.mark.parametrize("lines", [1, 30])
def test_the_page_costs_the_same_however_long(
    lines: int, django_assert_num_queries: object
) -> None:
    brand = make_brand()
    for number in range(lines):
        record(brand, owner_of(brand), f"Vase {number}")
    client = client_for(owner_of(brand))
    # Session, user with their brands, team, log, orders that wait.
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get(log_path(brand))
