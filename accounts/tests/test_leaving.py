"""Deleting an account and closing a brand, through their pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts import actions
from accounts.actions import erasing, organizations
from accounts.errors import BrandNeedsOwner, WrongState
from accounts.models import Address, Follow, Membership, Organization, Profile, User
from accounts.receivers import erase_pictures
from accounts.testing import (
    PASSWORD,
    client_for,
    make_address,
    make_brand,
    make_member,
    make_person,
    make_token,
    owner_of,
)
from accounts.token_models import ApiToken
from accounts.types import OrganizationData
from core import audits, files
from core.errors import NotFound
from core.media import Image, store_image
from core.testing import deliver_all, in_the_middle, picture_file

pytestmark = pytest.mark.django_db


def logged_in(profile: Profile) -> Client:
    """A browser in which somebody logged in and gave the password once more."""
    client = Client()
    client.post("/accounts/login/", {"login": profile.user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/?next=/settings/delete/", {"password": PASSWORD})
    return client


def erase(profile: Profile) -> None:
    assert profile.user_id is not None
    actions.erase_account(user_id=profile.user_id)


def test_the_page_deletes_and_logs_out_and_the_address_is_free() -> None:
    noor = make_person(name="Noor Haddad", email="noor@mail.example")
    phone, laptop = logged_in(noor), logged_in(noor)
    answer = laptop.post("/settings/delete/", {"sure": "on"}, follow=True)
    assert answer.status_code == 200
    assert "Your account is deleted" in answer.content.decode()
    for client in (phone, laptop):
        assert client.get("/settings/").status_code == 302, "every session is over"
    assert Client().get("/@noor-haddad/").status_code == 404
    refused = Client().post(
        "/accounts/login/", {"login": "noor@mail.example", "password": PASSWORD}
    )
    assert refused.status_code != 302
    assert make_person(email="noor@mail.example").pk != noor.pk


def test_nothing_happens_without_the_box_or_without_the_password_once_more() -> None:
    noor = make_person()
    client = logged_in(noor)
    assert client.post("/settings/delete/", {}).status_code == 422
    client = client_for(noor)
    answer = client.post("/settings/delete/", {"sure": "on"})
    assert answer.status_code == 302
    assert "/accounts/reauthenticate/" in answer["Location"]
    noor.refresh_from_db()
    assert noor.state == "approved"
    assert User.objects.get(pk=noor.user_id).is_active


def test_what_is_left_names_nobody() -> None:
    noor = make_person(name="Quillon Vesper", handle="quillon", email="quillon@mail.example")
    other = make_person()
    actions.update_profile(
        profile_id=noor.pk,
        name="Quillon Vesper",
        handle="quillon",
        bio="quillon writes",
        links=["https://quillon.example/"],
    )
    assert noor.user is not None
    make_address(user=noor.user)
    actions.follow(follower_id=noor.pk, followed_id=other.pk)
    actions.follow(follower_id=other.pk, followed_id=noor.pk)
    actions.mute_word(muter_id=noor.pk, word="beige")
    for person, line1 in ((noor, "Quillon Row 5"), (other, "Long Row 5")):
        add_address_by_program(person, line1=line1)
    for person, line1 in ((noor, "Quillon Lane 5"), (noor, "Quillon Lane 7"), (other, "Elm Lane")):
        put_address_aside(person, line1=line1)
    assert "core_idempotencykey" in rows_with("quillon")
    assert [text.count("Quillon Lane") for text in said_in_sessions()] == [1, 1, 0]
    erase(noor)
    assert sorted(rows_with("Long Row")) == ["accounts_address", "core_idempotencykey"], (
        "another's stays"
    )
    other.refresh_from_db()
    assert (other.followers_count, other.following_count) == (0, 0)
    assert not Follow.objects.exists()
    assert not Address.objects.filter(user=noor.user).exists()
    assert rows_with("quillon") == []
    kept = said_in_sessions()
    assert len(kept) == 1
    assert "Elm Lane" in kept[0], "another's stays"


def test_what_was_on_its_way_when_they_left_is_not_kept() -> None:
    """Asked with the right of before, and done behind the closing."""
    noor = make_person()
    assert noor.user is not None
    address = make_address(user=noor.user)
    removed = actions.delete_address(user_id=noor.user.pk, public_id=address.public_id)
    again = replace(address, public_id="")
    erase(noor)
    for act in (
        lambda: actions.save_address(user_id=noor.user_id or 0, data=again),
        lambda: actions.restore_address(user_id=noor.user_id or 0, before=removed),
        lambda: make_token(noor),
    ):
        with pytest.raises(NotFound):
            act()
    assert not Address.objects.exists()
    assert not ApiToken.objects.exists()


def add_address_by_program(person: Profile, *, line1: str) -> None:
    """With a key, under which the whole answer is kept."""
    address = {"name": "N. N.", "line1": line1, "postcode": "1", "city": "Ghent", "country": "BE"}
    answer = Client().post(
        "/api/v1/me/addresses/",
        address,
        content_type="application/json",
        headers={
            "Authorization": f"Bearer {make_token(person).secret}",
            "Idempotency-Key": "a" * 20,
        },
    )
    assert answer.status_code == 201, answer.content


def put_address_aside(person: Profile, *, line1: str) -> None:
    """A browser in which an address was removed: for its Undo the session holds it."""
    assert person.user is not None
    address = make_address(user=person.user)
    Address.objects.filter(public_id=address.public_id).update(line1=line1)
    answer = logged_in(person).post(f"/settings/addresses/{address.public_id}/delete/")
    assert answer.status_code == 302


def said_in_sessions() -> list[str]:
    """What each session holds, the oldest first; inside of the table no search would find it."""
    rows = Session.objects.order_by("expire_date")
    return [json.dumps(row.get_decoded()) for row in rows]


def rows_with(text: str) -> list[str]:
    """Tables that hold a text anywhere, but for facts, which die by themselves within days, and
    sessions, which are packed (`said_in_sessions`)."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in ("core_outboxevent", Session._meta.db_table):
                continue
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ILIKE %s", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_an_only_owner_hands_over_or_closes_first() -> None:
    brand = make_brand(name="Ondine")
    owner, helper = owner_of(brand), make_member(brand=brand, role="orders")
    client = logged_in(owner)
    assert "Ondine" in client.get("/settings/delete/").content.decode()
    answer = client.post("/settings/delete/", {"sure": "on"})
    assert answer.status_code == 422
    assert "only owner of Ondine" in answer.content.decode()
    with pytest.raises(BrandNeedsOwner):
        erase(owner)
    actions.add_member(brand_id=brand.pk, user_id=helper.user.pk, role="owner")
    erase(owner)
    brand.refresh_from_db()
    assert brand.state == "approved"
    assert owner_of(brand).pk == helper.pk


def test_closing_a_brand_ends_it_for_everybody_and_lets_the_owner_go() -> None:
    brand = make_brand(name="Ondine", handle="ondine")
    owner, fan, member = owner_of(brand), make_person(), make_member(brand=brand)
    actions.follow(follower_id=fan.pk, followed_id=brand.pk)
    page = f"/settings/close/{brand.public_id}/"
    assert logged_in(member).post(page, {"sure": "on"}).status_code == 404
    assert logged_in(fan).get(page).status_code == 404
    client = logged_in(owner)
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"sure": "on"}).status_code == 302
    assert Client().get("/@ondine/").status_code == 404
    assert client.get("/studio/ondine/").status_code == 404
    fan.refresh_from_db()
    assert fan.following_count == 0
    erase(owner)


def test_deleting_twice_is_refused() -> None:
    noor = make_person()
    erase(noor)
    with pytest.raises(NotFound):
        erase(noor)


def test_files_go_and_a_killed_removal_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    noor, other = make_person(), make_person()
    mine = [store_image(file=picture_file(), owner_id=noor.pk) for _ in range(3)]
    theirs = store_image(file=picture_file(), owner_id=other.pk)
    folders: list[Path] = [files.directory_of(image.public_id) for image in mine]
    erase(noor)
    remove = files.remove_directory
    calls: list[Path] = []

    def killed(directory: Path) -> None:
        if len(calls) == 1:
            raise KeyboardInterrupt
        calls.append(directory)
        remove(directory)

    event = json.loads(json.dumps({"profile_id": noor.pk, "user_id": noor.user_id}))
    monkeypatch.setattr(files, "remove_directory", killed)
    with pytest.raises(KeyboardInterrupt):
        erase_pictures(actions.erasing.AccountErased(**event))
    assert sum(folder.exists() for folder in folders) == 2
    monkeypatch.setattr(files, "remove_directory", remove)
    deliver_all()
    assert not any(folder.exists() for folder in folders)
    assert not Image.objects.filter(owner_id=noor.pk).exists()
    assert files.directory_of(theirs.public_id).exists()
    assert Image.objects.filter(pk=theirs.pk).exists()


def seen_teams(user_id: int) -> list[int]:
    """The organizations of somebody, without the lock."""
    return list(Organization.objects.filter(memberships__user=user_id).values_list("id", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [False, True])
def test_a_company_that_is_added_while_the_account_ends_ends_with_it(
    again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends waits for the new one, and looks for companies again; without that it stays."""
    person = make_person()
    company = OrganizationData(
        name="Late GmbH", line1="Weg 1", postcode="10115", city="Berlin", country="DE"
    )
    if not again:
        monkeypatch.setattr(erasing, "_teams_of", lambda _user: Organization.objects.none())
        monkeypatch.setattr(erasing, "_lock_teams_of", seen_teams)
    added, ended, waited = in_the_middle(
        seam=(organizations, "_add"),
        act=lambda: actions.save_organization(user_id=person.user_id or 0, data=company),
        meanwhile=lambda: erase(person),
    )
    assert (ended, waited) == (None, True)
    assert added.was is None
    assert not Profile.objects.exclude(state="closed").exists()
    assert not Membership.objects.exists()
    assert Organization.objects.exists() is not again
    said = [one.check for one in audits.violations(invariants=frozenset({"I10"}))]
    speaks = "A company without a brand and without members says nothing"
    assert said == ([] if again else [speaks])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("other_way", ["erases", "leaves the team"])
def test_two_owners_who_go_at_once_do_not_both_go(
    locked: bool, other_way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One looks whether another owner stays, and the other goes; the lock keeps them apart."""
    brand = make_brand()
    first, second = owner_of(brand), make_member(brand=brand, role="owner")
    if not locked:
        monkeypatch.setattr(erasing, "_lock_teams_of", seen_teams)

    def other() -> None:
        if other_way == "erases":
            erase(second)
        else:
            actions.remove_member(brand_id=brand.pk, user_id=second.user_id or 0)

    seam = (erasing, "brands_without_another_owner")
    *answers, waited = in_the_middle(seam=seam, act=lambda: erase(first), meanwhile=other)
    assert waited is locked
    owners = Membership.objects.filter(organization=brand.organization_id, role="owner")
    stayed = owners.filter(user__is_active=True).count()
    assert stayed == (1 if locked else 0)
    assert sum(isinstance(one, BrandNeedsOwner | WrongState) for one in answers) == stayed
