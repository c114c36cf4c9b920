"""Many at once. Each test of a guard shows first, without it, that the race is real."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.db.models import F

from accounts.testing import make_person
from catalog.testing import make_product
from core import clock
from core.audits import violations
from core.testing import Meeting, in_the_middle, race
from feed import actions, receivers
from feed.actions import (
    arranging,
    boards,
    editing,
    likes,
    members,
    publishing,
    saving,
    undoing,
)
from feed.models import AuthorLast, Board, BoardMember, Comment, CommentLike, Pin, PinLike, Save
from feed.testing import fill_board, join, make_board, make_comment, make_pin
from feed.tests.boards import hear_of_block
from feed.types import PinData, Saved

pytestmark = pytest.mark.django_db(transaction=True)


def pin_likes(pin: Pin) -> tuple[int, int]:
    """Counted, and there."""
    return Pin.objects.get(pk=pin.pk).likes_count, PinLike.objects.filter(pin=pin).count()


def test_control_looking_before_liking_counts_more_than_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pin, mara = make_pin(), make_person()
    gate = threading.Barrier(8)

    def careless(*, pin_id: str, profile_id: int) -> bool:
        """Look, then count, then like."""
        is_liked = PinLike.objects.filter(pin__public_id=pin_id, profile=profile_id).exists()
        gate.wait(timeout=20)
        if not is_liked:
            Pin.objects.filter(public_id=pin_id).update(likes_count=F("likes_count") + 1)
        return True

    monkeypatch.setattr(likes, "like_pin", careless)
    race(8, lambda _: likes.like_pin(pin_id=pin.public_id, profile_id=mara.pk))
    assert pin_likes(pin)[0] > 1, "the race did not show: the tests beside this one prove nothing"


def test_fifty_likes_of_one_person_are_one() -> None:
    pin, mara = make_pin(), make_person()
    comment = make_comment(pin=pin, author=mara)
    answers = race(25, lambda _: actions.like_pin(pin_id=pin.public_id, profile_id=mara.pk)) + race(
        25, lambda _: actions.like_pin(pin_id=pin.public_id, profile_id=mara.pk)
    )
    assert sum(answer is True for answer in answers) == 1
    assert sum(answer is False for answer in answers) == 49
    assert pin_likes(pin) == (1, 1)
    race(
        25,
        lambda _: actions.like_comment(comment_id=comment.public_id, profile_id=mara.pk),
    )
    comment.refresh_from_db()
    assert (comment.likes_count, CommentLike.objects.count()) == (1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("crowd", [1, 2, 5])
def test_liking_and_unliking_at_once_counts_exactly(crowd: int) -> None:
    """Also one who takes back in the moment in which they like again: neither press fails."""
    pin, people = make_pin(), [make_person() for _ in range(crowd)]
    comment = make_comment(pin=pin, author=people[0])

    def press(number: int) -> object:
        act = actions.unlike_pin if number % 3 == 0 else actions.like_pin
        return act(pin_id=pin.public_id, profile_id=people[number % crowd].pk)

    def press_below(number: int) -> object:
        act = actions.unlike_comment if number % 3 == 0 else actions.like_comment
        return act(comment_id=comment.public_id, profile_id=people[number % crowd].pk)

    for one in (press, press_below):
        answers = race(30, one) + race(30, one) + race(30, one)
        assert all(isinstance(answer, bool) for answer in answers), answers
    counted, there = pin_likes(pin)
    assert counted == there
    comment.refresh_from_db()
    assert comment.likes_count == CommentLike.objects.filter(comment=comment).count()


def test_a_like_that_goes_in_the_moment_of_liking_again_is_no_error() -> None:
    """One press writes the like, the next finds it there, a third has taken it back by then."""
    pin, mara = make_pin(), make_person()
    at = {"pin_id": pin.public_id, "profile_id": mara.pk}

    def between(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith('INSERT INTO "feed_pinlike"'):
            return execute(sql, params, many, context)
        assert race(1, lambda _one: actions.like_pin(**at)) == [True]
        try:
            return execute(sql, params, many, context)
        except IntegrityError:
            assert race(1, lambda _one: actions.unlike_pin(**at)) == [True]
            raise

    def press(_one: int) -> bool:
        with connection.execute_wrapper(between):
            return actions.like_pin(**at)

    assert race(1, press) == [False]
    assert pin_likes(pin) == (0, 0)


def test_many_who_save_a_product_first_make_one_pin() -> None:
    vase, people = make_product(), [make_person() for _ in range(4)]
    answers = race(
        16,
        lambda number: actions.save_product(
            product_id=vase.public_id, saver_id=people[number % 4].pk
        ),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    pin = Pin.objects.get()
    assert (pin.stands_for_id, pin.saves_count, Save.objects.count()) == (vase.pk, 4, 4)


def test_saving_and_unsaving_at_once_counts_exactly() -> None:
    pin, mara, jonah = make_pin(), make_person(), make_person()
    boards = [make_board(owner=mara, title=f"Board {n}", secret=n == 2) for n in range(3)]
    make_board(owner=jonah)

    def press(number: int) -> object:
        saver = jonah if number % 4 == 0 else mara
        board = None if saver == jonah else boards[number % 3].public_id
        if number % 5 == 0:
            return actions.unsave_pin(pin_id=pin.public_id, saver_id=saver.pk, board_id=board)
        return actions.save_pin(pin_id=pin.public_id, saver_id=saver.pk, board_id=board)

    answers = race(30, press)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    public = Save.objects.filter(pin=pin, board__secret=False).count()
    assert Pin.objects.get(pk=pin.pk).saves_count == public
    for board in Board.objects.all():
        assert board.pins_count == board.saves.count()


@pytest.mark.slow
def test_a_board_that_becomes_secret_while_people_save_counts_exactly() -> None:
    pin, mara = make_pin(), make_person()
    board = make_board(owner=mara)
    pins = [make_pin() for _ in range(10)]

    def press(number: int) -> object:
        if number % 3 == 0:
            return actions.edit_board(
                board_id=board.public_id,
                owner_id=mara.pk,
                title="Small rooms",
                text="",
                secret=number % 2 == 0,
            )
        return actions.save_pin(
            pin_id=pins[number % 10].public_id, saver_id=mara.pk, board_id=board.public_id
        )

    answers = race(24, press)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    board.refresh_from_db()
    for one in [pin, *pins]:
        one.refresh_from_db()
        public = 0 if board.secret else Save.objects.filter(pin=one).count()
        assert one.saves_count == public


def test_replies_and_deletions_at_once_count_exactly() -> None:
    pin, mara = make_pin(), make_person()
    comments = [make_comment(pin=pin, author=mara) for _ in range(5)]

    def press(number: int) -> object:
        if number % 2:
            return actions.delete_comment(
                comment_id=comments[number % 5].public_id, actor_id=mara.pk
            )
        return make_comment(pin=pin, author=mara)

    race(20, press)
    there = Comment.objects.filter(pin=pin, state="visible").count()
    assert Pin.objects.get(pk=pin.pk).comments_count == there == 10


# --- Two people arrange one board ---------------------------------------------------------------
def order_of(board: Board) -> list[str]:
    saves = Save.objects.filter(board=board).order_by("rank", "id")
    return list(saves.values_list("pin__public_id", flat=True))


def ranks_of(board: Board) -> list[int]:
    return list(Save.objects.filter(board=board).order_by("rank").values_list("rank", flat=True))


def put_behind(board: Board, anchor: str, pins: list[str]) -> Callable[[int], object]:
    """Rival number n puts pin n right behind the anchor."""
    owner = board.owner_id
    return lambda number: actions.move_pin_beside(
        board_id=board.public_id,
        pin_id=pins[number],
        actor_id=owner,
        beside=anchor,
        behind=True,
    )


def test_control_without_the_lock_two_pins_get_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    board, pins = fill_board(count=10)
    gate = threading.Barrier(8)

    def unlocked(*, board_id: str, actor_id: int) -> Any:
        return Board.objects.get(public_id=board_id)

    place = arranging._place

    def late(*args: Any, **named: Any) -> Any:
        gate.wait(timeout=20)
        return place(*args, **named)

    monkeypatch.setattr(arranging, "locked_board", unlocked)
    monkeypatch.setattr(arranging, "_place", late)
    race(8, put_behind(board, pins[0], pins[2:]))
    ranks = ranks_of(board)
    assert len(set(ranks)) < len(ranks), "the race did not show: the next test proves nothing"


def test_rearranging_at_once_converges_and_loses_nothing() -> None:
    board, pins = fill_board(count=10)
    answers = race(8, put_behind(board, pins[0], pins[2:]))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    order, ranks = order_of(board), ranks_of(board)
    assert all(one < other for one, other in pairwise(ranks))
    # Everybody got what they asked for: behind the first, in front of what was the second.
    assert (order[0], order[-1]) == (pins[0], pins[1])
    assert sorted(order) == sorted(pins)


def test_moving_saving_and_removing_at_once_loses_nothing() -> None:
    board, pins = fill_board(count=12)
    fresh = [make_pin() for _ in range(4)]

    def act(number: int) -> object:
        if number % 4 == 0:
            return actions.save_pin(
                pin_id=fresh[number // 4 % 4].public_id,
                saver_id=board.owner_id,
                board_id=board.public_id,
            )
        if number % 4 == 1:
            return actions.remove_pins(
                board_id=board.public_id, pin_ids=[pins[number % 3]], actor_id=board.owner_id
            )
        return actions.move_pin(
            board_id=board.public_id,
            pin_id=pins[4 + number % 8],
            actor_id=board.owner_id,
            direction="first" if number % 2 else "later",
        )

    answers = race(16, act)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    board.refresh_from_db()
    left = set(order_of(board))
    assert left >= {*pins[3:], *(pin.public_id for pin in fresh)}
    assert board.pins_count == len(left)


def one_goes_while_another_comes() -> tuple[Meeting, bool]:
    """The only pin of an author is taken off the wall while another is put on it, in two tabs: how
    both met, and whether walls know of the author afterwards."""
    pin = make_pin()
    draft = make_pin(author=pin.author, publish_now=False)
    met = in_the_middle(
        seam=(publishing, "_newest_at"),
        act=lambda: actions.unpublish_pin(public_id=pin.public_id, author_id=pin.author_id),
        meanwhile=lambda: actions.publish_pin(public_id=draft.public_id, author_id=pin.author_id),
    )
    return met, AuthorLast.objects.filter(author=pin.author_id).exists()


def test_control_without_the_lock_an_author_with_a_pin_is_on_no_wall(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "_hold_author", lambda _author_id: None)
    _met, is_known = one_goes_while_another_comes()
    assert not is_known, "the race did not show: the next test proves nothing"


def test_one_pin_that_goes_while_another_comes_leaves_its_author_on_the_walls() -> None:
    (gone, come, waited), is_known = one_goes_while_another_comes()
    assert isinstance(gone, Pin)
    assert isinstance(come, Pin)
    assert waited
    assert is_known


def both_hold_something_first(
    monkeypatch: pytest.MonkeyPatch,
    *,
    seams: Sequence[tuple[Any, str]],
    acts: Sequence[Callable[[], Any]],
) -> list[Any]:
    """Two acts at once, each of which waits at its seam until the other one is at its own; what
    both answered. A second try comes alone and goes through."""
    held = threading.Barrier(2)

    def late(done: Callable[..., Any]) -> Callable[..., Any]:
        def wait(*args: Any, **more: Any) -> Any:
            with suppress(threading.BrokenBarrierError):
                held.wait(timeout=20)
                held.abort()
            return done(*args, **more)

        return wait

    for module, name in seams:
        monkeypatch.setattr(module, name, late(getattr(module, name)))
    return race(2, lambda number: acts[number]())


def changed_while_it_is_saved(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The author gives a pin another board while somebody else on that board saves it there: one
    holds the pin and asks for the board, the other holds the board and asks for the pin."""
    pin, mara = make_pin(), make_person()
    board = make_board(owner=pin.author)
    join(board=board, person=mara)
    data = PinData(title="Another", board=board.public_id)
    answers = both_hold_something_first(
        monkeypatch,
        seams=[(editing, "_move"), (saving, "change_saves")],
        acts=[
            lambda: actions.edit_pin(public_id=pin.public_id, author_id=pin.author_id, data=data),
            lambda: actions.save_pin(
                pin_id=pin.public_id, saver_id=mara.pk, board_id=board.public_id
            ),
        ],
    )
    board.refresh_from_db()
    assert board.pins_count == board.saves.count() <= 1
    return answers


def test_control_tried_once_an_edit_and_a_save_stop_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("core.db.TRIES", 1)
    answers = changed_while_it_is_saved(monkeypatch)
    stopped = [one for one in answers if isinstance(one, OperationalError)]
    assert stopped, "the race did not show: the next test proves nothing"


def test_an_edit_and_a_save_that_stop_each_other_are_both_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = changed_while_it_is_saved(monkeypatch)
    assert [type(one) for one in answers] == [Pin, Saved]
    assert Save.objects.count() == 1


def pin_and_board(monkeypatch: pytest.MonkeyPatch, way: str) -> list[Any]:
    """A pin that is saved on its board comes on the wall again, `way` it may, while the board's
    owner does something with the board that counts its pins: what both were answered."""
    pin = make_pin()
    board = make_board(owner=pin.author)
    data = PinData(title=pin.title, board=board.public_id)
    actions.edit_pin(public_id=pin.public_id, author_id=pin.author_id, data=data)
    assert Save.objects.filter(pin=pin, board=board).exists()
    own: dict[str, Any] = {"public_id": pin.public_id, "author_id": pin.author_id}
    where: dict[str, Any] = {"board_id": board.public_id, "owner_id": board.owner_id}
    if way == "undeleted":
        actions.delete_pin(**own)
    else:
        actions.unpublish_pin(**own)
    if way == "due":
        Pin.objects.filter(pk=pin.pk).update(publish_at=clock.now() - timedelta(minutes=1))
    comes: dict[str, Callable[[], Any]] = {
        "published": lambda: actions.publish_pin(**own),
        "undeleted": lambda: actions.undelete_pin(**own),
        "due": actions.publish_due,
    }
    goes: dict[str, Callable[[], Any]] = {
        "published": lambda: actions.edit_board(**where, title="Mine", text="", secret=True),
        "undeleted": lambda: actions.delete_board(**where),
        "due": lambda: actions.delete_board(**where),
    }
    answers = both_hold_something_first(
        monkeypatch,
        seams=[(publishing, "keep_on_its_board"), (boards, "change_saves")],
        acts=[comes[way], goes[way]],
    )
    assert list(violations(invariants=frozenset({"I11"}))) == []
    return answers


@pytest.mark.slow
@pytest.mark.parametrize("way", ["published", "undeleted", "due"])
def test_control_tried_once_a_pin_that_comes_back_and_its_board_stop_each_other(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr("core.db.TRIES", 1)
    answers = pin_and_board(monkeypatch, way)
    stopped = [one for one in answers if isinstance(one, OperationalError)]
    assert len(stopped) == 1, "the race did not show: the next test proves nothing"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["published", "undeleted", "due"])
def test_a_pin_that_comes_back_and_its_board_that_stop_each_other_both_do(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    answers = pin_and_board(monkeypatch, way)
    assert not [one for one in answers if isinstance(one, Exception)]
    assert Pin.objects.get().state == "published"
    assert not Board.objects.filter(secret=False).exists()


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("way", ["asked", "taken back"])
def test_who_is_let_in_in_the_middle_of_a_block_is_not_on_the_board(
    monkeypatch: pytest.MonkeyPatch, way: str, held: bool
) -> None:
    """Somebody is asked to join, or comes back by Undo; it has looked for a block and found none.
    Then the block comes and is heard of. Shown first without the lock."""
    board, noor = make_board(owner=make_person()), make_person()
    ids: dict[str, Any] = {"board_id": board.public_id, "owner_id": board.owner_id}
    if way == "asked":
        seam: tuple[Any, str] = (members, "are_blocked")

        def come() -> object:
            return actions.invite_member(**ids, handle=noor.handle)
    else:
        seam = (undoing, "blocked_ids")
        join(board=board, person=noor)
        _name, token = actions.remove_member(**ids, member_id=noor.public_id)

        def come() -> object:
            return actions.undo(token=token, actor_id=board.owner_id)

    def blocked() -> None:
        hear_of_block(board.owner, noor)

    if not held:
        monkeypatch.setattr(receivers, "hold_boards_of", lambda **_ids: None)
    met = in_the_middle(seam=seam, act=come, meanwhile=blocked)
    assert not [one for one in met if isinstance(one, Exception)]
    assert met.waited is held
    assert BoardMember.objects.exists() is not held
