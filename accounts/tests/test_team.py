"""Who is on a brand's team, who is asked, who goes."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import get_args

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import actions, roles
from accounts.actions import team
from accounts.errors import NotYourInvitation, WrongState
from accounts.models import BrandAct, Invitation
from accounts.testing import (
    PASSWORD,
    Profile,
    client_for,
    make_brand,
    make_member,
    make_person,
    owner_of,
    protect,
    roles_in,
)
from accounts.types import Role
from core import clock
from core.errors import NotFound
from core.testing import deliver_all, in_the_middle, race, undo_in

pytestmark = pytest.mark.django_db

ANA = "ana@mail.example"


def team_path(brand: Profile, tail: str = "") -> str:
    return reverse("accounts:studio_team", kwargs={"handle": brand.handle}) + tail


def user_id(person: Profile) -> int:
    assert person.user_id is not None
    return person.user_id


def invite(brand: Profile, email: str = ANA, role: Role = "orders") -> str:
    """Ask somebody through the page; returns the path of the link in the newest mail to them."""
    form = {"email": email, "role": role}
    answer = client_for(owner_of(brand)).post(team_path(brand), form)
    assert answer.status_code == 302, answer.content.decode()
    return newest_link(email)


def newest_link(email: str) -> str:
    deliver_all()
    letters = [str(one.body) for one in mail.outbox if one.to == [email]]
    found = re.search(r"/team/join/[a-z0-9]+/", letters[-1])
    assert found
    return found[0]


def test_every_role_has_words() -> None:
    assert {one.code for one in roles.ROLES} == set(get_args(Role))


# --- joining -------------------------------------------------------------------------------------
def test_invited_accepted_on_the_team() -> None:
    brand, ana = make_brand(name="Ondine"), make_person(name="Ana", email=ANA)
    link = invite(brand, role="orders")
    client = client_for(ana)
    page = client.get(link).content.decode()
    assert "Join the team of Ondine" in page
    assert "Your role: Orders" in page
    answer = client.post(link)
    assert answer["Location"] == f"/studio/{brand.handle}/"
    assert roles_in(brand)[user_id(ana)] == "orders"
    assert client.get(f"/studio/{brand.handle}/orders/").status_code == 200
    assert client.get(team_path(brand)).status_code == 200


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected", "approved"])
def test_a_team_grows_before_the_brand_is_let_in(state: str) -> None:
    brand, ana = make_brand(), make_person(email=ANA)
    Profile.objects.filter(pk=brand.pk).update(state=state)
    link = invite(brand)
    assert client_for(ana).post(link).status_code == 302
    assert user_id(ana) in roles_in(brand)


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_an_invitation_ends_with_its_brand(state: str) -> None:
    brand, ana = make_brand(), make_person(email=ANA)
    link = invite(brand)
    Profile.objects.filter(pk=brand.pk).update(state=state)
    assert client_for(ana).post(link).status_code == 404
    assert user_id(ana) not in roles_in(brand)


def test_who_has_left_for_good_is_not_put_back() -> None:
    brand, sam = make_brand(), make_person(name="Sam")
    actions.add_member(brand_id=brand.pk, user_id=user_id(sam), role="orders")
    owner = user_id(owner_of(brand))
    token = actions.remove_member(brand_id=brand.pk, user_id=user_id(sam), actor_id=owner)
    actions.erase_account(user_id=user_id(sam))
    with pytest.raises(NotFound):
        actions.restore_member(brand_id=brand.pk, token=token, actor_id=owner)
    assert user_id(sam) not in roles_in(brand)


def test_the_link_has_enough_bits_and_we_keep_only_its_digest() -> None:
    brand = make_brand()
    token = invite(brand).split("/")[-2]
    assert len(token) * 4.75 >= 128  # 27 letters: 4.75 bits each
    row = Invitation.objects.get()
    assert token not in str(vars(row))


def test_a_newcomer_signs_up_and_comes_back_to_the_link() -> None:
    brand = make_brand()
    link = invite(brand)
    guest = Client()
    page = BeautifulSoup(guest.get(link).content, "html5lib")
    sign_up = page.find("a", string="Create an account")
    assert sign_up is not None
    form = {"email": ANA, "name": "Ana", "password1": PASSWORD, "next": link}
    guest.post(str(sign_up["href"]), form)
    deliver_all()
    code = str(mail.outbox[-1].subject).split()[0]
    answer = guest.post("/accounts/confirm-email/", {"code": code})
    assert answer["Location"].startswith("/welcome/?next=%2Fteam%2Fjoin%2F")
    assert guest.post(link)["Location"] == f"/studio/{brand.handle}/"
    assert "orders" in roles_in(brand).values()


def test_a_guest_cannot_accept() -> None:
    brand = make_brand()
    link = invite(brand)
    before = roles_in(brand)
    answer = Client().post(link)
    assert "Log in to join" in answer.content.decode()
    assert roles_in(brand) == before


def test_the_link_is_bound_to_its_address() -> None:
    brand, sam = make_brand(), make_person(name="Sam")
    link = invite(brand)
    before = roles_in(brand)
    answer = client_for(sam).post(link)
    assert answer.status_code == 403
    assert "another address" in answer.content.decode()
    assert roles_in(brand) == before
    assert Invitation.objects.get().accepted_at is None


def test_an_address_that_was_not_shown_to_be_theirs_does_not_count() -> None:
    brand, ana = make_brand(), make_person(email=ANA)
    link = invite(brand)
    assert ana.user is not None
    ana.user.emailaddress_set.update(verified=False)
    with pytest.raises(NotYourInvitation):
        actions.accept_invitation(token=link.split("/")[-2], user_id=user_id(ana))
    assert user_id(ana) not in roles_in(brand)


def test_the_link_is_good_once() -> None:
    brand, ana = make_brand(), make_person(email=ANA)
    link = invite(brand)
    client = client_for(ana)
    client.post(link)
    actions.remove_member(brand_id=brand.pk, user_id=user_id(ana))
    assert client.post(link).status_code == 404
    assert user_id(ana) not in roles_in(brand)


def test_the_link_ends_after_seven_days() -> None:
    brand, ana = make_brand(), make_person(email=ANA)
    link = invite(brand)
    with clock.fixed(clock.now() + timedelta(days=7, seconds=1)):
        assert client_for(ana).get(link).status_code == 404
        assert client_for(ana).post(link).status_code == 404
        page = client_for(owner_of(brand)).get(team_path(brand)).content.decode()
    assert "Expired" in page
    assert user_id(ana) not in roles_in(brand)


@pytest.mark.parametrize("how", ["resend", "withdraw", "invite again"])
def test_an_older_link_is_dead(how: str) -> None:
    brand, ana = make_brand(), make_person(email=ANA)
    link = invite(brand)
    owner, row = client_for(owner_of(brand)), Invitation.objects.get()
    if how == "invite again":
        invite(brand, role="chat")
    else:
        owner.post(team_path(brand, f"invited/{row.public_id}/{how}/"))
    assert client_for(ana).post(link).status_code == 404
    assert user_id(ana) not in roles_in(brand)
    if how != "withdraw":
        assert Invitation.objects.count() == 1
        assert client_for(ana).post(newest_link(ANA)).status_code == 302


def test_a_suspended_brand_takes_nobody_in() -> None:
    brand, ana = make_brand(), make_person(email=ANA)
    link = invite(brand)
    operator = make_person(staff=True)
    actions.suspend_brand(brand_id=brand.pk, operator_id=user_id(operator), reason="Fraud")
    assert client_for(ana).post(link).status_code == 404


def test_known_and_unknown_addresses_get_the_same_answer() -> None:
    brand = make_brand()
    make_person(email=ANA)
    client, answers = client_for(owner_of(brand)), []
    for email in (ANA, "bob@mail.example"):
        one = client.post(team_path(brand), {"email": email, "role": "chat"}, follow=True)
        answers.append(one.content.decode().replace(email, "X"))
    deliver_all()
    said = [BeautifulSoup(one, "html5lib").select(".toast")[0].get_text() for one in answers]
    assert said[0] == said[1]
    letters = [one for one in mail.outbox if "Join the team" in str(one.subject)]
    assert len(letters) == 2
    strip = [re.sub(r"/team/join/\w+/", "", str(one.body)) for one in letters]
    assert strip[0] == strip[1]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"email": "", "role": "chat"}, "Enter their e-mail address."),
        ({"email": "nonsense", "role": "chat"}, "Enter an e-mail address like"),
        ({"email": ANA, "role": ""}, "Choose a role."),
        ({"email": ANA, "role": "boss"}, "Choose one of the roles."),
        ({"email": f"{'x' * 300}@mail.example", "role": "chat"}, "254"),
    ],
)
def test_bad_input_is_said_and_kept(form: dict[str, str], words: str) -> None:
    brand = make_brand()
    answer = client_for(owner_of(brand)).post(team_path(brand), form)
    soup = BeautifulSoup(answer.content, "html5lib")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    box = soup.find(id="id_email")
    assert box is not None
    assert box.get("value", "") == form["email"]
    assert not Invitation.objects.exists()


def test_who_is_on_the_team_is_not_invited() -> None:
    brand = make_brand()
    make_member(brand=brand, person=make_person(email=ANA))
    answer = client_for(owner_of(brand)).post(team_path(brand), {"email": ANA, "role": "chat"})
    assert answer.status_code == 422
    assert "on your team already" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_invitations_have_a_limit() -> None:
    brand = make_brand()
    client = client_for(owner_of(brand))
    answers = [
        client.post(team_path(brand), {"email": f"a{number}@mail.example", "role": "chat"})
        for number in range(31)
    ]
    assert [one.status_code for one in answers[:30]] == [302] * 30
    assert answers[30].status_code == 429
    assert answers[30]["Retry-After"].isdigit()
    assert Invitation.objects.count() == 30


# --- roles ---------------------------------------------------------------------------------------
def test_an_owner_changes_a_role_and_the_log_says_so() -> None:
    brand = make_brand()
    member = make_member(brand=brand, role="chat")
    client = client_for(owner_of(brand))
    path = team_path(brand, f"{member.public_id}/")
    assert client.get(path).status_code == 200
    client.post(path, {"role": "catalogue"})
    assert roles_in(brand)[user_id(member)] == "catalogue"
    act = BrandAct.objects.latest("id")
    assert (act.act, act.subject, act.detail) == (
        "accounts.member_changed",
        member.name,
        "Catalogue",
    )


def test_a_role_given_by_mistake_is_taken_back_by_one_press() -> None:
    brand = make_brand()
    member = make_member(brand=brand, role="chat")
    client = client_for(protect(owner_of(brand)))
    path = team_path(brand, f"{member.public_id}/")
    client.post(undo_in(client.post(path, {"role": "finance"}, follow=True)))
    assert roles_in(brand)[user_id(member)] == "chat"
    again = client.post(path, {"role": "chat"}, follow=True)
    assert undo_in(again) == "", "it was so already"


def test_who_gives_their_own_role_away_is_offered_no_way_back_that_is_shut() -> None:
    brand = make_brand()
    owner, member = owner_of(brand), make_member(brand=brand, role="chat")
    make_member(brand=brand, role="owner")
    client = client_for(owner)
    both = [owner.public_id, member.public_id]
    listed = {"do": "role", "to-role": "orders", "row": both}
    answer = client.post(team_path(brand), listed, follow=True)
    assert f"1 stays as it was. {owner.name}: That is you." in answer.content.decode()
    client.post(undo_in(answer))
    assert [roles_in(brand)[user_id(one)] for one in (owner, member)] == ["owner", "chat"]
    answer = client.post(team_path(brand, f"{owner.public_id}/"), {"role": "chat"}, follow=True)
    assert roles_in(brand)[user_id(owner)] == "chat"
    assert "is Chat now" in answer.content.decode()
    assert undo_in(answer) == ""


def test_the_last_owner_stays() -> None:
    brand = make_brand()
    owner = owner_of(brand)
    client, before = client_for(owner), roles_in(brand)
    path = team_path(brand, f"{owner.public_id}/")
    answer = client.post(path, {"role": "chat"})
    assert answer.status_code == 422
    assert "at least one owner" in answer.content.decode()
    client.post(f"{path}remove/")
    client.post(team_path(brand, "leave/"))
    assert roles_in(brand) == before


def test_an_owner_whose_account_is_closed_does_not_count_as_one() -> None:
    brand = make_brand()
    second = make_member(brand=brand, role="owner")
    assert second.user is not None
    second.user.is_active = False
    second.user.save()
    with pytest.raises(WrongState):
        actions.remove_member(brand_id=brand.pk, user_id=user_id(owner_of_active(brand, second)))


def owner_of_active(brand: Profile, other: Profile) -> Profile:
    rows = Profile.objects.filter(user__memberships__organization=brand.organization_id)
    return rows.exclude(pk=other.pk).get()


def test_a_second_owner_may_go() -> None:
    brand = make_brand()
    first = owner_of(brand)
    make_member(brand=brand, role="owner")
    client_for(first).post(team_path(brand, "leave/"))
    assert user_id(first) not in roles_in(brand)


def test_taken_off_and_back_by_undo() -> None:
    brand = make_brand()
    member = make_member(brand=brand, role="finance")
    owner = client_for(owner_of(brand))
    answer = owner.post(team_path(brand, f"{member.public_id}/remove/"), follow=True)
    assert user_id(member) not in roles_in(brand)
    assert client_for(member).get(team_path(brand)).status_code == 404
    button = BeautifulSoup(answer.content, "html5lib").find("button", string="Undo")
    assert button is not None
    owner.post(str(button["formaction"]))
    assert roles_in(brand)[user_id(member)] == "finance"


def test_undo_is_signed_bound_to_its_brand_and_short() -> None:
    brand, other = make_brand(), make_brand()
    member = make_member(brand=brand, role="finance")
    token = actions.remove_member(brand_id=brand.pk, user_id=user_id(member))
    actor = user_id(owner_of(other))
    for brand_id, tried in ((other.pk, token), (brand.pk, f"{token}x"), (brand.pk, "x")):
        with pytest.raises(NotFound):
            actions.restore_member(brand_id=brand_id, token=tried, actor_id=actor)
    assert user_id(member) not in roles_in(brand)


def test_members_leave_but_do_not_rule() -> None:
    brand = make_brand()
    member, victim = make_member(brand=brand, role="finance"), make_member(brand=brand)
    client = client_for(member)
    before = roles_in(brand)
    row_path = team_path(brand, f"{victim.public_id}/")
    page = client.get(team_path(brand)).content.decode()
    assert "Leave the team" in page
    assert "@mail.example" not in BeautifulSoup(page, "html5lib").select(".panel")[0].get_text()
    for path, form in (
        (team_path(brand), {"email": ANA, "role": "owner"}),
        (row_path, {"role": "owner"}),
        (f"{row_path}remove/", {}),
    ):
        assert client.post(path, form).status_code == 404
    assert roles_in(brand) == before
    client.post(team_path(brand, "leave/"))
    assert user_id(member) not in roles_in(brand)


def test_another_brands_people_and_invitations_are_out_of_reach() -> None:
    brand, other = make_brand(), make_brand()
    member = make_member(brand=brand)
    invite(brand)
    row, client = Invitation.objects.get(), client_for(owner_of(other))
    before = roles_in(brand)
    for path in (
        team_path(other, f"{member.public_id}/"),
        team_path(other, f"{member.public_id}/remove/"),
        team_path(other, f"invited/{row.public_id}/withdraw/"),
        team_path(other, f"invited/{row.public_id}/resend/"),
    ):
        assert client.post(path, {"role": "owner"}).status_code == 404
    row.refresh_from_db()
    assert row.withdrawn_at is None
    assert roles_in(brand) == before


@pytest.mark.parametrize("people", [1, 12])
def test_the_page_costs_the_same_however_large_the_team(
    people: int, django_assert_num_queries: object
) -> None:
    brand = make_brand()
    for _number in range(people):
        make_member(brand=brand)
    client = client_for(owner_of(brand))
    # Session, user with their brands, team, invitations, orders that wait.
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get(team_path(brand))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [False, True])
def test_two_owners_who_leave_at_once_do_not_both_go(
    locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One looks whether another owner is there, and the other goes; the lock keeps them apart."""
    brand = make_brand()
    owners = [user_id(owner_of(brand)), user_id(make_member(brand=brand, role="owner"))]

    def unlocked(brand_id: int) -> Profile:
        return Profile.objects.select_related("organization").get(pk=brand_id)

    if not locked:
        monkeypatch.setattr(team, "locked_brand", unlocked)
    one, other = (
        partial(actions.remove_member, brand_id=brand.pk, user_id=owner) for owner in owners
    )
    *answers, waited = in_the_middle(seam=(team, "_keep_an_owner"), act=one, meanwhile=other)
    assert waited is locked
    left = len(roles_in(brand))
    assert left == (1 if locked else 0)
    assert sum(isinstance(one, WrongState) for one in answers) == left


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_take_each_other_off_at_once_leave_one() -> None:
    """The lock is the one of the test above, whose control shows what happens without it."""
    brand = make_brand()
    owners = [owner_of(brand), make_member(brand=brand, role="owner")]
    answers = race(
        2,
        lambda number: actions.remove_colleague(
            brand_id=brand.pk,
            person_id=owners[1 - number].public_id,
            actor_id=user_id(owners[number]),
        ),
    )
    assert len(roles_in(brand)) == 1
    assert sum(isinstance(one, WrongState) for one in answers) == 1


@pytest.mark.parametrize("role", [one for one in get_args(Role) if one != "owner"])
def test_programs_of_colleagues_read_nobody_s_e_mail(role: Role) -> None:
    brand = make_brand()
    member, path = make_member(brand=brand, role=role), f"/api/v1/studio/{brand.handle}/team/"
    seen = client_for(member).get(path).json()["results"]
    assert [one["email"] for one in seen] == ["", ""]
    owned = client_for(owner_of(brand)).get(path).json()["results"]
    there = [one.user.email for one in (owner_of(brand), member) if one.user]
    assert sorted(one["email"] for one in owned) == sorted(there)
