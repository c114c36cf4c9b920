"""What the search index knows of pins."""

from __future__ import annotations

import pytest

from accounts.testing import approve, make_brand
from core.testing import deliver_all
from feed.actions import restore_pin, take_down_pin
from feed.testing import make_pin
from search.queries import find

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    page = find(text=text, kinds=["pin"])
    assert page.total == len(page.items)
    return [hit.public_id for hit in page.items]


def test_pins_of_a_brand_that_waits_are_not_even_counted() -> None:
    brand = make_brand(approved=False)
    pin = make_pin(author=brand, title="A wobbly shelf")
    assert found("wobbly") == []
    approve(brand)
    deliver_all(except_queues=("media", "mail"))
    assert found("wobbly") == [pin.public_id]


def test_a_pin_that_was_taken_down_is_found_again_when_it_is_put_back() -> None:
    pin = make_pin(title="A wobbly shelf")
    take_down_pin(public_id=pin.public_id, operator_id=None, reason="A fake")
    assert found("wobbly") == []
    restore_pin(public_id=pin.public_id)
    assert found("wobbly") == [pin.public_id]
