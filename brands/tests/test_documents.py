"""Documents among a brand's papers: who reads them, what is no document, and when they end."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image as Pil

from accounts.actions import close_brand
from accounts.queries import brand_log
from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_member,
    make_operator,
    make_person,
    owner_of,
)
from accounts.types import Role
from brands import actions, queries, testing
from brands.documents import MAX_BYTES, MOST
from brands.models import PaperDocument, Review
from brands.tests.papers import decide, owner_client
from brands.types import PaperRefused
from core import clock
from core.testing import deliver_all, no_room_beyond, picture_file, race
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Profile:
    return make_brand(name="Ondine Studio", handle="ondine")


PATH = "/studio/ondine/papers/documents/"


def send(client: Client, file: Any, **more: str) -> Any:
    return client.post(PATH, {"kind": "insurance", "file": file, **more})


def main(answer: Any) -> BeautifulSoup:
    found = BeautifulSoup(answer.content, "html5lib").select_one("main")
    assert found is not None
    return BeautifulSoup(str(found), "html5lib")


def in_days(days: int) -> date:
    return timezone.localdate(clock.now()) + timedelta(days=days)


def kept(brand: Profile) -> int:
    return PaperDocument.objects.filter(brand=brand).count()


# --- added, listed, read -------------------------------------------------------------------------
def test_an_owner_adds_a_document_and_finds_it_again(brand: Profile) -> None:
    client, sent = owner_client(brand), testing.pdf_file(name="../Ins\u202eurance 2026.exe")
    until = in_days(400)

    assert send(client, sent, good_until=until.isoformat())["Location"] == PATH

    row = PaperDocument.objects.get(brand=brand)
    assert (row.kind, row.name) == ("insurance", "Insurance 2026.pdf")
    assert (row.content_type, row.good_until) == ("application/pdf", until)
    assert row.added_by_id == testing.user_of(brand)
    page = main(client.get(PATH))
    words = " ".join(page.get_text(" ").split())
    assert "Insurance 2026.pdf" in words
    assert "good until" in words
    link = page.select_one("a[download]")
    assert link is not None
    sent.seek(0)
    assert client.get(str(link["href"])).content == sent.read()
    assert "1 document" in client.get("/studio/ondine/papers/").content.decode()
    [act, *_] = brand_log(brand_id=brand.pk).rows
    assert act.words == "added a document to the papers"


def test_it_leaves_as_a_file_that_nobody_shows_or_keeps(brand: Profile) -> None:
    document = testing.make_document(brand)
    operator = client_for(make_operator())
    addresses = {
        f"{PATH}{document.public_id}/": owner_client(brand),
        f"/admin/brands/paperdocument/{document.public_id}/file/": operator,
    }
    for address, client in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="register.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer.content.startswith(b"%PDF-")


def test_nobody_else_reads_adds_or_removes_one(brand: Profile) -> None:
    document = testing.make_document(brand)
    rival = make_brand(name="Rival Works", handle="rival")
    own = f"{PATH}{document.public_id}/"
    roles: tuple[Role, ...] = ("catalogue", "orders", "finance", "chat")
    others: dict[str, Client] = {
        role: client_for(make_member(brand=brand, role=role)) for role in roles
    }
    others["a stranger"] = client_for(make_person())
    others["another brand"] = client_for(owner_of(rival), acting=rival)
    for who, client in others.items():
        assert client.get(PATH).status_code == 404, who
        assert client.get(own).status_code == 404, who
        assert send(client, testing.pdf_file("mine")).status_code == 404, who
        assert client.post(f"{own}remove/").status_code == 404, who
        admin = client.get(f"/admin/brands/paperdocument/{document.public_id}/file/")
        assert admin.status_code == 302, who
        assert "/login/" in admin["Location"], who
    elsewhere = f"/studio/rival/papers/documents/{document.public_id}/"
    assert owner_client(rival).get(elsewhere).status_code == 404
    assert owner_client(rival).post(f"{elsewhere}remove/").status_code == 404
    assert "/accounts/login/" in Client().get(own)["Location"]
    assert kept(brand) == 1


def test_operators_find_it_beside_what_they_decide_about() -> None:
    brand = testing.make_draft()
    testing.complete(brand)
    document = testing.make_document(brand, good_until=in_days(3))
    actions.submit_papers(brand_id=brand.pk, user_id=testing.user_of(brand))
    review = Review.objects.get(brand=brand)
    operator = client_for(make_operator())

    page = operator.get(f"/admin/brands/review/{review.public_id}/decide/").content.decode()

    assert f"/admin/brands/paperdocument/{document.public_id}/file/" in page
    seen = queries.review_sheet(review_id=review.public_id).seen
    row = operator.get(f"/admin/brands/paperdocument/{document.pk}/change/").content.decode()
    assert "register.pdf" in row
    assert "%PDF" not in row
    testing.make_document(brand, kind="other")
    assert queries.review_sheet(review_id=review.public_id).seen != seen, "another paper lies there"


def test_what_an_approved_brand_adds_is_looked_at(brand: Profile) -> None:
    testing.make_document(brand)
    assert Review.objects.get(brand=brand).state == "open"


def test_it_is_removed_for_good(brand: Profile) -> None:
    document = testing.make_document(brand)
    client, own = owner_client(brand), f"{PATH}{document.public_id}/"
    assert client.get(f"{own}remove/").status_code == 405
    assert kept(brand) == 1

    assert client.post(f"{own}remove/")["Location"] == PATH

    assert kept(brand) == 0
    assert client.get(own).status_code == 404
    assert client.post(f"{own}remove/").status_code == 404
    [act, *_] = brand_log(brand_id=brand.pk).rows
    assert act.words == "removed a document from the papers"


# --- what is no document -------------------------------------------------------------------------
def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return out.getvalue()


HOSTILE = {
    "a page": (b"<html><script>alert(1)</script>", "Choose a PDF"),
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Choose a PDF"),
    "a program": (b"MZ\x90\x00" + b"\0" * 64, "Choose a PDF"),
    "an archive": (zipped(), "Choose a PDF"),
    "another kind of picture": (picture_file(fmt="WEBP").read(), "Choose a PDF"),
    "a PDF behind something": (b"\n<script></script>%PDF-1.4\n%%EOF", "Choose a PDF"),
    "half a PDF": (b"%PDF-1.4\n" + b"x" * 5000, "its end is missing"),
    "a PDF that ended long ago": (b"%PDF-1.4\n%%EOF" + b"x" * 1100, "its end is missing"),
    "no JPEG but its first bytes": (b"\xff\xd8\xff<script>", "Please choose a picture"),
    "half a PNG": (picture_file().read()[:60], "damaged"),
    "nothing": (b"", "The file is empty"),
    "too much": (b"%PDF-1.4\n" + b"x" * MAX_BYTES + b"%%EOF", "larger than 5 MB"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_document_is_refused_and_what_was_typed_stays(brand: Profile, what: str) -> None:
    content, words = HOSTILE[what]
    until = in_days(90).isoformat()
    sent = SimpleUploadedFile("fine.pdf", content, "application/pdf")

    answer = send(owner_client(brand), sent, good_until=until)

    assert answer.status_code == 422
    page = main(answer)
    assert page.get_text().count(words) == 2, "in the summary and beside the field"
    assert page.select_one(f'input[value="{until}"]') is not None
    chosen = page.select_one("option[selected]")
    assert chosen is not None
    assert chosen["value"] == "insurance"
    assert kept(brand) == 0
    assert not Review.objects.filter(brand=brand).exists()


@pytest.mark.parametrize("fmt", ["PNG", "JPEG"])
def test_a_picture_is_drawn_afresh_whatever_hangs_on_it(brand: Profile, fmt: str) -> None:
    content = picture_file(fmt=fmt).read() + zipped()
    sent = SimpleUploadedFile("scan.html", content, "text/html")

    assert send(owner_client(brand), sent).status_code == 302

    row = PaperDocument.objects.defer(None).get(brand=brand)
    stored = bytes(row.content)
    assert (row.name, row.content_type, row.size) == ("scan.jpg", "image/jpeg", len(stored))
    assert not zipfile.is_zipfile(io.BytesIO(stored))
    assert b"a.html" not in stored
    assert Pil.open(io.BytesIO(stored)).size == (80, 100)


def test_a_day_that_is_over_a_kind_that_is_none_and_no_file_are_said(brand: Profile) -> None:
    client = owner_client(brand)
    over = {"good_until": in_days(-1).isoformat()}
    for answer, words in (
        (send(client, testing.pdf_file(), **over), "That day is over"),
        (send(client, testing.pdf_file(), good_until="soon"), "Write a day like"),
        (send(client, testing.pdf_file(), kind="passport"), "Choose what it is"),
        (client.post(PATH, {"kind": "other"}), "Choose a file"),
    ):
        assert answer.status_code == 422, words
        assert main(answer).get_text().count(words) == 2, words
    assert kept(brand) == 0
    assert send(client, testing.pdf_file(), good_until=in_days(0).isoformat()).status_code == 302


def test_ten_are_enough_and_the_same_is_kept_once(brand: Profile) -> None:
    client = owner_client(brand)
    assert send(client, testing.pdf_file("one")).status_code == 302
    again = send(client, testing.pdf_file("one", name="copy.pdf"))
    assert again.status_code == 422
    assert "among your documents already" in again.content.decode()
    for number in range(MOST - 1):
        send(client, testing.pdf_file(str(number)))
    assert kept(brand) == MOST
    assert "as many as we keep" in client.get(PATH).content.decode()

    refused = send(client, testing.pdf_file("eleven"))

    assert refused.status_code == 422
    assert "10 documents already" in refused.content.decode()
    assert kept(brand) == MOST


def test_a_full_disk_loses_the_file_and_not_the_page(brand: Profile, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    client = owner_client(brand)
    with no_room_beyond(5):
        answer = send(client, testing.pdf_file())
    assert answer.status_code == 422
    assert "could not save the file just now" in answer.content.decode()
    assert kept(brand) == 0
    assert send(client, testing.pdf_file()).status_code == 302, "the control: there is room again"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_make_eleven() -> None:
    brand = make_brand(name="Ondine Studio", handle="ondine")
    for _number in range(MOST - 1):
        testing.make_document(brand)
    answers = race(2, lambda _number: testing.make_document(brand))
    assert sorted(isinstance(one, PaperRefused) for one in answers) == [False, True]
    assert kept(brand) == MOST


@pytest.mark.parametrize("wrong", [{"size": 1}, {"kind": "pass"}, {"content_type": "text/html"}])
def test_the_database_keeps_no_other_rows(brand: Profile, wrong: dict[str, Any]) -> None:
    row = PaperDocument.objects.filter(pk=testing.make_document(brand).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**wrong)


# --- it ends -------------------------------------------------------------------------------------
def test_before_it_ends_the_brand_is_told_and_operators_look_once() -> None:
    brand = testing.make_submitted()
    decide(brand)
    testing.make_document(brand, good_until=in_days(60))
    testing.make_document(brand, kind="other")
    decide(brand)
    with clock.fixed(clock.now() + timedelta(days=29)):
        assert actions.look_again() == 0, "the control: not before"
    for days, asked in ((31, 1), (31, 0), (70, 0)):
        with clock.fixed(clock.now() + timedelta(days=days)):
            assert actions.look_again() == asked
    deliver_all()
    told = [one for one in notices_of(owner_of(brand).pk) if one.kind == "brands.document"]
    assert len(told) == 1
    assert "register.pdf ends on" in told[0].title
    assert Review.objects.get(brand=brand, state="open").kind == "again"


def test_one_that_ended_is_told_and_marked(brand: Profile) -> None:
    testing.make_document(brand, good_until=in_days(10))
    with clock.fixed(clock.now() + timedelta(days=11)):
        assert actions.look_again() == 1
        [found] = queries.documents_of(brand_id=brand.pk)
    deliver_all()
    assert found.term == "ended"
    titles = [one.title for one in notices_of(owner_of(brand).pk)]
    assert "register.pdf has ended" in titles
    assert Review.objects.filter(brand=brand, state="open").count() == 1, "which waited already"


def test_who_is_not_in_yet_is_looked_at_when_they_want_to_be() -> None:
    brand = testing.make_draft()
    testing.make_document(brand, good_until=in_days(1))
    assert actions.look_again() == 0
    assert not Review.objects.exists()


# --- it goes with the brand ----------------------------------------------------------------------
def test_documents_end_with_their_brand(brand: Profile) -> None:
    other = make_brand(name="Rival Works", handle="rival")
    testing.make_document(brand)
    testing.make_document(other)
    close_brand(brand_id=brand.pk, actor_id=testing.user_of(brand))
    deliver_all()
    assert kept(brand) == 0
    assert kept(other) == 1


def test_the_list_costs_the_same_for_more(
    brand: Profile, django_assert_max_num_queries: Any
) -> None:
    client = owner_client(brand)
    for _number in range(4):
        testing.make_document(brand)
    client.get(PATH)
    # Session, user, profile, brands, unread notices, documents.
    with django_assert_max_num_queries(7):
        client.get(PATH)
