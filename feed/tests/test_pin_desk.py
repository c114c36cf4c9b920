"""The tools beside a pin that is made: its picture, its board, questions, how far it reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.testing import Profile, client_for, follow_all, make_member, make_person
from catalog.testing import make_product
from core import clock
from core.media import Image
from core.testing import undo_in
from feed import edit_views
from feed.actions import follow_board, save_pin
from feed.models import Board, Pin
from feed.testing import make_board, make_comment, make_pin
from feed.tests.pins import editor, soup, upload

pytestmark = pytest.mark.django_db


def another_picture() -> SimpleUploadedFile:
    return upload("Another.png", width=90, height=60, colour="#003399")


def test_a_board_is_made_with_the_pin_that_goes_on_it(desk: Client, brand: Profile) -> None:
    make_board(owner=brand, title="Autumn shelf")
    pin = make_pin(author=brand, publish_now=False)
    sent = {"title": "T", "do": "publish", "new_board": "autumn shelf"}
    refused = desk.post(editor(pin), sent)
    assert refused.status_code == 422
    page = soup(refused)
    field = page.select_one('[name="new_board"]')
    assert field is not None
    assert (field["value"], field["aria-invalid"]) == ("autumn shelf", "true")
    pin.refresh_from_db()
    assert (pin.state, Board.objects.count()) == ("draft", 1)
    assert desk.post(editor(pin), {**sent, "new_board": "Winter shelf"}).status_code == 302
    pin.refresh_from_db()
    made = Board.objects.get(title="Winter shelf")
    assert (pin.state, pin.board, made.owner) == ("published", made, brand)
    assert made.saves.get().pin == pin


@pytest.mark.parametrize("publish_now", [True, False])
def test_nobody_writes_over_what_they_have_not_seen(
    desk: Client, brand: Profile, publish_now: bool
) -> None:
    """Two of a team, or two tabs; the second is told, keeps its words, and then may decide."""
    pin = make_pin(author=brand, publish_now=publish_now)
    version = soup(desk.get(editor(pin))).select_one('input[name="version"]')
    assert version is not None
    first = {"title": "First words", "do": "save", "version": version["value"]}
    assert desk.post(editor(pin), first).status_code == 302
    second = desk.post(editor(pin), {**first, "title": "Second words"})
    assert second.status_code == 409
    page = soup(second)
    assert "This pin was saved in the meantime" in page.get_text()
    title, now = page.select_one('[name="title"]'), page.select_one('input[name="version"]')
    assert title is not None
    assert now is not None
    assert title["value"] == "Second words"
    pin.refresh_from_db()
    assert pin.title == "First words"
    again = {**first, "title": "Second words", "version": now["value"]}
    assert desk.post(editor(pin), again).status_code == 302
    pin.refresh_from_db()
    assert pin.title == "Second words"


def test_the_same_press_twice_is_done_once(desk: Client, brand: Profile) -> None:
    """Without a script nothing holds a second press back; and somebody else's is still told."""
    pin = make_pin(author=brand, title="", publish_now=False)
    vase = make_product(seller=brand, title="Tall vase")
    sent = {
        "version": "1",
        "new_board": "Winter shelf",
        "alt": "A vase",
        "t-0-product": vase.public_id,
        "t-0-x": "40",
        "t-0-y": "60",
        "do": "publish",
    }
    for _press in range(2):
        assert desk.post(editor(pin), sent).status_code == 302
    pin.refresh_from_db()
    assert (pin.state, pin.title, pin.version) == ("published", "Tall vase", 2)
    assert [board.title for board in Board.objects.all()] == ["Winter shelf"]
    assert Board.objects.get().saves.get().pin == pin
    assert not pin.revisions.exists()
    for other in ({"alt": "Something else"}, {"talk": "asked"}, {"focus_x": "3", "focus_y": "4"}):
        assert desk.post(editor(pin), {**sent, **other}).status_code == 409, other
    pin.image.refresh_from_db()
    assert (pin.image.alt, pin.image.focus_x) == ("A vase", 50)
    assert not pin.revisions.exists()


def test_a_time_that_is_set_twice_is_set_once(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, title="", publish_now=False)
    vase = make_product(seller=brand, title="Tall vase")
    at = clock.now() + timedelta(days=1)
    sent = {
        "version": "1",
        "t-0-product": vase.public_id,
        "t-0-x": "40",
        "t-0-y": "60",
        "publish_at": f"{at:%Y-%m-%dT%H:%M}",
        "do": "schedule",
    }
    for _press in range(2):
        assert desk.post(editor(pin), sent).status_code == 302
    pin.refresh_from_db()
    assert (pin.state, pin.title, pin.version) == ("draft", "Tall vase", 2)


def test_a_form_that_came_back_says_that_it_is_not_saved(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, publish_now=False)
    line = soup(desk.get(editor(pin))).select_one("[data-changed]")
    assert line is not None
    assert line.get_text().startswith("Draft saved")
    assert not line.has_attr("data-unsaved")
    for sent in ({"do": "find", "find": "vase"}, {"do": "publish", "title": "x" * 121}):
        line = soup(desk.post(editor(pin), sent)).select_one("[data-changed][data-unsaved]")
        assert line is not None
        assert line.get_text() == "Not saved yet"


def test_looking_for_products_takes_nobody_their_room_to_save(
    desk: Client, brand: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stored has a limit of each person's, and beyond it what was typed is kept."""
    monkeypatch.setattr(edit_views, "EDITS_PER_HOUR", 2)
    monkeypatch.setattr(edit_views, "LOOKS_PER_MINUTE", 4)
    pin = make_pin(author=brand, publish_now=False)
    for word in ("vase", "bowl", "lamp"):
        assert desk.post(editor(pin), {"do": "find", "find": word}).status_code == 200
    shown = {"title": "T", "do": "show", "image": another_picture()}
    assert desk.post(editor(pin), shown).status_code == 200
    assert desk.post(editor(pin), {"title": "First", "do": "save"}).status_code == 302
    images = Image.objects.count()
    for do in ("save", "show"):
        more = {"title": "Second", "do": do, "image": another_picture()}
        answer = desk.post(editor(pin), more)
        assert answer.status_code == 429
        title = soup(answer).select_one('[name="title"]')
        assert title is not None
        assert title["value"] == "Second"
        assert soup(answer).select_one(".errs") is not None
    pin.refresh_from_db()
    assert (pin.title, Image.objects.count()) == ("First", images)
    colleague = client_for(make_member(brand=brand, role="catalogue"), acting=brand)
    assert colleague.post(editor(pin), {"title": "Third", "do": "save"}).status_code == 302
    assert desk.post(editor(pin), {"do": "find", "find": "rug"}).status_code == 200
    assert desk.post(editor(pin), {"do": "find", "find": "rugs"}).status_code == 429


def test_another_picture_is_shown_before_it_takes_the_place_of_the_first(
    desk: Client, brand: Profile
) -> None:
    pin = make_pin(author=brand, publish_now=False)
    first = pin.image_id
    page = soup(desk.post(editor(pin), {"title": "T", "do": "show", "image": another_picture()}))
    kept = page.select_one('[data-tagger] input[name="kept_image"]')
    size = page.select_one(".tools-of .num")
    assert kept is not None
    assert size is not None
    assert size.get_text() == "90 \u00d7 60"
    pin.refresh_from_db()
    assert pin.image_id == first, "nothing is stored by showing it"
    answer = desk.post(editor(pin), {"title": "T", "kept_image": kept["value"], "do": "save"})
    assert answer.status_code == 302
    pin.refresh_from_db()
    assert pin.image.public_id == kept["value"]


@pytest.mark.parametrize("do", ["show", "save"])
def test_a_picture_that_is_refused_costs_none_that_was_kept(
    desk: Client, brand: Profile, do: str
) -> None:
    pin = make_pin(author=brand, publish_now=False)
    page = soup(desk.post(editor(pin), {"title": "T", "do": "show", "image": another_picture()}))
    kept = page.select_one('input[name="kept_image"]')
    assert kept is not None
    bad = SimpleUploadedFile("x.txt", b"no picture at all")
    sent = {"title": "T", "kept_image": kept["value"], "do": do, "image": bad}
    page = soup(desk.post(editor(pin), sent))
    again = page.select_one('input[name="kept_image"]')
    assert page.select_one("#id_image_error") is not None
    assert again is not None
    assert again["value"] == kept["value"]


def test_what_is_no_picture_is_said_beside_the_tool_and_in_its_fragment(
    desk: Client, brand: Profile
) -> None:
    pin = make_pin(author=brand, publish_now=False)
    for headers in ({}, {"X-Fragment": "tagger"}):
        bad = SimpleUploadedFile("x.txt", b"no picture at all")
        sent = {"title": "T", "do": "show", "image": bad}
        page = soup(desk.post(editor(pin), sent, headers=headers))
        tool = page.select_one("details[data-ask]")
        assert tool is not None
        assert tool.has_attr("open")
        assert tool.select_one("#id_image_error") is not None


def test_questions_are_turned_off_before_anybody_asks(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, publish_now=False)
    switch = soup(desk.get(editor(pin))).select_one('input[name="comments_open"]')
    assert switch is not None
    assert switch.has_attr("checked")
    asker = client_for(make_person())
    for sent, may_ask in (({}, False), ({"comments_open": "on"}, True)):
        form = {"title": "T", "talk": "asked", "do": "publish", **sent}
        assert desk.post(editor(pin), form).status_code == 302
        answer = asker.post(f"/pin/{pin.public_id}/comments/", {"text": f"Where from? {sent}"})
        assert (answer.status_code < 400) is may_ask
    # A form that does not speak of it, as that of a program, leaves it.
    Pin.objects.filter(pk=pin.pk).update(comments_open=False)
    desk.post(editor(pin), {"title": "T", "do": "save"})
    pin.refresh_from_db()
    assert not pin.comments_open


def test_turning_questions_off_takes_no_word_away(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand)
    make_comment(pin=pin, author=make_person(), text="Is it heavy?")
    desk.post(editor(pin), {"title": "T", "talk": "asked", "do": "save"})
    assert "Is it heavy?" in Client().get(f"/pin/{pin.public_id}/").content.decode()


def test_boards_are_chosen_by_their_covers(brand: Profile) -> None:
    person = make_person()
    board, empty = (
        make_board(owner=person, title="Small rooms"),
        make_board(owner=person, title="Nothing yet"),
    )
    cover = make_pin(author=brand)
    save_pin(pin_id=cover.public_id, saver_id=person.pk, board_id=board.public_id)
    follow_board(board_id=board.public_id, profile_id=brand.pk)
    pin = make_pin(author=person, publish_now=False)
    page = soup(client_for(person).get(f"/pin/{pin.public_id}/edit/"))
    options = page.select(".boards .opt")
    said = {" ".join(one.get_text(" ").split()): one for one in options}
    assert set(said) == {"Small rooms 1 pin, 1 follower", "Nothing yet 0 pins", "No board"}
    assert cover.image.public_id in str(said["Small rooms 1 pin, 1 follower"].select_one("img"))
    assert said["Nothing yet 0 pins"].select_one("img") is None
    assert said["No board"].select_one("input[checked]") is not None
    chosen = {"title": "T", "board": empty.public_id, "do": "save"}
    client_for(person).post(f"/pin/{pin.public_id}/edit/", chosen)
    pin.refresh_from_db()
    assert pin.board == empty


def test_it_says_how_many_followers_it_reaches(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, publish_now=False)
    assert "Publishing now reaches" not in desk.get(editor(pin)).content.decode()
    for _ in range(2):
        follow_all(make_person(), [brand])
    assert "Publishing now reaches 2 followers." in desk.get(editor(pin)).content.decode()


def test_what_was_published_is_taken_back_by_its_undo(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, publish_now=False)
    undo = undo_in(desk.post(editor(pin), {"title": "T", "do": "publish"}, follow=True))
    assert Client().get(f"/pin/{pin.public_id}/").status_code == 200
    back = desk.post(undo, {"next": f"/pin/{pin.public_id}/"})
    assert back["Location"] == editor(pin), "nobody sees a draft where it was published"
    assert Client().get(f"/pin/{pin.public_id}/").status_code == 404


def test_a_preview_keeps_the_draft_and_shows_it_as_others_will_see_it(
    desk: Client, brand: Profile
) -> None:
    vase = make_product(seller=brand, title="Tall vase")
    pin = make_pin(author=brand, title="", products=[vase], publish_now=False)
    sent = {
        "title": "",
        "text": "Three glazes",
        "audience": "link",
        "t-0-product": vase.public_id,
        "t-0-x": "40",
        "t-0-y": "40",
        "do": "preview",
    }
    answer = desk.post(editor(pin), sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{editor(pin)[:-5]}preview/")
    pin.refresh_from_db()
    assert (pin.state, pin.text) == ("draft", "Three glazes")
    page = desk.get(answer["Location"])
    text = page.content.decode()
    for said in ("Tall vase", "Three glazes", "only with the link"):
        assert said in text
    shown = soup(page).select_one("article.closeup")
    assert shown is not None
    assert shown.find_all(["form", "button"]) == [], "nothing can be done to what is not there"
    # It is nobody else's, and no draft has a page.
    for other in (Client(), client_for(make_person())):
        assert other.get(answer["Location"]).status_code in (302, 404)
        assert other.get(f"/pin/{pin.public_id}/").status_code == 404
    mine = make_pin(author=make_person(), publish_now=False)
    assert desk.get(f"/studio/ondine/pins/{mine.public_id}/preview/").status_code == 404


def test_a_preview_that_cannot_be_kept_says_why(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, title="As it was", publish_now=False)
    page = desk.post(editor(pin), {"title": "x" * 121, "do": "preview"})
    assert page.status_code == 422
    pin.refresh_from_db()
    assert pin.title == "As it was"
