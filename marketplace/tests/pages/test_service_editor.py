"""The studio's form for a service: made, offered, refused, and saved by two at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.testing import Profile, client_for, make_brand, make_member, make_person, owner_of
from catalog.models import Service
from catalog.testing import make_category, make_image, make_service
from core.testing import picture_file, undo_in
from feed.models import ServiceTag
from feed.testing import make_pin
from marketplace.testing.html import assert_good_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Profile:
    return make_brand(name="Aperture Row", handle="aperture-row")


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Flat lays",
        "category": make_category(slug="photography", name="Photography").slug,
        "description": "Ten pictures.",
        "pricing": "packages",
        "price": "",
        "area": "By post",
        "countries": ["DE", "AT"],
        "languages": ["en"],
        "lead_days": "6",
        "p-0-name": "Ten",
        "p-0-scope": "Ten pictures\nTwo backdrops",
        "p-0-price": "320",
        "p-0-days": "6",
        "p-0-revisions": "1",
        "p-1-name": "",
        "p-1-scope": "",
        "p-1-price": "",
        "as": "draft",
        **changes,
    }


def test_seller_makes_publishes_and_archives_a_service(brand: Profile) -> None:
    client = client_for(owner_of(brand))
    pin = make_pin(author=brand, title="A shelf")
    base = "/studio/aperture-row/services/"
    assert "No services yet" in page_of(client, base)
    assert_good_html(page_of(client, f"{base}new/"))
    answer = client.post(
        f"{base}new/", typed(pictures=picture_file(), pin=[pin.public_id]), follow=True
    )
    assert "Saved as a draft" in answer.content.decode()
    service = Service.objects.get()
    assert (service.state, service.price_from, service.countries) == ("draft", 32_000, ["AT", "DE"])
    assert service.packages.get().scope == "Ten pictures\nTwo backdrops"
    assert service.images.count() == 1
    assert ServiceTag.objects.get().pin == pin

    edit = f"{base}{service.public_id}/"
    soup = assert_good_html(page_of(client, edit))
    assert soup.select_one(f'input[name="pin"][value="{pin.public_id}"][checked]') is not None
    assert soup.select_one('input[name="p-0-price"]')["value"] == "320.00"
    answer = client.post(f"{edit}move/", {"to": "published"}, follow=True)
    assert "Flat lays" in page_of(Client(), "/services/")
    client.post(undo_in(answer))
    assert Service.objects.get().state == "draft"
    assert "Flat lays" not in page_of(Client(), "/services/")
    client.post(f"{edit}move/", {"to": "published"})
    answer = client.post(f"{edit}move/", {"to": "draft"}, follow=True)
    assert "Flat lays is a draft again." in answer.content.decode()
    client.post(undo_in(answer))
    assert "Flat lays" in page_of(Client(), "/services/")
    client.post(f"{edit}move/", {"to": "archived"})
    assert "Flat lays" not in page_of(Client(), "/services/")
    client.post(undo_in(client.post(f"{edit}move/", {"to": "published"}, follow=True)))
    assert Service.objects.get().state == "archived"
    again = client.post(f"{edit}move/", {"to": "archived"}, follow=True)
    assert ("Flat lays is archived." in again.content.decode(), undo_in(again)) == (True, "")
    assert client.post(f"{edit}move/", {"to": "gone"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "Title"),
        ({"category": "x"}, "valid choice"),
        ({"pricing": "fixed"}, "Say what it costs"),
        ({"pricing": "hourly", "price": "free"}, "digits"),
        ({"p-0-name": ""}, "Name the package"),
        ({"p-0-price": "0"}, "above zero"),
        ({"p-0-price": "abc"}, "digits"),
        ({"p-0-days": "x"}, "Count working days"),
        ({"p-0-revisions": "99"}, "From 0 to 50"),
        ({"p-0-name": "", "p-0-scope": "", "p-0-price": ""}, "one package"),
        ({"lead_days": "999"}, "365"),
        ({"countries": ["US"]}, "valid choice"),
        ({"title": "x\x00"}, ""),
        ({"as": "publish"}, "Add a picture"),
    ],
)
def test_bad_input_is_told_kept_and_changes_nothing(
    brand: Profile, changes: dict[str, Any], says: str
) -> None:
    client = client_for(owner_of(brand))
    answer = client.post("/studio/aperture-row/services/new/", typed(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert says in page
    assert "Ten pictures" in page or "p-0-scope" in changes
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({"price": "free"}, ("packages", 32_000)),
        ({"pricing": "quote", "price": "free", "p-0-price": "abc"}, ("quote", None)),
        ({"pricing": "fixed", "price": "90", "p-0-price": "abc"}, ("fixed", 9_000)),
    ],
)
def test_what_does_not_belong_to_the_choice_is_not_asked(
    brand: Profile, changes: dict[str, Any], stored: tuple[str, int | None]
) -> None:
    client = client_for(owner_of(brand))
    answer = client.post("/studio/aperture-row/services/new/", typed(**changes))
    assert answer.status_code == 302
    service = Service.objects.get()
    assert (service.pricing, service.price_from) == stored
    wrong = client.post("/studio/aperture-row/services/new/", typed(**changes, title=""))
    assert wrong.status_code == 422
    for name in ("price", "p-0-price"):
        if name in changes:
            assert f'name="{name}" value="{changes[name]}"' in wrong.content.decode(), name


def test_pictures_of_others_are_not_taken(brand: Profile) -> None:
    stolen = make_image(owner_id=make_brand().pk)
    client_for(owner_of(brand)).post(
        "/studio/aperture-row/services/new/", typed(kept=[stolen.public_id])
    )
    assert Service.objects.get().images.count() == 0


def test_only_the_catalogue_of_the_brand_edits(brand: Profile) -> None:
    service = make_service(seller=brand, publish=False)
    base = "/studio/aperture-row/services/"
    rival = make_brand(handle="rival")
    for who in (make_member(brand=brand, role="orders"), owner_of(rival), make_person()):
        client = client_for(who)
        for path in (base, f"{base}new/", f"{base}{service.public_id}/"):
            assert client.get(path).status_code == 404
        assert client.post(f"{base}new/", typed()).status_code == 404
        move = client.post(f"{base}{service.public_id}/move/", {"to": "published"})
        assert move.status_code == 404
    foreign = client_for(owner_of(rival)).post(
        f"/studio/rival/services/{service.public_id}/", typed()
    )
    assert foreign.status_code == 404
    assert Service.objects.get().state == "draft"


def test_of_two_who_edit_at_once_the_second_is_told_and_decides(brand: Profile) -> None:
    one, two = client_for(owner_of(brand)), client_for(make_member(brand=brand, role="catalogue"))
    service = make_service(seller=brand, title="Flat lays", publish=False)
    edit = f"/studio/aperture-row/services/{service.public_id}/"

    def version(page: str) -> str:
        field = assert_good_html(page).select_one('input[name="version"]')
        assert field is not None
        return str(field["value"])

    seen = [version(page_of(client, edit)) for client in (one, two)]
    assert seen == ["1", "1"]
    saved = one.post(edit, typed(title="Flat lays by post", version=seen[0]))
    assert saved.status_code == 302
    late = two.post(edit, typed(title="Flat lays in a day", area="Lyon", version=seen[1]))
    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody else has saved this service in the meantime" in page
    assert 'value="Flat lays in a day"' in page
    assert 'value="Lyon"' in page
    service.refresh_from_db()
    assert (service.title, service.area, service.version) == ("Flat lays by post", "By post", 2)
    again = two.post(edit, typed(title="Flat lays in a day", version=version(page)))
    assert again.status_code == 302
    service.refresh_from_db()
    assert (service.title, service.version) == ("Flat lays in a day", 3)
