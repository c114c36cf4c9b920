"""Boards through their pages: sections, order, many at once, people, and everything taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.actions import block
from accounts.testing import Profile, client_for, make_person, owner_of
from core.testing import deliver_all
from feed import board_page
from feed.actions import create_section, move_pins, remove_pins, save_pin, take_down_pin
from feed.models import Board, Pin, Save, Section
from feed.testing import fill_board, join, make_board, make_pin
from feed.tests.boards import order_of, post, soup, undo_of
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


# --- Order ---------------------------------------------------------------------------------------
def test_arrows_move_a_pin_and_stop_at_the_ends(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    client = client_for(mara)
    a, b, c = pins
    post(client, board, "order", {"move": f"later:{a}"})
    assert order_of(board) == [b, a, c]
    post(client, board, "order", {"move": f"earlier:{b}"})
    assert order_of(board) == [b, a, c]
    post(client, board, "order", {"move": f"first:{c}"})
    assert order_of(board) == [c, b, a]
    post(client, board, "order", {"move": f"last:{c}"})
    assert order_of(board) == [b, a, c]


def test_pins_ticked_without_a_place_to_go_stay_ticked_and_where_they_are(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    client = client_for(mara)
    back = f"{board.get_absolute_url()}?arrange=top"
    chosen = {"pins": [pins[0], pins[2]], "do": "", "next": back}
    answer = client.post(f"/boards/{board.public_id}/pins/", chosen)
    page = soup(client, answer["Location"].partition("#")[0])
    assert "Choose where they should go." in page.get_text()
    ticked = [str(one["value"]) for one in page.select("input[name=pins][checked]")]
    assert ticked == [pins[0], pins[2]]
    assert order_of(board) == pins
    assert not soup(client, back + "&ticked=x-%00-").select("input[name=pins][checked]")


def test_a_move_to_a_script_says_where_the_pin_is_now(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    answer = client_for(mara).post(
        f"/boards/{board.public_id}/order/",
        {"pin": pins[0], "beside": pins[2], "behind": "1"},
        headers={"X-Fragment": "act"},
    )
    assert answer.json() == {"text": "Pin 0 is now 3 of 3.", "place": 3, "total": 3}
    assert order_of(board) == [*pins[1:], pins[0]]


def test_many_moves_into_one_gap_keep_the_order_exact(mara: Profile) -> None:
    """More often than there are numbers between two ranks: the part is spread again."""
    board, pins = fill_board(owner=mara, count=4)
    client, expected = client_for(mara), list(pins)
    for number in range(60):
        moved = expected[1] if number % 2 else expected[-1]
        beside = expected[0]
        post(client, board, "order", {"pin": moved, "beside": beside, "behind": "1"})
        expected.remove(moved)
        expected.insert(1, moved)
        assert order_of(board) == expected


def test_nobody_moves_past_a_pin_that_cannot_be_seen(mara: Profile) -> None:
    board, (a, b, c) = fill_board(owner=mara)
    take_down_pin(public_id=b, operator_id=None, reason="Spam")
    answer = client_for(mara).post(
        f"/boards/{board.public_id}/order/",
        {"move": f"earlier:{c}"},
        headers={"X-Fragment": "act"},
    )
    assert answer.json()["place"] == 1
    assert [pin for pin in order_of(board) if pin != b] == [c, a]


def test_a_new_save_stands_in_front_of_what_was_arranged(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    post(client_for(mara), board, "order", {"move": f"first:{pins[2]}"})
    fresh = make_pin()
    save_pin(pin_id=fresh.public_id, saver_id=mara.pk, board_id=board.public_id)
    assert order_of(board)[0] == fresh.public_id


@pytest.mark.parametrize(
    "data", [{}, {"move": "sideways:x"}, {"move": "later:absent"}, {"pin": "x", "beside": "y"}]
)
def test_nonsense_moves_change_nothing(mara: Profile, data: dict[str, str]) -> None:
    board, pins = fill_board(owner=mara)
    assert post(client_for(mara), board, "order", data).status_code == 404
    assert order_of(board) == pins


# --- Sections ------------------------------------------------------------------------------------
def test_sections_are_made_named_ordered_and_dissolved(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, count=4)
    client = client_for(mara)
    for title in ("Reading corner", "Table"):
        assert post(client, board, "sections", {"title": title}).status_code == 302
    reading, table = Section.objects.filter(board=board)
    post(client, board, "pins", {"pins": pins[:2], "do": f"section:{reading.public_id}"})
    assert order_of(board, reading) == pins[:2]
    moved = post(client, board, f"sections/{table.public_id}", {"do": "up"})
    page = client.get(moved["Location"]).content.decode()
    assert "Table moved up." in page
    assert f'<h2 id="{moved["Location"].partition("#")[2]}" tabindex="-1">Table' in page
    assert [one.title for one in Section.objects.filter(board=board)] == ["Table", "Reading corner"]
    post(client, board, f"sections/{table.public_id}", {"do": "rename", "title": "Window"})
    table.refresh_from_db()
    assert table.title == "Window"
    where = {"do": "delete", "to": table.public_id}
    post(client, board, f"sections/{reading.public_id}", where)
    assert order_of(board, table) == pins[:2]
    client.post(undo_of(client))
    reading = Section.objects.get(title="Reading corner")
    assert order_of(board, reading) == pins[:2]
    post(client, board, f"sections/{reading.public_id}", {"do": "delete", "to": ""})
    assert order_of(board) == pins


def test_a_section_needs_a_name_of_its_own(mara: Profile) -> None:
    board = make_board(owner=mara)
    client = client_for(mara)
    post(client, board, "sections", {"title": "Table"})
    for title, words in (("TABLE", "already has a section"), ("  ", "Fill in")):
        answer = post(client, board, "sections", {"title": title})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Section.objects.count() == 1


def test_a_page_of_a_section_shows_it_alone_and_an_unknown_one_is_not_found(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    section = create_section(board_id=board.public_id, actor_id=mara.pk, title="Table")
    move_pins(board_id=board.public_id, pin_ids=pins[:1], actor_id=mara.pk, to_section=section)
    page = soup(Client(), f"{board.get_absolute_url()}?section={section}")
    assert [link["href"].split("/")[2] for link in page.select(".pin__t a")] == pins[:1]
    soup(Client(), f"{board.get_absolute_url()}?section=nonsense", 404)


def test_pages_of_a_board_follow_each_other_without_gap(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, count=60)
    client, seen, path = Client(), [], board.get_absolute_url()
    while path:
        page = soup(client, path)
        seen += [link["href"].split("/")[2] for link in page.select(".pin__t a")]
        more = page.select_one("a[data-more]")
        path = str(more["href"]) if more else ""
    assert seen == pins


def test_a_board_costs_the_same_for_any_number_of_pins(
    mara: Profile, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small, _pins = fill_board(owner=mara, count=1)
    large, pins = fill_board(owner=mara, count=12, title="Large")
    for number in range(3):
        section = create_section(
            board_id=large.public_id, actor_id=mara.pk, title=f"Section {number}"
        )
        move_pins(
            board_id=large.public_id,
            pin_ids=pins[number * 3 : number * 3 + 3],
            actor_id=mara.pk,
            to_section=section,
        )
    for person in (make_person(), make_person()):
        join(board=large, person=person)
    client = client_for(mara)
    client.get(small.get_absolute_url())
    for board in (small, large):
        # session and user; board, sections, people and how much they saved, what stands on it,
        # pins, what was saved last (products are asked for only when a pin carries one)
        with django_assert_max_num_queries(9):
            client.get(board.get_absolute_url())
        # and the list that is arranged, and boards to move to
        with django_assert_max_num_queries(11):
            client.get(f"{board.get_absolute_url()}?arrange=top")


# --- Many at once --------------------------------------------------------------------------------
def test_ticked_pins_are_taken_off_and_put_back_where_they_stood(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, count=4)
    client = client_for(mara)
    post(client, board, "pins", {"pins": pins[1:3], "do": "remove"})
    board.refresh_from_db()
    assert (order_of(board), board.pins_count) == ([pins[0], pins[3]], 2)
    assert Pin.objects.get(public_id=pins[1]).saves_count == 0
    client.post(undo_of(client))
    board.refresh_from_db()
    assert (order_of(board), board.pins_count) == (pins, 4)
    assert Pin.objects.get(public_id=pins[1]).saves_count == 1


def test_ticked_pins_go_to_another_board_once_and_come_back(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, count=3)
    other = make_board(owner=mara, title="Other", secret=True)
    save_pin(pin_id=pins[0], saver_id=mara.pk, board_id=other.public_id)
    client = client_for(mara)
    post(client, board, "pins", {"pins": pins[:2], "do": f"board:{other.public_id}"})
    assert order_of(board) == pins[2:]
    assert sorted(order_of(other)) == sorted(pins[:2])
    counts = {pin.public_id: pin.saves_count for pin in Pin.objects.filter(public_id__in=pins)}
    assert counts == {pins[0]: 0, pins[1]: 0, pins[2]: 1}
    client.post(undo_of(client))
    assert order_of(board) == pins
    assert order_of(other) == [pins[0]]
    for one in Board.objects.all():
        assert one.pins_count == one.saves.count()
    assert {pin.saves_count for pin in Pin.objects.filter(public_id__in=pins)} == {1}


def test_as_many_queries_for_four_ticked_pins_in_sections_as_for_two(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, count=6)
    ids: dict[str, Any] = {"board_id": board.public_id, "actor_id": mara.pk}
    section = create_section(**ids, title="Table")
    move_pins(**ids, pin_ids=pins, to_section=section)

    def queries(act: Callable[..., Any], wanted: list[str]) -> int:
        with CaptureQueriesContext(connection) as asked:
            act(**ids, pin_ids=wanted)
        return len(asked)

    assert queries(move_pins, pins[:2]) == queries(move_pins, pins[2:])
    move_pins(**ids, pin_ids=pins, to_section=section)
    assert queries(remove_pins, pins[:2]) == queries(remove_pins, pins[2:])


@pytest.mark.parametrize("data", [{"do": "remove"}, {"do": "nowhere"}, {"do": ""}])
def test_nothing_ticked_or_nowhere_to_go_changes_nothing(mara: Profile, data: Any) -> None:
    board, pins = fill_board(owner=mara)
    if data["do"] != "remove":
        data = {**data, "pins": pins}
    answer = post(client_for(mara), board, "pins", data)
    assert answer.status_code == 302
    assert order_of(board) == pins


# --- The board itself ----------------------------------------------------------------------------
def test_edit_changes_all_and_a_taken_name_changes_nothing(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    make_board(owner=mara, title="Taken")
    client, path = client_for(mara), f"/boards/{board.public_id}/edit/"
    data = {"title": "Quiet rooms", "text": "Soft light", "secret": "on", "cover": pins[2]}
    answer = client.post(path, data)
    board.refresh_from_db()
    assert answer.headers["Location"] == board.get_absolute_url()
    assert (board.title, board.slug, board.text) == ("Quiet rooms", "quiet-rooms", "Soft light")
    assert board.secret
    assert board.cover is not None
    assert board.cover.public_id == pins[2]
    assert {pin.saves_count for pin in Pin.objects.filter(public_id__in=pins)} == {0}
    answer = client.post(path, {**data, "title": "TAKEN", "text": "Kept as typed"})
    assert answer.status_code == 422
    assert "Kept as typed" in answer.content.decode()
    board.refresh_from_db()
    assert board.title == "Quiet rooms"


def test_a_cover_that_is_not_offered_stays_until_another_is_chosen(
    mara: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_page, "COVER_CHOICES", 1)
    board, pins = fill_board(owner=mara)
    chosen = Pin.objects.get(public_id=pins[2])
    Board.objects.filter(pk=board.pk).update(cover=chosen)
    make_board(owner=mara, title="Taken")
    client, path = client_for(mara), f"/boards/{board.public_id}/edit/"
    for title, status in (("Taken", 422), ("Quiet rooms", 302)):
        offered = soup(client, path).select("[name=cover]")
        assert [one["value"] for one in offered] == ["", pins[0]]
        assert not [one for one in offered if one.has_attr("checked")]
        answer = client.post(path, {"title": title, "text": ""})
        assert answer.status_code == status
        assert "checked" not in answer.content.decode()
        board.refresh_from_db()
        assert (board.title == title, board.cover) == (status == 302, chosen)
    client.post(path, {"title": "Quiet rooms", "text": "", "cover": ""})
    board.refresh_from_db()
    assert board.cover is None


def test_the_chosen_cover_comes_first_while_it_is_on_the_board(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    pin = Pin.objects.get(public_id=pins[2])
    Board.objects.filter(pk=board.pk).update(cover=pin)
    page = soup(Client(), f"/@{mara.handle}/boards/")
    first = page.select_one(".mosaic img")
    assert first is not None
    assert pin.image.public_id in str(first["src"])


def test_a_deleted_board_is_gone_everywhere_and_comes_back_whole(mara: Profile) -> None:
    board, pins = fill_board(owner=mara)
    jonah = make_person()
    join(board=board, person=jonah)
    section = create_section(board_id=board.public_id, actor_id=mara.pk, title="Table")
    move_pins(board_id=board.public_id, pin_ids=pins[:2], actor_id=mara.pk, to_section=section)
    client, path = client_for(mara), board.get_absolute_url()
    before = order_of(board), client.get(path).content.count(b"pin__t")
    assert post(client_for(make_person()), board, "delete").status_code == 404
    post(client, board, "delete")
    address = undo_of(client)
    soup(client, path, 404)
    assert not Save.objects.exists()
    assert {pin.saves_count for pin in Pin.objects.filter(public_id__in=pins)} == {0}
    client.post(address)
    back = Board.objects.get(public_id=board.public_id)
    assert (order_of(back), client.get(path).content.count(b"pin__t")) == before
    assert order_of(back, Section.objects.get()) == pins[:2]
    assert back.pins_count == 3
    assert {pin.saves_count for pin in Pin.objects.filter(public_id__in=pins)} == {1}
    soup(client_for(jonah), path)


def test_undo_is_for_who_did_it_and_once(mara: Profile) -> None:
    board, _pins = fill_board(owner=mara)
    client = client_for(mara)
    post(client, board, "delete")
    address = undo_of(client)
    assert client_for(make_person()).post(address).status_code == 404
    assert not Board.objects.exists()
    make_board(owner=mara, title=board.title)
    assert client.post(address).status_code == 409
    Board.objects.all().delete()
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    assert Board.objects.count() == 1


# --- What is secret stays so ---------------------------------------------------------------------
def test_secret_boards_and_their_saves_show_nowhere(mara: Profile) -> None:
    pin = make_pin(title="Copper pan")
    jonah = make_person(name="Jonah")
    client_for(jonah).post(f"/accounts/{mara.public_id}/follow/")
    board = make_board(owner=mara, title="Surprise party", secret=True)
    deliver_all()
    before = client_for(jonah).get(f"/pin/{pin.public_id}/").content
    save_pin(pin_id=pin.public_id, saver_id=mara.pk, board_id=board.public_id)
    deliver_all()
    pin.refresh_from_db()
    assert pin.saves_count == 0
    for who in (Client(), client_for(jonah), client_for(owner_of(pin.author))):
        for path in (
            "/",
            "/explore/",
            f"/pin/{pin.public_id}/",
            f"/@{mara.handle}/",
            f"/@{mara.handle}/boards/",
            "/search/?q=surprise+party",
        ):
            text = who.get(path).content.decode()
            assert "Surprise party" not in text.replace('value="surprise party"', "")
            assert board.public_id not in text
            assert "Mara</b> saved" not in text
            assert "1 save" not in text
    assert notices_of(owner_of(pin.author).pk, kind="feed.saved") == []
    after = client_for(jonah).get(f"/pin/{pin.public_id}/").content
    assert len(before) == len(after)
    # The owner of the secret sees it, also where boards are named that hold the pin: not there.
    page = soup(client_for(mara), f"/pin/{pin.public_id}/")
    assert page.select_one("#held-h") is None
    assert "Surprise party" in page.get_text()


def test_a_pin_names_the_public_boards_that_hold_it(mara: Profile) -> None:
    board, pins = fill_board(owner=mara, title="Window end")
    page = soup(Client(), f"/pin/{pins[0]}/")
    held = page.select_one(".held")
    assert held is not None
    assert board.get_absolute_url() in str(held)
    jonah = make_person()
    block(blocker_id=mara.pk, blocked_id=jonah.pk)
    assert soup(client_for(jonah), f"/pin/{pins[0]}/").select_one(".held") is None


def test_a_board_counts_what_its_reader_sees(mara: Profile) -> None:
    board, _pins = fill_board(owner=mara)
    reader, other = client_for(person := make_person()), make_pin()
    save_pin(pin_id=other.public_id, saver_id=mara.pk, board_id=board.public_id)

    def counted() -> list[str]:
        head = soup(reader, board.get_absolute_url()).select_one(".board__head")
        assert head is not None
        return re.findall(r"\d+ pins", head.get_text())

    assert counted() == ["4 pins"]
    block(blocker_id=person.pk, blocked_id=other.author_id)
    assert counted() == ["3 pins"]


def test_the_last_board_is_my_last_and_not_where_others_saved(mara: Profile) -> None:
    shared, _pins = fill_board(owner=mara, title="Shared")
    own = make_board(owner=mara, title="Own")
    jonah = make_person()
    join(board=shared, person=jonah)
    save_pin(pin_id=make_pin().public_id, saver_id=mara.pk, board_id=own.public_id)
    save_pin(pin_id=make_pin().public_id, saver_id=jonah.pk, board_id=shared.public_id)
    answer = client_for(mara).post(
        f"/pin/{make_pin().public_id}/save/", headers={"X-Fragment": "act"}
    )
    assert answer.json()["text"] == "Saved to Own"


def test_another_board_is_chosen_without_a_script(mara: Profile) -> None:
    pin, board = make_pin(), make_board(owner=mara, title="Own")
    other = make_board(owner=make_person(), title="Not mine")
    client = client_for(mara)
    page = soup(client, f"/pin/{pin.public_id}/boards/?next=/explore/")
    values = [button["value"] for button in page.select("button[name=board]")]
    assert values == [board.public_id]
    assert other.public_id not in str(page)
    answer = client.post(
        f"/pin/{pin.public_id}/save/", {"board": board.public_id, "next": "/explore/"}
    )
    assert answer.headers["Location"] == "/explore/"
    assert Client().get(f"/pin/{pin.public_id}/boards/").status_code == 302
