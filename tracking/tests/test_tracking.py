from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.testing import race
from tracking.actions import record_click
from tracking.models import DailyCount, TouchRow
from tracking.queries import (
    click_counts,
    counts_by_product,
    counts_by_ref,
    last_touch,
    read_touch,
    touch_token,
)
from tracking.session import MAX_TOUCHES, touches_in
from tracking.types import Counts, Touch

SAME = {"Sec-Fetch-Site": "same-origin"}


def member() -> Any:
    return get_user_model().objects.create_user("member@mail.example", "a long secret")


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


class Guest:
    user: Any = None
    consent: frozenset[str] = frozenset()

    def __init__(self, address: str = "one") -> None:
        self.limit_key = f"ip:{address}"


@pytest.fixture(autouse=True)
def nothing_seen_yet():
    cache.clear()


def pin(ref: str = "pin1", product: str | None = "prod1") -> str:
    return touch_token(source="pin", ref=ref, product=product)


def seen() -> dict[str, tuple[int, int]]:
    return {row.ref: (row.impressions, row.clicks) for row in DailyCount.objects.all()}


def beacon(client: Client, tokens: list[str], **headers):
    return client.post("/t/impressions", {"t": tokens}, headers=headers or SAME)


# --- tokens -----------------------------------------------------------------------------------


@given(st.sampled_from(["pin", "board", "search", "direct"]), st.text(min_size=1, max_size=40))
def test_a_token_says_what_it_was_made_of(source, ref):
    touch = read_touch(token=touch_token(source=source, ref=ref, product="abc"))
    assert touch is not None
    assert (touch.source, touch.ref, touch.product) == (source, ref, "abc")


@given(st.text(max_size=80))
def test_nothing_else_is_a_token(text):
    assert read_touch(token=text) is None


def test_a_changed_token_is_none():
    token = pin()
    assert read_touch(token=token.replace("pin1", "pin2")) is None
    assert read_touch(token=token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert read_touch(token=token + "x") is None
    assert read_touch(token="x" * 100_000) is None
    assert len(token) < 60


def test_a_token_of_the_key_before_still_counts(settings):
    token = touch_token(source="pin", ref="before-the-change")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert read_touch(token=token) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert read_touch(token=token) is None


def test_it_is_made_without_a_query(django_assert_num_queries):
    assert pin() == pin()


# --- impressions ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_seen_cards_are_counted_and_nobody_is_named():
    answer = beacon(Client(), [pin("a"), pin("b"), pin("a")])
    assert answer.status_code == 204
    assert seen() == {"a": (1, 0), "b": (1, 0)}
    assert not TouchRow.objects.exists()


@pytest.mark.django_db
def test_bad_tokens_are_ignored_and_a_hundred_are_enough():
    tokens = ["nonsense", "\x00", "a.b.c.d", *(pin(f"p{number}") for number in range(150))]
    assert beacon(Client(), tokens).status_code == 204
    assert DailyCount.objects.count() == 97


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"X-Nothing": "1"},
    ],
)
def test_other_sites_cannot_send_it(headers):
    assert beacon(Client(enforce_csrf_checks=True), [pin()], **headers).status_code == 403
    assert seen() == {}


@pytest.mark.django_db
def test_an_older_browser_says_its_origin():
    client = Client(enforce_csrf_checks=True)
    assert beacon(client, [pin()], Origin="http://testserver").status_code == 204
    assert seen() == {"pin1": (1, 0)}


@pytest.mark.django_db
def test_it_is_posted_or_nothing():
    assert Client().get("/t/impressions", headers=SAME).status_code == 405


@pytest.mark.django_db
def test_a_known_visitor_counts_once_a_day():
    client = client_of(member())
    for _time in range(3):
        beacon(client, [pin("a")])
    assert seen() == {"a": (1, 0)}


@pytest.mark.django_db
def test_too_many_beacons_are_told_to_wait():
    client = client_of(member())
    with clock.fixed(clock.now()):
        answers = [beacon(client, []) for _time in range(61)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.django_db
def test_who_keeps_no_cookies_has_the_same_limit_and_leaves_no_session():
    with clock.fixed(clock.now()):
        answers = [beacon(Client(), [pin("a")]) for _time in range(61)]
    assert [one.status_code for one in answers] == [204] * 60 + [429]
    assert seen() == {"a": (1, 0)}
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_clicks_are_not_to_be_had_by_the_hundred():
    """Clicks rank pins: the same visitor counts once a day for a card, and so does a program."""
    touch = read_touch(token=pin("a"))
    assert touch is not None
    for _time in range(3):
        session: dict[str, Any] = {}
        record_click(touch=touch, session=session, viewer=Guest())
        assert credited(session, "prod1") == "a", "what led to an order is kept all the same"
    record_click(touch=touch, session={}, viewer=Guest("two"))
    assert seen() == {"a": (0, 2)}
    with clock.fixed(clock.now() + timedelta(days=1)):
        record_click(touch=touch, session={}, viewer=Guest())
    since = clock.now().date() - timedelta(days=9)
    assert click_counts(source="pin", since=since) == {"a": 3}


@pytest.mark.django_db(transaction=True)
def test_rivals_lose_no_count():
    touches = [Touch(source="pin", ref=ref, at=clock.now()) for ref in ("a", "b")]

    def click(number: int) -> None:
        for touch in touches if number % 2 else reversed(touches):
            record_click(touch=touch, session={}, viewer=Guest(f"{number}"))

    assert race(12, click) == [None] * 12
    assert seen() == {"a": (0, 12), "b": (0, 12)}


# --- clicks and attribution -------------------------------------------------------------------


def click(session: dict[str, Any], token: str, *, days_ago: float = 0, viewer=None) -> None:
    with clock.fixed(clock.now() - timedelta(days=days_ago)):
        touch = read_touch(token=token)
        assert touch is not None
        record_click(touch=touch, session=session, viewer=viewer or Guest())


def credited(session: dict[str, Any], *products: str) -> str | None:
    touch = last_touch(session=session, product_ids=products, now=clock.now())
    return touch.ref if touch else None


@pytest.mark.django_db
def test_the_last_discovery_of_the_product_is_credited():
    session: dict[str, Any] = {}
    assert credited(session, "prod1") is None
    click(session, pin("first"), days_ago=3)
    click(session, pin("second"), days_ago=2)
    click(session, pin("other", "prod2"), days_ago=1)
    click(session, touch_token(source="product", ref="prod1", product="prod1"))
    assert credited(session, "prod1") == "second"
    assert credited(session, "prod2") == "other"
    assert credited(session, "prod3") is None
    click(session, pin("first"))
    assert credited(session, "prod1", "prod2") == "first"


@pytest.mark.django_db
def test_after_the_window_it_is_over():
    session: dict[str, Any] = {}
    click(session, pin("old"), days_ago=7.01)
    assert credited(session, "prod1") is None
    click(session, pin("fresh"), days_ago=6.99)
    assert credited(session, "prod1") == "fresh"


@pytest.mark.django_db
def test_a_pin_without_a_product_is_credited_where_nothing_better_is_known():
    session: dict[str, Any] = {}
    click(session, pin("named"), days_ago=2)
    click(session, touch_token(source="pin", ref="look"), days_ago=1)
    assert credited(session, "prod1") == "named"
    assert credited(session, "prod9") == "look"


@pytest.mark.django_db
def test_a_session_keeps_twenty_and_survives_nonsense():
    session: dict[str, Any] = {}
    for number in range(30):
        click(session, pin(f"p{number}"))
    assert len(session["touches"]) == MAX_TOUCHES
    assert [touch.ref for touch in touches_in(session)][-1] == "p29"
    session["touches"] = [
        None,
        [1],
        ["pin", "x", "", "soon"],
        ["evil", "x", "", 1],
        ["pin", "x", "", 1e99],
    ]
    assert list(touches_in(session)) == []
    assert credited(session, "prod1") is None


@pytest.mark.django_db
def test_by_name_only_with_consent(django_assert_num_queries):
    person = member()

    class Known(Guest):
        user = person

    click({}, pin(), viewer=Known())
    assert not TouchRow.objects.exists()

    class Agreed(Known):
        consent = frozenset({"measure"})

    click({}, pin(), viewer=Agreed("two"))
    row = TouchRow.objects.get()
    assert (row.actor_id, row.kind, row.ref, row.product) == (
        person.pk,
        "clicked",
        "pin1",
        "prod1",
    )


@pytest.mark.django_db
def test_counts_for_reports(django_assert_num_queries):
    for number in range(3):
        click({}, pin("a"), viewer=Guest(f"{number}"))
    click({}, pin("a"), days_ago=40)
    click({}, touch_token(source="board", ref="a", product="prod1"))
    beacon(Client(), [pin("a"), pin("b", None)])
    today = clock.now().date()
    with django_assert_num_queries(3):
        assert click_counts(source="pin", since=today) == {"a": 3}
        assert counts_by_ref(source="pin", refs=["a", "b", "c"], since=today, until=today) == {
            "a": Counts(impressions=1, clicks=3),
            "b": Counts(impressions=1, clicks=0),
        }
        assert counts_by_product(products=["prod1"], since=today, until=today) == Counts(
            impressions=1, clicks=4
        )


# --- consent ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_is_ticked_until_somebody_ticks_it_and_it_can_be_taken_back():
    client = Client()

    def ticked() -> list[str]:
        page = BeautifulSoup(client.get("/consent/choices/").content, "html5lib")
        return [box["value"] for box in page.select("input[name=purposes][checked]")]

    assert ticked() == []
    answer = client.post("/consent/", {"purposes": ["measure"], "next": "/consent/choices/"})
    assert answer["Location"] == "/consent/choices/"
    assert ticked() == ["measure"]
    assert client.session["consent"] == ["measure"]
    client.post("/consent/", {})
    assert ticked() == []
    assert client.session["consent"] == []


@pytest.mark.django_db
def test_an_unknown_purpose_changes_nothing():
    client = Client()
    client.post("/consent/", {"purposes": ["measure"]})
    answer = client.post("/consent/", {"purposes": ["sell_everything"]})
    assert answer.status_code == 422
    assert client.session["consent"] == ["measure"]
    assert Client(enforce_csrf_checks=True).post("/consent/", {}).status_code == 403
    assert client.post("/consent/", {"next": "//evil.example"})["Location"].startswith("/consent")


@pytest.mark.django_db
def test_taking_the_consent_back_forgets_what_was_kept():
    person = member()
    other = person.pk + 1
    for actor_id in (person.pk, other):
        TouchRow.objects.create(actor_id=actor_id, kind="clicked", source="pin", ref="pin1")
    client = client_of(person)
    client.post("/consent/", {"purposes": ["measure"]})
    assert TouchRow.objects.count() == 2
    client.post("/consent/", {})
    assert TouchRow.objects.get().actor_id == other
