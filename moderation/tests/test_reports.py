"""From a report to a decision: by anybody, in order, with reasons, and gone from every page."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import testing
from accounts.actions import (
    erase_account,
    reject_brand,
    restore_brand,
    suspend_brand,
    suspend_person,
)
from accounts.testing import Profile
from catalog.actions import take_down_product
from catalog.testing import make_product, make_service
from core.testing import deliver_all
from feed.actions import write_note
from feed.testing import fill_board, make_comment, make_pin
from moderation.models import Report
from notifications.queries import notices_for
from reviews.testing import make_review

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/report/"


@pytest.fixture
def brand() -> Profile:
    return testing.make_brand(name="Ondine")


@pytest.fixture
def operator() -> Client:
    return testing.client_for(testing.make_operator())


def deliver() -> None:
    deliver_all(except_queues=("media",))


def report(kind: str, ref: str, client: Client | None = None, **data: str) -> Any:
    form = {"reason": "deceit", "text": "It is a copy.", **data}
    return (client or Client()).post(f"/report/{kind}/{ref}/", form)


def decide(
    client: Client,
    action: str,
    *rows: Report,
    reason: str = "It is a copy",
    follow: bool = False,
) -> Any:
    data: dict[str, Any] = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(QUEUE, {**data, "confirmed": "1", "reason": reason}, follow=follow)


def test_guest_reports_a_pin_and_gets_a_reference(brand: Profile) -> None:
    pin = make_pin(author=brand, title="A shelf")
    client = Client()

    answer = report("pin", pin.public_id, client, email="Ana@mail.example")

    row = Report.objects.get()
    assert answer["Location"] == f"/report/received/{row.public_id}/"
    page = client.get(answer["Location"]).content.decode()
    assert row.public_id in page
    assert (row.state, row.author, row.reporter, row.email) == (
        "open",
        brand,
        None,
        "ana@mail.example",
    )
    deliver()
    assert mail.outbox[0].to == ["ana@mail.example"]
    assert row.public_id in str(mail.outbox[0].body)


def test_report_without_an_address_is_taken_all_the_same(brand: Profile) -> None:
    report("profile", brand.public_id)
    deliver()
    assert Report.objects.count() == 1
    assert not mail.outbox


@pytest.mark.parametrize(
    ("field", "value"),
    [("reason", ""), ("reason", "nonsense"), ("text", "x" * 2001), ("email", "no")],
)
def test_bad_report_is_refused_and_nothing_changes(brand: Profile, field: str, value: str) -> None:
    answer = report("profile", brand.public_id, None, **{field: value})
    assert answer.status_code == 422


def test_what_is_not_there_cannot_be_reported() -> None:
    draft = testing.make_brand(approved=False)
    for kind, ref in [("profile", draft.public_id), ("pin", "nonesuch"), ("chat", "x")]:
        assert report(kind, ref).status_code == 404
    assert not Report.objects.exists()


def test_reporting_has_a_limit(brand: Profile) -> None:
    client = Client()
    codes = [report("profile", brand.public_id, client).status_code for _ in range(32)]
    assert codes == [302] * 30 + [429] * 2


@pytest.mark.parametrize("door", ["page", "program"])
def test_receipts_fill_nobodys_mailbox(brand: Profile, door: str) -> None:
    def file(number: int) -> int:
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        form = {"reason": "deceit", "email": "Ana@mail.example", "text": f"A copy of {number}"}
        if door == "page":
            return int(report("profile", brand.public_id, client, **form).status_code)
        body = {"kind": "profile", "id": brand.public_id, **form}
        return client.post("/api/v1/reports/", body, "application/json").status_code

    good = 302 if door == "page" else 201
    assert [file(number) for number in range(8)] == [good] * 6 + [429] * 2
    assert Report.objects.count() == 6


def test_reports_keep_no_words_of_somebody_who_has_left(brand: Profile) -> None:
    pin = make_pin(author=brand, title="A shelf")
    eve = testing.make_person(name="Eve", email="eve@mail.example")
    said = make_comment(pin=pin, author=eve, text="Eve was here")
    report("comment", said.public_id)
    report("profile", eve.public_id)
    report("pin", pin.public_id, email="eve@mail.example")
    erase_account(user_id=eve.user_id or 0)
    rows = list(Report.objects.values_list("title", "url", "email").order_by("id"))
    assert rows[:2] == [("", "", "")] * 2
    assert rows[2][0] == "A shelf"
    assert rows[2][2] == ""


def test_more_than_asked_for_is_ignored(brand: Profile) -> None:
    report("profile", brand.public_id, state="upheld", decided_at="2020-01-01", reporter="1")
    row = Report.objects.get()
    assert (row.state, row.decided_at, row.reporter) == ("open", None, None)


# --- decisions -------------------------------------------------------------------------------
def test_operator_takes_a_pin_down_and_everybody_reads_why(
    brand: Profile, operator: Client
) -> None:
    pin = make_pin(author=brand, title="A shelf")
    noor = testing.make_person()
    report("pin", pin.public_id, testing.client_for(noor))
    report("pin", pin.public_id, email="ana@mail.example")
    first, second = Report.objects.order_by("id")
    mail.outbox.clear()

    asked = operator.post(QUEUE, {"action": "take_down", "_selected_action": [first.pk]})
    assert "notes and reviews vanish from every page" in asked.content.decode()
    assert Client().get(f"/pin/{pin.public_id}/").status_code == 200
    decide(operator, "take_down", first)

    assert Client().get(f"/pin/{pin.public_id}/").status_code in (404, 410)
    second.refresh_from_db()
    assert (second.state, second.decision) == ("upheld", "It is a copy")
    deliver()
    kinds = [row.kind for row in notices_for(profile_id=noor.pk).rows]
    assert kinds == ["moderation.decided", "moderation.received"]
    [author] = notices_for(profile_id=testing.owner_of(brand).pk).rows
    assert author.kind == "moderation.taken_down"
    assert "It is a copy" in author.body
    assert "ana@mail.example" in {message.to[0].strip("<>") for message in mail.outbox}
    assert "It is a copy" in LogEntry.objects.get(object_id=str(first.pk)).change_message


def test_operator_takes_down_a_product_and_a_brand(brand: Profile, operator: Client) -> None:
    product = make_product(seller=brand)
    report("product", product.public_id)
    report("profile", brand.public_id)
    of_product, of_brand = Report.objects.order_by("id")

    decide(operator, "take_down", of_product)
    assert Client().get(f"/product/{product.public_id}/{product.slug}/").status_code in (404, 410)
    decide(operator, "take_down", of_brand)

    assert Client().get(f"/@{brand.handle}/").status_code == 404
    brand.refresh_from_db()
    assert brand.state == "suspended"


def test_operator_takes_down_a_note_beside_a_pin(operator: Client) -> None:
    ana = testing.make_person(name="Ana")
    board, [pin] = fill_board(owner=ana, count=1)
    write_note(board_id=board.public_id, pin_id=pin, actor_id=ana.pk, text="Rude words")
    ref = f"{board.public_id}-{pin}"
    data = {"kind": "note", "id": ref, "reason": "hate"}
    assert Client().post("/api/v1/reports/", data, "application/json").status_code == 201
    report("note", ref)
    first, second = Report.objects.order_by("id")
    assert (first.title, first.author) == ("Rude words", ana)
    assert "Rude words" in Client().get(first.url).content.decode()

    decide(operator, "take_down", first)

    page = Client().get(board.get_absolute_url()).content.decode()
    assert "Rude words" not in page
    assert f"/pin/{pin}/" in page, "the save itself stays"
    second.refresh_from_db()
    assert second.state == "upheld"
    deliver()
    [told] = notices_for(profile_id=ana.pk).rows
    assert told.kind == "moderation.taken_down"
    assert report("note", ref).status_code == 404


def test_whoever_is_decided_about_reads_it_without_a_report_too(brand: Profile) -> None:
    owner, operator = testing.owner_of(brand), testing.make_operator().user_id or 0
    product = make_product(seller=brand, title="Tall vase")
    waiting = testing.make_brand(name="Slow Works", owner=owner, approved=False)
    take_down_product(public_id=product.public_id, operator_id=operator, reason="Not safe")
    suspend_brand(brand_id=brand.pk, operator_id=operator, reason="Fakes")
    restore_brand(brand_id=brand.pk, operator_id=operator)
    reject_brand(brand_id=waiting.pk, operator_id=operator, reason="No register number")
    testing.approve(waiting)
    deliver()
    told = notices_for(profile_id=owner.pk).rows
    assert [row.kind.partition(".")[2] for row in reversed(told)] == [
        "taken_down",
        "taken_down",
        "let_in",
        "kept_out",
        "let_in",
    ]
    bodies = [row.body for row in reversed(told)]
    assert "Not safe" in bodies[0]
    assert "Fakes" in bodies[1]
    assert "No register number" in bodies[3]


def thing_of(owner: Profile, kind: str) -> str:
    """Something of theirs that can be reported; answers what a report names it by."""
    if kind == "note":
        board, [pin] = fill_board(owner=owner, count=1)
        write_note(board_id=board.public_id, pin_id=pin, actor_id=owner.pk, text="Rude words")
        return f"{board.public_id}-{pin}"
    if kind == "comment":
        return str(make_comment(pin=make_pin(), author=owner, text="Buy here").public_id)
    if kind == "pin":
        return str(make_pin(author=owner).public_id)
    brand = testing.make_brand(owner=owner)
    if kind == "product":
        return str(make_product(seller=brand).public_id)
    return str(make_service(seller=brand).public_id)


KINDS = pytest.mark.parametrize("kind", ["pin", "product", "service", "comment", "note"])


@KINDS
def test_a_reason_as_long_as_the_form_takes_is_told_whole(operator: Client, kind: str) -> None:
    owner = testing.make_person(name="Ana")
    report(kind, thing_of(owner, kind))
    reason = "It says more than fits. " * 41

    decide(operator, "take_down", Report.objects.get(), reason=reason)

    assert Report.objects.get().state == "upheld"
    deliver()
    [told] = notices_for(profile_id=owner.pk).rows
    assert reason.strip() in told.body


@KINDS
def test_the_notice_of_it_says_why_on_the_page_and_by_program(operator: Client, kind: str) -> None:
    owner = testing.make_person(name="Ana")
    report(kind, thing_of(owner, kind))
    reason = "Spam, and a copy.\n" + "It says more than fits. " * 30
    decide(operator, "take_down", Report.objects.get(), reason=reason)
    deliver()

    client = testing.client_for(owner)
    page = " ".join(client.get("/notifications/").content.decode().split())
    shown = re.search(r"Nobody can see it any more[^<]*", page)
    assert shown is not None
    said = shown[0].partition("&nbsp;")[0]
    assert said.startswith("Nobody can see it any more. The reason: Spam, and a copy. It says more")
    assert said.endswith(" It says more than…"), "cut between two words"
    [told] = client.get("/api/v1/notifications/").json()["results"]
    assert reason.strip() in told["body"]


def test_a_reported_review_leaves_the_page_and_the_stars_of_its_product(
    operator: Client,
) -> None:
    author = testing.make_person(name="Ana")
    review = make_review(person=author, stars=1, text="Buy elsewhere: shop.example")
    read = f"/reviews/{review.product.public_id}/"
    assert f'href="/report/review/{review.public_id}/"' in Client().get(read).content.decode()
    report("review", review.public_id)
    row = Report.objects.get()
    assert (row.author, row.title) == (author, f"a review of {review.line.title}")

    decide(operator, "take_down", row, reason="An advertisement.")

    deliver()
    review.product.refresh_from_db()
    assert (review.product.rating_sum, review.product.rating_count) == (0, 0)
    assert "Buy elsewhere" not in Client().get(read).content.decode()
    told = [row.body for row in notices_for(profile_id=author.pk).rows if "advert" in row.body]
    assert len(told) == 1
    assert Client().get(f"/report/review/{review.public_id}/").status_code == 404


def test_a_suspended_person_reads_why_by_mail() -> None:
    person, operator = testing.make_person(email="gone@mail.example"), testing.make_operator()
    mail.outbox.clear()
    suspend_person(profile_id=person.pk, operator_id=operator.user_id or 0, reason="Spam")
    deliver()
    [letter] = mail.outbox
    assert "gone@mail.example" in letter.to[0]
    assert "Spam" in letter.body


def test_dismissed_report_leaves_things_alone_and_is_final(
    brand: Profile, operator: Client
) -> None:
    report("profile", brand.public_id)
    row = Report.objects.get()

    decide(operator, "dismiss", row, reason="It is fine")
    decide(operator, "take_down", row)

    row.refresh_from_db()
    brand.refresh_from_db()
    assert (row.state, row.decision, brand.state) == ("dismissed", "It is fine", "approved")


def test_two_reports_about_one_thing_are_one_decision(brand: Profile, operator: Client) -> None:
    pin = make_pin(author=brand)
    for _ in range(3):
        report("pin", pin.public_id)
    rows = list(Report.objects.order_by("id"))

    said = decide(operator, "take_down", *rows[:2], follow=True).content.decode()

    assert "Decided for 2 rows" in said
    assert "1 more report about the same was decided with it" in said
    assert "decided that already" not in said
    assert {row.state for row in Report.objects.all()} == {"upheld"}
    assert LogEntry.objects.filter(object_id__in=[row.pk for row in rows[:2]]).count() == 2
    deliver()
    told = notices_for(profile_id=testing.owner_of(brand).pk).rows
    assert [row.kind for row in told] == ["moderation.taken_down"]


def test_dismissing_one_leaves_what_others_say(brand: Profile, operator: Client) -> None:
    report("profile", brand.public_id, reason="spam")
    report("profile", brand.public_id, reason="illegal")
    first, second = Report.objects.order_by("id")

    decide(operator, "dismiss", first)

    second.refresh_from_db()
    assert (second.state, second.decided_at) == ("open", None)


def test_what_is_gone_already_can_still_be_decided(brand: Profile, operator: Client) -> None:
    report("profile", brand.public_id)
    row, owner = Report.objects.get(), testing.owner_of(brand)
    suspend_brand(brand_id=brand.pk, operator_id=owner.user_id or 0, reason="Fakes")

    decide(operator, "take_down", row)

    row.refresh_from_db()
    brand.refresh_from_db()
    assert (row.state, brand.state) == ("upheld", "suspended")


def test_queue_is_oldest_first_and_only_open(brand: Profile, operator: Client) -> None:
    for number in range(3):
        report("profile", brand.public_id, text=f"Report number {number}")
    decide(operator, "dismiss", Report.objects.earliest("id"))

    page = operator.get(QUEUE).content.decode()

    assert "Report number 0" not in page
    assert page.index("Report number 1") < page.index("Report number 2")
    assert "Report number 0" in operator.get(f"{QUEUE}?state=all").content.decode()


def test_queue_costs_the_same_however_long(operator: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            assert operator.get(QUEUE).status_code == 200
        return len(spent)

    report("profile", testing.make_brand().public_id)
    few = cost()
    for _ in range(4):
        report("profile", testing.make_brand().public_id)
    assert cost() == few


@pytest.mark.parametrize(("action", "state"), [("take_down", "upheld"), ("dismiss", "dismissed")])
def test_a_report_is_decided_where_it_is_read(
    brand: Profile, operator: Client, action: str, state: str
) -> None:
    pin = make_pin(author=brand, title="A shelf")
    report("pin", pin.public_id)
    report("profile", brand.public_id)
    row, other = Report.objects.order_by("id")

    def read(client: Client = operator) -> BeautifulSoup:
        page = client.get(f"{QUEUE}{row.pk}/change/").content
        return BeautifulSoup(page, "html.parser")

    page = read()
    assert row.public_id in page.select_one(".field-public_id").get_text()
    assert page.select_one(f"#content a[href='/pin/{pin.public_id}/']")
    [button] = page.select(f"#report_form button[name=action][value={action}]")
    [chosen] = page.select("#report_form [name=_selected_action]")
    data = {"action": action, "_selected_action": chosen["value"]}

    asked = operator.post(str(button["formaction"]), data)
    assert asked.status_code == 200
    form = BeautifulSoup(asked.content, "html.parser").select_one("#content form")
    assert form is not None
    assert form.select_one("[name=reason]")
    row.refresh_from_db()
    assert row.state == "open", "a reason is asked for first"
    sent = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    operator.post(str(button["formaction"]), {**sent, "reason": "It is a copy"})

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.decision, other.state) == (state, "It is a copy", "open")
    assert not read().select("button[name=action]"), "it is decided once"


def test_who_may_only_look_is_offered_no_decision(brand: Profile) -> None:
    report("profile", brand.public_id)
    person = testing.make_person()
    user = person.user
    assert user is not None
    user.is_staff = True
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="view_report"))
    page = testing.client_for(person).get(f"{QUEUE}{Report.objects.get().pk}/change/")
    assert page.status_code == 200
    assert b"It is a copy." in page.content
    assert b'name="action"' not in page.content


def test_a_form_that_is_sent_twice_makes_one_report_and_one_receipt(brand: Profile) -> None:
    pin = make_pin(author=brand)
    member = testing.client_for(testing.make_person())
    for who, said in ((member, {}), (Client(), {"email": "ana@mail.example"})):
        before = Report.objects.count()
        first = report("pin", pin.public_id, who, **said)["Location"]
        assert report("pin", pin.public_id, who, **said)["Location"] == first
        assert Report.objects.count() == before + 1
        report("pin", pin.public_id, who, **said, text="And it is spam.")
        assert Report.objects.count() == before + 2, "control: other words are another report"
    for _stranger in range(2):
        report("pin", pin.public_id)
    assert Report.objects.count() == 6, "of two who leave no address nobody knows"
    deliver()
    assert len([one for one in mail.outbox if one.to == ["ana@mail.example"]]) == 2


def test_what_was_decided_can_be_reported_again(brand: Profile, operator: Client) -> None:
    pin, member = make_pin(author=brand), testing.client_for(testing.make_person())
    report("pin", pin.public_id, member)
    decide(operator, "dismiss", Report.objects.get())
    report("pin", pin.public_id, member)
    assert sorted(Report.objects.values_list("state", flat=True)) == ["dismissed", "open"]
