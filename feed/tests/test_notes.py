"""Notes on saves: written with a save or on the board, read on its cards, taken away and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.actions import block, erase_account, mute, restore_person, suspend_person
from accounts.testing import Profile, client_for, make_operator, make_person
from core.audits import violations
from core.testing import deliver_all
from feed.actions import (
    create_section,
    delete_board,
    leave_board,
    move_pins,
    remove_pins,
    save_pin,
    take_down_note,
    undo,
    unsave_pin,
    write_note,
)
from feed.models import Board, Save, TakenAway
from feed.testing import fill_board, join, make_board, make_pin
from feed.tests.boards import post, soup, undo_of
from feed.types import MAX_NOTE

pytestmark = pytest.mark.django_db
WORDS = "Start from this wall colour."


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara Lindqvist")


def noted(owner: Profile, *, secret: bool = False) -> tuple[Board, str]:
    """A board with one pin, that its owner has something to say of; and the pin's id."""
    board, [pin] = fill_board(owner=owner, count=1, secret=secret)
    write_note(board_id=board.public_id, pin_id=pin, actor_id=owner.pk, text=WORDS)
    return board, pin


def note_of(pin: str, board: Board | None = None) -> str:
    saves = Save.objects.filter(pin__public_id=pin)
    return saves.get(board=board).note if board else saves.get().note


def address(board: Board, pin: str) -> str:
    return f"/boards/{board.public_id}/notes/{pin}/"


def shown(client: Client, board: Board) -> str:
    """What the by-lines of the board's cards say."""
    page = soup(client, board.get_absolute_url())
    return " | ".join(one.get_text().strip() for one in page.select(".pin .said > :last-child"))


# --- Written with a save -------------------------------------------------------------------------
def test_a_save_carries_a_note_and_the_board_quotes_it(mara: Profile) -> None:
    board, pin, client = make_board(owner=mara), make_pin(), client_for(mara)
    page = soup(client, f"/pin/{pin.public_id}/boards/")
    assert page.select_one("input[name=note]") is not None
    answer = client.post(
        f"/pin/{pin.public_id}/save/", {"note": f"  {WORDS} ", "board": board.public_id}
    )
    assert (answer.status_code, note_of(pin.public_id)) == (302, WORDS)
    # Hers alone, and still quoted: to everybody, by her first name.
    assert shown(Client(), board) == f"Mara “{WORDS}”"


def test_enter_in_the_form_saves_where_it_says(mara: Profile) -> None:
    """The button that Enter presses names nothing: a new board's name counts, else the last one."""
    board, pin, client = make_board(owner=mara), make_pin(), client_for(mara)
    page = soup(client, f"/pin/{pin.public_id}/boards/")
    first = page.select_one("form.choose button")
    assert first is not None
    assert not first.get("name")
    path = f"/pin/{pin.public_id}/save/"
    client.post(path, {"note": WORDS, "new_board": ""})
    assert note_of(pin.public_id, board) == WORDS
    client.post(path, {"note": "Twice", "new_board": "Other"})
    assert note_of(pin.public_id, Board.objects.get(title="Other")) == "Twice"
    # A board that was pressed is meant, whatever stands in the field below.
    client.post(path, {"note": "Here", "new_board": "Third", "board": board.public_id})
    assert note_of(pin.public_id, board) == "Here"
    assert not Board.objects.filter(title="Third").exists()


@pytest.mark.parametrize(
    "data",
    [
        {"note": "x" * (MAX_NOTE + 1), "new_board": "Kept name"},
        {"note": "a\x00b"},
        {"note": WORDS, "make": "1"},
        {"note": WORDS, "new_board": "SMALL rooms"},
    ],
)
def test_what_cannot_be_taken_stays_typed_and_saves_nothing(
    mara: Profile, data: dict[str, str]
) -> None:
    make_board(owner=mara, title="Small rooms")
    pin = make_pin()
    answer = client_for(mara).post(f"/pin/{pin.public_id}/save/", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "field__err" in page
    assert data["note"].replace("\x00", "") in page.replace("\x00", "").replace("�", "")
    assert not Save.objects.exists()
    assert Board.objects.count() == 1


def test_a_note_has_as_many_signs_as_a_reader_counts(mara: Profile) -> None:
    board, [pin] = fill_board(owner=mara, count=1)
    family = "👩‍👩‍👧"
    data = {"note": family + "x" * (MAX_NOTE - 1)}
    assert client_for(mara).post(address(board, pin), data).status_code == 302
    assert note_of(pin) == data["note"]


def test_a_second_save_changes_ones_own_note_only(mara: Profile) -> None:
    board, pin = noted(mara)
    jonah = make_person(name="Jonah")
    join(board=board, person=jonah)
    where: dict[str, Any] = {"pin_id": pin, "board_id": board.public_id}
    assert save_pin(**where, saver_id=mara.pk).note == WORDS, "no note leaves the one there is"
    assert save_pin(**where, saver_id=mara.pk, note="Anew").note == "Anew"
    saved = save_pin(**where, saver_id=jonah.pk, note="Mine")
    assert (saved.created, saved.note, note_of(pin)) == (False, "", "Anew")
    answer = client_for(jonah).post(
        f"/pin/{pin}/save/", {"board": board.public_id, "note": "Mine"}, follow=True
    )
    assert "with the words of who saved it there" in answer.content.decode()


# --- Changed on the board ------------------------------------------------------------------------
def test_who_saved_it_changes_the_note_and_takes_it_away_and_back(mara: Profile) -> None:
    board, pin = noted(mara)
    client = client_for(mara)
    assert WORDS in str(soup(client, address(board, pin)).select_one("input[name=note]"))
    client.post(address(board, pin), {"note": "The rust one."})
    assert note_of(pin) == "The rust one."
    client.post(undo_of(client))
    assert note_of(pin) == WORDS
    client.post(address(board, pin), {"note": ""})
    assert note_of(pin) == ""
    assert "Mara" not in shown(Client(), board)
    client.post(undo_of(client))
    assert note_of(pin) == WORDS
    too_long = client.post(address(board, pin), {"note": "y" * (MAX_NOTE + 1)})
    assert (too_long.status_code, note_of(pin)) == (422, WORDS)
    assert "y" * MAX_NOTE in too_long.content.decode()


def test_the_list_that_is_arranged_offers_a_note_where_there_is_none(mara: Profile) -> None:
    board, [first, second] = fill_board(owner=mara, count=2)
    write_note(board_id=board.public_id, pin_id=first, actor_id=mara.pk, text=WORDS)
    page = soup(client_for(mara), f"{board.get_absolute_url()}?arrange=top")
    rows = [row.get_text(" ", strip=True) for row in page.select(".order li")]
    assert f"Mara “{WORDS}”" in rows[0].replace("Mara  ", "Mara ")
    assert "Add a note" not in rows[0]
    link = page.select(".order li")[1].select_one(".order__note")
    assert link is not None
    assert link["href"] == address(board, second)
    soup(client_for(mara), address(board, second))


def test_the_owner_may_take_away_what_another_wrote_but_not_change_it(mara: Profile) -> None:
    board, jonah = make_board(owner=mara), make_person(name="Jonah")
    join(board=board, person=jonah)
    pin = make_pin().public_id
    save_pin(pin_id=pin, saver_id=jonah.pk, board_id=board.public_id, note=WORDS)
    client = client_for(mara)
    page = soup(client, address(board, pin))
    assert page.select_one("input[name=note]") is None
    assert page.select_one("button[name=note]") is not None
    assert client.post(address(board, pin), {"note": "Put into his mouth"}).status_code == 404
    assert note_of(pin) == WORDS
    client.post(address(board, pin), {"note": ""})
    assert note_of(pin) == ""
    client.post(undo_of(client))
    assert (note_of(pin), Save.objects.get().saver) == (WORDS, jonah)


def test_nobody_else_writes_or_takes_away_a_note(mara: Profile) -> None:
    board, pin = noted(mara)
    jonah, stranger = make_person(), make_person()
    join(board=board, person=jonah)
    for person in (jonah, stranger):
        client = client_for(person)
        assert soup(client, address(board, pin)).select_one("[name=note]") is None
        for words in ("", "Mine now"):
            assert client.post(address(board, pin), {"note": words}).status_code == 404
    assert Client().post(address(board, pin), {"note": ""}).status_code in (302, 404)
    assert note_of(pin) == WORDS


# --- Where it goes with its save -----------------------------------------------------------------
def test_a_note_comes_back_with_what_it_went_with(mara: Profile) -> None:
    board, pin = noted(mara)
    ids: dict[str, Any] = {"board_id": board.public_id, "actor_id": mara.pk}
    gone = unsave_pin(pin_id=pin, saver_id=mara.pk)
    for token in (gone.undo, None, None):
        if token is None:
            _count, token = remove_pins(**ids, pin_ids=[pin])
        assert not Save.objects.exists()
        undo(token=token, actor_id=mara.pk)
        assert note_of(pin) == WORDS
    token = delete_board(board_id=board.public_id, owner_id=mara.pk)
    undo(token=token, actor_id=mara.pk)
    assert note_of(pin) == WORDS


def test_a_note_stays_behind_where_its_pin_goes_to_another_board(mara: Profile) -> None:
    """What was said on a secret board is not said in public, and nobody's words are put into the
    mouth of whoever moves them; within the board they stay."""
    board, pin = noted(mara, secret=True)
    jonah = make_person()
    join(board=board, person=jonah)
    his = make_pin().public_id
    save_pin(pin_id=his, saver_id=jonah.pk, board_id=board.public_id, note="His words")
    ids: dict[str, Any] = {"board_id": board.public_id, "actor_id": mara.pk}
    section = create_section(**ids, title="Lamps")
    move_pins(**ids, pin_ids=[pin, his], to_section=section)
    assert (note_of(pin), note_of(his)) == (WORDS, "His words")
    public, client = make_board(owner=mara, title="Public"), client_for(mara)
    post(client, board, "pins", {"pins": [pin, his], "do": f"board:{public.public_id}"})
    assert (note_of(pin, public), note_of(his, public)) == ("", "")
    assert WORDS not in str(soup(Client(), public.get_absolute_url()))
    client.post(undo_of(client))
    assert (note_of(pin, board), note_of(his, board)) == (WORDS, "His words")
    assert not public.saves.exists()


def test_what_was_said_where_a_pin_went_is_not_lost_when_it_comes_back(mara: Profile) -> None:
    board, pin = noted(mara, secret=True)
    public = make_board(owner=mara, title="Public")
    where: dict[str, Any] = {"board_id": board.public_id, "to_board": public.public_id}
    _count, token = move_pins(**where, pin_ids=[pin], actor_id=mara.pk)
    write_note(board_id=public.public_id, pin_id=pin, actor_id=mara.pk, text="For all")
    undo(token=token, actor_id=mara.pk)
    assert (note_of(pin, board), note_of(pin, public)) == (WORDS, "For all")
    assert [one for one in violations() if one.invariant == "I11"] == []


def test_off_two_boards_it_comes_back_where_there_is_still_one(mara: Profile) -> None:
    board, pin = noted(mara)
    noor = make_person(name="Noor")
    hers = make_board(owner=noor, title="Hers")
    join(board=hers, person=mara)
    save_pin(pin_id=pin, saver_id=mara.pk, board_id=hers.public_id, note="There too")
    client = client_for(mara)
    client.post(f"/pin/{pin}/unsave/")
    delete_board(board_id=hers.public_id, owner_id=noor.pk)
    client.post(undo_of(client))
    assert note_of(pin) == WORDS
    client.post(f"/pin/{pin}/unsave/")
    address = undo_of(client)
    delete_board(board_id=board.public_id, owner_id=mara.pk)
    assert client.post(address).status_code == 404
    assert not Save.objects.exists()


def test_the_owner_takes_back_a_removal_but_not_what_was_written_since(mara: Profile) -> None:
    board, jonah = make_board(owner=mara), make_person(name="Jonah")
    join(board=board, person=jonah)
    pin = make_pin().public_id
    save_pin(pin_id=pin, saver_id=jonah.pk, board_id=board.public_id, note=WORDS)
    client = client_for(mara)
    client.post(address(board, pin), {"note": ""})
    write_note(board_id=board.public_id, pin_id=pin, actor_id=jonah.pk, text="Milder")
    assert client.post(undo_of(client)).status_code == 404
    assert note_of(pin) == "Milder"


# --- Who does not read it ------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["block", "mute", "leave"])
def test_a_note_is_hidden_with_who_wrote_it(mara: Profile, way: str) -> None:
    board, jonah, reader = make_board(owner=mara), make_person(name="Jonah"), make_person()
    join(board=board, person=jonah)
    pin = make_pin().public_id
    save_pin(pin_id=pin, saver_id=jonah.pk, board_id=board.public_id, note=WORDS)
    client = client_for(reader)
    assert WORDS in shown(client, board)
    soup(client, address(board, pin))
    if way == "block":
        block(blocker_id=reader.pk, blocked_id=jonah.pk)
    elif way == "mute":
        mute(muter_id=reader.pk, muted_id=jonah.pk)
    else:
        leave_board(board_id=board.public_id, profile_id=jonah.pk)
    assert WORDS not in client.get(board.get_absolute_url()).content.decode()
    soup(client, address(board, pin), status=404)
    soup(client, f"/report/note/{board.public_id}-{pin}/", status=404)
    api = client.get(f"/api/v1/boards/{board.public_id}/pins/").content.decode()
    assert WORDS not in api


def test_the_note_on_a_secret_board_is_as_absent_to_others(mara: Profile) -> None:
    board, pin = noted(mara, secret=True)
    stranger = client_for(make_person())
    for client in (Client(), stranger):
        soup(client, address(board, pin), status=404)
        soup(client, f"/report/note/{board.public_id}-{pin}/", status=404)
        assert WORDS not in client.get(f"/pin/{pin}/").content.decode()
    answer = stranger.post(address(board, pin), {"note": ""})
    assert (answer.status_code, note_of(pin)) == (404, WORDS)


def test_the_notes_of_who_left_are_nowhere_and_do_not_come_back(mara: Profile) -> None:
    board, jonah = make_board(owner=mara), make_person(name="Jonah")
    join(board=board, person=jonah)
    pin = make_pin().public_id
    save_pin(pin_id=pin, saver_id=jonah.pk, board_id=board.public_id, note=WORDS)
    _count, token = remove_pins(board_id=board.public_id, pin_ids=[pin], actor_id=mara.pk)
    erase_account(user_id=jonah.user_id or 0)
    assert WORDS not in str(TakenAway.objects.get().data)
    undo(token=token, actor_id=mara.pk)
    assert note_of(pin) == ""


def test_the_note_of_somebody_suspended_is_there_again_with_them(mara: Profile) -> None:
    board, jonah, operator = make_board(owner=mara), make_person(name="Jonah"), make_operator()
    join(board=board, person=jonah)
    pin = make_pin().public_id
    save_pin(pin_id=pin, saver_id=jonah.pk, board_id=board.public_id, note=WORDS)
    suspend_person(profile_id=jonah.pk, operator_id=operator.user_id or 0, reason="A week off")
    _count, token = remove_pins(board_id=board.public_id, pin_ids=[pin], actor_id=mara.pk)
    undo(token=token, actor_id=mara.pk)
    assert WORDS not in shown(Client(), board)
    restore_person(profile_id=jonah.pk, operator_id=operator.user_id or 0)
    assert WORDS in shown(Client(), board)


# --- Operators -----------------------------------------------------------------------------------
def test_what_an_operator_took_down_comes_back_by_no_undo(mara: Profile) -> None:
    board, pin = noted(mara)
    ids: dict[str, Any] = {"board_id": board.public_id, "actor_id": mara.pk}
    removed = write_note(**ids, pin_id=pin, text="").undo
    write_note(**ids, pin_id=pin, text=WORDS)
    unsaved = unsave_pin(pin_id=pin, saver_id=mara.pk).undo
    take_down_note(board_id=board.public_id, pin_id=pin, author_id=mara.pk, reason="Rude")
    client = client_for(mara)
    client.post(f"/boards/undo/{unsaved}/")
    assert note_of(pin) == ""
    assert client.post(f"/boards/undo/{removed}/").status_code == 404
    assert note_of(pin) == ""
    write_note(**ids, pin_id=pin, text="Once more")
    take_down_note(board_id=board.public_id, pin_id=pin, author_id=mara.pk, reason="Rude")
    assert note_of(pin) == ""
    # Moved away before, it is not on that board, and the Undo brings no words with it.
    write_note(**ids, pin_id=pin, text="And again")
    there = make_board(owner=mara, title="Another")
    _count, moved = move_pins(**ids, pin_ids=[pin], to_board=there.public_id)
    take_down_note(board_id=board.public_id, pin_id=pin, author_id=mara.pk, reason="Rude")
    assert note_of(pin) == ""
    undo(token=moved, actor_id=mara.pk)
    assert note_of(pin, board) == ""
    other = make_person()
    write_note(**ids, pin_id=pin, text="Polite")
    take_down_note(board_id=board.public_id, pin_id=pin, author_id=other.pk, reason="Rude")
    assert note_of(pin) == "Polite", "what is reported of one falls on nobody else"
    deliver_all()


# --- By program ----------------------------------------------------------------------------------
def test_a_program_writes_reads_and_removes_notes(mara: Profile) -> None:
    board, pin, client = make_board(owner=mara), make_pin().public_id, client_for(mara)
    lead = f"/api/v1/boards/{board.public_id}/pins/"

    def put(path: str, data: dict[str, Any]) -> Any:
        return client.put(path, data, content_type="application/json")

    answer = put(f"/api/v1/pins/{pin}/save/", {"board": board.public_id, "note": WORDS})
    assert answer.json()["note"] == WORDS
    [item] = client.get(lead).json()["results"]
    assert item["reason"]["note"] == WORDS
    assert item["reason"]["by"]["name"] == "Mara Lindqvist"
    answer = put(f"{lead}{pin}/note/", {"note": ""})
    assert answer.json()["note"] == ""
    [item] = client.get(lead).json()["results"]
    assert item["reason"] is None
    undo_it = {"undo": answer.json()["undo"]}
    client.post("/api/v1/boards/undo/", undo_it, content_type="application/json")
    assert note_of(pin) == WORDS
    assert put(f"{lead}{pin}/note/", {"note": "x" * (MAX_NOTE + 1)}).status_code == 422
    stranger = client_for(make_person())
    answer = stranger.put(f"{lead}{pin}/note/", {"note": ""}, content_type="application/json")
    assert (answer.status_code, note_of(pin)) == (404, WORDS)
