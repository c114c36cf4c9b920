"""Following a hashtag: its page and button, what it counts, and what comes up on walls."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.actions import block, erase_account, follow, mute, mute_word, suspend_person
from accounts.testing import (
    Profile,
    client_for,
    follow_all,
    make_brand,
    make_member,
    make_operator,
    make_person,
)
from catalog.testing import make_category
from core import clock
from core.audits import violations
from core.testing import race
from feed import actions
from feed.actions import follows
from feed.models import Hashtag, HashtagFollow, Pin
from feed.testing import make_comment, make_pin
from feed.tests.boards import soup
from feed.tests.test_followed_boards import whys
from feed.tests.walls import get, ids, next_of
from feed.types import MAX_FOLLOWED_HASHTAGS

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Fragment": "act"}
WHY = "Under #teal, a hashtag you follow"


@pytest.fixture
def noor() -> Profile:
    return make_person(name="Noor")


def press(client: Client, value: str = "1", tag: str = "teal", **more: Any) -> Any:
    """What the button of the page posts."""
    return client.post(f"/tag/{tag}/follow/", {"follow": value}, **more)


def follow_tag(who: Profile, tag: str = "teal") -> None:
    actions.follow_hashtag(tag=tag, profile_id=who.pk)


def counted(name: str = "teal") -> int:
    """The count of a hashtag, which has to be the number of rows."""
    row = Hashtag.objects.get(name=name)
    assert row.followers_count == HashtagFollow.objects.filter(hashtag=row).count()
    return row.followers_count


def button(client: Client, tag: str = "teal") -> Any:
    return soup(client, f"/tag/{tag}/").select_one(f'button[formaction="/tag/{tag}/follow/"]')


def titles(client: Client, path: str) -> list[str]:
    return [one.get_text() for one in soup(client, path).select("article.pin .pin__t")]


# --- The page ------------------------------------------------------------------------------------


def test_the_page_has_what_says_it_newest_first_for_guests_too() -> None:
    now = clock.now()
    pins = [
        make_pin(title=f"Pin {number}", text="Very #Teal", at=now - timedelta(hours=number))
        for number in range(26)
    ]
    make_pin(title="Not that", text="teal, #brass")
    html = get(Client(), "/tag/teal/")
    first = ids(html)
    rest = ids(get(Client(), next_of(html)))
    assert first + rest == [one.public_id for one in pins]
    page = soup(Client(), "/tag/teal/")
    assert [one.get_text() for one in page.select("h1")] == ["#teal"]
    said = {str(one.get("property")): str(one["content"]) for one in page.select("meta[property]")}
    assert (said["og:title"], said["og:url"][-10:]) == ("#teal", "/tag/teal/")
    assert page.select_one('link[rel="canonical"]') is not None
    assert page.select_one('meta[name="robots"]') is None


def test_every_spelling_leads_to_one_address() -> None:
    make_pin(text="#Möbel")
    for written in ("Möbel", "M%C3%96BEL", "mo%CC%88bel"):
        answer = Client().get(f"/tag/{written}/")
        assert (answer.status_code, answer["Location"]) == (301, "/tag/mobel/"), written
    assert [one.get_text() for one in soup(Client(), "/tag/mobel/").select("h1")] == ["#möbel"]


def test_one_that_no_pin_says_is_an_empty_page_and_what_is_none_is_not_there() -> None:
    make_comment(pin=make_pin(), author=make_person(), text="#celadon")
    page = soup(Client(), "/tag/celadon/")
    assert "No pin says #celadon yet" in page.get_text()
    assert page.select_one('meta[name="robots"][content="noindex"]') is not None
    assert page.select_one('a[href="/search/?q=%23celadon"]') is not None
    for none in ("1", "a-b", "a%20b", "x" * 51, "%00", "%F0%9F%98%80"):
        assert Client().get(f"/tag/{none}/").status_code == 404, none
        assert press(client_for(make_person()), tag=none).status_code == 404, none
    assert not Hashtag.objects.exists()


def test_one_that_is_called_as_a_topic_leads_there() -> None:
    make_category(slug="lamps", name="Lamps")
    page = soup(Client(), "/tag/lamps/")
    assert page.select_one('.page a[href="/explore/lamps/"]') is not None


def test_it_shows_nobody_what_they_do_not_meet(noor: Profile) -> None:
    blocked, muted, suspended = make_person(), make_person(), make_person()
    for who, title in ((blocked, "Blocked"), (muted, "Muted"), (suspended, "Suspended")):
        make_pin(author=who, title=title, text="#teal")
    early = make_pin(title="Early", text="#teal", audience="followers")
    make_pin(title="Linked", text="#teal", audience="link")
    make_pin(title="Other", text="#teal, sparkling")
    operator = make_operator().user_id or 0
    suspend_person(profile_id=suspended.pk, operator_id=operator, reason="Spam")
    assert titles(Client(), "/tag/teal/") == ["Other", "Muted", "Blocked"]
    client = client_for(noor)
    block(blocker_id=blocked.pk, blocked_id=noor.pk)
    mute(muter_id=noor.pk, muted_id=muted.pk)
    assert titles(client, "/tag/teal/") == ["Other"]
    follow(follower_id=noor.pk, followed_id=early.author_id)
    assert titles(client, "/tag/teal/") == ["Other", "Early"]
    mute_word(muter_id=noor.pk, word="sparkling")
    assert titles(client, "/tag/teal/") == ["Early"]


@pytest.mark.parametrize("tag", ["teal", "हिन्दी", "ไม้"])
def test_it_is_muted_and_unmuted_where_one_meets_it(noor: Profile, tag: str) -> None:
    """Also one that is written with vowel signs."""
    make_pin(title="A lamp", text=f"#{tag}")
    follow_tag(noor, tag)
    client = client_for(noor)
    mute_it = soup(client, f"/tag/{tag}/").select_one('button[name="word"]')
    assert mute_it is not None
    client.post(str(mute_it["formaction"]), {"word": str(mute_it["value"])})
    page = soup(client, f"/tag/{tag}/")
    assert f"You muted “{tag}”" in page.get_text()
    assert titles(client, "/following/") == titles(client, "/") == []
    undo = page.select_one(f'button[formaction^="/"][formaction*="word={quote(tag)}"]')
    assert undo is not None
    client.post(str(undo["formaction"]))
    assert titles(client, f"/tag/{tag}/") == ["A lamp"]


def test_a_page_of_which_all_is_muted_is_gone_past(noor: Profile) -> None:
    now = clock.now()
    make_pin(title="Old", text="#teal", at=now - timedelta(days=2))
    loud = make_person()
    for number in range(25):
        make_pin(author=loud, text="#teal", at=now - timedelta(minutes=number))
    mute(muter_id=noor.pk, muted_id=loud.pk)
    assert titles(client_for(noor), "/tag/teal/") == ["Old"]


def test_the_page_costs_the_same_however_much_is_on_it(
    noor: Profile, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(noor)
    make_pin(text="#teal")
    get(client, "/tag/teal/")  # the categories are kept from now on
    for count in (0, 20):
        for _ in range(count):
            make_pin(text="#teal #brass")
        # session, user with profile, the hashtag, its keys, the pins
        with django_assert_max_num_queries(5):
            get(client, "/tag/teal/")


# --- The button ----------------------------------------------------------------------------------


def test_a_hashtag_is_followed_and_left_by_its_button(noor: Profile) -> None:
    client = client_for(noor)
    assert (button(client)["aria-pressed"], button(client)["value"]) == ("false", "1")
    for _twice in range(2):
        answer = client.post(
            "/tag/teal/follow/", {"follow": "1", "next": "/tag/teal/"}, follow=True
        )
        assert answer.redirect_chain == [("/tag/teal/", 302)]
        assert "You follow #teal." in answer.content.decode()
    assert counted() == 1
    shown = button(client)
    assert (shown["aria-pressed"], shown["value"]) == ("true", "0")
    assert shown.get_text() == "Following #teal"
    for _twice in range(2):
        press(client, "0")
    assert counted() == 0
    assert button(client)["aria-pressed"] == "false"


def test_a_script_is_told_the_count_that_the_page_shows(noor: Profile) -> None:
    follow_tag(make_person())
    client = client_for(noor)
    answer = press(client, headers=SCRIPT)
    assert answer.json() == {"text": "You follow #teal.", "told": {"followers-teal": "2 followers"}}
    page = soup(client, "/tag/teal/")
    assert [one.get_text() for one in page.select('[data-told="followers-teal"]')] == [
        "2 followers"
    ]
    told = press(client, "0", headers=SCRIPT).json()["told"]
    assert told == {"followers-teal": "1 follower"}


def test_a_guest_is_led_to_the_log_in_and_back_to_the_hashtag() -> None:
    answer = press(Client(), tag="Teal")
    assert answer["Location"] == "/accounts/login/?next=%2Ftag%2Fteal%2F"
    assert not HashtagFollow.objects.exists()


def test_a_brand_follows_by_those_who_speak_for_it() -> None:
    brand = make_brand()
    for role, status in (("orders", 403), ("chat", 302)):
        client = client_for(make_member(brand=brand, role=role), acting=brand)  # type: ignore[arg-type]
        assert press(client).status_code == status
        assert HashtagFollow.objects.count() == (0 if status == 403 else 1)
    assert HashtagFollow.objects.get().profile_id == brand.pk


def test_there_is_an_end_to_hashtags_and_it_says_so(
    noor: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_FOLLOWED_HASHTAGS == 100
    monkeypatch.setattr(follows, "MAX_FOLLOWED_HASHTAGS", 2)
    for tag in ("brass", "oak"):
        follow_tag(noor, tag)
    client = client_for(noor)
    answer = press(client, headers=SCRIPT | {"Accept": "application/json"})
    assert answer.status_code == 422
    assert "You follow as many hashtags as we keep." in answer.content.decode()
    assert HashtagFollow.objects.count() == 2
    assert not Hashtag.objects.filter(name="teal").exists()
    assert press(client, tag="oak").status_code == 302, "one that is there already needs no room"


def test_who_leaves_follows_no_more(noor: Profile) -> None:
    follow_tag(noor)
    follow_tag(make_person())
    erase_account(user_id=noor.user_id or 0)
    assert counted() == 1
    assert list(violations(invariants=frozenset({"I11"}))) == []


def test_what_one_follows_is_listed_beside_boards_and_topics(noor: Profile) -> None:
    for tag in ("Café", "teal"):
        follow_tag(noor, tag)
    client = client_for(noor)
    lines = [
        " ".join(one.get_text(" ").split())
        for one in soup(client, "/following/boards/").select("li.line")
    ]
    assert lines == ["#teal 1 follower Following #teal", "#café 1 follower Following #café"]


# --- Walls ---------------------------------------------------------------------------------------


def test_following_has_what_says_it_strictly_by_time_each_once_and_says_why(noor: Profile) -> None:
    now = clock.now()
    followed = make_person(name="Mara")
    follow_all(noor, [followed])
    for tag in ("teal", "brass"):
        follow_tag(noor, tag)
    said = [
        ("Theirs, said too", followed, "#teal"),
        ("Both said", None, "#teal #brass"),
        ("Theirs", followed, "Plain"),
        ("Brass", None, "#brass"),
        ("Own", noor, "#teal"),
        ("Neither", None, "#oak"),
    ]
    for number, (title, author, text) in enumerate(said):
        make_pin(author=author, title=title, text=text, at=now - timedelta(hours=number))
    client = client_for(noor)
    assert titles(client, "/following/") == ["Theirs, said too", "Both said", "Theirs", "Brass"]
    reasons = whys(client, "/following/")
    assert reasons["Theirs, said too"] == reasons["Theirs"] == "Mara"
    assert reasons["Both said"] == reasons["Brass"] == "Under #brass, a hashtag you follow"
    home = whys(client)
    assert home["Brass"] == "Under #brass, a hashtag you follow"
    assert home["Theirs"] == "Mara · you follow"
    press(client, "0", tag="brass")
    assert titles(client, "/following/") == ["Theirs, said too", "Both said", "Theirs"]
    assert whys(client, "/following/")["Both said"] == WHY


def test_following_goes_on_without_gap_or_repeat_while_pins_arrive(noor: Profile) -> None:
    now = clock.now()
    followed = make_person()
    follow_all(noor, [followed])
    follow_tag(noor)
    pins = [
        make_pin(
            author=followed if number % 3 else None,
            text="#teal" if number % 2 or not number % 3 else "",
            at=now - timedelta(minutes=number + 1),
        )
        for number in range(60)
    ]
    client = client_for(noor)
    html = get(client, "/following/")
    seen = ids(html)
    while "data-more" in html:
        make_pin(text="#teal")
        html = get(client, next_of(html))
        seen += ids(html)
    assert seen == [one.public_id for one in pins]


def test_following_obeys_what_every_wall_does(noor: Profile) -> None:
    follow_tag(noor)
    blocked, muted, suspended = make_person(), make_person(), make_person()
    for who, title in ((blocked, "Blocked"), (muted, "Muted"), (suspended, "Suspended")):
        make_pin(author=who, title=title, text="#teal")
    make_pin(title="Early", text="#teal", audience="followers")
    make_pin(title="Linked", text="#teal", audience="link")
    make_pin(title="Loud", text="#teal, sparkling")
    make_pin(title="Shown", text="#teal")
    block(blocker_id=noor.pk, blocked_id=blocked.pk)
    mute(muter_id=noor.pk, muted_id=muted.pk)
    mute_word(muter_id=noor.pk, word="sparkling")
    operator = make_operator().user_id or 0
    suspend_person(profile_id=suspended.pk, operator_id=operator, reason="Spam")
    client = client_for(noor)
    assert titles(client, "/following/") == titles(client, "/") == ["Shown"]
    Pin.objects.filter(title="Early").update(published_at=clock.now() - timedelta(days=1, hours=1))
    early = Pin.objects.get(title="Early")
    early.hashtags.update(published_at=early.published_at)
    assert titles(client, "/following/") == ["Shown", "Early"]


def test_following_costs_the_same_however_many_are_followed(
    noor: Profile, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    follow_all(noor, [make_person()])
    client = client_for(noor)
    get(client, "/following/")
    for tags in (1, 12):
        for number in range(tags):
            follow_tag(noor, f"t{number}")
            make_pin(text=f"#t{number}")
        # session, user with profile, whom they follow, keys, pins
        with django_assert_max_num_queries(5):
            get(client, "/following/")


def test_the_wall_of_those_who_follow_is_written_to_by_nobody(noor: Profile) -> None:
    """However many follow what a pin says, it costs its own rows."""
    costs = []
    for followers in (0, 12):
        for _ in range(followers):
            follow_tag(make_person())
        pin = make_pin(author=noor, text="#teal", publish_now=False)
        with CaptureQueriesContext(connection) as queries:
            actions.publish_pin(public_id=pin.public_id, author_id=noor.pk)
        costs.append(len(queries))
        make_pin(text="#teal")
    assert costs[1] <= costs[0]


# --- The interface -------------------------------------------------------------------------------


def test_programs_follow_and_read_hashtags(noor: Profile) -> None:
    pin = make_pin(text="#Café")
    client, path = client_for(noor), "/api/v1/hashtags/CAF%C3%89/"
    one = {"name": "cafe", "shown": "café", "url": "/tag/cafe/", "followers_count": 0}
    assert Client().get(path).json() == {"hashtag": one, "following": False}
    for _twice in range(2):
        answer = client.put(f"{path}follow/").json()
        assert answer == {"hashtag": one | {"followers_count": 1}, "following": True}
    assert client.get(path).json()["following"] is True
    listed = client.get("/api/v1/me/hashtags/").json()["results"]
    assert listed == [one | {"followers_count": 1}]
    pins = Client().get(f"{path}pins/").json()["results"]
    assert [found["id"] for found in pins] == [pin.public_id]
    wall = client.get("/api/v1/walls/following/").json()["results"]
    assert wall[0]["reason"]["code"] == "under_followed_hashtag"
    answer = client.delete(f"{path}follow/").json()
    assert (answer["following"], answer["hashtag"]["followers_count"]) == (False, 0)
    for none in ("hashtags/a-b/", "hashtags/1/pins/"):
        assert client.get(f"/api/v1/{none}").status_code == 404
    assert client.put("/api/v1/hashtags/a-b/follow/").status_code == 404
    assert Client().put(f"{path}follow/").status_code == 401
    assert counted("cafe") == 0


# --- At once -------------------------------------------------------------------------------------

RIVALS = 10


def storm(people: list[Profile], *, acts: int) -> None:
    """Each rival lets people follow and leave one hashtag, at random."""

    def act(number: int) -> None:
        chance = random.Random(number)
        for _ in range(acts):
            do = actions.follow_hashtag if chance.random() < 0.6 else actions.unfollow_hashtag
            do(tag=chance.choice(["teal", "Teal"]), profile_id=chance.choice(people).pk)

    assert race(RIVALS, act) == [None] * RIVALS


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_count_is_exact_after_a_thousand_at_once() -> None:
    storm([make_person() for _ in range(6)], acts=100)
    assert counted() > 0


@pytest.mark.django_db(transaction=True)
def test_the_count_is_exact_after_a_few_at_once() -> None:
    storm([make_person() for _ in range(4)], acts=8)
    assert counted() > 0


@pytest.mark.django_db(transaction=True)
def test_control_a_count_that_is_read_and_written_back_goes_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_then_write(*, hashtag_id: int, by: int) -> None:
        now = Hashtag.objects.values_list("followers_count", flat=True).get(pk=hashtag_id)
        time.sleep(0.005)
        Hashtag.objects.filter(pk=hashtag_id).update(followers_count=max(now + by, 0))

    monkeypatch.setattr(follows, "_held_hashtag", lambda name: Hashtag.objects.get(name=name))
    monkeypatch.setattr(follows, "change_hashtag_followers", read_then_write)
    storm([make_person() for _ in range(20)], acts=8)
    row = Hashtag.objects.get(name="teal")
    assert row.followers_count != HashtagFollow.objects.filter(hashtag=row).count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_turn", [True, False], ids=["in turn", "control"])
def test_at_once_nobody_follows_more_than_we_keep(
    noor: Profile, in_turn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follows, "MAX_FOLLOWED_HASHTAGS", 3)
    if not in_turn:
        monkeypatch.setattr(follows, "in_turn", lambda _what: None)
        create = follows.change_hashtag_followers

        def slowly(**counted: int) -> None:
            create(**counted)
            time.sleep(0.3)

        monkeypatch.setattr(follows, "change_hashtag_followers", slowly)
    race(8, lambda number: follow_tag(noor, f"t{number}"))
    kept = HashtagFollow.objects.filter(profile=noor).count()
    assert (kept == 3) is in_turn
