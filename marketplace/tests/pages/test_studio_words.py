"""One line on the overview says which pictures of a brand have no words."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from pytest_django import DjangoAssertNumQueries

from accounts.actions import set_pictures
from accounts.testing import Profile, client_for, make_brand, make_member, owner_of
from catalog.models import ProductImage, ServiceImage
from catalog.testing import make_image, make_product, make_service
from catalog.types import PictureInput
from core.media import Image
from feed.testing import make_pin
from feed.types import FurtherPicture
from marketplace.pages.studio_words import wordless

pytestmark = pytest.mark.django_db
WORDS = "A tall grey vase on a shelf"


@pytest.fixture
def brand() -> Profile:
    return make_brand(name="Ondine", handle="ondine")


def line(person: Profile) -> tuple[str, dict[str, str]] | None:
    page = BeautifulSoup(client_for(person).get("/studio/ondine/").content, "html5lib")
    found = page.select_one("#words")
    if found is None:
        return None
    links = {one.get_text(): str(one["href"]) for one in found.select("a")}
    return " ".join(found.get_text(" ").split()), links


def image_of(brand: Profile, alt: str = "") -> Image:
    image = make_image(owner_id=brand.pk)
    Image.objects.filter(pk=image.pk).update(alt=alt, file_name="img_1")
    image.refresh_from_db()
    return image


def show(brand: Profile, alt: str) -> None:
    """A product, a pin, a service and a cover whose pictures say this."""
    make_product(seller=brand, pictures=[PictureInput(image_id=image_of(brand, alt).pk)])
    make_pin(author=brand, image=image_of(brand, alt))
    service = make_service(seller=brand)
    ServiceImage.objects.filter(service=service).delete()
    ServiceImage.objects.create(service=service, image=image_of(brand, alt))
    cover = image_of(brand, alt)
    set_pictures(brand_id=brand.pk, picture_id=cover.pk, cover_id=cover.pk)
    ProductImage.objects.filter(product__seller=brand).update(alt="")


def test_it_sums_products_pins_services_and_the_cover(brand: Profile) -> None:
    show(brand, "IMG_1.jpg")
    found = line(owner_of(brand))
    assert found is not None
    words, links = found
    assert words.startswith("4 of your 4 pictures say nothing to those who cannot see them")
    assert links == {
        "Products (1)": "/studio/ondine/products/?state=silent",
        "Pins (1)": "/studio/ondine/pins/",
        "Services (1)": "/studio/ondine/services/",
        "Cover (1)": "/studio/ondine/storefront/",
    }


def test_what_has_words_is_praised_and_no_link_is_left(brand: Profile) -> None:
    show(brand, WORDS)
    assert line(owner_of(brand)) == (
        "Every picture is described for those who cannot see it: Products, Pins, Services.",
        {},
    )


def test_only_what_there_is_is_praised_and_a_cover_alone_is_not(brand: Profile) -> None:
    cover = image_of(brand, brand.name)
    set_pictures(brand_id=brand.pk, picture_id=cover.pk, cover_id=cover.pk)
    assert line(owner_of(brand)) is None
    make_pin(author=brand, image=image_of(brand, WORDS))
    assert line(owner_of(brand)) == (
        "Every picture is described for those who cannot see it: Pins.",
        {},
    )


def test_a_picture_of_a_pin_after_its_first_has_to_say_something_too(brand: Profile) -> None:
    show(brand, WORDS)
    further = [FurtherPicture(picture_id=image_of(brand, alt).public_id) for alt in ("", WORDS)]
    make_pin(author=brand, image=image_of(brand, WORDS), further=further)
    found = line(owner_of(brand))
    assert found is not None
    words, links = found
    assert words.startswith("1 of your 7 pictures")
    assert links == {"Pins (1)": "/studio/ondine/pins/"}


def test_only_who_can_write_words_is_told_and_nobody_of_no_pictures(brand: Profile) -> None:
    assert line(owner_of(brand)) is None
    show(brand, "")
    assert line(make_member(brand=brand, role="catalogue")) is not None
    assert line(make_member(brand=brand, role="finance")) is None


def test_it_costs_four_queries_however_many(
    brand: Profile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(3):
        show(brand, "")
    # products, pins, services, the brand with its cover
    with django_assert_num_queries(4):
        found = wordless(brand_id=brand.pk, handle="ondine")
    assert found is not None
    assert found.without == found.pictures == 10
