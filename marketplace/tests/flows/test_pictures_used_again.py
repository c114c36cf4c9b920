"""A picture that is out of sight comes back with whatever shows it anew, not only a day later."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import set_pictures, update_profile
from accounts.queries import profile_refs
from accounts.testing import Profile, make_brand
from catalog.actions import save_collection, update_product, update_service
from catalog.testing import (
    make_collection,
    make_image,
    make_product,
    make_service,
    product_data,
    service_data,
)
from catalog.types import CollectionInput, PictureInput
from core import files
from core.media import Image
from core.testing import deliver_all
from messaging.actions import request_quote
from messaging.types import Asker, BriefData, Subject

pytestmark = pytest.mark.django_db
Use = Callable[[], object]


def beside_a_name(brand: Profile, image: Image) -> Use:
    said = partial(update_profile, name=brand.name, handle=brand.handle, bio="", links=[])
    return partial(said, profile_id=brand.pk, picture_id=image.pk)


def above_a_storefront(brand: Profile, image: Image) -> Use:
    return partial(set_pictures, brand_id=brand.pk, cover_id=image.pk)


def of_a_product(brand: Profile, image: Image) -> Use:
    product = make_product(seller=brand, publish=False)
    data = product_data(pictures=[PictureInput(image_id=image.pk)])
    act = partial(update_product, seller_id=brand.pk, actor_id=None)
    return partial(act, product_id=product.public_id, data=data)


def of_a_service(brand: Profile, image: Image) -> Use:
    service = make_service(seller=brand, publish=False)
    data = service_data(pictures=[PictureInput(image_id=image.pk)])
    act = partial(update_service, seller_id=brand.pk, actor_id=None)
    return partial(act, service_id=service.public_id, data=data)


def of_a_collection(brand: Profile, image: Image) -> Use:
    row = make_collection(seller=brand)
    data = CollectionInput(title=row.title, shown=False, cover_id=image.pk)
    act = partial(save_collection, seller_id=brand.pk, actor_id=None)
    return partial(act, public_id=row.public_id, data=data)


def in_a_request_for_a_quote(brand: Profile, image: Image) -> Use:
    service, asker = make_service(seller=make_brand()), Asker(name="N", email="n@mail.example")
    to = profile_refs(ids=[service.seller_id])[service.seller_id]
    subject = Subject(kind="service", ref=service.public_id, title="S", url="/", to=to)
    brief = BriefData(text="Like this.", images=(image,))
    return partial(request_quote, subject=subject, asker=asker, data=brief)


@pytest.mark.parametrize(
    "use",
    [
        beside_a_name,
        above_a_storefront,
        of_a_product,
        of_a_service,
        of_a_collection,
        in_a_request_for_a_quote,
    ],
)
def test_it_is_seen_again_and_the_same_again_asks_nothing(
    use: Callable[[Profile, Image], Use],
) -> None:
    brand = make_brand()
    image, other = (make_image(owner_id=brand.pk) for _ in range(2))
    act = use(brand, image)
    for one in (image, other):
        files.withdraw(one.public_id)
    act()
    deliver_all(except_queues=("media", "mail"))
    assert [files.is_withdrawn(one.public_id) for one in (image, other)] == [False, True]
    with CaptureQueriesContext(connection) as asked:
        act()
    held = [one["sql"] for one in asked if '"core_image"' in one["sql"] and "SKIP" in one["sql"]]
    assert held == [], "no question more for a picture that is there already"
