"""Saving: to which board, how often, for whom, and back again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from accounts.testing import PASSWORD, Profile, client_for, make_brand, make_person
from catalog.testing import make_product
from feed.actions import save_pin
from feed.models import Board, Pin, Save
from feed.testing import make_board, make_pin

pytestmark = pytest.mark.django_db

ACT = {"X-Fragment": "act"}


def saves(profile: Profile) -> set[tuple[str, str]]:
    return set(Save.objects.filter(saver=profile).values_list("pin__public_id", "board__title"))


def test_a_first_save_makes_a_board_and_unsave_takes_it_back() -> None:
    mara, pin = make_person(), make_pin()
    client = client_for(mara)
    answer = client.post(f"/pin/{pin.public_id}/save/", headers=ACT)
    # Where else it could go stands beside what was done.
    other = f"/pin/{pin.public_id}/boards/"
    assert answer.json() == {"text": "Kept on your board Saved", "other": other}
    assert saves(mara) == {(pin.public_id, "Saved")}
    answer = client.post(f"/pin/{pin.public_id}/unsave/", headers=ACT)
    assert answer.json() == {"text": "Removed from Saved"}
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
    assert answer.json() == {"text": "Saved for this visit.", "join": "/accounts/signup/"}


def test_a_guest_sees_on_the_page_of_a_product_what_they_saved(client: Client) -> None:
    product = make_product()
    pin = make_pin(author=product.seller, products=[product])
    path = f"/product/{product.public_id}/{product.slug}/"
    assert f"/pin/{pin.public_id}/save/" in client.get(path).content.decode()
    client.post(f"/pin/{pin.public_id}/save/")
    html = client.get(path).content.decode()
    assert f'formaction="/pin/{pin.public_id}/unsave/"' in html
    assert 'aria-pressed="true"' in html
