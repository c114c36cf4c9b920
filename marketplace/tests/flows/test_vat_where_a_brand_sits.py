"""Which VAT a new product has before its seller says one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from accounts.models import Organization
from accounts.testing import client_for, make_brand, owner_of
from catalog.models import Product
from marketplace.tests.api.calling import Program

pytestmark = pytest.mark.django_db

PLACES = [("FR", "20"), ("DE", "19"), ("FI", "25.5"), ("CH", "8.1"), ("", "19"), ("US", "19")]


def prefilled(brand: Any) -> str:
    page = client_for(owner_of(brand)).get(f"/studio/{brand.handle}/products/new/")
    field = BeautifulSoup(page.content, "html5lib").find("input", attrs={"name": "vat"})
    assert isinstance(field, Tag)
    return str(field["value"])


@pytest.mark.parametrize(("country", "percent"), PLACES)
def test_it_is_the_standard_rate_where_the_brand_sits(country: str, percent: str) -> None:
    brand = make_brand(handle="ondine")
    Organization.objects.filter(pk=brand.organization_id).update(country=country)
    assert prefilled(brand) == percent
    program = Program(owner_of(brand))
    program.good(
        program.call("POST", "studio/ondine/products/", {"title": "Tall vase", "variants": [{}]})
    )
    assert Product.objects.get().vat_rate == Decimal(percent) / 100


def test_a_program_that_tells_none_leaves_it_as_it_is() -> None:
    brand = make_brand(handle="ondine", country="FR")
    program, path = Program(owner_of(brand)), "studio/ondine/products/"
    made = program.good(
        program.call("POST", path, {"title": "Almanac", "variants": [{}], "vat_rate": "0.055"}),
    )
    program.good(
        program.call("PUT", f"{path}{made['id']}/", {"title": "Almanac 2027", "variants": [{}]})
    )
    book = Product.objects.get()
    assert (book.title, book.vat_rate) == ("Almanac 2027", Decimal("0.055"))
    program.good(
        program.call(
            "PUT", f"{path}{made['id']}/", {"title": "A", "variants": [{}], "vat_rate": "0"}
        )
    )
    assert Product.objects.get().vat_rate == 0
