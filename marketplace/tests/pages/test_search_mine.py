"""Search inside one's own boards: by page and by program, and whose are never found."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actions import block
from accounts.testing import Profile, client_for, make_brand, make_person, make_token
from feed.actions import create_section, leave_board, save_pin, take_down_pin
from feed.models import Board, Pin
from feed.testing import join, make_board, make_pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


@pytest.fixture
def jonah() -> Profile:
    return make_person(name="Jonah")


def keep(pin: Pin, board: Board, saver: Profile | None = None) -> None:
    saver_id = saver.pk if saver else board.owner_id
    save_pin(pin_id=pin.public_id, saver_id=saver_id, board_id=board.public_id)


def page_of(client: Client, status: int = 200, **query: str) -> BeautifulSoup:
    answer = client.get("/search/", {"kind": "mine", **query})
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def boards_on(page: BeautifulSoup) -> list[str]:
    return [one.get_text().strip() for one in page.select(".shelf h3 a")]


def titles(page: BeautifulSoup) -> set[str]:
    return {one.get_text() for one in page.select(".wall h3")}


def test_what_i_keep_is_found_and_what_others_keep_is_not(mara: Profile, jonah: Profile) -> None:
    open_, secret = make_board(owner=mara), make_board(owner=mara, title="Gift", secret=True)
    shared = make_board(owner=jonah, title="Ours", secret=True)
    join(board=shared, person=mara)
    keep(make_pin(title="Oak stool"), open_)
    keep(make_pin(title="Oak bench"), secret)
    keep(make_pin(title="Oak tray"), shared, jonah)
    hidden = make_board(owner=jonah, title="Oak, not for Mara", secret=True)
    keep(make_pin(title="Oak ladder"), hidden)
    make_pin(title="Oak on no board")
    page = page_of(client_for(mara), q="oak")
    assert titles(page) == {"Oak stool", "Oak bench", "Oak tray"}
    assert "3 pins" in page.get_text()
    for word in ("ladder", "not for Mara", hidden.public_id):
        assert word not in str(page)
    assert "on Gift" in page.get_text()


def test_a_secret_board_of_another_is_found_by_no_door(mara: Profile, jonah: Profile) -> None:
    hidden = make_board(owner=jonah, title="Surprise party", secret=True)
    create_section(board_id=hidden.public_id, actor_id=jonah.pk, title="Paper hats")
    asked = make_board(owner=jonah, title="Surprise for two", secret=True)
    pin = make_pin(title="Copper pan")
    keep(pin, hidden)
    keep(pin, asked)
    mine = make_board(owner=mara, title="Kitchen")
    keep(pin, mine)
    client, token = client_for(mara), make_token(mara)
    for words in ("surprise", "paper hats", "copper"):
        text = str(page_of(client, q=words))
        for secret in ("Surprise party", "Surprise for two", hidden.public_id, asked.public_id):
            assert secret not in text
        answer = by_program(token, q=words).content.decode()
        assert "urprise" not in answer
        assert hidden.public_id not in answer
    for board in (hidden, asked):
        page_of(client, status=404, q="copper", board=board.public_id)
        assert by_program(token, q="copper", board=board.public_id).status_code == 404
    page_of(client, status=404, q="copper", board="nowhere")


def by_program(token: Any, **query: str) -> Any:
    return Client().get(
        "/api/v1/boards/search/", query, headers={"Authorization": f"Bearer {token.secret}"}
    )


def test_who_left_or_is_blocked_finds_nothing_there_any_more(mara: Profile, jonah: Profile) -> None:
    left, parted = (make_board(owner=jonah, title=one, secret=True) for one in ("Left", "Parted"))
    for board in (left, parted):
        join(board=board, person=mara)
        keep(make_pin(title=f"Oak {board.title}"), board, mara)
    client = client_for(mara)
    assert titles(page_of(client, q="oak")) == {"Oak Left", "Oak Parted"}
    leave_board(board_id=left.public_id, profile_id=mara.pk)
    assert titles(page_of(client, q="oak")) == {"Oak Parted"}
    block(blocker_id=jonah.pk, blocked_id=mara.pk)
    page = page_of(client, q="oak")
    assert titles(page) == set()
    assert "Nothing that you keep answers" in page.get_text()


def test_blocked_authors_and_pins_that_are_gone_are_not_counted(mara: Profile) -> None:
    board, author = make_board(owner=mara), make_brand(name="Elsewhere")
    gone, foreign = make_pin(title="Oak gone"), make_pin(title="Oak foreign", author=author)
    for pin in (gone, foreign, make_pin(title="Oak stays")):
        keep(pin, board)
    take_down_pin(public_id=gone.public_id, operator_id=None, reason="A fake")
    block(blocker_id=mara.pk, blocked_id=author.pk)
    page = page_of(client_for(mara), q="oak")
    assert titles(page) == {"Oak stays"}
    assert "1 pin" in page.get_text()
    assert "2 pins" not in page.get_text()


def test_boards_answer_by_name_words_and_sections(mara: Profile) -> None:
    make_board(owner=mara, title="Café corner")
    lamps = make_board(owner=mara, title="Evenings", secret=True)
    create_section(board_id=lamps.public_id, actor_id=mara.pk, title="Lamps of brass")
    client = client_for(mara)
    assert boards_on(page_of(client, q="cafe")) == ["Café corner"]
    assert boards_on(page_of(client, q="brass lamp")) == ["Evenings"]
    assert boards_on(page_of(client, q="evenngs")) == ["Evenings"]
    assert boards_on(page_of(client, q="garden")) == []


def test_one_board_alone_and_the_way_out_of_it(mara: Profile) -> None:
    near, far = make_board(owner=mara, title="Near"), make_board(owner=mara, title="Far")
    keep(make_pin(title="Oak near"), near)
    keep(make_pin(title="Oak far"), far)
    client = client_for(mara)
    board = BeautifulSoup(client.get(near.get_absolute_url()).content, "html.parser")
    form = board.select_one("main form[role=search]")
    assert form is not None
    sent = {str(one["name"]): str(one.get("value", "")) for one in form.select("input")}
    answer = client.get(str(form["action"]), sent | {"q": "oak"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert titles(page) == {"Oak near"}
    out = page.select_one(".cut")
    assert out is not None
    both = BeautifulSoup(client.get(str(out["href"])).content, "html.parser")
    assert titles(both) == {"Oak near", "Oak far"}
    nothing = page_of(client, q="birch", board=near.public_id)
    assert "another board of yours" in nothing.get_text()


def test_the_ways_there_are_for_those_who_have_boards(mara: Profile, jonah: Profile) -> None:
    board = make_board(owner=mara)
    keep(make_pin(title="Oak stool"), board)
    client, path = client_for(mara), f"/@{mara.handle}/boards/"
    assert "kind=mine" in client.get("/search/?q=oak").content.decode()
    assert 'value="mine"' in client.get(path).content.decode()
    assert "kind=mine" not in Client().get("/search/?q=oak").content.decode()
    for who in (Client(), client_for(jonah)):
        assert 'value="mine"' not in who.get(path).content.decode()
        assert 'value="mine"' not in who.get(board.get_absolute_url()).content.decode()
    answer = Client().get("/search/?kind=mine&q=oak")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=%2Fsearch%2F%3Fkind%3Dmine")


def test_by_program_the_same_and_what_follows(mara: Profile) -> None:
    board = make_board(owner=mara, title="Oak and ash", secret=True)
    for number in range(26):
        keep(make_pin(title=f"Oak {number}"), board)
    token = make_token(mara)
    first = by_program(token, q="oak").json()
    assert [one["board"]["title"] for one in first["results"] if one["board"]] == ["Oak and ash"]
    pins = [one for one in first["results"] if one["pin"]]
    assert len(pins) == 24
    assert pins[0]["on"][0]["id"] == board.public_id
    headers = {"Authorization": f"Bearer {token.secret}"}
    rest = Client().get(first["next"], headers=headers).json()
    assert len(rest["results"]) == 2
    assert rest["next"] is None
    page = page_of(client_for(mara), q="oak")
    more = page.select_one("[data-more]")
    assert more is not None
    second = BeautifulSoup(client_for(mara).get(str(more["href"])).content, "html.parser")
    assert len(titles(second)) == 2


@pytest.mark.parametrize("words", ["", "   ", "'; --", "%", "_", "a\x00b", "x" * 5000, '"unclosed'])
def test_any_words_are_safe(mara: Profile, words: str) -> None:
    keep(make_pin(title="Oak stool"), make_board(owner=mara))
    page = page_of(client_for(mara), q=words, page="9" * 300)
    assert titles(page) == set()


def test_the_page_keeps_to_its_budget(
    mara: Profile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session and user; what answers; boards with covers; pins with tags (they carry none, so no
    product is asked for): 5, and one more with products, however many boards and pins."""
    client = client_for(mara)
    client.get("/help/")
    for count in (1, 6):
        board = make_board(owner=mara, title=f"Oak {count}")
        for number in range(count):
            keep(make_pin(title=f"Oak {count}.{number}"), board)
        with django_assert_num_queries(5):
            page_of(client, q="oak")
