"""Pages by cursor: everything once, whatever is asked and whatever comes between."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import Image
from core.paging import BadCursor, Order, day, moment, whole, words

pytestmark = pytest.mark.django_db

BY_WORDS = Order(field="alt", read=words, descending=False)
BY_WORDS_BACK = Order(field="alt", read=words)


def make(words_of):
    before = Image.objects.count()
    Image.objects.bulk_create(
        Image(alt=alt, state="ready", width=8, height=8, colour="#aabbcc", bucket="r-125")
        for alt in words_of
    )
    assert Image.objects.count() == before + len(words_of)
    return Image.objects.all()


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
@pytest.mark.parametrize("order", [Order(), Order(descending=False), BY_WORDS, BY_WORDS_BACK])
def test_every_row_is_on_one_page_also_where_values_are_equal(order, size):
    rows = make(["Bonn", "Aachen", "Bonn", "", "Zürich", "Bonn", "a.b~c"])
    assert walk(rows, order, size) == [one.pk for one in order.sorted(rows)]
    assert len(set(walk(rows, order, size))) == 7


def test_a_row_that_comes_between_shifts_nothing():
    rows = make(["B", "C", "D"])
    first = BY_WORDS.sorted(rows)[0]
    make(["A"])
    after = BY_WORDS.sorted(rows, BY_WORDS.cursor(tie=first.pk, value=first.alt))
    assert [one.alt for one in after] == ["C", "D"]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "-", "x.y", "9" * 30, "1.\x00", "1." + "x" * 600, "1.\ud800", "²", "' OR 1=1"],
)
@pytest.mark.parametrize("order", [Order(), BY_WORDS])
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
