"""Following a board: who may, what it counts, and what ends it."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import block, erase_account, restore_person, suspend_person, unblock
from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_member,
    make_operator,
    make_person,
)
from core.audits import violations
from core.testing import deliver_all, in_the_middle, race
from feed import actions
from feed.actions import edit_board, follows
from feed.models import Board, BoardFollow, BoardMember
from feed.queries import followed_count
from feed.testing import fill_board, join, make_board
from feed.tests.boards import hear_of_block, soup

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Fragment": "act"}
LOCK = "FOR NO KEY UPDATE"


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


@pytest.fixture
def noor() -> Profile:
    return make_person(name="Noor")


@pytest.fixture
def board(mara: Profile) -> Board:
    return fill_board(owner=mara, title="Small rooms")[0]


def follow(board: Board, *people: Profile) -> None:
    for one in people:
        actions.follow_board(board_id=board.public_id, profile_id=one.pk)


def press(client: Client, board: Board, value: str = "1", **more: Any) -> Any:
    """What the button of the page posts."""
    return client.post(f"/boards/{board.public_id}/follow/", {"follow": value}, **more)


def counted(board: Board) -> int:
    """The count of a board, which has to be the number of rows."""
    board.refresh_from_db()
    assert board.followers_count == BoardFollow.objects.filter(board=board).count()
    return board.followers_count


def ask(person: Profile, path: str, *, method: str = "get", status: int = 200) -> Any:
    """What the interface answers."""
    answer = getattr(client_for(person), method)(path if "://" in path else f"/api/v1/{path}")
    assert answer.status_code == status
    return answer.json()


def followed(person: Profile) -> list[str]:
    """Titles of the boards that somebody follows, as the interface lists them."""
    return [one["title"] for one in ask(person, "boards/followed/")["results"]]


def button(client: Client, board: Board) -> Any:
    """The button on the board's page, if there is one."""
    page = soup(client, board.get_absolute_url())
    return page.select_one(f'button[formaction="/boards/{board.public_id}/follow/"]')


def edit(board: Board, *, secret: bool) -> None:
    said: dict[str, Any] = {"title": board.title, "text": "", "secret": secret}
    edit_board(board_id=board.public_id, owner_id=board.owner_id, **said)


# --- The button ----------------------------------------------------------------------------------


def test_a_board_is_followed_and_left_by_its_button(noor: Profile, board: Board) -> None:
    client, path = client_for(noor), board.get_absolute_url()
    assert (button(client, board)["aria-pressed"], button(client, board)["value"]) == ("false", "1")

    for _twice in range(2):
        answer = client.post(
            f"/boards/{board.public_id}/follow/", {"follow": "1", "next": path}, follow=True
        )
        assert answer.redirect_chain == [(path, 302)]
        assert "You follow Small rooms." in answer.content.decode()
    assert counted(board) == 1
    shown = button(client, board)
    assert (shown["aria-pressed"], shown["value"]) == ("true", "0")
    assert shown.get_text() == "Following Small rooms"

    for _twice in range(2):
        press(client, board, "0")
    assert counted(board) == 0
    assert button(client, board)["aria-pressed"] == "false"


def test_a_script_is_told_the_count_that_the_page_shows(noor: Profile, board: Board) -> None:
    follow(board, make_person())
    client, told = client_for(noor), f"followers-{board.public_id}"

    answer = press(client, board, headers=SCRIPT)

    assert answer.json() == {"text": "You follow Small rooms.", "told": {told: "2 followers"}}
    page = soup(client, board.get_absolute_url())
    assert [one.get_text() for one in page.select(f'[data-told="{told}"]')] == ["2 followers"]
    assert press(client, board, "0", headers=SCRIPT).json()["told"] == {told: "1 follower"}


def test_a_guest_is_led_to_the_log_in_and_back_to_the_board(board: Board) -> None:
    path = board.get_absolute_url()
    assert button(Client(), board)["aria-pressed"] == "false"
    answer = press(Client(), board, headers=SCRIPT)
    assert answer.json()["location"].startswith("/accounts/login/?next=%2Fboard%2F")
    answer = Client().post(f"/boards/{board.public_id}/follow/", {"next": path})
    assert answer["Location"] == f"/accounts/login/?next={path.replace('/', '%2F')}"
    assert counted(board) == 0


def test_lists_of_boards_say_how_many_follow(noor: Profile, mara: Profile, board: Board) -> None:
    make_board(owner=mara, title="Nobody follows this")
    follow(board, noor, make_person())
    lines = [one.get_text() for one in soup(Client(), f"/@{mara.handle}/boards/").select("p.by")]
    assert sorted(lines) == ["0 pins", "3 pins, 2 followers"]


# --- Who may -------------------------------------------------------------------------------------


def test_nobody_follows_their_own_a_secret_one_or_none(mara: Profile, board: Board) -> None:
    owner, other = client_for(mara), client_for(make_person())
    secret = make_board(owner=mara, title="For Mama", secret=True)

    assert button(owner, board) is None
    assert press(owner, board).status_code == 422
    assert press(other, secret).status_code == 404
    assert other.post("/boards/zzzzzzzzzzzz/follow/").status_code == 404
    assert other.get(f"/boards/{board.public_id}/follow/").status_code == 405

    assert not BoardFollow.objects.exists()
    assert counted(board) == counted(secret) == 0


def test_a_brand_follows_by_those_who_speak_for_it(board: Board) -> None:
    brand = make_brand()
    for role, status in (("orders", 403), ("chat", 302)):
        client = client_for(make_member(brand=brand, role=role), acting=brand)  # type: ignore[arg-type]
        assert press(client, board).status_code == status
        assert counted(board) == (0 if status == 403 else 1)
    assert BoardFollow.objects.get().profile_id == brand.pk


def test_across_a_block_nobody_follows(noor: Profile, mara: Profile, board: Board) -> None:
    kept, theirs = make_person(), make_board(owner=noor, title="Theirs")
    follow(board, noor, kept)
    follow(theirs, mara)

    block(blocker_id=mara.pk, blocked_id=noor.pk)
    deliver_all()

    assert (counted(board), counted(theirs)) == (1, 0)
    assert BoardFollow.objects.get().profile_id == kept.pk
    assert press(client_for(noor), board).status_code == 404
    assert press(client_for(mara), theirs).status_code == 404
    assert (counted(board), counted(theirs)) == (1, 0)
    unblock(blocker_id=mara.pk, blocked_id=noor.pk)
    assert press(client_for(noor), board).status_code == 302
    assert counted(board) == 2


def test_a_suspended_owner_cannot_be_followed(noor: Profile, mara: Profile, board: Board) -> None:
    operator = make_operator().user_id or 0
    follow(board, noor)
    suspend_person(profile_id=mara.pk, operator_id=operator, reason="Spam")
    assert press(client_for(make_person()), board).status_code == 404
    assert (followed(noor), followed_count(profile_id=noor.pk)) == ([], 0)
    restore_person(profile_id=mara.pk, operator_id=operator)
    assert (followed(noor), followed_count(profile_id=noor.pk)) == (["Small rooms"], 1)
    assert counted(board) == 1


# --- What becomes of it --------------------------------------------------------------------------


def test_made_secret_it_shows_no_followers_and_public_again_it_has_them(
    noor: Profile, mara: Profile, board: Board
) -> None:
    follow(board, noor)
    edit(board, secret=True)

    assert followed(noor) == []
    assert press(client_for(noor), board, "0").status_code == 404
    page = soup(client_for(mara), board.get_absolute_url())
    assert "follower" not in page.select_one(".board__head").get_text()
    shelf = soup(client_for(mara), f"/@{mara.handle}/boards/")
    assert [one.get_text() for one in shelf.select("p.by")] == ["3 pins"]

    edit(board, secret=False)

    assert followed(noor) == ["Small rooms"]
    assert counted(board) == 1


def test_a_deleted_board_comes_back_with_those_who_are_still_there(
    noor: Profile, mara: Profile, board: Board
) -> None:
    leaver, blocked = make_person(), make_person()
    follow(board, leaver, blocked, noor)
    token = actions.delete_board(board_id=board.public_id, owner_id=mara.pk)
    assert not BoardFollow.objects.exists()
    erase_account(user_id=leaver.user_id or 0)
    block(blocker_id=blocked.pk, blocked_id=mara.pk)

    actions.undo(token=token, actor_id=mara.pk)

    back = Board.objects.get(public_id=board.public_id)
    assert counted(back) == 1
    assert BoardFollow.objects.get().profile_id == noor.pk


def test_who_leaves_follows_and_is_followed_no_more(
    noor: Profile, mara: Profile, board: Board
) -> None:
    theirs, other = make_board(owner=noor, title="Theirs"), make_person()
    follow(board, noor, other)
    follow(theirs, mara)

    erase_account(user_id=noor.user_id or 0)

    assert counted(board) == 1
    assert BoardFollow.objects.get().profile_id == other.pk
    assert list(violations(invariants=frozenset({"I11"}))) == []


# --- The interface -------------------------------------------------------------------------------


def test_programs_follow_and_list_what_they_follow(
    noor: Profile, mara: Profile, board: Board
) -> None:
    path = f"boards/{board.public_id}/follow/"
    second = make_board(owner=mara, title="Second")
    for _twice in range(2):
        answer = ask(noor, path, method="put")
        assert (answer["following"], answer["board"]["followers_count"]) == (True, 1)
    ask(noor, f"boards/{second.public_id}/follow/", method="put")
    assert ask(noor, f"boards/{board.public_id}/")["following"] is True

    listed = ask(noor, "boards/followed/")
    assert [one["title"] for one in listed["results"]] == ["Second", "Small rooms"]
    assert (listed["next"], listed["results"][1]["followers_count"]) == (None, 1)

    answer = ask(noor, path, method="delete")
    assert (answer["following"], answer["board"]["followers_count"]) == (False, 0)
    assert followed(noor) == ["Second"]
    assert ask(noor, f"boards/{board.public_id}/")["following"] is False
    ask(mara, path, method="put", status=422)
    assert Client().put(f"/api/v1/{path}").status_code == 401
    assert counted(board) == 0


def test_a_long_list_goes_on_where_it_stopped(noor: Profile, mara: Profile) -> None:
    boards = [make_board(owner=mara, title=f"Board {number}") for number in range(33)]
    follow_all = [one.title for one in reversed(boards)]
    for one in boards:
        follow(one, noor)
    first = ask(noor, "boards/followed/")
    assert [one["title"] for one in first["results"]] == follow_all[:30]
    actions.unfollow_board(board_id=boards[-1].public_id, profile_id=noor.pk)
    rest = ask(noor, first["next"])
    assert [one["title"] for one in rest["results"]] == follow_all[30:]
    assert rest["next"] is None


# --- At once -------------------------------------------------------------------------------------

RIVALS = 10


def storm(board: Board, people: list[Profile], *, acts: int) -> None:
    """Each rival lets people follow and leave one board, at random; one follows it all the time."""
    actions.follow_board(board_id=board.public_id, profile_id=make_person().pk)

    def act(number: int) -> None:
        chance = random.Random(number)
        for _ in range(acts):
            do = actions.follow_board if chance.random() < 0.6 else actions.unfollow_board
            do(board_id=board.public_id, profile_id=chance.choice(people).pk)

    assert race(RIVALS, act) == [None] * RIVALS


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_count_is_exact_after_a_thousand_at_once(board: Board) -> None:
    storm(board, [make_person() for _ in range(6)], acts=100)
    assert counted(board) > 0


@pytest.mark.django_db(transaction=True)
def test_the_count_is_exact_after_a_few_at_once(board: Board) -> None:
    storm(board, [make_person() for _ in range(4)], acts=8)
    assert counted(board) > 0


@pytest.mark.django_db(transaction=True)
def test_control_a_count_that_is_read_and_written_back_goes_wrong(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_then_write(*, board_id: int, by: int) -> None:
        now = Board.objects.values_list("followers_count", flat=True).get(pk=board_id)
        time.sleep(0.005)
        Board.objects.filter(pk=board_id).update(followers_count=max(now + by, 0))

    def unlocked(*, board_id: str, profile_id: int) -> Board:
        return Board.objects.get(public_id=board_id)

    monkeypatch.setattr(follows, "_locked", unlocked)
    monkeypatch.setattr(follows, "change_followers", read_then_write)
    storm(board, [make_person() for _ in range(20)], acts=8)
    board.refresh_from_db()
    assert board.followers_count != BoardFollow.objects.filter(board=board).count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("value", "words"), [("1", "1 follower"), ("0", "0 followers")])
def test_a_board_that_is_deleted_just_after_the_press_is_an_answer_still(
    noor: Profile, board: Board, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value == "0":
        follow(board, noor)
    change = follows.change_followers

    def deleted_with_the_commit(**counted: int) -> None:
        change(**counted)
        transaction.on_commit(Board.objects.filter(pk=board.pk).delete)

    monkeypatch.setattr(follows, "change_followers", deleted_with_the_commit)
    told = press(client_for(noor), board, value, headers=SCRIPT).json()["told"]
    assert told == {f"followers-{board.public_id}": words}
    assert not Board.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control"])
def test_a_follow_in_the_middle_of_a_block_does_not_survive_it(
    noor: Profile, mara: Profile, board: Board, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The follow has looked for a block and found none; then the block comes and is heard of."""
    if not locked:
        monkeypatch.setattr(follows, "_locked", _careless)

    def blocked() -> None:
        hear_of_block(mara, noor)

    met = in_the_middle(
        seam=(follows, "are_blocked"), act=lambda: follow(board, noor), meanwhile=blocked
    )
    assert met == (None, None, locked)
    assert counted(board) == (0 if locked else 1)


def test_of_a_block_all_boards_of_both_are_held_once(
    noor: Profile, mara: Profile, board: Board
) -> None:
    follow(board, noor)
    join(board=board, person=noor)
    with CaptureQueriesContext(connection) as queries:
        hear_of_block(mara, noor)
    held = [one for one in queries if 'FROM "feed_board"' in one["sql"] and LOCK in one["sql"]]
    assert len(held) == 1
    assert not BoardMember.objects.exists()
    assert counted(board) == 0


def _careless(*, board_id: str, profile_id: int) -> Board:
    """The board without its lock."""
    board = Board.objects.get(public_id=board_id)
    assert not follows.are_blocked(one_id=profile_id, other_id=board.owner_id)
    return board
