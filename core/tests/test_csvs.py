"""Files for spreadsheets: nothing in them is calculated, everything can be read back."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.csvs import cell, csv_answer, harmless, lines
from core.money import Money


def read_back(pieces):
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+49 30 1234",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =HYPERLINK(1)",
        "\u00a0=1",
        "\uff1d1+1",
    ],
)
def test_what_a_spreadsheet_would_calculate_is_words(text):
    assert harmless(text) == f"'{text}"
    assert read_back(lines(["x"], [[[text]]])) == [["x"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["", "Vase", "a=b", "5 - 2", "noor@mail.example", "s=", "1-2"])
def test_other_words_stay_as_they_are(text):
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (-5, "-5"),
        (Decimal("-0.50"), "-0.50"),
        (Money(123450, "EUR"), "1234.50"),
        (Money(-5, "EUR"), "-0.05"),
        (Money(1200, "JPY"), "1200"),
        (date(2026, 2, 3), "2026-02-03"),
        (datetime(2026, 2, 3, 4, 5, tzinfo=UTC), "2026-02-03 "),
    ],
)
def test_values_are_those_of_a_spreadsheet(value, text):
    assert cell(value).startswith(text)
    assert bool(cell(value)) is bool(text)


PIECES = st.lists(st.sampled_from(["=", "+", "-", "@", "'", '"', ",", " ", "\t", "\r\n", "ä"]))


@given(st.lists(st.tuples(PIECES.map("".join), PIECES.map("".join)), max_size=5))
def test_any_text_comes_back_and_none_begins_a_formula(rows):
    found = read_back(lines(["a", "b"], [rows]))[1:]
    assert [[one.removeprefix("'") for one in row] for row in found] == [
        [one.removeprefix("'") for one in row] for row in rows
    ]
    assert not any(one.lstrip()[:1] in "=+-@" and one.strip() for row in found for one in row)


def test_the_file_begins_with_the_mark_that_excel_needs_and_is_not_collected_first():
    asked = []

    def chunks():
        for number in range(3):
            asked.append(number)
            yield [[number]]

    answer = csv_answer(name="Ondine's orders/../", head=["n"], chunks=chunks())
    assert asked == []
    pieces = iter(answer)
    assert next(pieces).startswith(b"\xef\xbb\xbfn")
    next(pieces)
    assert asked == [0]
    assert answer["Content-Disposition"].startswith('attachment; filename="ondines-orders-')
    assert "/" not in answer["Content-Disposition"]
    assert "X-Accel-Buffering" not in answer, "who reads slowly keeps the proxy, no process"
