"""A person begins a brand: once, however often the button is pressed."""

from __future__ import annotations

import pytest

from accounts.testing import Profile, make_person
from brands.actions import found_brand
from brands.types import TooManyDrafts
from core.testing import race


@pytest.mark.django_db(transaction=True)
def test_two_presses_found_one_brand() -> None:
    person = make_person()
    found = race(2, lambda _number: found_brand(user_id=person.user_id or 0, name="Ondine"))
    refused = [one for one in found if isinstance(one, Exception)]
    assert [type(one).__name__ for one in refused] == ["NameRefused"]
    assert Profile.objects.filter(kind="brand").count() == 1


@pytest.mark.django_db(transaction=True)
def test_five_tabs_begin_three_brands() -> None:
    person = make_person()
    found = race(5, lambda number: found_brand(user_id=person.user_id or 0, name=f"Brand {number}"))
    refused = [one for one in found if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [TooManyDrafts] * 2
    assert Profile.objects.filter(kind="brand").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_people_of_one_name_get_two_handles() -> None:
    """Free handles are found and then taken; whoever is later finds another."""
    people = [make_person() for _ in range(4)]
    found = race(4, lambda at: found_brand(user_id=people[at].user_id or 0, name=f"Lumen {at}" * 2))
    assert not [one for one in found if isinstance(one, Exception)]
