"""The wall of services, a service's page, the studio's form, and a request for a quote."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.testing import Profile, client_for, make_brand, make_member, make_person, owner_of
from catalog.actions import save_policies
from catalog.models import Service
from catalog.testing import make_image, make_service, package
from catalog.types import PoliciesInput
from core import clock
from core.money import Money
from core.testing import deliver_all, picture_file
from feed.actions import publish_pin, show_service, unpublish_pin
from feed.models import ServiceTag
from feed.queries import portfolio_choices
from feed.testing import make_pin
from marketplace.testing.html import assert_good_html
from messaging.models import Brief, Enquiry
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Profile:
    return make_brand(name="Aperture Row", handle="aperture-row")


def path_of(service: Service) -> str:
    return f"/service/{service.public_id}/{service.slug}/"


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


# --- the wall ------------------------------------------------------------------------------------
def test_wall_shows_cards_that_lead_to_a_quote(brand: Profile) -> None:
    service = make_service(seller=brand, title="Half a day", area="Berlin")
    quoted = make_service(seller=brand, title="On demand", pricing="quote")
    soup = assert_good_html(page_of(Client(), "/services/"))
    cards = soup.select("article.pin")
    assert [card.h2.get_text() for card in cards if card.h2] == ["On demand", "Half a day"]
    assert "Service" in cards[1].get_text()
    tag = cards[1].select_one("a.tag")
    assert tag is not None
    assert tag["href"] == f"/quote/{service.public_id}/"
    assert "from €480" in " ".join(tag.get_text().split())
    assert "On request" in cards[0].get_text()
    assert f"/quote/{quoted.public_id}/" in str(cards[0])


def test_services_are_one_of_three_places_at_the_top() -> None:
    soup = assert_good_html(page_of(Client(), "/services/"))
    links = soup.select("nav.bar__nav a")
    assert [one.get_text() for one in links] == ["Home", "Explore", "Services"]
    assert links[2]["aria-current"] == "page"


def test_filters_narrow_and_each_can_be_dropped(brand: Profile) -> None:
    make_service(seller=brand, title="Cheap", pricing="fixed", price=Money(5_000, "EUR"))
    make_service(seller=brand, title="Dear", pricing="fixed", price=Money(90_000, "EUR"))
    page = page_of(Client(), "/services/?budget=100&pricing=fixed&country=FR&days=5")
    soup = assert_good_html(page)
    assert [one.get_text() for one in soup.select(".pin__t")] == ["Cheap"]
    cuts = {
        one.get_text(" ", strip=True).split(" ,")[0]: one["href"] for one in soup.select(".cut")
    }
    assert list(cuts) == ["France", "Fixed price", "Up to €100", "Within 5 days"]
    assert cuts["France"] == "/services/?pricing=fixed&budget=100&days=5"

    empty = assert_good_html(page_of(Client(), "/services/?budget=1&country=FR"))
    assert "Drop a filter" in empty.get_text()
    assert empty.select_one('a[href="/services/?country=FR"]') is not None


@pytest.mark.parametrize("budget", ["abc", "-1", "9" * 40, "1e9", "5%"])
def test_a_budget_that_makes_no_sense_is_left_out_and_told(brand: Profile, budget: str) -> None:
    make_service(seller=brand)
    page = page_of(Client(), f"/services/?budget={budget}", 400)
    assert "There is a problem" in page
    assert "Product photography" in page


@pytest.mark.parametrize(
    "query",
    ["category=%00", "category=nowhere", "country=XX", "pricing='--", "days=-1", "cursor=%00x"],
)
def test_hostile_filters_are_ignored(brand: Profile, query: str) -> None:
    make_service(seller=brand)
    assert "Product photography" in page_of(Client(), f"/services/?{query}")


def test_wall_costs_the_same_however_long(
    brand: Profile, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make_service(seller=brand, title=f"Service {number}")
    page_of(Client(), "/services/")
    with django_assert_max_num_queries(1):  # the services with picture and seller
        page_of(Client(), "/services/")
    buyer = client_for(make_person())
    with django_assert_max_num_queries(4):  # session; user with profile; services; those saved
        page_of(buyer, "/services/")


# --- a service's own page ------------------------------------------------------------------------
def test_page_names_packages_trader_and_portfolio(
    brand: Profile, django_assert_max_num_queries: Any
) -> None:
    service = make_service(
        seller=brand,
        packages=[package("Half day", 48_000), package("Day", 86_000, revisions=None)],
        countries=["DE"],
        languages=["de", "fr"],
    )
    pins = [make_pin(author=brand, title=f"Shot {number}") for number in range(3)]
    show_service(author_id=brand.pk, service_id=service.pk, pin_ids=[one.public_id for one in pins])
    client = Client()
    # 1 the service with all its parts, 2 the pins that show it
    with django_assert_max_num_queries(2):
        soup = assert_good_html(page_of(client, path_of(service)))
    text = soup.get_text()
    for words in ("Half day", "€860", "2 rounds of changes", "As many rounds", "French", "Germany"):
        assert words in text
    assert "professional seller" in text
    assert "VAT included" in text
    assert len(soup.select("#pins-h ~ .wall article")) == 3 or text.count("Shot") >= 3
    assert soup.select_one(f'a[href="/quote/{service.public_id}/?package=2"]') is not None
    assert client.get(f"/service/{service.public_id}/wrong/").status_code == 302


def test_a_draft_is_its_teams_only(brand: Profile) -> None:
    service = make_service(seller=brand, publish=False)
    page_of(Client(), path_of(service), 404)
    page_of(client_for(owner_of(make_brand())), path_of(service), 404)
    assert "only your team" in page_of(client_for(owner_of(brand)), path_of(service))
    page_of(Client(), f"/quote/{service.public_id}/", 404)


def test_storefront_has_a_tab_only_with_services(brand: Profile) -> None:
    save_policies(profile_id=brand.pk, data=PoliciesInput())
    tabs = assert_good_html(page_of(Client(), "/@aperture-row/")).select(".tabs a")
    assert "/@aperture-row/services/" not in [one["href"] for one in tabs]
    service = make_service(seller=brand)
    soup = assert_good_html(page_of(Client(), "/@aperture-row/services/"))
    assert soup.select_one('.tabs a[aria-current="page"]').get_text() == "Services 1"
    assert path_of(service) in str(soup)
    page_of(Client(), f"/@{make_person(name='Ana').handle}/services/", 404)


def test_a_pin_that_shows_a_service_is_offered_however_old(
    brand: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feed.portfolio.CHOICES", 2)
    service = make_service(seller=brand)
    old, *others = (make_pin(author=brand, title=f"Shelf {n}") for n in range(4))
    show_service(author_id=brand.pk, service_id=service.pk, pin_ids=[old.public_id])
    offered = portfolio_choices(author_id=brand.pk, service_id=service.pk)
    newest = others[-1].public_id
    assert [(one.public_id, one.chosen) for one in offered] == [
        (old.public_id, True),
        (newest, False),
    ]
    free = portfolio_choices(author_id=brand.pk, service_id=None)
    assert [one.public_id for one in free] == [newest, others[-2].public_id]


def test_a_pin_that_is_off_the_wall_still_shows_the_service_when_it_is_back(brand: Profile) -> None:
    service = make_service(seller=brand)
    away, stays, dropped = (make_pin(author=brand, title=f"Shelf {n}") for n in range(3))
    who = {"author_id": brand.pk, "service_id": service.pk}
    show_service(**who, pin_ids=[one.public_id for one in (away, stays, dropped)])
    unpublish_pin(public_id=away.public_id, author_id=brand.pk)
    # What the form offers, and so sends, is what is on the wall.
    offered = [one.public_id for one in portfolio_choices(**who) if one.chosen]
    assert away.public_id not in offered
    show_service(**who, pin_ids=[one for one in offered if one != dropped.public_id])
    publish_pin(public_id=away.public_id, author_id=brand.pk)
    back = {one.public_id for one in portfolio_choices(**who) if one.chosen}
    assert back == {away.public_id, stays.public_id}


def test_a_pin_shows_its_service_on_walls_and_from_close(brand: Profile) -> None:
    service = make_service(seller=brand, title="Catalogue day")
    pin = make_pin(author=brand, title="Forty pots")
    foreign = make_pin(title="Not theirs")
    shown = show_service(
        author_id=brand.pk,
        service_id=service.pk,
        pin_ids=[pin.public_id, foreign.public_id, "zzzzzzzzzzzz"],
    )
    assert shown == 1
    assert list(ServiceTag.objects.values_list("pin_id", flat=True)) == [pin.pk]

    card = next(
        one
        for one in assert_good_html(page_of(Client(), "/explore/")).select("article.pin")
        if "Forty pots" in one.get_text()
    )
    assert "Service" in card.select_one(".ribbon").get_text()
    assert "from €480" in " ".join(card.select_one(".tag").get_text().split())
    close = page_of(Client(), f"/pin/{pin.public_id}/")
    assert f"/quote/{service.public_id}/?pin={pin.public_id}" in close
    Service.objects.filter(pk=service.pk).update(state="archived")
    assert "Request a quote" not in page_of(Client(), f"/pin/{pin.public_id}/")


# --- a quote -------------------------------------------------------------------------------------
def wanted(**changes: Any) -> dict[str, Any]:
    day = timezone.localdate(clock.now()) + timedelta(days=30)
    return {
        "text": "Twelve pots, white.",
        "quantity": "12",
        "unit": "pots",
        "budget": "500",
        "destination": "Lyon",
        "needed_by": day.isoformat(),
        "email": "Ana@Mail.example",
        **changes,
    }


def test_guest_requests_a_quote(brand: Profile) -> None:
    service = make_service(seller=brand, title="Half a day")
    helper, packer = make_member(brand=brand, role="chat"), make_member(brand=brand, role="orders")
    pin = make_pin(author=brand, title="Like this")
    client = Client()
    path = f"/quote/{service.public_id}/"
    soup = assert_good_html(page_of(client, f"{path}?package=2&pin={pin.public_id}"))
    form = soup.select_one("form[data-draft]")
    assert form is not None
    shown = [one for one in form.select("input, textarea") if one.get("type") != "hidden"]
    named = {str(one["name"]) for one in shown} - {"drop"}
    assert named - {"unit", "email"} == {
        "text", "quantity", "budget", "destination", "needed_by", "pictures"
    }, "quantity and unit are one field: seven, and the address of a guest"  # fmt: skip

    data = wanted(package="2", pin=[pin.public_id], pictures=picture_file())
    answer = client.post(path, data, follow=True)
    assert answer.redirect_chain[0][0] == path_of(service)
    assert "ana@mail.example" in answer.content.decode()
    brief = Brief.objects.get()
    assert (brief.package, brief.quantity, brief.unit) == ("Full day", 12, "pots")
    assert (brief.budget, brief.destination, brief.pins) == (50_000, "Lyon", [pin.public_id])
    assert brief.pictures.count() == 1
    assert (brief.enquiry.kind, brief.enquiry.to) == ("service", brand)

    deliver_all(except_queues=("media",))
    titles = ["ana@mail.example asks for a quote: Half a day"]
    assert [one.title for one in notices_of(owner_of(brand).pk)] == titles
    assert [one.title for one in notices_of(helper.pk)] == titles
    assert list(notices_of(packer.pk)) == []
    receipt = next(one for one in mail.outbox if one.to == ["ana@mail.example"])
    assert "Aperture Row has your request" in receipt.subject
    assert "Twelve pots" not in receipt.body, "no words of strangers go to an address they typed"
    assert "€500" in receipt.body
    asked = [one for one in mail.outbox if one is not receipt]
    assert {tuple(one.reply_to) for one in asked} == {("ana@mail.example",)}

    studio = page_of(client_for(helper), "/studio/aperture-row/questions/")
    for words in ("Quote wanted", "Full day", "12 pots", "€500.00", "Lyon", "Pin 1"):
        assert words in studio


def test_member_gives_no_address(brand: Profile) -> None:
    service = make_service(seller=brand)
    noor = make_person(name="Noor")
    client = client_for(noor)
    path = f"/quote/{service.public_id}/"
    assert 'name="email"' not in page_of(client, path)
    client.post(path, wanted(email="other@mail.example"))
    row = Enquiry.objects.get()
    assert noor.user is not None
    assert (row.asker, row.email, row.name) == (noor, noor.user.email, "Noor")
    deliver_all(except_queues=("media",))
    assert len(notices_of(noor.pk)) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", " "),
        ("text", "x" * 2001),
        ("quantity", "0"),
        ("quantity", "many"),
        ("quantity", ""),
        ("budget", "0"),
        ("budget", "lots"),
        ("needed_by", "2020-01-01"),
        ("needed_by", "2999-01-01"),
        ("needed_by", "soon"),
        ("destination", "x" * 121),
        ("email", "no"),
        ("email", "a@b.example\nBcc: c@d.example"),
    ],
)
def test_a_bad_request_is_kept_and_sends_nothing(brand: Profile, field: str, value: str) -> None:
    service = make_service(seller=brand)
    client = Client()
    answer = client.post(f"/quote/{service.public_id}/", wanted(**{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    if field != "text":
        assert "Twelve pots" in page
    assert not Enquiry.objects.exists()
    deliver_all(except_queues=("media",))
    assert not mail.outbox


def test_what_is_optional_says_so_and_how_an_amount_is_written_is_told(brand: Profile) -> None:
    path = f"/quote/{make_service(seller=brand).public_id}/"
    soup = assert_good_html(page_of(Client(), path))
    for name in ("budget", "pictures"):
        label = soup.select_one(f"label[for=id_{name}]")
        assert label is not None
        assert "(optional)" in label.get_text(), name
    answer = Client().post(path, wanted(budget="1.200,50"))
    assert answer.status_code == 422
    assert "without a sign for thousands: 1200.50." in answer.content.decode()
    assert Enquiry.objects.count() == 0
    assert Client().post(path, wanted(budget="1200,50")).status_code == 302


def test_a_file_that_is_no_picture_is_refused_and_good_ones_stay(brand: Profile) -> None:
    service = make_service(seller=brand)
    client, path = Client(), f"/quote/{service.public_id}/"
    paper = picture_file()
    good = picture_file()
    paper.name, good.name = "brief.pdf", "pot.jpg"
    paper.seek(0)
    paper.truncate()
    paper.write(b"%PDF-1.7 nothing to see")
    paper.seek(0)
    answer = client.post(path, wanted(pictures=[good, paper]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "brief.pdf" in page
    assert len(re.findall(r'name="drop"', page)) == 1, "the good one need not be chosen again"
    client.post(path, wanted())
    assert Brief.objects.get().pictures.count() == 1


def test_pictures_of_others_cannot_be_attached(brand: Profile) -> None:
    service = make_service(seller=brand)
    image = make_image(owner_id=make_person().pk)
    Client().post(
        f"/quote/{service.public_id}/",
        wanted(images=[image.public_id], kept=[image.public_id]),
    )
    assert Brief.objects.get().pictures.count() == 0


def test_a_draft_waits_in_the_session_until_it_is_sent(brand: Profile) -> None:
    service = make_service(seller=brand)
    client, path = Client(), f"/quote/{service.public_id}/"
    half = {"text": "Only begun", "budget": "nonsense", "as": "draft"}
    assert client.post(path, half).status_code == 302
    kept = client.post(path, half, headers={"Accept": "application/json"})
    assert (kept.status_code, kept.json()) == (200, {})
    page = page_of(client, path)
    assert "Only begun" in page
    assert "as you left it" in page
    assert "Only begun" not in page_of(Client(), path)
    assert not Enquiry.objects.exists()
    client.post(path, wanted())
    assert "as you left it" not in page_of(client, path)


def test_an_empty_form_is_not_kept(brand: Profile) -> None:
    path = f"/quote/{make_service(seller=brand).public_id}/"
    client = Client()
    empty = {"text": " ", "quantity": "", "email": "ana@mail.example", "as": "draft"}
    page = client.post(path, empty, follow=True).content.decode()
    assert "There is nothing to keep yet." in page
    assert not client.session.get("quote_drafts")
    kept = client.post(path, {**empty, "text": "Twelve pots"}, follow=True).content.decode()
    assert "Kept. It is here when you come back." in kept
    assert "Twelve pots" in page_of(client, path)
    client.post(path, empty)
    assert "Twelve pots" not in page_of(client, path), "what was emptied is not kept either"


def test_a_request_that_is_sent_again_is_one(brand: Profile) -> None:
    path = f"/quote/{make_service(seller=brand).public_id}/"
    for _again in range(3):
        assert Client().post(path, wanted()).status_code == 302
    assert Enquiry.objects.count() == 1
    deliver_all(except_queues=("media",))
    assert len(mail.outbox) == 2, "one to the brand and one receipt"


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Twelve pots, grey."},
        pytest.param({"quantity": "13"}, marks=pytest.mark.slow),
        pytest.param({"unit": "bowls"}, marks=pytest.mark.slow),
        pytest.param({"budget": "900"}, marks=pytest.mark.slow),
        pytest.param({"destination": "Lille"}, marks=pytest.mark.slow),
        pytest.param({"needed_by": ""}, marks=pytest.mark.slow),
        pytest.param({"package": "2"}, marks=pytest.mark.slow),
        pytest.param({"pin": True}, marks=pytest.mark.slow),
        {"pictures": True},
    ],
)
def test_a_request_that_says_something_else_is_another(
    brand: Profile, change: dict[str, Any]
) -> None:
    path = f"/quote/{make_service(seller=brand).public_id}/"
    if "pin" in change:
        change = {"pin": [make_pin(author=brand).public_id]}
    assert Client().post(path, wanted()).status_code == 302
    for _again in range(2):
        if "pictures" in change:
            change = {"pictures": picture_file()}
        assert Client().post(path, wanted(**change)).status_code == 302
    assert Brief.objects.count() == 2, "the second, and its own repetition is none"
    deliver_all(except_queues=("media",))
    assert len(mail.outbox) == 4


def test_who_asks_first_and_then_wants_a_quote_has_sent_both(brand: Profile) -> None:
    service = make_service(seller=brand)
    noor = client_for(make_person(name="Noor"))
    words = {"text": "Could you do forty?"}
    for path in (f"/ask/service/{service.public_id}/", f"/quote/{service.public_id}/"):
        for _again in range(2):
            assert noor.post(path, words).status_code == 302
    assert Enquiry.objects.count() == 2
    assert Brief.objects.get().enquiry.text == "Could you do forty?"


def test_one_address_is_not_filled_with_receipts(brand: Profile) -> None:
    service = make_service(seller=brand)
    path = f"/quote/{service.public_id}/"
    codes = [Client().post(path, wanted(text=f"{n} pots")).status_code for n in range(8)]
    assert codes == [302] * 6 + [429] * 2
    assert Enquiry.objects.count() == 6
