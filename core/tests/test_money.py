from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import (
    Money,
    MoneyError,
    exponent,
    format_money,
    included_vat,
    parse_money,
    rounded,
    total,
)

amounts = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(lambda one: sum(one) > 0)
rates = st.decimals(0, 2, places=4)
currencies = st.sampled_from(["EUR", "JPY", "KWD"])


@given(amounts, weights, currencies)
def test_allocated_parts_add_up_and_differ_from_fair_by_less_than_one(amount, shares, currency):
    whole = Money(amount, currency)
    parts = whole.allocate(shares)
    assert total(parts, currency=currency) == whole
    for part, share in zip(parts, shares, strict=True):
        assert abs(part.amount * sum(shares) - amount * share) < sum(shares)


@given(st.lists(amounts, max_size=20))
def test_a_sum_is_the_sum(values):
    assert total([Money(one, "EUR") for one in values], currency="EUR").amount == sum(values)


@given(amounts, rates)
def test_a_share_and_the_rest_are_the_whole(amount, rate):
    whole = Money(amount, "EUR")
    share = whole.share(rate)
    assert share + (whole - share) == whole
    assert abs(Decimal(share.amount) - Decimal(amount) * rate) <= Decimal("0.5")


@given(st.integers(0, 10**13), st.decimals(0, 1, places=3))
def test_included_vat_is_never_more_than_the_price(gross, rate):
    vat = included_vat(Money(gross, "EUR"), rate)
    assert 0 <= vat.amount <= gross
    net = gross - vat.amount
    assert abs(Decimal(net) * rate - vat.amount) <= 1 + rate


@given(st.integers(0, 10**12), currencies)
def test_what_is_written_plainly_is_read_back(amount, currency):
    digits = exponent(currency)
    text = f"{Decimal(amount).scaleb(-digits):f}"
    assert parse_money(text, currency) == Money(amount, currency)


def test_rounds_half_to_even():
    assert [rounded(Decimal(one)) for one in ("0.5", "1.5", "2.5", "-0.5", "-1.5")] == [
        0,
        2,
        2,
        0,
        -2,
    ]


def test_three_thirds_of_a_euro():
    assert [one.amount for one in Money(100, "EUR").allocate([1, 1, 1])] == [34, 33, 33]


def test_vat_of_a_german_price():
    assert included_vat(Money(11900, "EUR"), Decimal("0.19")) == Money(1900, "EUR")


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("12", "EUR", 1200),
        (" 12.5 ", "EUR", 1250),
        ("12,50", "EUR", 1250),
        ("1 234.50", "EUR", 123450),
        ("0", "EUR", 0),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
    ],
)
def test_reads_what_people_type(text, currency, amount):
    assert parse_money(text, currency) == Money(amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "1e3",
        "NaN",
        "inf",
        "1.234",
        "1,234.50",
        "١٢",
        "12.",
        "0x10",
        "9" * 40,
        "1_0",
    ],
)
def test_refuses_what_is_no_amount(text):
    with pytest.raises(MoneyError):
        parse_money(text, "EUR")


def test_yen_have_no_decimals():
    with pytest.raises(MoneyError):
        parse_money("5.0", "JPY")


def test_currencies_do_not_mix():
    with pytest.raises(MoneyError):
        Money(1, "EUR") + Money(1, "JPY")
    with pytest.raises(MoneyError):
        exponent("XYZ")


def test_no_floats_and_no_booleans():
    wrongs: list[Any] = [1.0, True, "1"]
    for wrong in wrongs:
        with pytest.raises(TypeError):
            Money(wrong, "EUR")
    with pytest.raises(TypeError):
        Money(1, "EUR") * wrongs[0]


def test_formats_by_the_exponent():
    assert format_money(Money(123450, "EUR")) == "€1,234.50"
    assert format_money(Money(1234, "JPY")) == "¥1,234"
    assert format_money(Money(-5, "KWD")) == "-KWD0.005"
