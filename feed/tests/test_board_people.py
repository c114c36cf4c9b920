"""Who is on a board: asked, joined, taken off, and back by Undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.actions import block
from accounts.testing import Profile, client_for, make_person
from core import clock
from core.testing import deliver_all
from feed.actions import create_section, move_pins, remove_pins, save_pin, undo
from feed.errors import NothingToUndo
from feed.models import BoardMember, Save, TakenAway
from feed.testing import fill_board, join, make_board, make_pin
from feed.tests.boards import order_of, post, soup, undo_of
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


def test_somebody_is_asked_says_yes_saves_arranges_and_leaves(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, secret=True)
    jonah, path = make_person(name="Jonah"), board.get_absolute_url()
    theirs = client_for(jonah)
    soup(theirs, path, 404)
    post(client_for(mara), board, "invite", {"handle": f"@{jonah.handle.upper()}"})
    deliver_all()
    assert [one.kind for one in notices_of(jonah.pk)] == ["feed.board_invite"]
    assert "Mara asks you to join" in soup(theirs, path).get_text()
    # Asked only: may look, not touch.
    assert post(theirs, board, "order", {"move": f"later:{pins[0]}"}).status_code == 404
    post(theirs, board, "answer", {"answer": "yes"})
    deliver_all()
    assert [one.kind for one in notices_of(mara.pk)] == ["feed.board_joined"]
    post(theirs, board, "order", {"move": f"later:{pins[0]}"})
    assert order_of(board) == [pins[1], pins[0], pins[2]]
    mine = make_pin()
    theirs.post(f"/pin/{mine.public_id}/save/", {"board": board.public_id})
    assert Save.objects.get(pin=mine).saver_id == jonah.pk
    # What others saved is not theirs to take away; what they saved is.
    assert post(theirs, board, "pins", {"pins": [pins[0]], "do": "remove"}).status_code == 403
    assert (
        post(theirs, board, "pins", {"pins": [mine.public_id], "do": "remove"}).status_code == 302
    )
    assert sorted(order_of(board)) == sorted(pins)
    for act, data in (("edit", {"title": "Mine"}), ("delete", {}), ("invite", {"handle": "x"})):
        assert post(theirs, board, act, data).status_code in (404, 422)
    post(theirs, board, "leave")
    address = undo_of(theirs)
    soup(theirs, path, 404)
    theirs.post(address)
    soup(theirs, path)


def test_a_no_is_final_and_told_to_nobody(mara: Profile) -> None:
    board, jonah = make_board(owner=mara, secret=True), make_person()
    post(client_for(mara), board, "invite", {"handle": jonah.handle})
    theirs = client_for(jonah)
    post(theirs, board, "answer", {"answer": "no"})
    soup(theirs, board.get_absolute_url(), 404)
    assert post(theirs, board, "answer", {"answer": "yes"}).status_code == 404
    answer = post(client_for(mara), board, "invite", {"handle": jonah.handle})
    assert answer.status_code == 422
    assert "They were asked already." in answer.content.decode()
    deliver_all()
    assert notices_of(mara.pk) == []


def test_the_owner_takes_somebody_off_and_back(mara: Profile) -> None:
    board, jonah = make_board(owner=mara, secret=True), make_person()
    join(board=board, person=jonah)
    client = client_for(mara)
    post(client, board, f"people/{jonah.public_id}/remove")
    soup(client_for(jonah), board.get_absolute_url(), 404)
    client.post(undo_of(client))
    soup(client_for(jonah), board.get_absolute_url())


@pytest.mark.parametrize("handle", ["nobody-here", "", "@", "x" * 61, "<b>"])
def test_an_invitation_to_nobody_is_answered_beside_the_field(mara: Profile, handle: str) -> None:
    board = make_board(owner=mara)
    answer = post(client_for(mara), board, "invite", {"handle": handle})
    assert answer.status_code == 422
    assert "id_handle_error" in answer.content.decode()
    assert not BoardMember.objects.exists()


def test_who_is_blocked_is_nobody_and_leaves_the_board(mara: Profile) -> None:
    board, jonah = make_board(owner=mara), make_person()
    join(board=board, person=jonah)
    block(blocker_id=jonah.pk, blocked_id=mara.pk)
    deliver_all()
    assert not BoardMember.objects.exists()
    answer = post(client_for(mara), board, "invite", {"handle": jonah.handle})
    assert (answer.status_code, BoardMember.objects.count()) == (422, 0)


@pytest.mark.parametrize("blocker", ["owner", "member"])
def test_who_is_blocked_does_not_come_back_by_undo(mara: Profile, blocker: str) -> None:
    board, jonah = make_board(owner=mara, secret=True), make_person()
    join(board=board, person=jonah)
    client = client_for(jonah)
    post(client, board, "leave")
    undo = undo_of(client)
    pair = (mara, jonah) if blocker == "owner" else (jonah, mara)
    block(blocker_id=pair[0].pk, blocked_id=pair[1].pk)
    deliver_all()
    assert client.post(undo).status_code == 404
    assert not BoardMember.objects.exists()
    soup(client, board.get_absolute_url(), status=404)


def test_a_board_comes_back_without_those_who_are_blocked_by_then(mara: Profile) -> None:
    board, jonah, ana = make_board(owner=mara), make_person(), make_person()
    join(board=board, person=jonah)
    join(board=board, person=ana)
    client = client_for(mara)
    post(client, board, "delete")
    undo = undo_of(client)
    block(blocker_id=mara.pk, blocked_id=jonah.pk)
    deliver_all()
    client.post(undo)
    assert [one.profile_id for one in BoardMember.objects.all()] == [ana.pk]


def test_who_is_off_a_board_puts_nothing_back_on_it(mara: Profile) -> None:
    (board, _pins), jonah = fill_board(owner=mara), make_person()
    join(board=board, person=jonah)
    pin = make_pin()
    save_pin(pin_id=pin.public_id, saver_id=jonah.pk, board_id=board.public_id)
    client = client_for(jonah)
    post(client, board, "pins", {"do": "remove", "pins": [pin.public_id]})
    assert not Save.objects.filter(pin=pin).exists()
    undo = undo_of(client)
    post(client, board, "leave")
    assert client.post(undo).status_code == 404
    assert not Save.objects.filter(pin=pin).exists()


@pytest.mark.parametrize(("hours", "status"), [(23, 302), (25, 404)])
def test_who_left_a_day_ago_is_nobody_there(mara: Profile, hours: int, status: int) -> None:
    """While they can come back by Undo that can be ended; afterwards there is nothing to end."""
    board, jonah = make_board(owner=mara), make_person()
    join(board=board, person=jonah)
    post(client_for(jonah), board, "leave")
    client = client_for(mara)
    with clock.fixed(clock.now() + timedelta(hours=hours)):
        answer = post(client, board, f"people/{jonah.public_id}/remove")
    assert answer.status_code == status


def test_the_twenty_first_does_not_come_back(
    mara: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, jonah, ana = make_board(owner=mara), make_person(), make_person()
    join(board=board, person=jonah)
    client = client_for(jonah)
    post(client, board, "leave")
    undo = undo_of(client)
    join(board=board, person=ana)
    monkeypatch.setattr("feed.actions.undoing.MAX_MEMBERS", 1)
    assert client.post(undo).status_code == 409
    assert [one.profile_id for one in BoardMember.objects.all()] == [ana.pk]


def lately(reader: Profile | None, path: str) -> list[str]:
    """The lines of what happened lately, without their times."""
    client = client_for(reader) if reader else client_for(make_person())
    rows = soup(client, path).select(".log-s li")
    for row in rows:
        for time in row.select("time, .face"):
            time.decompose()
    return [" ".join(row.get_text().split()) for row in rows]


def test_lately_tells_who_moved_what_and_what_they_said_of_it(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    jonah, path = make_person(name="Jonah"), board.get_absolute_url()
    join(board=board, person=jonah)
    rug = make_pin(title="Arches rug")
    save_pin(pin_id=rug.public_id, saver_id=jonah.pk, board_id=board.public_id, note="Too big?")
    post(client_for(jonah), board, "order", {"move": f"first:{pins[2]}"})
    moved, said, *_older = lately(mara, path)
    assert (moved, said) == ("Jonah moved Pin 2.", "Jonah saved Arches rug: “Too big?”")
    assert lately(jonah, path)[0] == "You moved Pin 2."
    # Whom a block keeps away is not spoken of; everybody else goes on reading of them.
    ada = make_person(name="Ada")
    join(board=board, person=ada)
    assert "Jonah moved Pin 2." in lately(ada, path)
    block(blocker_id=ada.pk, blocked_id=jonah.pk)
    assert not any("Jonah" in line for line in lately(ada, path))
    assert "Jonah moved Pin 2." in lately(mara, path)


def test_a_move_that_was_taken_back_is_told_no_more(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    section = create_section(board_id=board.public_id, actor_id=mara.pk, title="Rugs")
    ids: dict[str, Any] = {"board_id": board.public_id, "actor_id": mara.pk}
    _count, token = move_pins(**ids, pin_ids=pins[:1], to_section=section)
    assert "You moved Pin 0." in lately(mara, board.get_absolute_url())
    undo(token=token, actor_id=mara.pk)
    assert order_of(board) == pins
    assert not any("moved" in line for line in lately(mara, board.get_absolute_url()))


def test_a_move_taken_back_leaves_what_another_moved_since_and_told_before(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, count=4)
    jonah, path = make_person(name="Jonah"), board.get_absolute_url()
    join(board=board, person=jonah)
    section = create_section(board_id=board.public_id, actor_id=mara.pk, title="Rugs")
    ids: dict[str, Any] = {"board_id": board.public_id, "actor_id": mara.pk}
    his: dict[str, Any] = {"board_id": board.public_id, "actor_id": jonah.pk}
    move_pins(**his, pin_ids=[pins[1]])
    _count, token = move_pins(**ids, pin_ids=pins[:2], to_section=section)
    move_pins(**his, pin_ids=[pins[0]])
    undo(token=token, actor_id=mara.pk)
    assert order_of(board) == [pins[0], pins[1], *pins[2:]]
    told = lately(mara, path)
    assert {"Jonah moved Pin 0.", "Jonah moved Pin 1."} <= set(told)
    assert not any("You moved" in line for line in told)


def test_of_a_move_that_another_has_moved_on_nothing_is_taken_back(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    jonah = make_person(name="Jonah")
    join(board=board, person=jonah)
    section = create_section(board_id=board.public_id, actor_id=mara.pk, title="Rugs")
    ids: dict[str, Any] = {"board_id": board.public_id, "pin_ids": pins[2:]}
    _count, token = move_pins(**ids, actor_id=mara.pk, to_section=section)
    move_pins(**ids, actor_id=jonah.pk)
    before = order_of(board)
    with pytest.raises(NothingToUndo):
        undo(token=token, actor_id=mara.pk)
    assert order_of(board) == before == [pins[2], *pins[:2]]


def test_a_pin_that_comes_back_is_told_of_as_it_was(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    ids: dict[str, Any] = {"board_id": board.public_id, "actor_id": mara.pk}
    move_pins(**ids, pin_ids=pins[2:])
    _count, token = remove_pins(**ids, pin_ids=pins[2:])
    # What was kept aside by code of before does not know who moved it.
    kept = TakenAway.objects.create(
        actor=mara, kind="pins", title="Old", created_at=clock.now(), data=_of_before()
    )
    undo(token=token, actor_id=mara.pk)
    assert "You moved Pin 2." in lately(mara, board.get_absolute_url())
    remove_pins(**ids, pin_ids=pins[2:])
    undo(token=str(kept.public_id), actor_id=mara.pk)
    assert not any("moved" in line for line in lately(mara, board.get_absolute_url()))
    assert len(order_of(board)) == 3


def _of_before() -> dict[str, Any]:
    data: dict[str, Any] = TakenAway.objects.get(kind="pins").data
    for row in data["saves"]:
        del row["moved_at"], row["moved_by_id"]
    return data


def test_a_move_is_told_no_more_when_who_made_it_left(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, secret=True)
    jonah = make_person(name="Jonah")
    join(board=board, person=jonah)
    post(client_for(jonah), board, "order", {"move": f"later:{pins[0]}"})
    assert lately(mara, board.get_absolute_url())[0].startswith("Jonah moved")
    post(client_for(jonah), board, "leave")
    lines = lately(mara, board.get_absolute_url())
    assert lines
    assert not any("Jonah" in line for line in lines)
