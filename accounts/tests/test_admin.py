"""The administration of people and brands: decided with a reason, logged, cheap to list."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions, testing
from accounts import admin as accounts_admin
from accounts.actions import approval_checks
from accounts.models import BrandAct, Membership, Profile, ProviderLogIn, TopicFollowers, User
from accounts.session_models import LoginSession
from accounts.types import OrganizationData
from core.models import OutboxEvent
from core.testing import deliver_all

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "accounts"]
PROFILES = "/admin/accounts/profile/"


@pytest.fixture
def operator() -> Client:
    return testing.client_for(testing.make_operator())


def decide(client: Client, action: str, *rows: Profile, **data: str) -> Any:
    return client.post(
        PROFILES, {"action": action, "_selected_action": [row.pk for row in rows], **data}
    )


def test_brand_is_approved_after_a_reason(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    brand = testing.make_brand(name="Ondine", approved=False)
    monkeypatch.setattr(approval_checks, "_checks", [])  # what they want: brands/tests

    page = decide(operator, "approve", brand)
    assert "Everybody will see these brands" in page.content.decode()
    empty = decide(operator, "approve", brand, confirmed="1", reason="  ")
    assert "required" in empty.content.decode()
    brand.refresh_from_db()
    assert brand.state == "submitted"

    decide(operator, "approve", brand, confirmed="1", reason="Papers are fine")

    brand.refresh_from_db()
    assert brand.state == "approved"
    assert brand.decisions.latest("id").reason == "Papers are fine"
    assert "Papers are fine" in LogEntry.objects.get(object_id=str(brand.pk)).change_message


def test_wrong_decision_is_said_and_changes_nothing(operator: Client) -> None:
    person = testing.make_person()

    decide(operator, "approve", person, confirmed="1", reason="x")
    answer = operator.get(PROFILES)

    assert "There is no such brand" in answer.content.decode()
    person.refresh_from_db()
    assert person.state == "approved"
    assert not LogEntry.objects.exists()


def test_a_brand_that_has_not_asked_is_not_let_in(operator: Client) -> None:
    owner = testing.make_person().user_id or 0
    legal = OrganizationData(name="Kiln GmbH", email="office@kiln.example", country="DE")
    draft = actions.create_brand(owner_user_id=owner, name="Kiln", organization=legal, draft=True)

    decide(operator, "approve", draft, confirmed="1", reason="Known")

    assert "has not submitted it yet" in operator.get(PROFILES).content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not LogEntry.objects.exists()


def test_person_is_suspended_and_restored(operator: Client) -> None:
    person = testing.make_person()
    theirs = testing.client_for(person)

    decide(operator, "suspend", person, confirmed="1", reason="Spam")
    assert theirs.get("/settings/").status_code == 302
    decide(operator, "restore", person, confirmed="1", reason="A mistake")

    person.refresh_from_db()
    assert person.state == "approved"
    assert person.user is not None
    assert person.user.is_active


def test_operator_makes_a_brand_that_waits(operator: Client) -> None:
    owner = testing.make_person()
    form = {
        "name": "Kiln & Co",
        "bio": "Stoneware.",
        "owner": owner.user_id,
        "legal_name": "Kiln & Co GmbH",
        "contact_email": "office@kiln.example",
        "line1": "Hafenstraße 1",
        "postcode": "20457",
        "city": "Hamburg",
        "country": "DE",
    }

    assert operator.get(f"{PROFILES}add/").status_code == 200
    bad = operator.post(f"{PROFILES}add/", {**form, "handle": "admin"})
    assert "kept for the market" in bad.content.decode()
    answer = operator.post(f"{PROFILES}add/", form)

    assert answer.status_code == 302
    brand = Profile.objects.get(handle="kiln-and-co")
    assert (brand.kind, brand.state) == ("brand", "submitted")
    assert testing.owner_of(brand) == owner
    assert brand.organization is not None
    assert brand.organization.city == "Hamburg"


def test_whoever_has_a_profile_is_kept_out_through_it(operator: Client) -> None:
    person, clerk = testing.make_person(), testing.make_user(staff=True)
    assert person.user is not None
    for user, stays in ((person.user, True), (clerk, False)):
        path = f"/admin/accounts/user/{user.pk}/change/"
        assert ('name="is_active"' not in operator.get(path).content.decode()) == stays
        assert operator.post(path, {"email": user.email}).status_code == 302
        user.refresh_from_db()
        assert user.is_active == stays


def test_what_a_brand_says_of_itself_is_read_and_not_written(operator: Client) -> None:
    brand = testing.make_brand()
    legal = brand.organization
    assert legal is not None
    member = legal.memberships.get()
    was = (legal.name, legal.checked_at, member.role)
    for path in (f"organization/{legal.pk}", f"membership/{member.pk}"):
        page = operator.get(f"/admin/accounts/{path}/change/")
        assert page.status_code == 200
        assert not re.search(
            r'name="(name|checked_at\w*|role|memberships-0-(user|role|DELETE))"', str(page.content)
        )
        sent = {"name": "Another", "role": "chat", "memberships-TOTAL_FORMS": "0"}
        assert operator.post(f"/admin/accounts/{path}/change/", sent).status_code == 403
        assert operator.post(f"/admin/accounts/{path}/delete/", {"post": "yes"}).status_code == 403
    assert operator.get("/admin/accounts/membership/add/").status_code == 403
    legal.refresh_from_db()
    member.refresh_from_db()
    assert (legal.name, legal.checked_at, member.role) == was


def test_a_team_is_mended_with_a_reason_and_its_log_says_so(operator: Client) -> None:
    brand = testing.make_brand()
    packer = testing.make_member(brand=brand)
    assert brand.organization is not None
    team = brand.organization.memberships
    owner, member = team.get(role="owner"), team.get(role="orders")
    log = BrandAct.objects.filter(brand=brand)

    def act(action: str, row: Membership, **data: str) -> str:
        rows = {"action": action, "_selected_action": [row.pk]}
        answer = operator.post("/admin/accounts/membership/", rows | data, follow=True)
        return str(answer.content.decode())

    done = {"confirmed": "1", "reason": "Nobody else is left"}
    assert "at least one owner" in act("take_off", owner, **done)
    for reason in (" ", "x" * 251):
        asked = act("make_owner", member, confirmed="1", reason=reason)
        assert 'class="errorlist"' in asked
        assert "the owners read it in the brand&#x27;s log" in asked
    assert sorted(team.values_list("role", flat=True)) == ["orders", "owner"]
    assert not log.filter(act__startswith="accounts.member").exists()

    assert "second factor" in act("make_owner", member, **done)
    assert sorted(team.values_list("role", flat=True)) == ["orders", "owner"]
    testing.protect(Profile.objects.get(user__is_staff=True))
    act("make_owner", member, **done)
    act("take_off", owner, **done)
    assert list(team.values_list("user", "role")) == [(packer.user_id, "owner")]
    assert list(log.order_by("id").values_list("act", "detail")) == [
        ("accounts.member_changed", "Owner: Nobody else is left"),
        ("accounts.member_removed", "Owner: Nobody else is left"),
    ]
    assert LogEntry.objects.filter(change_message__contains="Nobody else is left").count() == 2


def test_who_left_the_team_meanwhile_is_not_made_its_owner(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the list and the lock of the team."""
    testing.protect(Profile.objects.get(user__is_staff=True))
    brand, brand_of = testing.make_brand(), accounts_admin._brand_of
    packer = testing.make_member(brand=brand)
    assert packer.user is not None
    row = packer.user.memberships.get()

    def left(asked: Membership) -> int:
        Membership.objects.filter(pk=asked.pk).delete()
        return brand_of(asked)

    monkeypatch.setattr(accounts_admin, "_brand_of", left)
    sent = {"action": "make_owner", "_selected_action": [row.pk], "confirmed": "1", "reason": "x"}
    said = operator.post("/admin/accounts/membership/", sent, follow=True).content.decode()
    assert "nobody of that name on the team" in said
    assert not packer.user.memberships.exists()
    assert not BrandAct.objects.filter(act__startswith="accounts.member").exists()
    assert not LogEntry.objects.exists()


def test_a_clerk_who_may_look_at_teams_changes_none() -> None:
    brand, clerk = testing.make_brand(), testing.make_user(staff=True)
    packer = testing.make_member(brand=brand)
    User.objects.filter(pk=clerk.pk).update(is_superuser=False)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_membership"))
    assert packer.user is not None
    row = packer.user.memberships.get()
    for action in ("make_owner", "take_off"):
        sent = {"action": action, "_selected_action": [row.pk], "confirmed": "1", "reason": "x"}
        testing.client_for(clerk).post("/admin/accounts/membership/", sent)
    assert packer.user.memberships.get().role == "orders"
    assert not LogEntry.objects.exists()


def test_strangers_and_members_stay_outside() -> None:
    for client in (Client(), testing.client_for(testing.make_person())):
        assert client.get(PROFILES).status_code in (302, 403)
    staff = testing.make_user(staff=True)
    staff.is_superuser = False
    staff.save()
    client = testing.client_for(staff)
    brand = testing.make_brand(approved=False)
    assert client.get(PROFILES).status_code == 403
    assert decide(client, "approve", brand, confirmed="1", reason="x").status_code == 403
    brand.refresh_from_db()
    assert brand.state == "submitted"


def test_one_log_in_with_its_limits() -> None:
    answer = Client().get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=%2Fadmin%2F")


@pytest.mark.slow
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_lists_search_and_cost_the_same_however_long(operator: Client, model: type[Any]) -> None:
    path = f"/admin/accounts/{model._meta.model_name}/"

    def fill() -> None:
        brand = testing.make_brand()
        person = testing.make_member(brand=brand)
        testing.follow_all(person, [brand])
        assert person.user is not None
        testing.make_address(user=person.user)
        testing.make_token(person)
        stranger = testing.make_person(name="Studio Stranger")
        actions.block(blocker_id=person.pk, blocked_id=stranger.pk)
        actions.mute(muter_id=person.pk, muted_id=stranger.pk)
        owner = testing.owner_of(brand).user_id
        assert owner is not None
        actions.invite(
            brand_id=brand.pk, actor_id=owner, email=f"{brand.handle}@mail.example", role="orders"
        )
        LoginSession.objects.create(user=person.user, session_key=f"key-of-{person.pk}")
        ProviderLogIn.objects.create(
            user=person.user, issuer="https://id.example", subject=str(person.pk)
        )

    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            assert operator.get(path).status_code == 200
        return len(spent)

    fill()
    few = cost()
    for _ in range(3):
        fill()
    assert model._default_manager.count() > 1
    assert cost() == few
    assert operator.get(path, {"q": "studio"}).status_code == 200
    row = model._default_manager.first()
    assert operator.get(f"{path}{row.pk}/change/").status_code == 200


def test_every_model_is_there() -> None:
    rows = set(apps.get_app_config("accounts").get_models())
    assert rows - {TopicFollowers} == set(OURS)  # a count, which the page of the topic says


def test_mails_with_keys_in_them_are_not_to_be_read_and_not_kept() -> None:
    """Whoever watches the outbox cannot read a link that opens an account; nor can a backup."""
    person = testing.make_person(email="ana@mail.example")
    watcher = testing.make_operator()
    assert watcher.user is not None
    User.objects.filter(pk=watcher.user_id).update(is_superuser=False)
    watcher.user.user_permissions.set(Permission.objects.filter(codename="view_outboxevent"))
    Client().post("/accounts/password/reset/", {"email": "ana@mail.example"})
    event = OutboxEvent.objects.get(type="accounts.AccountMail")
    assert "/reset/key/" in event.data["text"]
    page = testing.client_for(watcher).get(f"/admin/core/outboxevent/{event.pk}/change/")
    assert page.status_code == 200
    assert "/reset/key/" not in page.content.decode()
    deliver_all()
    assert "/reset/key/" in str(mail.outbox[-1].body)
    event.refresh_from_db()
    assert event.data == {}
    assert person.user_id


def test_only_a_superuser_hands_out_rights() -> None:
    clerk, other, boss = (testing.make_operator() for _ in range(3))
    assert clerk.user is not None
    assert other.user is not None
    assert boss.user is not None
    for one, is_superuser in ((clerk, False), (other, False), (boss, True)):
        User.objects.filter(pk=one.user_id).update(is_superuser=is_superuser)
    clerk.user.user_permissions.set(Permission.objects.filter(codename__endswith="_user"))
    client = testing.client_for(clerk)
    path = f"/admin/accounts/user/{other.user_id}/change/"
    page = client.get(path).content.decode()
    assert not re.search(r'name="(is_active|is_superuser|is_staff|groups|user_permissions)"', page)
    form = {"email": other.user.email, "is_active": "on", "is_superuser": "on", "is_staff": "on"}
    assert client.post(path, form).status_code == 302
    other.user.refresh_from_db()
    assert (other.user.is_superuser, other.user.is_active) == (False, True)
    before = boss.user.password
    typed = {"password1": "x" * 20, "password2": "x" * 20}
    for tail in ("change/", "password/"):
        theirs = f"/admin/accounts/user/{boss.user_id}/{tail}"
        assert client.post(theirs, typed).status_code == 403
    boss.user.refresh_from_db()
    assert boss.user.password == before
    own = testing.client_for(boss).get(path).content.decode()
    assert 'name="is_superuser"' in own
