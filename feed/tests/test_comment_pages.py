"""Comments and likes through their pages: without a script, with bad input, as a guest."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.testing import client_for, follow_all, make_brand, make_member, make_person
from feed.models import Comment, CommentLike, Pin, PinLike
from feed.testing import make_comment, make_pin

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=x>"


def soup(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def say(client: Client, pin: Pin, text: str, **more: object) -> int:
    return client.post(f"/pin/{pin.public_id}/comments/", {"text": text, **more}).status_code


def test_a_comment_stands_under_its_pin_with_its_links() -> None:
    pin, mara, jonah = make_pin(), make_person(), make_person(handle="jonah-b")
    assert say(client_for(mara), pin, "Ask @jonah-b #glaze https://a.example/x?y=1") == 302
    page = soup(Client(), f"/pin/{pin.public_id}/")
    links = {link.get_text(): link for link in page.select(".said2__text a")}
    assert links["@jonah-b"]["href"] == jonah.get_absolute_url()
    assert links["#glaze"]["href"] == "/tag/glaze/"
    assert links["a.example/x?y=1"]["rel"] == ["ugc", "noopener", "nofollow"]
    assert client_for(mara).get("/search/?q=%23glaze").status_code == 200


def test_scripts_and_false_hosts_are_plain_words() -> None:
    pin, mara = make_pin(), make_person()
    for text in (EVIL, "javascript:alert(1)", "https://bank.example@evil.example/"):
        say(client_for(mara), pin, text)
    page = soup(Client(), f"/pin/{pin.public_id}/")
    assert page.select(".said2__text a, .said2__text script, .said2__text img") == []
    assert EVIL in page.get_text()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("e\N{COMBINING ACUTE ACCENT}", "\N{LATIN SMALL LETTER E WITH ACUTE}"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "ab"),
        ("zero\N{ZERO WIDTH SPACE}width", "zerowidth"),
        ("one\r\ntwo", "one\ntwo"),
        ("o" + "\N{COMBINING DIAERESIS}" * 500, None),
        ("\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}" * 1000, None),
    ],
)
def test_hostile_letters_are_kept_in_bounds(text: str, kept: str | None) -> None:
    pin = make_pin()
    assert say(client_for(make_person()), pin, text) == 302
    stored = Comment.objects.get().text
    if kept is not None:
        assert stored == kept
    assert len(stored) < 5000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Fill in"),
        ("  \N{ZERO WIDTH SPACE} ", "Fill in"),
        ("x" * 1001, "at most 1000"),
        ("a\x00b", "cannot"),
    ],
)
def test_bad_words_come_back_with_what_is_wrong(text: str, words: str) -> None:
    pin = make_pin()
    answer = client_for(make_person()).post(f"/pin/{pin.public_id}/comments/", {"text": text})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "id_text_error" in html
    if "\x00" not in text and text.strip():
        assert text.strip() in html
    assert not Comment.objects.exists()


def test_people_who_are_ticked_are_named_once() -> None:
    pin, mara = make_pin(), make_person()
    ida, jonah = make_person(), make_person()
    follow_all(mara, [ida, jonah])
    client = client_for(mara)
    page = soup(client, f"/pin/{pin.public_id}/")
    assert {box["value"] for box in page.select("input[name=people]")} == {
        ida.handle,
        jonah.handle,
    }
    say(client, pin, f"Look, @{ida.handle}", people=[ida.handle, jonah.handle])
    comment = Comment.objects.get()
    assert comment.text == f"@{jonah.handle} Look, @{ida.handle}"
    assert comment.mentions.count() == 2
    assert say(client, pin, "Hm", people=["not-followed"]) == 422


def test_a_thread_answers_the_very_one_that_was_asked_for() -> None:
    pin, mara, jonah = make_pin(), make_person(), make_person()
    first = make_comment(pin=pin, author=mara)
    reply = make_comment(pin=pin, author=jonah, text="May", answers=first)
    client = client_for(mara)
    page = soup(client, f"/comment/{reply.public_id}/")
    form = page.select_one("#answer")
    assert form is not None
    assert form.select_one("textarea").get_text().strip() == f"@{jonah.handle}"
    answers = form.select_one("input[name=answers]")["value"]
    assert answers == reply.public_id
    assert say(client, pin, "Thanks", answers=answers) == 302
    assert Comment.objects.get(text="Thanks").parent_id == first.pk
    # A bad answer comes back in its thread.
    bad = client.post(f"/pin/{pin.public_id}/comments/", {"text": "", "answers": answers})
    assert bad.status_code == 422
    assert "May" in bad.content.decode()


def test_long_threads_are_cut_on_the_pin_and_whole_on_their_own_page() -> None:
    pin, mara = make_pin(), make_person()
    first = make_comment(pin=pin, author=mara)
    for number in range(5):
        make_comment(pin=pin, author=mara, text=f"Reply {number}", answers=first)
    assert "See all 5 replies" in soup(Client(), f"/pin/{pin.public_id}/").get_text()
    assert "Reply 4" in soup(Client(), f"/comment/{first.public_id}/").get_text()


def test_guests_are_asked_to_log_in_and_nothing_happens(client: Client) -> None:
    pin = make_pin()
    comment = make_comment(pin=pin, author=make_person())
    for path in (
        f"/pin/{pin.public_id}/comments/",
        f"/pin/{pin.public_id}/like/",
        f"/comment/{comment.public_id}/like/",
    ):
        answer = client.post(path, {"text": "Hi"})
        assert answer.headers["Location"].startswith("/accounts/login/")
    for path in ("delete", "restore", "edit"):
        assert client.post(f"/comment/{comment.public_id}/{path}/").status_code == 404
    assert client.post(f"/pin/{pin.public_id}/comments/open/").status_code == 404
    assert Comment.objects.count() == 1
    assert not PinLike.objects.exists()
    assert not CommentLike.objects.exists()


def test_a_like_is_on_and_off_by_the_same_button() -> None:
    pin, mara = make_pin(), make_person()
    client, path = client_for(mara), f"/pin/{pin.public_id}/like/"
    for value, count, pressed in (("1", 1, "true"), ("1", 1, "true"), ("0", 0, "false")):
        client.post(path, {"like": value})
        button = soup(client, f"/pin/{pin.public_id}/").select_one(".talk .like")
        assert button is not None
        assert (button["aria-pressed"], button.select_one("[data-count]").get_text()) == (
            pressed,
            str(count),
        )
    # Cards show no counts of likes.
    assert 'class="like"' not in client.get("/explore/").content.decode()


def test_delete_offers_undo_and_edit_ends() -> None:
    pin, mara = make_pin(), make_person()
    comment = make_comment(pin=pin, author=mara, text="Once")
    client = client_for(mara)
    path = f"/comment/{comment.public_id}"
    assert "Once" in soup(client, f"{path}/edit/").get_text()
    assert client.post(f"{path}/edit/", {"text": "Twice"}).status_code == 302
    assert client.post(f"{path}/edit/", {"text": " "}).status_code == 422
    comment.refresh_from_db()
    assert comment.text == "Twice"
    answer = client.post(f"{path}/delete/", {"next": f"/pin/{pin.public_id}/"}, follow=True)
    assert f"{path}/restore/" in answer.content.decode()
    assert "Twice" not in answer.content.decode()
    assert client.get(f"{path}/").status_code == 404
    client.post(f"{path}/restore/")
    assert "Twice" in soup(client, f"/pin/{pin.public_id}/").get_text()
    for who in (client_for(make_person()), Client()):
        assert who.get(f"{path}/edit/").status_code == 404
        assert who.post(f"{path}/delete/").status_code == 404
    assert Comment.objects.get().state == "visible"


def test_the_owner_turns_comments_off_and_nobody_can_write() -> None:
    pin, mara = make_pin(author=make_person()), make_person()
    make_comment(pin=pin, author=mara, text="Before")
    owner, path = client_for(pin.author), f"/pin/{pin.public_id}/comments/open/"
    assert client_for(mara).post(path, {"open": "0"}).status_code == 404
    owner.post(path, {"open": "0"})
    page = soup(client_for(mara), f"/pin/{pin.public_id}/")
    assert page.select_one(".talk textarea") is None
    assert "Before" in page.get_text()
    assert say(client_for(mara), pin, "After") == 409
    owner.post(path, {"open": "1"})
    assert say(client_for(mara), pin, "After") == 302


def test_a_brand_is_spoken_for_by_those_whose_work_that_is() -> None:
    brand = make_brand()
    pin = make_pin(author=brand)
    packer = make_member(brand=brand, role="orders")
    chatter = make_member(brand=brand, role="chat")
    assert say(client_for(packer, acting=brand), pin, "Hello") == 403
    assert not Comment.objects.exists()
    assert say(client_for(chatter, acting=brand), pin, "Hello") == 302
    assert Comment.objects.get().author_id == brand.pk


def test_what_is_sent_again_is_said_once() -> None:
    pin, mara, jonah = make_pin(), make_person(), make_person()
    client = client_for(mara)
    assert [say(client, pin, "Which oil?") for _time in range(3)] == [302] * 3
    assert say(client_for(jonah), pin, "Which oil?") == 302
    assert Comment.objects.count() == 2
    pin.refresh_from_db()
    assert pin.comments_count == 2
    first = Comment.objects.get(author=mara)
    assert say(client, pin, "Which oil?", answers=first.public_id) == 302, "that is said elsewhere"
    client.post(f"/comment/{first.public_id}/delete/")
    assert say(client, pin, "Which oil?") == 302
    assert Comment.objects.filter(author=mara, state="visible").count() == 2


def test_one_cannot_talk_all_the_time() -> None:
    pin, client = make_pin(), client_for(make_person())
    answers = [say(client, pin, f"Number {number}") for number in range(11)]
    assert answers == [302] * 10 + [429]
    assert Comment.objects.count() == 10


def test_a_comment_is_reported_and_taken_down_with_its_words() -> None:
    pin, mara = make_pin(), make_person()
    comment = make_comment(pin=pin, author=mara, text="Buy pills")
    page = soup(Client(), f"/report/comment/{comment.public_id}/")
    assert "Buy pills" in page.get_text()


def test_an_empty_talk_says_so_and_what_is_not_there_is_not_found(client: Client) -> None:
    pin = make_pin()
    assert "Nobody has said anything yet" in soup(client, f"/pin/{pin.public_id}/").get_text()
    for path in ("/pin/absent/comments/", "/comment/absent/"):
        assert client.get(path).status_code == 404


def test_the_menu_of_a_comment_blocks_its_author_and_comes_back() -> None:
    reader, rude = make_person(), make_person(name="Quillon Rude")
    pin = make_pin()
    make_comment(pin=pin, author=rude, text="Rubbish")
    make_comment(pin=pin, author=reader, text="My own words")
    client, path = client_for(reader), f"/pin/{pin.public_id}/comments/"
    page = soup(client, path)
    blocks = page.find_all("button", formaction=f"/block/{rude.public_id}/")
    assert [one.get_text(strip=True) for one in blocks] == ["Block Quillon Rude"]
    assert page.find("button", formaction=f"/block/{reader.public_id}/") is None
    form = {"stay": blocks[0]["value"], "next": path}
    assert client.post(f"/block/{rude.public_id}/", form)["Location"] == path
    said = soup(client, path).get_text()
    assert "Rubbish" not in said
    assert "My own words" in said
