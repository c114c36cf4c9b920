from datetime import date

import pytest

from sandbox.cards import TEST_CARDS, Behaviour, read_card

TODAY = date(2026, 11, 22)


def read(number="4242 4242 4242 4242", expiry="12 / 29", cvc="123"):
    return read_card(number=number, expiry=expiry, cvc=cvc, today=TODAY)


@pytest.mark.parametrize(
    "number", ["4242424242424242", "4242 4242 4242 4242", " 4242-4242-4242-4242 "]
)
def test_spaces_and_dashes_are_fine(number):
    card, wrong = read(number)
    assert wrong == {}
    assert (card.card.behaviour, card.last4) == (Behaviour.OK, "4242")


@pytest.mark.parametrize(
    ("expiry", "when"),
    [
        ("12/29", (12, 2029)),
        ("12 / 29", (12, 2029)),
        ("1/30", (1, 2030)),
        ("0130", (1, 2030)),
        ("01/2030", (1, 2030)),
        ("11/26", (11, 2026)),
        ("01-30", (1, 2030)),
    ],
)
def test_the_date_is_read_as_printed(expiry, when):
    card, wrong = read(expiry=expiry)
    assert wrong == {}
    assert (card.exp_month, card.exp_year) == when


@pytest.mark.parametrize("expiry", ["", "13/29", "00/29", "1", "ab/cd", "10/26", "12/1", "²/29"])
def test_a_date_without_sense_or_in_the_past_is_refused(expiry):
    card, wrong = read(expiry=expiry)
    assert card is None
    assert list(wrong) == ["expiry"]


@pytest.mark.parametrize(
    "number", ["", "4111111111111111", "1", "4242", "x" * 60, "\uff14\uff12" * 8]
)
def test_a_real_or_wrong_number_is_refused(number):
    card, wrong = read(number)
    assert card is None
    assert list(wrong) == ["number"]


@pytest.mark.parametrize("cvc", ["", "12", "12345", "abc", "1²3"])
def test_the_code_has_three_or_four_digits(cvc):
    assert list(read(cvc=cvc)[1]) == ["cvc"]


def test_every_test_card_is_shown_as_it_is_typed():
    assert {card.spaced.replace(" ", "") for card in TEST_CARDS} == {
        card.number for card in TEST_CARDS
    }
