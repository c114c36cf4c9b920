"""What of a board is out of reach for those who are off it, or whom a block keeps apart there."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.actions import block
from accounts.testing import Profile, client_for, make_person, viewer_for
from core.testing import deliver_all
from feed.actions import (
    create_section,
    edit_board,
    invite_member,
    leave_board,
    move_pins,
    remove_member,
    save_pin,
    undo,
)
from feed.errors import NobodyByThatName, NothingToUndo
from feed.models import Board, BoardMember, Pin, Save
from feed.queries import pin_cards, pins_of, saved_count
from feed.testing import join, make_board, make_pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


@pytest.fixture
def jonah() -> Profile:
    return make_person(name="Jonah")


def saved_by(person: Profile, board: Board) -> Pin:
    """A pin that somebody saved there."""
    pin = make_pin()
    save_pin(pin_id=pin.public_id, saver_id=person.pk, board_id=board.public_id)
    return pin


def leave_another_board(person: Profile) -> tuple[str, str]:
    board = make_board(owner=make_person())
    join(board=board, person=person)
    return leave_board(board_id=board.public_id, profile_id=person.pk)


def unsave(client: Client, pin: Pin, data: dict[str, Any]) -> str:
    answer = client.post(f"/pin/{pin.public_id}/unsave/", data, headers={"X-Fragment": "act"})
    return str(answer.json()["text"])


@pytest.mark.parametrize("how", ["removed", "blocked"])
def test_what_they_saved_on_a_board_they_are_off_is_out_of_their_reach(
    mara: Profile, jonah: Profile, how: str
) -> None:
    board = make_board(owner=mara, title="Living room", secret=True)
    join(board=board, person=jonah)
    pin = saved_by(jonah, board)
    client, path = client_for(jonah), f"/pin/{pin.public_id}/"
    assert "Living room" in client.get(path).content.decode()
    assert saved_count(profile_id=jonah.pk) == 1
    if how == "removed":
        remove_member(board_id=board.public_id, owner_id=mara.pk, member_id=jonah.public_id)
    else:
        block(blocker_id=mara.pk, blocked_id=jonah.pk)
        deliver_all()
    edit_board(board_id=board.public_id, owner_id=mara.pk, title="Surprise", secret=True, text="")
    page = client.get(path).content.decode()
    assert "Surprise" not in page
    assert board.public_id not in page
    for data in ({}, {"board": board.public_id}):
        assert unsave(client, pin, data) == "It was not saved."
    assert saved_count(profile_id=jonah.pk) == 0, "it counts what can be found"
    board.refresh_from_db()
    assert (board.pins_count, Save.objects.get().pin_id) == (1, pin.pk)
    # Its owner still takes it off.
    assert unsave(client_for(mara), pin, {"board": board.public_id}) == "Removed from Surprise"
    assert not Save.objects.exists()


def test_a_card_is_marked_as_saved_while_the_save_can_be_taken_back(
    mara: Profile, jonah: Profile
) -> None:
    board = make_board(owner=mara)
    join(board=board, person=jonah)
    pin = saved_by(jonah, board)

    def marks() -> set[bool]:
        viewer = viewer_for(jonah)
        named = pin_cards(public_ids=[pin.public_id], viewer=viewer)
        return {
            card.saved for card in named + pins_of(author_id=pin.author_id, viewer=viewer).cards
        }

    assert marks() == {True}
    remove_member(board_id=board.public_id, owner_id=mara.pk, member_id=jonah.public_id)
    assert marks() == {False}


@pytest.mark.parametrize("blocker", ["viewer", "member"])
def test_two_whom_a_block_keeps_apart_do_not_meet_on_anothers_board(
    mara: Profile, jonah: Profile, blocker: str
) -> None:
    """Neither among its people nor in what happened there lately, in both directions."""
    board, ada = make_board(owner=mara), make_person(name="Ada")
    for person in (jonah, ada):
        join(board=board, person=person)
        saved_by(person, board)
    pair = (ada, jonah) if blocker == "viewer" else (jonah, ada)
    path = board.get_absolute_url()
    assert jonah.handle in client_for(ada).get(path).content.decode()
    block(blocker_id=pair[0].pk, blocked_id=pair[1].pk)
    deliver_all()
    for one, other in ((ada, jonah), (jonah, ada)):
        client = client_for(one)
        page = client.get(path).content.decode()
        program = client.get(f"/api/v1/boards/{board.public_id}/")
        assert program.status_code == 200
        told = program.content.decode()
        assert one.handle in page
        for text in (page, told):
            assert other.handle not in text
            assert other.name not in text
    # Everybody else sees both.
    page = client_for(mara).get(path).content.decode()
    assert jonah.handle in page
    assert ada.handle in page


def test_a_section_shows_and_counts_nothing_of_whom_a_block_keeps_apart(
    mara: Profile, jonah: Profile
) -> None:
    """Of an author nothing; a pin that somebody behind the block merely saved is there."""
    board, ada = make_board(owner=mara), make_person(name="Ada")
    join(board=board, person=jonah)
    section = create_section(board_id=board.public_id, actor_id=mara.pk, title="Table")
    by_jonah, saved_by_jonah = make_pin(author=jonah), make_pin()
    for pin, saver in ((saved_by_jonah, jonah), (by_jonah, mara)):
        save_pin(pin_id=pin.public_id, saver_id=saver.pk, board_id=board.public_id)
    pins = [by_jonah.public_id, saved_by_jonah.public_id]
    move_pins(board_id=board.public_id, pin_ids=pins, actor_id=mara.pk, to_section=section)

    def chip(reader: Profile) -> tuple[str, str]:
        page = BeautifulSoup(client_for(reader).get(board.get_absolute_url()).content, "html5lib")
        [found] = page.select(f'.chips [href$="section={section}"]')
        image, count = found.select_one("img"), found.select_one(".num")
        assert image is not None
        assert count is not None
        return str(image["src"]), count.get_text()

    shown = [pin.image.src(236, "webp") for pin in (by_jonah, saved_by_jonah)]
    assert chip(ada) == (shown[0], "2")
    block(blocker_id=ada.pk, blocked_id=jonah.pk)
    assert chip(ada) == (shown[1], "1")


@pytest.mark.parametrize("answered", [True, False])
def test_who_was_removed_does_not_come_back_by_the_undo_of_an_earlier_leaving(
    mara: Profile, jonah: Profile, answered: bool
) -> None:
    board = make_board(owner=mara, secret=True)
    join(board=board, person=jonah)
    _title, token = leave_board(board_id=board.public_id, profile_id=jonah.pk)
    _title, elsewhere = leave_another_board(jonah)
    if answered:
        join(board=board, person=jonah)
    else:
        invite_member(board_id=board.public_id, owner_id=mara.pk, handle=jonah.handle)
    remove_member(board_id=board.public_id, owner_id=mara.pk, member_id=jonah.public_id)
    with pytest.raises(NothingToUndo):
        undo(token=token, actor_id=jonah.pk)
    assert not BoardMember.objects.filter(board=board).exists()
    assert client_for(jonah).get(board.get_absolute_url()).status_code == 404
    # Of another board they may still think better.
    undo(token=elsewhere, actor_id=jonah.pk)
    assert BoardMember.objects.filter(profile=jonah).count() == 1


@pytest.mark.parametrize("door", ["page", "program", "program twice"])
def test_who_has_just_left_is_off_for_good_by_whichever_door(
    mara: Profile, jonah: Profile, door: str
) -> None:
    board = make_board(owner=mara, secret=True)
    join(board=board, person=jonah)
    _title, token = leave_board(board_id=board.public_id, profile_id=jonah.pk)
    client = client_for(mara)
    if door == "page":
        path = f"/boards/{board.public_id}/people/{jonah.public_id}/remove/"
        page = client.post(path, follow=True).content.decode()
        assert "Jonah is not on it any more." in page
        assert "/boards/undo/" not in page
    else:
        headers = {"Idempotency-Key": "a" * 20}
        path = f"/api/v1/boards/{board.public_id}/members/{jonah.public_id}/"
        for _time in door.split():
            answer = client.delete(path, headers=headers)
            assert (answer.status_code, answer.json()) == (200, {"undo": ""})
    with pytest.raises(NothingToUndo):
        undo(token=token, actor_id=jonah.pk)
    assert not BoardMember.objects.exists()
    with pytest.raises(NobodyByThatName):
        remove_member(board_id=board.public_id, owner_id=mara.pk, member_id=jonah.public_id)


def test_the_owner_takes_a_removal_back_after_an_earlier_leaving(
    mara: Profile, jonah: Profile
) -> None:
    board = make_board(owner=mara, secret=True)
    join(board=board, person=jonah)
    leave_board(board_id=board.public_id, profile_id=jonah.pk)
    join(board=board, person=jonah)
    _name, token = remove_member(
        board_id=board.public_id, owner_id=mara.pk, member_id=jonah.public_id
    )
    undo(token=token, actor_id=mara.pk)
    assert client_for(jonah).get(board.get_absolute_url()).status_code == 200
