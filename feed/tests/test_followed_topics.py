"""Following a topic is having it among one's interests; and the page of what one follows."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actions import choose_interests, people
from accounts.actions.people import MAX_INTERESTS
from accounts.testing import Profile, client_for, make_brand, make_person, owner_of
from catalog.testing import make_category
from core.testing import race
from feed.actions import edit_board, follow_board
from feed.testing import make_board, make_pin
from feed.tests.boards import soup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lamps() -> None:
    make_category(slug="lamps", name="Lamps")


@pytest.fixture
def noor() -> Profile:
    return make_person(name="Noor")


def liked(person: Profile) -> list[str]:
    person.refresh_from_db()
    return person.interests


def press(client: Client, value: str = "1", slug: str = "lamps", **more: Any) -> Any:
    """What the button of a topic posts."""
    return client.post(f"/explore/{slug}/follow/", {"follow": value}, **more)


def button(page: BeautifulSoup, address: str = "/explore/lamps/follow/") -> Any:
    return page.select_one(f'button[formaction="{address}"]')


# --- The button ----------------------------------------------------------------------------------


def test_a_topic_is_followed_and_left_where_one_meets_it(noor: Profile) -> None:
    client, path = client_for(noor), "/explore/lamps/"
    choose_interests(profile_id=noor.pk, slugs=["vases"])
    make_pin(title="A lamp", category="lamps")
    assert button(soup(client, path))["aria-pressed"] == "false"
    assert [one.get_text() for one in soup(client, path).select("h1")] == ["Lamps"]

    for _twice in range(2):
        answer = client.post("/explore/lamps/follow/", {"follow": "1", "next": path}, follow=True)
        assert answer.redirect_chain == [(path, 302)]
        assert "You follow Lamps." in answer.content.decode()
    assert liked(noor) == ["vases", "lamps"]
    shown = button(soup(client, path))
    assert (shown["aria-pressed"], shown["value"]) == ("true", "0")
    assert shown.get_text() == "Following Lamps"
    assert "Because you like Lamps" in client.get("/").content.decode()

    for _twice in range(2):
        answer = press(client, "0", headers={"X-Fragment": "act"})
        told = {"followers-lamps": "0 followers"}
        assert answer.json() == {"text": "You no longer follow Lamps.", "told": told}
    assert liked(noor) == ["vases"]
    assert "Because you like Lamps" not in client.get("/").content.decode()


def test_the_page_shows_the_count_that_a_script_is_told(noor: Profile) -> None:
    choose_interests(profile_id=make_person().pk, slugs=["lamps"])
    client = client_for(noor)
    for value, words in (("1", "2 followers"), ("0", "1 follower")):
        answer = press(client, value, headers={"X-Fragment": "act"})
        assert answer.json()["told"] == {"followers-lamps": words}
        shown = soup(client, "/explore/lamps/").select('[data-told="followers-lamps"]')
        assert [one.get_text() for one in shown] == [words]


def test_a_guest_is_led_to_the_log_in_and_back_to_the_topic() -> None:
    assert button(soup(Client(), "/explore/lamps/"))["aria-pressed"] == "false"
    assert button(soup(Client(), "/explore/")) is None
    answer = press(Client())
    assert answer["Location"] == "/accounts/login/?next=%2Fexplore%2Flamps%2F"
    assert press(Client(), headers={"X-Fragment": "act"}).json() == {"location": answer["Location"]}


def test_a_topic_that_is_none_changes_nothing(noor: Profile) -> None:
    assert press(client_for(noor), slug="nonesuch").status_code == 404
    assert liked(noor) == []


def test_there_is_an_end_to_topics_and_it_says_so(noor: Profile) -> None:
    full = [f"topic-{number}" for number in range(MAX_INTERESTS)]
    choose_interests(profile_id=noor.pk, slugs=full)
    client = client_for(noor)
    answer = press(client, headers={"X-Fragment": "act", "Accept": "application/json"})
    assert answer.status_code == 422
    assert "You follow as many topics as we keep." in answer.content.decode()
    assert liked(noor) == full
    choose_interests(profile_id=noor.pk, slugs=[*full[:-1], "lamps"])
    assert press(client).status_code == 302, "one that is there already needs no room"


def test_it_is_the_persons_for_whomever_they_act() -> None:
    brand = make_brand()
    owner = owner_of(brand)
    client = client_for(owner, acting=brand)
    assert press(client).status_code == 302
    assert (liked(owner), liked(brand)) == (["lamps"], [])


def test_programs_follow_topics(noor: Profile) -> None:
    client, path = client_for(noor), "/api/v1/topics/lamps/follow/"
    for _twice in range(2):
        answer = client.put(path).json()
        assert answer == {
            "slug": "lamps", "name": "Lamps", "following": True, "followers_count": 1
        }  # fmt: skip
    assert client.get("/api/v1/me/").json()["interests"] == ["lamps"]
    answer = client.delete(path).json()
    assert (answer["following"], answer["followers_count"]) == (False, 0)
    assert client.put("/api/v1/topics/nonesuch/follow/").status_code == 404
    assert Client().put(path).status_code == 401
    assert liked(noor) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control"])
def test_topics_that_are_followed_at_once_are_all_kept(
    noor: Profile, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each press reads the list and writes it: without the lock the last one wins."""
    if not locked:
        all_looked = threading.Barrier(8)

        def careless(profile_id: int) -> list[str]:
            liked = list(Profile.objects.values_list("interests", flat=True).get(pk=profile_id))
            all_looked.wait(timeout=20)
            return liked

        monkeypatch.setattr(people, "_liked", careless)
    slugs = [f"topic-{number}" for number in range(8)]
    for slug in slugs:
        make_category(slug=slug, name=slug)
    clients = [client_for(noor) for _ in slugs]
    answers = race(8, lambda number: press(clients[number], slug=slugs[number]).status_code)
    assert answers == [302] * 8
    assert (sorted(liked(noor)) == slugs) is locked


# --- The list ------------------------------------------------------------------------------------


def test_what_one_follows_is_listed_and_ended_in_one_place(
    noor: Profile, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mara, client = make_person(name="Mara"), client_for(noor)
    boards = [make_board(owner=mara, title=f"Board {number}") for number in range(4)]
    for one in boards[:3]:
        follow_board(board_id=one.public_id, profile_id=noor.pk)
    choose_interests(profile_id=noor.pk, slugs=["lamps", "gone-by-now"])
    hidden: dict[str, Any] = {"title": "Secret now", "text": "", "secret": True}
    edit_board(board_id=boards[0].public_id, owner_id=mara.pk, **hidden)

    soup(client, "/following/boards/")  # the categories are kept from now on
    # session, user with profile, two counts of the tabs, those of topics, the hashtags, the boards
    with django_assert_max_num_queries(7):
        page = soup(client, "/following/boards/")

    lines = [" ".join(one.get_text(" ").split()) for one in page.select("li.line")]
    assert lines == [
        "Lamps 1 follower Following Lamps",
        "M Board 2 Mara · 0 pins, 1 follower Following Board 2",
        "M Board 1 Mara · 0 pins, 1 follower Following Board 1",
    ]
    for name in ("followers", "following"):
        assert page.select_one(f'nav.tabs a[href="/@{noor.handle}/{name}/"]') is not None
    ends = [(str(one["formaction"]), str(one["value"])) for one in page.select("li.line button")]
    for address, value in ends:
        client.post(address, {"follow": value})
    after = soup(client, "/following/boards/")
    assert after.select("li.line") == []
    assert "No board yet" in after.get_text()


def test_the_list_is_a_tab_beside_the_people_for_oneself_alone(noor: Profile) -> None:
    path = f"/@{noor.handle}/following/"
    own = soup(client_for(noor), path)
    assert own.select_one('nav.tabs a[href="/following/boards/"]') is not None
    for other in (Client(), client_for(make_person())):
        assert soup(other, path).select_one('nav.tabs a[href="/following/boards/"]') is None
    answer = Client().get("/following/boards/")
    assert answer["Location"] == "/accounts/login/?next=%2Ffollowing%2Fboards%2F"


def test_a_long_list_has_a_next_page(noor: Profile) -> None:
    mara = make_person()
    for number in range(31):
        board = make_board(owner=mara, title=f"Board {number}")
        follow_board(board_id=board.public_id, profile_id=noor.pk)
    first = soup(client_for(noor), "/following/boards/")
    more = first.select_one(".more a")
    assert more is not None
    rest = soup(client_for(noor), f"/following/boards/{more['href']}")
    titles = [one.get_text() for page in (first, rest) for one in page.select("li.line b")]
    assert titles == [f"Board {number}" for number in reversed(range(31))]
