"""Lists of boards that are longer than a page: none is out of reach."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urljoin

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.testing import Profile, client_for, make_person, make_token
from core import clock
from feed.actions import save_pin
from feed.models import Board, Pin, Save
from feed.testing import join, make_board, make_pin

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


def many_boards(owner: Profile, count: int, *, used: int) -> list[Board]:
    """Boards in the order of a list: those used, the last one first, then the new ones."""
    boards = [
        Board(owner=owner, title=f"Board {n}", slug="board", created_at=START) for n in range(count)
    ]
    for number, board in enumerate(boards[:used]):
        # Two are always used at one moment: the younger row comes first.
        board.last_saved_at = START + timedelta(minutes=number // 2)
    Board.objects.bulk_create(boards)
    return boards[:used][::-1] + boards[used:][::-1]


def pages(client: Client, path: str, links: str) -> list[str]:
    """The addresses of all boards, page by page until none follows; beside a form the way on is a
    button of it."""
    found: list[str] = []
    sent: dict[str, str] | None = None
    for _page in range(9):
        answer = client.get(path) if sent is None else client.post(path, sent)
        assert answer.status_code == 200
        page = BeautifulSoup(answer.content, "html.parser")
        found += [str(one.get("href") or one["value"]) for one in page.select(links)]
        more = page.select_one("p.more :is(a, button)")
        if more is None:
            return found
        if more.name == "a":
            path = urljoin(path, str(more["href"]))
        else:
            path, sent = str(more["formaction"]), {"cursor": str(more["value"])}
    raise AssertionError("it has no end")


@pytest.mark.parametrize("used", [0, 70, 130])
def test_the_boards_of_somebody_follow_each_other_without_gap(mara: Profile, used: int) -> None:
    boards = many_boards(mara, 130, used=used)
    addresses = [board.get_absolute_url() for board in boards]
    assert pages(Client(), f"/@{mara.handle}/boards/", "h3 a") == addresses


@pytest.mark.parametrize("own", [True, False])
def test_programs_follow_next_to_the_last_board(mara: Profile, own: bool) -> None:
    boards = many_boards(mara, 130, used=70)
    token = make_token(mara, scopes=["feed:read"])
    path = "/api/v1/boards/" if own else f"/api/v1/profiles/{mara.handle}/boards/"
    found: list[str] = []
    while path:
        answer = Client().get(path, headers={"Authorization": f"Bearer {token.secret}"})
        assert answer.status_code == 200
        found += [one["id"] for one in answer.json()["results"]]
        path = answer.json()["next"]
    assert found == [board.public_id for board in boards]


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.x", "0.2026-03-02", "9" * 30, "\x00"])
def test_a_strange_cursor_is_the_first_page(mara: Profile, cursor: str) -> None:
    many_boards(mara, 2, used=1)
    path = f"/@{mara.handle}/boards/?{urlencode({'cursor': cursor})}"
    assert len(pages(Client(), path, "h3 a")) == 2


def test_a_page_of_boards_costs_the_same_wherever_it_is(
    mara: Profile, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_boards(mara, 130, used=70)
    path = f"/@{mara.handle}/boards/"
    page = BeautifulSoup(client.get(path).content, "html.parser")
    more = page.select_one("p.more a")
    assert more is not None
    for address in (path, f"{path}{more['href']}"):
        # profile, what it has, boards
        with django_assert_max_num_queries(4):
            client.get(address)


def test_a_pin_can_be_saved_to_the_board_that_was_used_least(mara: Profile) -> None:
    boards = many_boards(mara, 130, used=0)
    for number, board in enumerate(boards[:3]):
        with clock.fixed(START + timedelta(minutes=number)):
            save_pin(pin_id=make_pin().public_id, saver_id=mara.pk, board_id=board.public_id)
    near = boards[:3][::-1] + boards[3:8]
    pin, client = make_pin(), client_for(mara)
    path = f"/pin/{pin.public_id}/boards/"
    page = BeautifulSoup(client.get(f"/pin/{pin.public_id}/").content, "html.parser")
    menu = page.select(".tools__board button[name=board]")
    assert [button["value"] for button in menu] == [board.public_id for board in near]
    assert page.select_one(f'.tools__board a[href="{path}"]') is not None
    found = pages(client, path, "button[name=board]")
    assert found == [board.public_id for board in near + boards[8:]]
    client.post(f"/pin/{pin.public_id}/save/", {"board": found[-1]})
    assert Save.objects.filter(pin=pin).get().board.public_id == found[-1]


def test_a_pin_stays_on_its_board_however_many_were_used_since(mara: Profile) -> None:
    board = make_board(owner=mara)
    pin = make_pin(author=mara)
    client, path = client_for(mara), f"/pin/{pin.public_id}/edit/"
    client.post(path, {"title": "A", "board": board.public_id, "do": "save"})
    assert Save.objects.get().board_id == board.pk
    Save.objects.all().update(created_at=START)
    many_boards(mara, 120, used=0)
    Board.objects.exclude(pk=board.pk).update(last_saved_at=clock.now())
    page = BeautifulSoup(client.get(path).content, "html.parser")
    chosen = page.select_one("input[name=board][checked]")
    assert chosen is not None
    assert chosen["value"] == board.public_id


def test_the_editor_offers_the_boards_that_the_author_may_choose(mara: Profile) -> None:
    board = make_board(owner=make_person(), title="Of somebody else")
    join(board=board, person=mara)
    pin = make_pin(author=mara)
    client, path = client_for(mara), f"/pin/{pin.public_id}/edit/"
    assert "Of somebody else" not in client.get(path).content.decode()
    answer = client.post(path, {"title": "A", "board": board.public_id, "do": "save"})
    assert answer.status_code == 422
    assert Pin.objects.get(pk=pin.pk).board_id is None
