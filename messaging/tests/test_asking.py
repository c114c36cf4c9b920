"""A question reaches the brand and the answer goes straight back."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts import testing
from accounts.actions.erasure_hooks import Leaver
from accounts.testing import Profile
from catalog.testing import make_product
from core import clock
from core.testing import deliver_all, race
from feed.testing import make_pin
from messaging.leaving import erase
from messaging.models import Enquiry
from notifications.queries import notices_for
from orders.testing import make_paid_order

pytestmark = pytest.mark.django_db
GUEST = {"text": "Is it dishwasher safe?", "name": "Ana", "email": "Ana@Mail.example"}


@pytest.fixture
def brand() -> Profile:
    return testing.make_brand(name="Ondine")


def soup_of(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html5lib")


def titles_for(profile: Profile) -> list[str]:
    return [row.title for row in notices_for(profile_id=profile.pk).rows]


def deliver() -> None:
    deliver_all(except_queues=("media",))


def test_guest_asks_about_a_product(brand: Profile) -> None:
    product = make_product(seller=brand, title="Tall vase")
    packer = testing.make_member(brand=brand, role="orders")
    helper = testing.make_member(brand=brand, role="chat")
    path = f"/ask/product/{product.public_id}/"
    client = Client()

    soup = soup_of(client.get(path).content.decode())
    assert soup.h1 is not None
    assert soup.h1.get_text() == "Ask Ondine"
    assert "Tall vase" in soup.get_text()
    answer = client.post(path, GUEST, follow=True)

    assert answer.redirect_chain[0][0].startswith(f"/product/{product.public_id}/")
    row = Enquiry.objects.get()
    assert (row.kind, row.title, row.email, row.to) == (
        "product",
        "Tall vase",
        "ana@mail.example",
        brand,
    )
    deliver()
    owner = testing.owner_of(brand)
    assert titles_for(owner) == titles_for(helper) == ["Ana asks about Tall vase"]
    assert titles_for(packer) == []
    assert {tuple(message.reply_to) for message in mail.outbox} == {("ana@mail.example",)}
    assert mail.outbox[0].subject == "Ana asks about Tall vase"
    assert "dishwasher" in str(mail.outbox[0].body)


def test_member_gives_only_the_question(brand: Profile) -> None:
    noor = testing.make_person(name="Noor")
    pin = make_pin(author=brand, title="A shelf")

    testing.client_for(noor).post(f"/ask/pin/{pin.public_id}/", {"text": "Where is it from?"})

    row = Enquiry.objects.get()
    assert (row.asker, row.name, row.kind) == (noor, "Noor", "pin")
    assert noor.user is not None
    assert row.email == noor.user.email


def test_only_the_buyer_asks_about_an_order() -> None:
    noor = testing.make_person()
    order = make_paid_order(person=None)
    path = f"/ask/order/{order.number}/"

    assert testing.client_for(noor).get(path).status_code == 404
    assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"
    buyer = Profile.objects.get(user=order.user)
    testing.client_for(buyer).post(path, {"text": "When?"})

    assert Enquiry.objects.get().to_id == order.seller_id


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "  "),
        ("text", "x" * 2001),
        ("name", ""),
        ("email", "no"),
        ("email", "a@b.example\nBcc: c@d.example"),
    ],
)
def test_bad_input_is_refused_kept_and_changes_nothing(
    brand: Profile, field: str, value: str
) -> None:
    answer = Client().post(f"/ask/brand/{brand.public_id}/", {**GUEST, field: value})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    if field != "text":
        assert "dishwasher" in page
    assert not Enquiry.objects.exists()
    assert not mail.outbox


def test_what_is_not_there_cannot_be_asked_about(brand: Profile) -> None:
    draft = testing.make_brand(approved=False)
    person = testing.make_person()
    for kind, ref in [
        ("brand", draft.public_id),
        ("brand", person.public_id),
        ("brand", "nonesuch"),
        ("product", brand.public_id),
        ("nonesuch", brand.public_id),
        ("order", "1"),
        ("order", "9" * 40),
    ]:
        asked = Client().get(f"/ask/{kind}/{ref}/")
        assert asked.status_code == (302 if kind == "order" else 404)
        assert Client().post(f"/ask/{kind}/{ref}/", GUEST).status_code == 404
    assert not Enquiry.objects.exists()


def test_asking_has_a_limit(brand: Profile) -> None:
    client = Client()
    path = f"/ask/brand/{brand.public_id}/"
    codes = [client.post(path, {**GUEST, "text": f"{n}?"}).status_code for n in range(22)]
    assert codes == [302] * 20 + [429] * 2
    assert Enquiry.objects.count() == 20


# --- the brand reads -------------------------------------------------------------------------
def test_team_reads_and_ticks_off(brand: Profile) -> None:
    evil = "<script>alert(1)</script>"
    Client().post(f"/ask/brand/{brand.public_id}/", {**GUEST, "text": evil, "name": evil})
    client = testing.client_for(testing.owner_of(brand))
    path = f"/studio/{brand.handle}/questions/"

    page = client.get(path).content.decode()
    soup = soup_of(page)
    assert evil not in page
    assert soup.select_one('a[href^="mailto:ana%40mail.example?subject="]') is not None
    row = Enquiry.objects.get()
    button = soup.select_one(f"button[value='answer.{row.public_id}']")
    assert button is not None
    client.post(str(button["formaction"]), {"do": button["value"]})
    assert "No open questions" in client.get(path).content.decode()
    done = soup_of(client.get(f"{path}?show=answered").content.decode())
    assert "Answered" in done.get_text()
    again = done.select_one(f"button[value='reopen.{row.public_id}']")
    assert again is not None
    client.post(str(again["formaction"]), {"do": again["value"]})
    row.refresh_from_db()
    assert row.answered_at is None


def test_strangers_and_other_brands_read_nothing(brand: Profile) -> None:
    Client().post(f"/ask/brand/{brand.public_id}/", GUEST)
    row = Enquiry.objects.get()
    other = testing.make_brand()
    rival = testing.client_for(testing.owner_of(other))
    packer = testing.client_for(testing.make_member(brand=brand, role="orders"))

    for client in (rival, packer):
        assert client.get(f"/studio/{brand.handle}/questions/").status_code == 404
        data = {"do": "answer", "row": row.public_id}
        assert client.post(f"/studio/{brand.handle}/questions/", data).status_code == 404
    rival.post(f"/studio/{other.handle}/questions/", {"do": "answer", "row": row.public_id})
    row.refresh_from_db()
    assert row.answered_at is None


def test_list_costs_the_same_however_long(
    brand: Profile, django_assert_max_num_queries: object
) -> None:
    for number in range(25):
        Enquiry.objects.create(
            kind="brand",
            ref=brand.public_id,
            title="Ondine",
            url="/@ondine/",
            to=brand,
            name=f"Asker {number}",
            email="a@mail.example",
            text="?",
        )
    client = testing.client_for(testing.owner_of(brand))
    path = f"/studio/{brand.handle}/questions/"
    # 1 the session, 2 the user with profile and brands, 3 the questions with their askers,
    # 4 how many orders wait
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        page = client.get(path).content.decode()
    assert page.count('name="row"') == 20
    assert "cursor=" in page
    assert client.get(f"{path}?cursor=nonsense").status_code == 200


# --- followers -------------------------------------------------------------------------------
def test_followed_person_hears_of_it_once(brand: Profile) -> None:
    noor, mara = testing.make_person(name="Noor"), testing.make_person(name="Mara")
    for _again in range(2):
        accounts.follow(follower_id=noor.pk, followed_id=mara.pk)
        accounts.unfollow(follower_id=noor.pk, followed_id=mara.pk)
    accounts.follow(follower_id=noor.pk, followed_id=brand.pk)

    deliver()

    assert titles_for(mara) == ["Noor follows you"]
    assert titles_for(testing.owner_of(brand)) == ["Noor follows Ondine"]
    assert not mail.outbox


def test_a_question_that_is_sent_again_is_one(brand: Profile) -> None:
    path = f"/ask/product/{make_product(seller=brand).public_id}/"
    for _time in range(3):
        assert Client().post(path, GUEST).status_code == 302
    assert Enquiry.objects.count() == 1
    deliver()
    assert len(mail.outbox) == 1
    assert Client().post(path, {**GUEST, "text": "And ovenproof?"}).status_code == 302
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        Client().post(path, GUEST)
    assert Enquiry.objects.count() == 3


def test_the_same_words_of_a_guest_and_of_an_account_are_two(brand: Profile) -> None:
    noor = testing.make_person(name="Noor")
    path = f"/ask/product/{make_product(seller=brand).public_id}/"
    Client().post(path, {**GUEST, "email": noor.user.email})
    for _again in range(2):
        testing.client_for(noor).post(path, {"text": GUEST["text"]})
    found = Enquiry.objects.order_by("pk").values_list("asker", flat=True)
    assert list(found) == [None, noor.pk]


@pytest.mark.django_db(transaction=True)
def test_a_question_sent_twice_at_once_is_one(brand: Profile) -> None:
    path = f"/ask/product/{make_product(seller=brand).public_id}/"
    answers = race(4, lambda _number: Client().post(path, GUEST).status_code)
    assert answers == [302] * 4
    assert Enquiry.objects.count() == 1


def test_the_longest_name_of_a_guest_has_room(brand: Profile) -> None:
    path = f"/ask/product/{make_product(seller=brand).public_id}/"
    family = "👩‍👩‍👧‍👦"
    assert Client().post(path, {**GUEST, "name": family * 45}).status_code == 302
    assert Enquiry.objects.get().name == family * 45


def test_who_leaves_is_named_nowhere_whatever_they_asked_as(brand: Profile) -> None:
    owner = testing.owner_of(testing.make_brand(name="Kiln"))
    other = testing.make_person()
    path = f"/ask/product/{make_product(seller=brand).public_id}/"
    email = owner.user.email
    Client().post(path, {**GUEST, "email": email.upper()})
    Client().post(path, {**GUEST, "email": other.user.email})
    Enquiry.objects.create(
        kind="brand",
        ref="x",
        title="x",
        url="/",
        to=brand,
        name="Kiln",
        email=email,
        text="?",
        asker=Profile.objects.get(name="Kiln"),
    )
    erase(Leaver(user_id=owner.user_id or 0, profile_id=owner.pk, email=email))
    found = list(Enquiry.objects.order_by("pk").values_list("name", "email"))
    assert found == [("Deleted account", ""), ("Ana", other.user.email), ("Kiln", "")]
    assert [one.digest == "" for one in Enquiry.objects.order_by("pk")] == [True, False, True]


def test_asking_and_leaving_read_few_of_many_questions(brand: Profile) -> None:
    """How PostgreSQL means to go about it, with the statistics of a table that has grown."""
    rows = [
        Enquiry(
            kind="brand",
            ref=brand.public_id,
            title="x",
            url="/",
            to=brand,
            name="x",
            email=f"{n}@mail.example",
            text="?",
            digest=str(n),
        )
        for n in range(3_000)
    ]
    Enquiry.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE messaging_enquiry")
    leaver = Leaver(user_id=0, profile_id=0, email="7@mail.example")
    with CaptureQueriesContext(connection) as asked:
        Client().post(f"/ask/brand/{brand.public_id}/", GUEST)
        erase(leaver)
    plans = []
    for one in asked.captured_queries:
        read = one["sql"].startswith(("SELECT", "UPDATE")) and "messaging_enquiry" in one["sql"]
        if read and '"email"' in one["sql"]:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + one["sql"].replace("%", "%%"))
                plans.append(" ".join(row[0] for row in cursor.fetchall()))
    by_digest, by_asker, *by_email = plans
    assert "messaging_enquiry_again" in by_digest
    assert "asker" in by_asker
    assert len(by_email) == 2
    assert all("messaging_enquiry_email" in plan for plan in by_email)
    assert not any("Seq Scan" in plan for plan in plans)
