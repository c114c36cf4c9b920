"""Choosing who sees a pin: in the editor, by program, in its history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_person,
    make_token,
    owner_of,
    viewer_for,
)
from core import clock
from feed.actions import edit_pin, restore_version
from feed.audience import shown_pins
from feed.models import Pin, PinRevision, Save
from feed.queries import note_page, own_pins, pin_for_author, portfolio_choices
from feed.testing import join, make_board, make_pin
from feed.types import Audience, PinData

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Profile:
    return make_brand(name="Ondine Studio", handle="ondine")


@pytest.fixture
def desk(brand: Profile) -> Client:
    return client_for(owner_of(brand), acting=brand)


def editor(pin: Pin) -> str:
    return f"/studio/ondine/pins/{pin.public_id}/edit/"


def chosen(page: Any) -> list[str]:
    soup = BeautifulSoup(page.content.decode(), "html5lib")
    return [str(one["value"]) for one in soup.select('input[name="audience"][checked]')]


def test_the_editor_keeps_who_sees_it_from_draft_to_wall(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, publish_now=False)
    assert chosen(desk.get(editor(pin))) == ["everyone"]
    for audience in ("link", "followers"):
        sent = {"title": "A shelf", "audience": audience, "do": "save"}
        assert desk.post(editor(pin), sent).status_code == 302
        assert chosen(desk.get(editor(pin))) == [audience]
    assert desk.post(editor(pin), {**sent, "do": "publish"}).status_code == 302
    pin.refresh_from_db()
    assert (pin.state, pin.audience) == ("published", "followers")
    assert not shown_pins().filter(pk=pin.pk).exists()


def test_a_form_that_does_not_speak_of_it_makes_nothing_public(
    desk: Client, brand: Profile
) -> None:
    pin = make_pin(author=brand, audience=Audience.LINK)
    assert desk.post(editor(pin), {"title": "New words", "do": "save"}).status_code == 302
    pin.refresh_from_db()
    assert (pin.title, pin.audience) == ("New words", "link")


def test_an_unknown_word_is_refused_and_all_that_was_typed_is_kept(
    desk: Client, brand: Profile
) -> None:
    pin = make_pin(author=brand, title="As it was", audience=Audience.LINK)
    page = desk.post(editor(pin), {"title": "Typed", "audience": "nobody", "do": "save"})
    assert page.status_code == 422
    assert 'value="Typed"' in page.content.decode()
    pin.refresh_from_db()
    assert (pin.title, pin.audience) == ("As it was", "link")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.filter(pk=pin.pk).update(audience="nobody")


def test_the_buttons_of_the_tags_keep_the_choice(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand)
    page = desk.post(
        editor(pin), {"title": "A", "audience": "followers", "do": "find", "find": "x"}
    )
    assert chosen(page) == ["followers"]


def test_it_has_a_history_and_goes_back(brand: Profile) -> None:
    pin = make_pin(author=brand, title="A shelf", audience=Audience.LINK)
    where: dict[str, Any] = {"public_id": pin.public_id, "author_id": brand.pk}
    edit_pin(**where, data=PinData(title="A shelf", audience=Audience.EVERYONE))
    edited = pin_for_author(**where)
    assert edited is not None
    assert [one.what for one in edited.history] == [["who sees it"]]
    restore_version(**where, version=edited.history[0].version)
    pin.refresh_from_db()
    assert pin.audience == "link"
    # A version from before pins had an audience says nothing of it, and changes nothing.
    edit_pin(**where, data=PinData(title="Other words"))
    old = PinRevision.objects.latest("id")
    old.was = {name: value for name, value in old.was.items() if name != "audience"}
    old.save()
    edited = pin_for_author(**where)
    assert edited is not None
    assert edited.history[0].what == ["title"]
    restore_version(**where, version=old.pk)
    pin.refresh_from_db()
    assert (pin.title, pin.audience) == ("A shelf", "link")


def test_followers_come_first_on_the_first_day_and_not_again(desk: Client, brand: Profile) -> None:
    pin = make_pin(author=brand, title="A shelf", at=clock.now() - timedelta(hours=25))
    bearer = {"Authorization": f"Bearer {make_token(owner_of(brand)).secret}"}

    def asked() -> Tag:
        soup = BeautifulSoup(desk.get(editor(pin)).content.decode(), "html5lib")
        found = soup.select_one('input[name="audience"][value="followers"]')
        assert found is not None
        return found

    assert asked().has_attr("disabled")
    assert "Only on its first day, which is over" in str(asked().parent)
    page = desk.post(editor(pin), {"title": "Typed", "audience": "followers", "do": "save"})
    assert page.status_code == 422
    assert 'value="Typed"' in page.content.decode()
    assert "Its first day is over" in page.content.decode()
    answer = Client().put(
        f"/api/v1/studio/ondine/pins/{pin.public_id}/",
        {"title": "Typed", "audience": "followers"},
        content_type="application/json",
        headers=bearer,
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "day_over")
    pin.refresh_from_db()
    assert (pin.title, pin.audience) == ("A shelf", "everyone")
    # What was for followers first stays so, and goes back to everyone when it was something else.
    early = make_pin(author=brand, audience=Audience.FOLLOWERS)
    assert not BeautifulSoup(desk.get(editor(early)).content, "html5lib").select(
        'input[name="audience"][disabled]'
    )
    Pin.objects.filter(pk=early.pk).update(published_at=clock.now() - timedelta(hours=25))
    where: dict[str, Any] = {"public_id": early.public_id, "author_id": brand.pk}
    edit_pin(**where, data=PinData(title="Kept", audience=Audience.FOLLOWERS))
    edit_pin(**where, data=PinData(title="Kept", audience=Audience.LINK))
    restored = restore_version(**where, version=PinRevision.objects.latest("id").pk)
    assert restored is not None
    assert restored.audience == "everyone"


def test_older_words_come_back_without_opening_what_was_closed_since(
    desk: Client, brand: Profile
) -> None:
    """Going back over two changes; and what a change of who sees it took away is told."""
    pin = make_pin(author=brand, title="Monday's title")
    where: dict[str, Any] = {"public_id": pin.public_id, "author_id": brand.pk}
    edit_pin(**where, data=PinData(title="A worse title"))
    edit_pin(**where, data=PinData(title="A worse title", audience=Audience.LINK))

    def back(number: int) -> tuple[str, str, str]:
        page = desk.get(editor(pin))
        buttons = BeautifulSoup(page.content, "html5lib").select(".past-list button")
        told = desk.post(str(buttons[number]["formaction"]), follow=True)
        toast = BeautifulSoup(told.content, "html5lib").select_one(".toast span")
        pin.refresh_from_db()
        return pin.title, pin.audience, toast.get_text() if toast else ""

    link = "It is as it was. Who sees it: Only with the link."
    assert back(1) == ("Monday's title", "link", link)
    # The change just made stands first now, that of who sees it second.
    everyone = "It is as it was. Who sees it: Everyone."
    assert back(1) == ("A worse title", "everyone", everyone)


def test_a_program_reads_and_writes_it(brand: Profile) -> None:
    person = make_person()
    pin = make_pin(author=person, audience=Audience.FOLLOWERS)
    bearer: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {make_token(person).secret}"}
    here = f"/api/v1/me/pins/{pin.public_id}/"

    def put(**body: str) -> Any:
        return Client().put(here, body, content_type="application/json", **bearer)

    assert put(title="New words").json()["audience"] == "followers", "it stays"
    assert put(title="New words", audience="link").json()["audience"] == "link"
    assert put(title="X", audience="nobody").status_code == 422
    pin.refresh_from_db()
    assert (pin.title, pin.audience) == ("New words", "link")
    assert Client().get(f"/api/v1/pins/{pin.public_id}/").json()["audience"] == "link"
    (row,) = Client().get("/api/v1/me/pins/", **bearer).json()["results"]
    assert row["audience"] == "link"


def test_a_board_shows_it_to_those_who_arrange_it(brand: Profile) -> None:
    owner, member, other = (make_person() for _ in range(3))
    board = make_board(owner=owner)
    join(board=board, person=member)
    pin = make_pin(author=brand, audience=Audience.LINK)
    client_for(member).post(f"/pin/{pin.public_id}/save/", {"board": board.public_id})
    assert Save.objects.filter(board=board, pin=pin).update(note="For the hall") == 1
    for who, sees in ((owner, True), (member, True), (other, False)):
        page = client_for(who).get(board.get_absolute_url()).content.decode()
        assert (pin.public_id in page) is sees, who.name
        assert ("Only with the link" in page) is sees, "with a sign"
        said = note_page(board_id=board.public_id, pin_id=pin.public_id, viewer=viewer_for(who))
        assert (said is not None) is sees, "nor what was written beside it"


def test_what_only_the_link_shows_is_in_no_portfolio(brand: Profile) -> None:
    make_pin(author=brand, audience=Audience.LINK)
    shown = make_pin(author=brand)
    choices = portfolio_choices(author_id=brand.pk, service_id=None)
    assert [one.public_id for one in choices] == [shown.public_id]


def test_the_authors_list_says_it(brand: Profile) -> None:
    for audience in Audience:
        make_pin(author=brand, audience=audience)
    found = own_pins(author_id=brand.pk)
    assert {(one.audience, one.is_early) for one in found.pins} == {
        ("everyone", False),
        ("followers", True),
        ("link", False),
    }
