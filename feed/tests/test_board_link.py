"""The link with which a secret board can be looked at."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.actions import block, suspend_person
from accounts.queries import brand_log
from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_operator,
    make_person,
    make_token,
)
from feed.access import LINKS_FOLLOWED
from feed.actions import edit_board, end_link, make_link, write_note
from feed.models import Board, BoardLink
from feed.testing import fill_board, join, make_board
from feed.tests.boards import post, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


@pytest.fixture
def board(mara: Profile) -> Board:
    return fill_board(owner=mara, count=30, secret=True, title="For Mama")[0]


def link_on(client: Client, board: Board) -> str:
    """The path of the link as the owner's page shows it."""
    field = soup(client, board.get_absolute_url()).select_one("#board-link")
    assert field is not None
    return re.sub(r"^https?://[^/]+", "", str(field["value"]))


def test_whoever_has_the_link_looks_at_the_board_and_no_more(mara: Profile, board: Board) -> None:
    owner, holder = client_for(mara), Client()
    assert soup(owner, board.get_absolute_url()).select_one("#board-link") is None
    answer = post(owner, board, "link")
    assert answer.status_code == 302
    link = link_on(owner, board)
    post(owner, board, "link")
    assert link_on(owner, board) == link, "pressed twice it is the same"
    path = board.get_absolute_url()
    soup(holder, path, 404)

    answer = holder.get(link)

    assert (answer.status_code, answer["Location"]) == (302, path)
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    page = soup(holder, path)
    assert len(page.select(".pin")) == 24
    assert page.select_one("meta[name=robots]") is not None
    key = link.strip("/").split("/")[-1]
    assert key not in str(page), "what is read has no key in it"
    more = page.select_one("a[data-more]")
    assert more is not None
    assert len(soup(holder, str(more["href"])).select(".pin")) == 6
    # Only looking: nothing of the owner's is offered, and nothing is listed anywhere.
    assert page.select_one("#board-link, .crew form, [formaction*='/boards/']") is None
    assert "For Mama" not in holder.get(f"/@{mara.handle}/boards/").content.decode()
    assert "For Mama" not in holder.get("/search/?q=mama").content.decode()


def test_a_link_that_is_ended_shows_nothing_at_once(mara: Profile, board: Board) -> None:
    owner, holder, path = client_for(mara), Client(), board.get_absolute_url()
    post(owner, board, "link")
    link = link_on(owner, board)
    holder.get(link)
    soup(holder, path)
    post(owner, board, "link/end")
    soup(holder, path, 404)
    soup(holder, link, 404)
    post(owner, board, "link")
    assert link_on(owner, board) != link
    soup(holder, path, 404)


def test_a_board_that_everybody_sees_has_no_link(mara: Profile, board: Board) -> None:
    make_link(board_id=board.public_id, owner_id=mara.pk)
    seen: dict[str, Any] = {"board_id": board.public_id, "owner_id": mara.pk, "text": ""}
    edit_board(**seen, title=board.title, secret=False)
    assert not BoardLink.objects.exists()
    assert post(client_for(mara), board, "link").status_code == 409
    edit_board(**seen, title=board.title, secret=True)
    assert not BoardLink.objects.exists(), "the old one does not come back"
    public = fill_board(owner=mara, count=1, title="Open")[0]
    field = soup(client_for(mara), public.get_absolute_url()).select_one("#board-link")
    assert field is not None
    assert str(field["value"]).endswith(public.get_absolute_url())


@pytest.mark.parametrize("who", ["member", "stranger", "guest"])
def test_only_the_owner_makes_sees_and_ends_it(mara: Profile, board: Board, who: str) -> None:
    person = make_person()
    if who == "member":
        join(board=board, person=person)
    client = Client() if who == "guest" else client_for(person)
    assert post(client, board, "link").status_code == 404
    assert not BoardLink.objects.exists()
    key = make_link(board_id=board.public_id, owner_id=mara.pk)
    assert post(client, board, "link/end").status_code == 404
    assert BoardLink.objects.get().key == key
    if who == "member":
        assert key not in client.get(board.get_absolute_url()).content.decode()


def test_a_link_opens_nothing_across_a_block(mara: Profile, board: Board) -> None:
    key = make_link(board_id=board.public_id, owner_id=mara.pk)
    jonah = make_person()
    client = client_for(jonah)
    client.get(f"/board/link/{key}/")
    soup(client, board.get_absolute_url())
    block(blocker_id=mara.pk, blocked_id=jonah.pk)
    soup(client, board.get_absolute_url(), 404)


@pytest.mark.parametrize("why", ["block", "suspended"])
def test_who_may_not_look_learns_nothing_from_the_link(
    mara: Profile, board: Board, why: str
) -> None:
    """Not even the title, which stands in the address of the board."""
    key, jonah = make_link(board_id=board.public_id, owner_id=mara.pk), make_person()
    if why == "block":
        block(blocker_id=mara.pk, blocked_id=jonah.pk)
    else:
        suspend_person(profile_id=mara.pk, operator_id=make_operator().user_id or 0, reason="Spam")
    client = client_for(jonah)
    answer = client.get(f"/board/link/{key}/")
    assert (answer.status_code, "Location" in answer) == (404, False)
    assert "for-mama" not in answer.content.decode()
    assert LINKS_FOLLOWED not in client.session


def test_a_token_knows_of_no_link_that_a_browser_followed(mara: Profile, board: Board) -> None:
    key, jonah = make_link(board_id=board.public_id, owner_id=mara.pk), make_person()
    holder = client_for(jonah)
    holder.get(f"/board/link/{key}/")
    headers = {"Authorization": f"Bearer {make_token(jonah).secret}"}
    for path in (f"/api/v1/boards/{board.public_id}/", f"/api/v1/boards/{board.public_id}/pins/"):
        assert holder.get(path).status_code == 200, "the same session, the same person"
        assert holder.get(path, headers=headers).status_code == 404
        assert Client().get(path, headers=headers).status_code == 404


def test_the_form_says_who_sees_the_board_and_what_becomes_of_its_link(
    mara: Profile, board: Board
) -> None:
    client, path = client_for(mara), f"/boards/{board.public_id}/edit/"
    before = soup(client, path).get_text()
    assert "Only you and the people on it can see it. Made public, everybody reads" in before
    make_link(board_id=board.public_id, owner_id=mara.pk)
    assert (
        "who has its link can see it. Made public, the link ends" in soup(client, path).get_text()
    )


@pytest.mark.parametrize("by", ["page", "program"])
def test_the_log_of_a_brand_tells_who_made_and_who_ended_a_link(mara: Profile, by: str) -> None:
    brand = make_brand(owner=mara)
    board, client = make_board(owner=brand, secret=True), client_for(mara, acting=brand)
    for _ in range(2):  # what changes nothing is no act
        post(client, board, "link")
    for _ in range(2):
        if by == "page":
            post(client, board, "link/end")
        else:
            client.delete(f"/api/v1/boards/{board.public_id}/link/")
    log = brand_log(brand_id=brand.pk).rows
    assert [(one.words, one.name) for one in log if one.subject == board.title] == [
        ("ended the link to a secret board", mara.name),
        ("made a link to a secret board", mara.name),
    ]


def test_the_holder_reads_the_notes_too_until_it_ends(mara: Profile, board: Board) -> None:
    pin = board.saves.earliest("rank").pin.public_id
    write_note(board_id=board.public_id, pin_id=pin, actor_id=mara.pk, text="Her birthday")
    key = make_link(board_id=board.public_id, owner_id=mara.pk)
    holder, path = Client(), f"/boards/{board.public_id}/notes/{pin}/"
    soup(holder, path, 404)
    holder.get(f"/board/link/{key}/")
    assert "Her birthday" in soup(holder, path).get_text()
    end_link(board_id=board.public_id, owner_id=mara.pk)
    soup(holder, path, 404)


def test_keys_are_not_tried_out() -> None:
    client = Client()
    codes = {client.get(f"/board/link/{number:028}/").status_code for number in range(70)}
    assert codes == {404, 429}


def test_a_program_makes_and_ends_a_link(mara: Profile, board: Board) -> None:
    client, holder = client_for(mara), Client()
    path = f"/api/v1/boards/{board.public_id}/link/"
    made = client.put(path, content_type="application/json").json()
    holder.get(re.sub(r"^https?://[^/]+", "", made["url"]))
    soup(holder, board.get_absolute_url())
    client.delete(path)
    soup(holder, board.get_absolute_url(), 404)
