"""What a pin says leads to people and hashtags, and hashtags under it lead to the pin."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts.testing import client_for, hide_brand, make_brand, make_person, show_brand
from core.testing import deliver_all
from feed import actions
from feed.models import Comment, Pin
from feed.testing import make_comment, make_pin
from search.queries import find

pytestmark = pytest.mark.django_db


def links(client: Client, pin: Pin) -> list[tuple[str, str]]:
    page = BeautifulSoup(client.get(f"/pin/{pin.public_id}/").content, "html5lib")
    return [(one.get_text(), str(one["href"])) for one in page.select(".prose a")]


def found(text: str) -> list[str]:
    return [hit.public_id for hit in find(text=text, kinds=["pin"]).items]


def test_people_hashtags_and_addresses_of_a_pin_are_links() -> None:
    make_brand(name="Mara", handle="mara")
    pin = make_pin(text="With @Mara and @nobody.here, #glaze, https://kiln.example/a, 1 < 2")
    assert links(Client(), pin) == [
        ("@Mara", "/@mara/"),
        ("#glaze", "/tag/glaze/"),
        ("kiln.example/a", "https://kiln.example/a"),
    ]
    page = Client().get(f"/pin/{pin.public_id}/").content.decode()
    assert "1 &lt; 2" in page
    assert '<a class="link" href="https://kiln.example/a" rel="ugc noopener nofollow">' in page


def test_nobody_is_led_to_whom_they_do_not_meet() -> None:
    mara, noor = make_brand(name="Mara", handle="mara"), make_person(name="Noor")
    pin = make_pin(text="With @mara")
    assert links(client_for(noor), pin) == [("@mara", "/@mara/")]
    accounts.block(blocker_id=mara.pk, blocked_id=noor.pk)
    assert links(client_for(noor), pin) == []


def test_the_hashtag_of_a_comment_finds_the_pin_while_the_comment_stands() -> None:
    pin, noor = make_pin(title="A shelf"), make_person(name="Noor")
    make_pin(title="Another shelf")
    assert found("#celadon") == []
    said = make_comment(pin=pin, author=noor, text="Quietly lovely #Celadon")
    assert found("#celadon") == [pin.public_id]
    assert found("quietly") == [], "the other words are talk"
    comment = {"comment_id": said.public_id}
    actions.edit_comment(**comment, author_id=noor.pk, text="Lovely #tenmoku")
    assert (found("#celadon"), found("#tenmoku")) == ([], [pin.public_id])
    actions.delete_comment(**comment, actor_id=noor.pk)
    assert found("#tenmoku") == []
    actions.restore_comment(**comment, actor_id=noor.pk)
    assert found("#tenmoku") == [pin.public_id]
    actions.take_down_comment(**comment, operator_id=None, reason="It is not so.")
    assert found("#tenmoku") == []
    actions.put_back_comment(**comment)
    assert found("#tenmoku") == [pin.public_id]


def test_what_two_say_finds_it_until_the_last_of_them_has_gone() -> None:
    pin = make_pin(title="A shelf")
    noor, sam = make_person(name="Noor"), make_person(name="Sam")
    for one in (noor, sam):
        make_comment(pin=pin, author=one, text=f"#celadon, says {one.name}")
    for one, left in ((noor, [pin.public_id]), (sam, [])):
        assert one.user_id is not None
        accounts.erase_account(user_id=one.user_id)
        assert found("#celadon") == left


def test_what_somebody_suspended_said_finds_nothing_until_they_are_back() -> None:
    pin, brand = make_pin(title="A shelf"), make_brand(name="Mara")
    make_comment(pin=pin, author=brand, text="Ours is #celadon")
    for change, left in ((hide_brand, []), (show_brand, [pin.public_id])):
        change(brand)
        deliver_all()
        assert found("#celadon") == left


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ("", "No. #1 of all", False),
        ("", "The #glaze of all", True),
        ("The #glaze of all", "The #glaze of them all", False),
        ("The #glaze of all", "The #ash of all", True),
        ("The #glaze of all", "The glaze of all", True),
    ],
)
def test_a_comment_writes_into_the_index_where_its_hashtags_are_others(
    before: str, after: str, written: bool
) -> None:
    pin, noor = make_pin(title="A shelf"), make_person(name="Noor")
    said = make_comment(pin=pin, author=noor, text=before) if before else None
    with CaptureQueriesContext(connection) as queries:
        if said is None:
            make_comment(pin=pin, author=noor, text=after)
        else:
            actions.edit_comment(comment_id=said.public_id, author_id=noor.pk, text=after)
    assert any('INTO "search_document"' in one["sql"] for one in queries) is written
    assert Comment.objects.get().text == after


def test_a_hashtag_puts_no_pin_into_search_that_stands_in_no_list() -> None:
    pin, noor = make_pin(title="A shelf", audience="link"), make_person(name="Noor")
    make_comment(pin=pin, author=noor, text="#celadon")
    assert found("#celadon") == []
