"""Pages by cursor: everything once, whatever is asked and whatever comes between."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Address
from accounts.testing import make_person
from core.paging import BadCursor, Order, day, moment, whole, words

pytestmark = pytest.mark.django_db

BY_CITY = Order(field="city", read=words, descending=False)
BY_CITY_BACK = Order(field="city", read=words)


def make(cities):
    user = make_person().user
    Address.objects.bulk_create(
        Address(user=user, name="N", line1="L", postcode="1", city=city, country="DE")
        for city in cities
    )
    return Address.objects.filter(user=user)


def walk(rows, order, size):
    """Keys of all rows in the order of the pages."""
    found, cursor = [], None
    for _page in range(50):
        page = list(order.sorted(rows, cursor)[:size])
        found += [one.pk for one in page]
        if len(page) < size:
            return found
        last = page[-1]
        value = getattr(last, order.field) if order.field else None
        cursor = order.cursor(tie=last.pk, value=value)
    raise AssertionError("The pages never end.")


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("order", [Order(), Order(descending=False), BY_CITY, BY_CITY_BACK])
def test_every_row_is_on_one_page_also_where_values_are_equal(order, size):
    rows = make(["Bonn", "Aachen", "Bonn", "", "Zürich", "Bonn", "a.b~c"])
    assert walk(rows, order, size) == [one.pk for one in order.sorted(rows)]
    assert len(set(walk(rows, order, size))) == 7


def test_a_row_that_comes_between_shifts_nothing():
    rows = make(["B", "C", "D"])
    first = BY_CITY.sorted(rows)[0]
    make(["A"])
    Address.objects.filter(city="A").update(user=first.user)
    after = BY_CITY.sorted(rows, BY_CITY.cursor(tie=first.pk, value=first.city))
    assert [one.city for one in after] == ["C", "D"]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "-", "x.y", "9" * 30, "1.\x00", "1." + "x" * 600, "1.\ud800", "²", "' OR 1=1"],
)
@pytest.mark.parametrize("order", [Order(), BY_CITY])
def test_a_cursor_that_makes_no_sense_begins_at_the_start(order, cursor):
    rows = make(["A", "B"])
    assert len(list(order.sorted(rows, cursor))) == 2


@pytest.mark.parametrize("read", [whole, moment, day])
@given(text=st.text())
def test_readers_answer_or_refuse(read, text):
    try:
        read(text)
    except BadCursor:
        pass


def test_readers_read_what_cursors_say():
    now = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
    assert moment(now.isoformat()) == now
    assert day(date(2026, 2, 3).isoformat()) == date(2026, 2, 3)
    assert whole("-5") == -5
    with pytest.raises(BadCursor):
        moment("2026-02-03T04:05:06")
