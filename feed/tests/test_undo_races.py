"""What is kept aside for an Undo, and what is on a board, while others act or leave for good. Each
guard is shown first without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError

from accounts.actions import block, erase_account
from accounts.testing import Profile, make_person
from core.audits import violations
from core.testing import Meeting, deliver_all, in_the_middle
from feed import actions, leaving
from feed.actions import arranging, notes, saving, undoing
from feed.errors import NothingToUndo, PinNotFound
from feed.models import Board, BoardMember, Save
from feed.testing import fill_board, join, make_board, make_pin
from feed.types import Saved

pytestmark = pytest.mark.django_db(transaction=True)


def a_note() -> tuple[Board, str, dict[str, Any]]:
    """A board, the pin on it beside which its owner wrote, and the ids to act there."""
    board, [pin] = fill_board(count=1)
    ids = {"board_id": board.public_id, "actor_id": board.owner_id}
    actions.write_note(**ids, pin_id=pin, text="Rude words")
    return board, pin, ids


def taken_down_while_it_leaves() -> tuple[str, bool]:
    """An operator takes a note down while its author takes the pin off: what Undo brings back, and
    whether the operator had to wait."""
    board, pin, _ids = a_note()
    author = board.owner_id
    met = in_the_middle(
        seam=(undoing, "keep_unsaved"),
        act=lambda: actions.unsave_pin(pin_id=pin, saver_id=author),
        meanwhile=lambda: actions.take_down_note(
            board_id=board.public_id, pin_id=pin, author_id=author, reason="Rude"
        ),
    )
    actions.undo(token=met.act.undo, actor_id=author)
    return Save.objects.get().note, met.waited


def test_control_without_the_lock_words_that_were_taken_down_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notes, "hold_boards", lambda **_ids: None)
    words, _waited = taken_down_while_it_leaves()
    assert words, "the race did not show: the next test proves nothing"


def test_words_taken_down_while_their_pin_leaves_come_back_by_no_undo() -> None:
    assert taken_down_while_it_leaves() == ("", True)


def written_while_it_is_moved() -> tuple[Meeting, str]:
    """Words are changed in one tab while the pin goes to another board in another: how both met,
    and what stands on the board after the move was taken back."""
    board, pin, ids = a_note()
    other = make_board(owner=board.owner)
    met = in_the_middle(
        seam=(undoing, "keep_moved"),
        act=lambda: actions.move_pins(**ids, pin_ids=[pin], to_board=other.public_id),
        meanwhile=lambda: actions.write_note(**ids, pin_id=pin, text="Milder"),
    )
    _count, token = met.act
    actions.undo(token=token, actor_id=board.owner_id)
    return met, Save.objects.get(board=board).note


def test_control_without_the_lock_new_words_are_lost_in_a_move(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notes, "hold_boards", lambda **_ids: None)
    met, words = written_while_it_is_moved()
    assert not isinstance(met.meanwhile, Exception)
    assert words == "Rude words", "the race did not show: the next test proves nothing"


def test_no_words_are_taken_that_a_move_would_lose() -> None:
    met, words = written_while_it_is_moved()
    assert met.waited
    assert isinstance(met.meanwhile, PinNotFound)
    assert words == "Rude words"


def test_words_written_while_pins_are_arranged_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A move within the board writes no note, whatever it has read."""
    board, pin, ids = a_note()
    section = actions.create_section(board_id=board.public_id, actor_id=board.owner_id, title="A")
    for text, held in (("Milder", False), ("Mildest", True)):
        with monkeypatch.context() as patched:
            if not held:
                patched.setattr(notes, "hold_boards", lambda **_ids: None)
            met = in_the_middle(
                seam=(undoing, "keep_moved"),
                act=lambda: actions.move_pins(**ids, pin_ids=[pin], to_section=section),
                meanwhile=lambda text=text: actions.write_note(**ids, pin_id=pin, text=text),
            )
        assert not [one for one in met if isinstance(one, Exception)]
        assert met.waited is held
        assert Save.objects.get().note == text


def test_who_leaves_while_they_are_taken_off_does_not_come_back() -> None:
    board, jonah = make_board(owner=make_person()), make_person()
    join(board=board, person=jonah)
    (_title, token), taken_off, waited = in_the_middle(
        seam=(undoing, "keep_member"),
        act=lambda: actions.leave_board(board_id=board.public_id, profile_id=jonah.pk),
        meanwhile=lambda: actions.remove_member(
            board_id=board.public_id, owner_id=board.owner_id, member_id=jonah.public_id
        ),
    )
    assert (taken_off, waited) == ((jonah.name, ""), True)
    with pytest.raises(NothingToUndo):
        actions.undo(token=token, actor_id=jonah.pk)
    assert not BoardMember.objects.exists()


def a_pin_of_jonahs() -> tuple[Board, Profile, dict[str, Any]]:
    """A board, somebody who saved a pin there and wrote beside it, and what its owner needs to take
    it off."""
    board, jonah = make_board(owner=make_person()), make_person()
    join(board=board, person=jonah)
    pin = make_pin().public_id
    actions.save_pin(
        pin_id=pin, saver_id=jonah.pk, board_id=board.public_id, note="Words of Jonah's"
    )
    ids = {"board_id": board.public_id, "actor_id": board.owner_id, "pin_ids": [pin]}
    return board, jonah, ids


def erased_in_the_middle(
    monkeypatch: pytest.MonkeyPatch,
    *,
    seam: tuple[Any, str],
    act: Callable[[], Any],
    person: Profile,
) -> Meeting:
    """Somebody's account is deleted in the middle of an act; nobody tries again."""
    monkeypatch.setattr("core.db.TRIES", 1)
    return in_the_middle(
        seam=seam, act=act, meanwhile=lambda: erase_account(user_id=person.user_id or 0)
    )


def erased_while_a_pin_comes_back(monkeypatch: pytest.MonkeyPatch) -> tuple[Meeting, Board]:
    """The owner takes a pin of somebody's off the board and brings it back, in the moment in which
    that account is deleted: how both met."""
    board, jonah, ids = a_pin_of_jonahs()
    _count, token = actions.remove_pins(**ids)
    met = erased_in_the_middle(
        monkeypatch,
        seam=(undoing, "_saves_back"),
        act=lambda: actions.undo(token=token, actor_id=board.owner_id),
        person=jonah,
    )
    board.refresh_from_db()
    return met, board


def test_control_an_undo_that_holds_nobody_and_an_erasure_stop_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(undoing, "hold_profiles", lambda **_ids: None)
    met, _board = erased_while_a_pin_comes_back(monkeypatch)
    stopped = [one for one in met if isinstance(one, OperationalError)]
    assert stopped, "the race did not show: the next test proves nothing"


def test_nothing_comes_back_of_whom_is_erased_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    met, board = erased_while_a_pin_comes_back(monkeypatch)
    assert met == (board.title, None, True)
    assert not Save.objects.exists()
    assert board.pins_count == 0
    assert list(violations(invariants=frozenset({"I11"}))) == []


def erased_while_a_pin_leaves(monkeypatch: pytest.MonkeyPatch) -> str:
    """The owner takes a pin of somebody's off the board in the moment in which that account is
    deleted, which has to wait; the words beside it after an Undo."""
    board, jonah, ids = a_pin_of_jonahs()
    (_count, token), erased, waited = erased_in_the_middle(
        monkeypatch,
        seam=(arranging, "drop_saves"),
        act=lambda: actions.remove_pins(**ids),
        person=jonah,
    )
    assert (erased, waited) == (None, True)
    actions.undo(token=token, actor_id=board.owner_id)
    assert list(violations(invariants=frozenset({"I11"}))) == []
    return Save.objects.get().note


def test_control_words_are_kept_aside_behind_an_erasure_that_looked_too_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forget, lock = leaving.forget_notes, leaving._locked

    def forget_and_lock(sql: str, profile_id: int) -> list[int]:
        if sql == leaving._LOCK_PINS:
            forget(saver_id=profile_id)
        return lock(sql, profile_id)

    monkeypatch.setattr(leaving, "_locked", forget_and_lock)
    monkeypatch.setattr(leaving, "forget_notes", lambda **_whose: None)
    words = erased_while_a_pin_leaves(monkeypatch)
    assert words, "the race did not show: the next test proves nothing"


def test_words_beside_a_pin_that_leaves_go_with_whom_is_erased_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert erased_while_a_pin_leaves(monkeypatch) == ""


@pytest.mark.parametrize("held", [False, True])
def test_what_a_member_saves_while_the_owner_is_erased_goes_with_the_board(
    monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    """Shown first without the lock on the owner's boards: the erasure fails at its end."""
    board, jonah = make_board(owner=make_person()), make_person()
    join(board=board, person=jonah)
    pin, lock = make_pin(), leaving._locked

    def careless(sql: str, profile_id: int) -> list[int]:
        return [] if sql == leaving._LOCK_OWN_BOARDS else lock(sql, profile_id)

    if not held:
        monkeypatch.setattr(leaving, "_locked", careless)
    saved, erased, waited = erased_in_the_middle(
        monkeypatch,
        seam=(saving, "change_saves"),
        act=lambda: actions.save_pin(
            pin_id=pin.public_id, saver_id=jonah.pk, board_id=board.public_id
        ),
        person=board.owner,
    )
    assert waited
    assert isinstance(saved, Saved)
    assert isinstance(erased, IntegrityError) is not held
    assert Board.objects.exists() is not held
    pin.refresh_from_db()
    assert pin.saves_count == Save.objects.count() == (0 if held else 1)


@pytest.mark.parametrize("held", [False, True])
def test_who_is_blocked_while_a_deleted_board_comes_back_is_not_on_it(
    monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    """Shown first without the hold on the owner's blocks."""
    board, jonah = make_board(owner=make_person()), make_person()
    join(board=board, person=jonah)
    owner = board.owner_id
    token = actions.delete_board(board_id=board.public_id, owner_id=owner)

    def blocked() -> None:
        block(blocker_id=owner, blocked_id=jonah.pk)
        deliver_all()

    if not held:
        monkeypatch.setattr(undoing, "hold_blocks", lambda **_whose: None)
    met = in_the_middle(
        seam=(undoing, "_welcome"),
        act=lambda: actions.undo(token=token, actor_id=owner),
        meanwhile=blocked,
    )
    assert met == (board.title, None, held)
    assert BoardMember.objects.exists() is not held
