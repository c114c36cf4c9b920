"""Follow, act for a brand, who is looking: what the social side promises."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions, queries, testing
from accounts.errors import CannotFollow, WrongState
from accounts.events import ProfileFollowed
from accounts.models import Follow, Membership, Profile
from core.errors import NotFound
from core.models import OutboxEvent
from core.testing import race

pytestmark = pytest.mark.django_db


def counts(profile: Profile) -> tuple[int, int]:
    profile.refresh_from_db()
    return profile.followers_count, profile.following_count


# --- follow ----------------------------------------------------------------------------------
def test_follow_and_unfollow_by_form() -> None:
    noor, brand = testing.make_person(), testing.make_brand()
    client = testing.client_for(noor)
    path = f"/follow/{brand.public_id}/"

    for _twice in range(2):
        answer = client.post(path, {"follow": "1", "next": "/explore/"})
        assert answer["Location"] == "/explore/"
    assert (counts(brand), counts(noor)) == ((1, 0), (0, 1))
    assert OutboxEvent.objects.filter(type=ProfileFollowed.type_name()).count() == 1

    for _twice in range(2):
        client.post(path, {"follow": "0"})
    assert (counts(brand), counts(noor)) == ((0, 0), (0, 0))


def test_follow_answers_a_script_in_place() -> None:
    brand = testing.make_brand(name="Ondine Studio")
    headers = {"X-Fragment": "act"}
    path = f"/follow/{brand.public_id}/"

    member = testing.client_for(testing.make_person())
    answer = member.post(path, {"follow": "1"}, headers=headers)
    told = f"followers-{brand.public_id}"
    assert answer.json() == {"text": "You follow Ondine Studio.", "told": {told: "1 follower"}}
    # What it is called stands on the page whose words it is about.
    page = member.get(f"/@{brand.handle}/").content.decode()
    assert f'data-told="{told}">1 follower<' in page
    answer = member.post(path, {"follow": "0"}, headers=headers)
    assert answer.json()["told"] == {told: "0 followers"}
    member.post(path, {"follow": "1"}, headers=headers)
    guest = Client().post(path, {"follow": "1", "next": "/pin/x/"}, headers=headers)
    assert guest.json() == {"location": "/accounts/login/?next=%2Fpin%2Fx%2F"}
    assert counts(brand) == (1, 0)


def test_nobody_follows_themselves_or_what_is_not_public() -> None:
    noor, draft = testing.make_person(), testing.make_brand(approved=False)
    client = testing.client_for(noor)

    assert client.post(f"/follow/{draft.public_id}/").status_code == 404
    assert client.post("/follow/nonesuch/").status_code == 404
    assert client.post(f"/follow/{noor.public_id}/").status_code == CannotFollow.status
    assert not Follow.objects.exists()
    assert counts(noor) == (0, 0)


def _in_parallel(work: Callable[[int], object], times: int = 50) -> None:
    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as pool:
        list(pool.map(run, range(times)))


@pytest.mark.django_db(transaction=True)
def test_counters_are_exact_when_fifty_do_it_at_once() -> None:
    noor, brand = testing.make_person(), testing.make_brand()
    crowd = [testing.make_person() for _ in range(10)]

    def toggle(number: int) -> None:
        who = noor if number % 5 == 0 else crowd[number % 10]
        act = actions.unfollow if number % 3 == 2 else actions.follow
        act(follower_id=who.pk, followed_id=brand.pk)

    _in_parallel(toggle)

    brand.refresh_from_db()
    assert brand.followers_count == Follow.objects.filter(followed=brand).count()
    for who in [noor, *crowd]:
        assert counts(who)[1] == Follow.objects.filter(follower=who).count()


@pytest.mark.django_db(transaction=True)
def test_control_reading_before_writing_loses_counts() -> None:
    """The race is real: the obvious way, in the same threads, counts wrong."""
    brand = testing.make_brand()

    def naive(number: int) -> None:
        row = Profile.objects.get(pk=brand.pk)
        row.followers_count += 1
        row.save(update_fields=["followers_count"])

    _in_parallel(naive)

    assert counts(brand)[0] < 50


# --- who is looking --------------------------------------------------------------------------
def test_viewer_costs_the_session_and_one_row() -> None:
    noor = testing.make_person()
    for name in ("Brand one", "Brand two"):
        testing.make_brand(name=name, owner=noor)
    client = testing.client_for(noor)
    client.get("/help/")

    with CaptureQueriesContext(connection) as spent:
        page = client.get("/help/").content.decode()

    assert "Brand one" in page
    assert "Brand two" in page
    # 1 the session, 2 the user with profile, picture and brands
    assert len(spent) == 2


def test_guest_without_a_session_costs_nothing() -> None:
    client = Client()
    client.get("/help/")
    with CaptureQueriesContext(connection) as spent:
        client.get("/help/")
    assert len(spent) == 0


def test_switch_to_a_brand_and_back() -> None:
    noor = testing.make_person(name="Noor")
    brand = testing.make_brand(name="Ondine", owner=noor)
    mara = testing.make_person()
    client = testing.client_for(noor)

    answer = client.post("/switch/", {"to": brand.public_id, "next": "//evil.example"})
    assert answer["Location"] == "/"
    client.post(f"/follow/{mara.public_id}/", {"acting": brand.public_id})
    assert Follow.objects.get().follower == brand

    client.post("/switch/", {"to": noor.public_id})
    client.post(f"/follow/{mara.public_id}/")
    assert set(Follow.objects.values_list("follower", flat=True)) == {brand.pk, noor.pk}


def test_form_for_another_identity_is_refused() -> None:
    noor = testing.make_person()
    brand, mara = testing.make_brand(owner=noor), testing.make_person()
    client = testing.client_for(noor, acting=brand)

    answer = client.post(f"/follow/{mara.public_id}/", {"acting": noor.public_id})

    assert answer.status_code == 409
    assert not Follow.objects.exists()


def test_nobody_acts_for_a_brand_of_others() -> None:
    stranger, brand = testing.make_person(), testing.make_brand()
    client = testing.client_for(stranger)

    assert client.post("/switch/", {"to": brand.public_id}).status_code == 404
    assert client.post("/switch/", {"to": "nonesuch"}).status_code == 404
    assert "acting" not in client.session
    forged = testing.viewer_for(stranger, acting=brand)
    assert forged.acting == forged.profile


def test_role_ends_and_so_does_acting() -> None:
    brand = testing.make_brand()
    member = testing.make_member(brand=brand, role="orders")
    client = testing.client_for(member, acting=brand)
    assert testing.viewer_for(member, acting=brand).acting_id == brand.pk

    actions.remove_member(brand_id=brand.pk, user_id=member.user_id or 0)

    assert testing.viewer_for(member, acting=brand).acting_id == member.pk
    assert client.get(f"/studio/{brand.handle}/questions/").status_code == 404


def test_last_owner_stays() -> None:
    brand = testing.make_brand()
    owner = testing.owner_of(brand)

    with pytest.raises(WrongState):
        actions.remove_member(brand_id=brand.pk, user_id=owner.user_id or 0)
    assert Membership.objects.filter(organization=brand.organization_id).count() == 1


@pytest.mark.parametrize("role", ["owner", "catalogue", "orders", "chat", "ads", "finance"])
def test_roles_open_what_they_name_and_owners_everything(role: str) -> None:
    brand = testing.make_brand()
    member = testing.make_member(brand=brand, role=role)  # type: ignore[arg-type]
    viewer = testing.viewer_for(member)

    for wanted in ("catalogue", "orders", "chat", "ads", "finance"):
        if role in ("owner", wanted):
            found = queries.require_brand_role(viewer=viewer, handle=brand.handle, roles={wanted})
            assert found.profile.id == brand.pk
        else:
            with pytest.raises(NotFound):
                queries.require_brand_role(viewer=viewer, handle=brand.handle, roles={wanted})


def test_strangers_and_guests_meet_the_same_wall() -> None:
    brand = testing.make_brand()
    for viewer in (testing.viewer_for(testing.make_person()), testing.viewer_for(None)):
        for handle in (brand.handle, "nonesuch"):
            with pytest.raises(NotFound):
                queries.require_brand_role(viewer=viewer, handle=handle)


# --- brands come and go ----------------------------------------------------------------------
def test_unapproved_brand_is_seen_by_its_team_only() -> None:
    owner = testing.make_person()
    brand = testing.make_brand(owner=owner, approved=False)
    stranger = testing.viewer_for(testing.make_person())

    assert queries.profile_by_handle(handle=brand.handle) is None
    assert queries.profile_by_handle(handle=brand.handle, viewer=stranger) is None
    own = queries.profile_by_handle(handle=brand.handle, viewer=testing.viewer_for(owner))
    assert own is not None
    assert not own.is_public
    assert queries.profile_refs(ids=[brand.pk]) == {}


def test_approve_suspend_restore_leave_a_trail() -> None:
    brand, operator = testing.make_brand(approved=False), testing.make_operator()
    who = operator.user_id or 0

    testing.approve(brand, operator_id=who)
    page = queries.profile_by_handle(handle=brand.handle)
    assert page is not None
    assert page.trader is not None
    assert page.trader.checked_at is not None
    assert not page.ref.verified, "the badge takes more than an approval"
    with pytest.raises(WrongState):
        actions.approve_brand(brand_id=brand.pk, operator_id=who)
    actions.suspend_brand(brand_id=brand.pk, operator_id=who, reason="Fakes")
    assert queries.profile_by_handle(handle=brand.handle) is None
    with pytest.raises(WrongState):
        actions.approve_brand(brand_id=brand.pk, operator_id=who)
    actions.restore_brand(brand_id=brand.pk, operator_id=who)

    trail = list(brand.decisions.order_by("id").values_list("from_state", "to_state", "actor"))
    assert trail == [
        ("", "submitted", None),
        ("submitted", "approved", who),
        ("approved", "suspended", who),
        ("suspended", "approved", who),
    ]


@pytest.mark.django_db(transaction=True)
def test_six_people_of_one_name_join_at_once() -> None:
    made = race(6, lambda number: actions.create_person(name="Anna", email=f"a{number}@m.example"))
    assert not [one for one in made if isinstance(one, Exception)]
    assert Profile.objects.values("handle").distinct().count() == 6
