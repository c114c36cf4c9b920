"""The pure parts: transitions, totals, what is read from addresses and forms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.types import ProfileRef
from catalog.types import DeliveryOption, Offer
from core.money import Money, MoneyError
from core.places import postcode_fits
from orders import totals
from orders.errors import BadQuantity, NotBuyable
from orders.numbers import new_order_number, read_order_number
from orders.quantities import read_quantity, read_wants, write_wants
from orders.states import CHECKOUT_MOVES, ORDER_MOVES, Actor, OrderState, may_move
from orders.types import Want


def offer(number: int, *, price: int, seller: int, rate: str, currency: str = "EUR") -> Offer:
    return Offer(
        variant_pk=number,
        variant_id=f"variant{number}",
        product_id=f"product{number}",
        product_slug="thing",
        product_title=f"Thing {number}",
        variant_title="",
        sku=f"SKU-{number}",
        seller_id=seller,
        seller=ProfileRef(
            id=seller, public_id=f"seller{seller}", kind="brand", handle="x", name="X"
        ),
        price=Money(price, currency),
        vat_rate=Decimal(rate),
        availability="in_stock",
        picture=None,
        return_days=30,
        lead_days=1,
        buyable=True,
        version=1,
    )


def way(price: int, currency: str = "EUR") -> DeliveryOption:
    return DeliveryOption(
        method_id="m",
        name="Standard",
        price=Money(price, currency),
        earliest=date(2026, 11, 26),
        latest=date(2026, 11, 27),
    )


LINES = st.lists(
    st.tuples(
        st.integers(1, 10**8),
        st.integers(1, 99),
        st.integers(1, 3),
        st.sampled_from(["0", "0.07", "0.19", "0.2", "0.255"]),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES, st.integers(0, 10**6), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_totals_add_up_in_every_currency(lines, fee, currency):
    offers = {
        f"variant{i}": offer(i, price=price, seller=seller, rate=rate, currency=currency)
        for i, (price, _quantity, seller, rate) in enumerate(lines)
    }
    wants = [
        Want(variant_id=f"variant{i}", quantity=quantity)
        for i, (_price, quantity, _seller, _rate) in enumerate(lines)
    ]
    options = {seller: [way(fee, currency)] for seller in (1, 2, 3)}
    found = totals.priced(
        wants=wants, offers=offers, options=options, methods=(), currency=currency
    )
    assert found.total == found.items + found.delivery
    assert sum(one.total.amount for one in found.parcels) == found.total.amount
    assert sum(line.total.amount for line in found.lines) == found.items.amount
    assert found.delivery.amount == fee * len(found.parcels)
    assert 0 <= found.tax.amount <= found.total.amount
    assert found.pieces == sum(quantity for _p, quantity, _s, _r in lines)


def test_two_currencies_are_never_added():
    offers = {
        "variant1": offer(1, price=100, seller=1, rate="0.2"),
        "variant2": offer(2, price=100, seller=2, rate="0.2", currency="USD"),
    }
    wants = [Want(variant_id=name, quantity=1) for name in offers]
    with pytest.raises(MoneyError):
        totals.priced(wants=wants, offers=offers, options={}, methods=(), currency="EUR")


@given(st.lists(st.tuples(st.sampled_from(list(OrderState)), st.sampled_from(list(Actor)))))
def test_random_moves_never_leave_the_graph(steps):
    state = OrderState.PENDING
    was_cancelled = was_shipped = False
    for target, actor in steps:
        if not may_move(current=state, target=target, actor=actor):
            continue
        assert target in ORDER_MOVES[state]
        assert not was_cancelled
        if target == OrderState.CANCELLED:
            assert not was_shipped
            was_cancelled = True
        if actor == Actor.BUYER and target == OrderState.CANCELLED:
            assert state in (OrderState.PENDING, OrderState.PAID)
        was_shipped |= target in (OrderState.PARTIALLY_SHIPPED, OrderState.SHIPPED)
        state = target


def test_tables_name_every_state_and_ends_are_ends():
    assert set(ORDER_MOVES) == set(OrderState)
    assert not ORDER_MOVES[OrderState.CANCELLED]
    assert not ORDER_MOVES[OrderState.COMPLETED]
    assert all(target in CHECKOUT_MOVES for moves in CHECKOUT_MOVES.values() for target in moves)


@pytest.mark.parametrize(
    "text", ["0", "-1", "1.5", "100", "1e9", "1e3", "NaN", " 1", "1 ", "true", "[]", "", "\u0661"]
)
def test_only_plain_numbers_are_quantities(text):
    with pytest.raises(BadQuantity):
        read_quantity(text)


def test_permalinks_are_read_and_written():
    assert read_wants("bcdfghjkmnpq:2,zzzzzzzzzzzz") == [
        Want(variant_id="bcdfghjkmnpq", quantity=2),
        Want(variant_id="zzzzzzzzzzzz", quantity=1),
    ]
    assert (
        write_wants(read_wants("bcdfghjkmnpq:2,zzzzzzzzzzzz:1")) == "bcdfghjkmnpq:2,zzzzzzzzzzzz:1"
    )
    assert write_wants(read_wants("bcdfghjkmnpq:1")) == "bcdfghjkmnpq"
    for text in ("", "a b", "UPPER", "x" * 40, ",".join(["bcdfghjkmnpq"] * 21)):
        with pytest.raises(NotBuyable):
            read_wants(text)
    with pytest.raises(BadQuantity):
        read_wants("bcdfghjkmnpq:60,bcdfghjkmnpq:60")


def test_order_numbers_are_read_as_people_type_them():
    for number in (new_order_number() for _ in range(200)):
        assert read_order_number(number) == number
        assert read_order_number(f" {number.lower().replace('-', '')} ") == number
        assert read_order_number(number + "1") is None


def test_postcodes_fit_their_country():
    assert postcode_fits("10115", "DE")
    assert not postcode_fits("1011", "DE")
    assert postcode_fits("1017 AB", "NL")
    assert not postcode_fits("1017", "NL")
    assert postcode_fits("1010", "AT")
