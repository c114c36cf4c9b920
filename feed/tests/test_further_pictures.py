"""A pin shows more than one picture: the first on walls, the others from close up."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.testing import Profile, client_for, make_person, make_token, owner_of
from catalog.testing import make_image
from core.audits import violations
from core.media import Image
from feed import actions
from feed.models import Pin, PinPicture
from feed.testing import make_pin
from feed.tests.pins import editor, soup, upload
from feed.types import FurtherPicture, PinData

pytestmark = pytest.mark.django_db


def fields(page: BeautifulSoup) -> dict[str, str]:
    """What the form would send of its further pictures."""
    found = page.select('[data-tagger] [name^="p-"]')
    return {str(one["name"]): str(one["value"]) for one in found}


def shown(pin: Pin) -> list[str]:
    """The alternative texts on the pin's page, first picture left out."""
    page = soup(client_for(make_person()).get(f"/pin/{pin.public_id}/"))
    return [str(one["alt"]) for one in page.select(".closeup__more img")]


def stored(pin: Pin) -> list[tuple[str, str]]:
    rows = PinPicture.objects.filter(pin=pin).order_by("position")
    return list(rows.values_list("image__public_id", "image__alt"))


def test_pictures_are_added_described_sorted_and_shown(desk: Client, brand: Profile) -> None:
    """Without a script: each button brings the form as it then is, the last one stores it."""
    pin = make_pin(author=brand, publish_now=False)
    two = [upload("back.png"), upload("room.png", colour="#990000")]
    page = soup(desk.post(editor(pin), {"title": "T", "do": "more", "more": two}))
    sent = fields(page)
    assert len(sent) == 4
    assert stored(pin) == [], "nothing is stored by showing them"
    sent |= {"p-0-alt": "The back", "p-1-alt": "In a room", "title": "T"}
    page = soup(desk.post(editor(pin), {**sent, "shift": "2-earlier"}))
    sorted_now = fields(page)
    assert (sorted_now["p-0-alt"], sorted_now["p-1-alt"]) == ("In a room", "The back")
    assert desk.post(editor(pin), {**sorted_now, "title": "T", "do": "publish"}).status_code == 302
    assert shown(pin) == ["In a room", "The back"]
    # Its own editor shows them again, and a form that does not name them takes them away.
    assert fields(soup(desk.get(editor(pin)))) == sorted_now
    assert desk.post(editor(pin), {"title": "T", "do": "save"}).status_code == 302
    assert shown(pin) == []
    wrong = [one for one in violations() if one.invariant != "I12"]
    assert wrong == [], "but for the files of pictures"


def test_a_removed_picture_comes_back_where_it_was(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand)
    further = [
        FurtherPicture(picture_id=make_image(owner_id=brand.pk).public_id, alt=alt)
        for alt in ("A: one", "B", "C")
    ]
    actions.edit_pin(
        public_id=pin.public_id, author_id=brand.pk, data=PinData(title="T", further=further)
    )
    sent = fields(soup(desk.get(editor(pin))))
    page = soup(desk.post(editor(pin), {**sent, "title": "T", "unpicture": "1"}))
    assert [fields(page)[f"p-{n}-alt"] for n in range(2)] == ["B", "C"]
    undo = page.select_one("[name=repicture]")
    assert undo is not None
    again = {**fields(page), "title": "T", "repicture": str(undo["value"])}
    assert fields(soup(desk.post(editor(pin), again))) == sent
    odd = {**again, "repicture": "1:\x00:A"}
    assert fields(soup(desk.post(editor(pin), odd))) == fields(page), "what is no id costs nothing"
    assert stored(pin) == [(one.picture_id, one.alt) for one in further]


def test_five_pictures_are_the_most(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, publish_now=False)
    five = [upload(f"{n}.png") for n in range(5)]
    answer = desk.post(editor(pin), {"title": "Kept", "do": "save", "more": five})
    assert answer.status_code == 422
    page = soup(answer)
    assert "A pin can have up to five pictures." in page.get_text()
    assert len(fields(page)) == 8, "the four that go are kept for the next try"
    title = page.select_one("[name=title]")
    assert title is not None
    assert title["value"] == "Kept"
    assert stored(pin) == []
    assert page.select_one('.errs a[href="#id_more"]') is not None
    assert page.select_one("#id_more[aria-describedby~=id_more_error]") is not None
    assert page.select_one("#id_more_error") is not None, "where the summary leads"
    page = soup(desk.post(editor(pin), {**fields(page), "title": "Kept", "do": "show"}))
    assert page.select_one("#id_more") is None, "there is no room for another"


@pytest.mark.parametrize("do", ["more", "save"])
def test_what_is_no_picture_is_said_and_the_others_are_kept(
    desk: Client, brand: Profile, do: str
) -> None:
    pin = make_pin(author=brand, publish_now=False)
    bad = [SimpleUploadedFile(f"{n}.png", b"no picture at all") for n in range(2)]
    some = [upload("first.png"), bad[0], upload("last.png"), bad[1]]
    page = soup(desk.post(editor(pin), {"title": "T", "do": do, "more": some}))
    assert page.select_one("#id_more_error") is not None
    assert len(page.select('.errs a[href="#id_more"]')) == 1, "said once"
    kept = fields(page)
    assert len(kept) == 4, "both that are pictures, whatever came between"
    again = SimpleUploadedFile("again.png", b"nor this one")
    page = soup(desk.post(editor(pin), {**kept, "title": "T", "do": do, "more": again}))
    assert page.select_one("#id_more_error") is not None
    assert fields(page) == kept
    assert stored(pin) == []


def test_words_that_are_too_long_are_said_beside_their_picture(
    desk: Client, brand: Profile
) -> None:
    pin = make_pin(author=brand, publish_now=False)
    mine = make_image(owner_id=brand.pk, alt="Before")
    sent = {"title": "T", "p-0-image": mine.public_id, "p-0-alt": "x" * 501, "do": "save"}
    answer = desk.post(editor(pin), sent)
    assert answer.status_code == 422
    field = soup(answer).select_one("#p-0-alt")
    assert field is not None
    assert (field["aria-invalid"], field["value"]) == ("true", "x" * 501)
    assert (stored(pin), Image.objects.get(pk=mine.pk).alt) == ([], "Before")


def test_a_picture_of_somebody_else_is_none(desk: Client, brand: Profile) -> None:
    """Neither by the form, nor by a button's value, nor by a program."""
    pin = make_pin(author=brand, publish_now=False)
    theirs = make_image(owner_id=make_person().pk, alt="Theirs")
    sent = {"title": "T", "p-0-image": theirs.public_id, "p-0-alt": "Mine now", "do": "save"}
    assert desk.post(editor(pin), sent).status_code == 302
    back = {"title": "T", "repicture": f"1:{theirs.public_id}:Mine now"}
    assert fields(soup(desk.post(editor(pin), back))) == {}
    answer = Client().put(
        f"/api/v1/studio/ondine/pins/{pin.public_id}/",
        {"title": "T", "further": [{"picture_id": theirs.public_id, "alt": "Mine now"}]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {make_token(owner_of(brand)).secret}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_pictures")
    assert (stored(pin), Image.objects.get(pk=theirs.pk).alt) == ([], "Theirs")


def test_a_former_version_brings_its_pictures_back(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand)
    first, second = (make_image(owner_id=brand.pk, alt=alt) for alt in ("One", "Two"))
    for further in ([first, second], [second]):
        data = PinData(
            title=pin.title, further=[FurtherPicture(picture_id=one.public_id) for one in further]
        )
        actions.edit_pin(public_id=pin.public_id, author_id=brand.pk, data=data)
    page = soup(desk.get(editor(pin)))
    assert "further pictures" in page.select(".past-list li")[0].get_text()
    back = page.select(".past-list button")[0]
    assert desk.post(str(back["formaction"])).status_code == 302
    assert shown(pin) == ["One", "Two"]


def test_the_list_counts_a_further_picture_and_marks_its_pin(desk: Client, brand: Profile) -> None:
    said, silent = (make_image(owner_id=brand.pk, alt=alt) for alt in ("A shelf at noon", ""))
    further = [FurtherPicture(picture_id=one.public_id) for one in (said, silent)]
    make_pin(author=brand, title="Two", image=said)
    make_pin(author=brand, title="More", image=said, further=further)
    page = soup(desk.get("/studio/ondine/pins/")).get_text()
    assert page.count("No alt text") == 1
    assert "1 of 2 pictures say in words what they show." in page
