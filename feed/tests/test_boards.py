"""Saving: to which board, how often, for whom, and back again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from accounts.testing import PASSWORD, Profile, client_for, make_brand, make_person
from catalog.testing import make_product
from feed.actions import create_section, move_pins, save_pin, save_product
from feed.boards import MINE
from feed.models import Board, Pin, Save
from feed.testing import fill_board, make_board, make_pin
from feed.tests.boards import soup, undo_of

pytestmark = pytest.mark.django_db

ACT = {"X-Fragment": "act"}
STANDS = ("pin", "board", "section", "saver", "rank", "note", "created_at")


def saves(profile: Profile) -> set[tuple[str, str]]:
    return set(Save.objects.filter(saver=profile).values_list("pin__public_id", "board__title"))


def test_a_first_save_makes_a_board_and_unsave_takes_it_back() -> None:
    mara, pin = make_person(), make_pin()
    client = client_for(mara)
    answer = client.post(f"/pin/{pin.public_id}/save/", headers=ACT)
    # Where else it could go stands beside what was done, and what takes it back.
    board = Board.objects.get().public_id
    other, undo = f"/pin/{pin.public_id}/boards/", f"/pin/{pin.public_id}/unsave/?board={board}"
    said = {"text": "Kept on your board Saved", "other": other, "undo": undo}
    assert answer.json() == said
    assert saves(mara) == {(pin.public_id, "Saved")}
    answer = client.post(undo, headers=ACT)
    assert answer.json()["text"] == "Removed from Saved"
    assert saves(mara) == set()
    pin.refresh_from_db()
    assert (pin.saves_count, Board.objects.get().pins_count) == (0, 0)


def test_without_a_script_it_goes_back_with_a_message_and_undo() -> None:
    mara, pin = make_person(), make_pin()
    client = client_for(mara)
    answer = client.post(f"/pin/{pin.public_id}/save/", {"next": "/explore/"}, follow=True)
    assert answer.redirect_chain == [("/explore/", 302)]
    html = answer.content.decode()
    assert "Kept on your board Saved" in html
    assert f"/pin/{pin.public_id}/unsave/?board=" in html


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_next_stays_on_this_site(target: str) -> None:
    client = client_for(make_person())
    answer = client.post(f"/pin/{make_pin().public_id}/save/", {"next": target})
    assert answer.headers["Location"] == "/"


def test_a_named_board_of_mine_is_taken_and_one_of_others_is_refused() -> None:
    mara, jonah, pin = make_person(), make_person(), make_pin()
    mine, theirs = make_board(owner=mara, title="Mine"), make_board(owner=jonah, title="Theirs")
    client = client_for(mara)
    client.post(f"/pin/{pin.public_id}/save/", {"board": mine.public_id})
    assert saves(mara) == {(pin.public_id, "Mine")}
    answer = client.post(f"/pin/{pin.public_id}/save/", {"board": theirs.public_id})
    assert answer.status_code == 404
    assert not Save.objects.filter(board=theirs).exists()


def test_a_new_board_can_be_made_while_saving() -> None:
    mara, pin = make_person(), make_pin()
    client = client_for(mara)
    client.post(f"/pin/{pin.public_id}/save/", {"new_board": "Red, but quiet"})
    assert saves(mara) == {(pin.public_id, "Red, but quiet")}
    answer = client.post(
        f"/pin/{pin.public_id}/save/", {"new_board": "red, BUT quiet"}, headers=ACT
    )
    assert answer.status_code == 400
    assert Board.objects.count() == 1


def test_a_guest_saves_in_the_session_and_keeps_it_when_logging_in(client: Client) -> None:
    mara, pin = make_person(), make_pin()
    answer = client.post(f"/pin/{pin.public_id}/save/", headers=ACT)
    assert answer.status_code == 200
    assert not Save.objects.exists()
    assert 'aria-pressed="true"' in client.get(f"/pin/{pin.public_id}/").content.decode()
    assert mara.user
    client.post("/accounts/login/", {"login": mara.user.email, "password": PASSWORD})
    assert saves(mara) == {(pin.public_id, "Saved")}


def test_save_of_an_unknown_pin_is_not_found(client: Client) -> None:
    for who in (client, client_for(make_person())):
        assert who.post("/pin/nosuchpin123/save/").status_code == 404
    assert not Save.objects.exists()


@pytest.mark.parametrize("headers", [ACT, {}])
def test_undo_of_the_bookmark_puts_it_back_on_each_board_as_it_stood(
    headers: dict[str, str],
) -> None:
    mara = make_person()
    board, [first, pin, last] = fill_board(owner=mara, title="Kitchen")
    section = create_section(board_id=board.public_id, actor_id=mara.pk, title="Lamps")
    ids = {"board_id": board.public_id, "actor_id": mara.pk}
    move_pins(**ids, pin_ids=[first, pin, last], to_section=section)
    gifts = make_board(owner=mara, title="Gifts")
    save_pin(pin_id=pin, saver_id=mara.pk, board_id=gifts.public_id)
    save_pin(pin_id=make_pin().public_id, saver_id=mara.pk, board_id=gifts.public_id)
    before = list(Save.objects.order_by("pin", "board").values(*STANDS))
    client = client_for(mara)
    answer = client.post(f"/pin/{pin}/unsave/", headers=headers)
    assert saves(mara) & {(pin, "Kitchen"), (pin, "Gifts")} == set()
    undo = answer.json()["undo"] if headers else undo_of(client)
    if headers:
        assert answer.json()["text"] == "Removed from 2 boards"
    answer = client.post(undo, headers=headers)
    assert list(Save.objects.order_by("pin", "board").values(*STANDS)) == before
    if headers:
        assert answer.json() == {"text": "Kitchen is as it was.", "undo": ""}
        assert client.post(undo, headers=headers).status_code == 404


@pytest.mark.parametrize("headers", [ACT, {}])
def test_what_lies_there_already_stays_whatever_is_pressed(headers: dict[str, str]) -> None:
    mara = make_person()
    board, [pin] = fill_board(owner=mara, count=1)
    client, data = client_for(mara), {"board": board.public_id}
    answer = client.post(f"/pin/{pin}/save/", data, headers=headers)
    said = answer.content.decode() if headers else client.get("/help/").content.decode()
    assert "It is on Window end already." in said
    assert "unsave" not in said
    assert saves(mara) == {(pin, "Window end")}
    if headers:
        assert answer.json()["undo"] == ""
    product = make_product()
    save_product(product_id=product.public_id, saver_id=mara.pk)
    answer = client.post(f"/save/product/{product.public_id}/", headers=ACT)
    assert answer.json()["undo"] == ""


def test_a_note_typed_with_a_save_gives_way_to_the_one_before() -> None:
    mara = make_person()
    board, [pin] = fill_board(owner=mara, count=1)
    client, data = client_for(mara), {"board": board.public_id}
    client.post(f"/pin/{pin}/save/", {**data, "note": "120 by 80, 4 cm thick"})
    assert "/undo/" not in client.get("/help/").content.decode(), "nothing was replaced"
    client.post(f"/pin/{pin}/save/", {**data, "note": "For Ines?"})
    assert Save.objects.get().note == "For Ines?"
    client.post(undo_of(client))
    assert Save.objects.get().note == "120 by 80, 4 cm thick"
    answer = client.put(
        f"/api/v1/pins/{pin}/save/", {**data, "note": "Or Jo"}, content_type="application/json"
    )
    said = {"undo": answer.json()["undo"]}
    client.post("/api/v1/boards/undo/", said, content_type="application/json")
    assert Save.objects.get().note == "120 by 80, 4 cm thick"


def test_saving_needs_post_and_a_token() -> None:
    mara, pin = make_person(), make_pin()
    strict = Client(enforce_csrf_checks=True)
    assert mara.user
    strict.force_login(mara.user)
    assert strict.get(f"/pin/{pin.public_id}/save/").status_code == 405
    assert strict.post(f"/pin/{pin.public_id}/save/").status_code == 403
    assert not Save.objects.exists()


def test_a_secret_board_is_not_found_for_others(client: Client) -> None:
    mara = make_person()
    board = make_board(owner=mara, title="Presents", secret=True)
    assert client_for(mara).get(board.get_absolute_url()).status_code == 200
    for who in (client, client_for(make_person())):
        assert who.get(board.get_absolute_url()).status_code == 404


def test_a_wrong_slug_redirects(client: Client) -> None:
    board = make_board(owner=make_person())
    answer = client.get(f"/board/{board.public_id}/something/")
    assert (answer.status_code, answer.headers["Location"]) == (302, board.get_absolute_url())


def test_an_acting_form_of_another_identity_is_refused() -> None:
    mara = make_person()
    brand, pin = make_brand(owner=mara), make_pin()
    answer = client_for(mara).post(f"/pin/{pin.public_id}/save/", {"acting": brand.public_id})
    assert answer.status_code == 409
    assert not Save.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_saves_at_once_count_exactly() -> None:
    pin, mara = make_pin(), make_person()
    board = make_board(owner=mara)
    others = [make_person() for _ in range(10)]

    def save(number: int) -> None:
        try:
            save_pin(
                pin_id=pin.public_id,
                saver_id=mara.pk if number % 2 else others[number % 10].pk,
                board_id=board.public_id if number % 2 else None,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(50)))
    rows = Save.objects.count()
    assert Pin.objects.get().saves_count == rows == 1 + len({n % 10 for n in range(0, 50, 2)})
    for one in Board.objects.all():
        assert one.pins_count == one.saves.count()


def test_a_program_is_told_how_many_pins_are_on_the_board_now() -> None:
    mara = make_person()
    board, pins = fill_board(owner=mara, count=2)
    client, fresh = client_for(mara), make_pin().public_id

    def save() -> int:
        answer = client.put(
            f"/api/v1/pins/{fresh}/save/", {"board": board.public_id}, "application/json"
        )
        return int(answer.json()["board"]["pins_count"])

    assert [save(), save()] == [3, 3]
    for left, pin in ((2, fresh), (1, pins[0])):
        [gone] = client.delete(f"/api/v1/pins/{pin}/save/").json()["results"]
        assert gone["pins_count"] == left == Save.objects.count()


def test_a_pin_that_is_gone_leaves_no_new_board_behind() -> None:
    mara = make_person()
    answer = client_for(mara).post("/pin/nothinghere2/save/", {"new_board": "Window"}, headers=ACT)
    assert answer.status_code == 404
    assert not Board.objects.exists()


def test_a_guest_is_led_to_sign_up_and_back(client: Client) -> None:
    pin = make_pin()
    path = f"/pin/{pin.public_id}/"
    plain = client.post(f"{path}save/", {"next": path}, follow=True).content.decode()
    assert (
        f'<a href="/accounts/signup/?next={quote(path, safe="")}">Sign up to keep it</a>' in plain
    )
    assert f'formaction="{path}unsave/"' in plain
    answer = client.post(f"{path}save/", headers={"X-Fragment": "act"})
    assert answer.json() == {
        "text": "Saved for this visit.",
        "join": "/accounts/signup/",
        "undo": f"{path}unsave/",
    }


def test_a_guest_sees_on_the_page_of_a_product_what_they_saved(client: Client) -> None:
    product = make_product()
    pin = make_pin(author=product.seller, products=[product])
    path = f"/product/{product.public_id}/{product.slug}/"
    assert f"/pin/{pin.public_id}/save/" in client.get(path).content.decode()
    client.post(f"/pin/{pin.public_id}/save/")
    html = client.get(path).content.decode()
    assert f'formaction="/pin/{pin.public_id}/unsave/"' in html
    assert 'aria-pressed="true"' in html


def test_more_boards_are_shown_beside_what_was_typed() -> None:
    mara, pin = make_person(), make_pin()
    for number in range(MINE + 1):
        make_board(owner=mara, title=f"Board {number}")
    client, path = client_for(mara), f"/pin/{pin.public_id}/boards/"
    page = soup(client, f"{path}?next=/explore/")
    more = page.select_one("form.choose button[name=cursor]")
    assert more is not None
    assert "Board 1" in page.get_text()
    assert "Board 0" not in page.get_text()
    typed = {"note": "120 by 80", "new_board": "Half a na", "next": "/explore/"}
    answer = client.post(str(more["formaction"]), {**typed, "cursor": str(more["value"])})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert "Board 0" in page.get_text()
    for name, value in typed.items():
        field = page.select_one(f"form.choose [name={name}]")
        assert field is not None
        assert field["value"] == value
    assert not Save.objects.exists()
