"""VAT and phone numbers, offline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brands.numbers import checked_phone, checked_vat
from brands.types import PaperRefused


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("DE136695976", "DE", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("fr 40 303 265 045", "FR", "FR40303265045"),
        ("ATU13585627", "AT", "ATU13585627"),
        ("NL004495445B01", "NL", "NL004495445B01"),
        ("094259216", "GR", "EL094259216"),
        ("IT00743110157", "IT", "IT00743110157"),
        ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
        ("AB 1234 567", "AQ", "AB1234567"),
    ],
)
def test_right_numbers_are_brought_into_form(text, country, kept):
    assert checked_vat(text, country=country) == kept


@pytest.mark.parametrize(
    ("text", "country", "words"),
    [
        ("DE136695975", "DE", "check digit"),
        ("DE13669597", "DE", "longer or shorter"),
        ("DEABCDEFGHI", "DE", "not how VAT numbers of Germany"),
        ("FR40303265045", "DE", "of France, but the address is in Germany"),
        ("", "DE", "letters and digits"),
        ("?" * 30, "DE", "letters and digits"),
    ],
)
def test_wrong_numbers_say_why(text, country, words):
    with pytest.raises(PaperRefused, match=words) as refused:
        checked_vat(text, country=country)
    assert refused.value.field == "vat_id"


@given(text=st.text(max_size=40), country=st.sampled_from(["DE", "FR", "GR", "CH", "US", "ZZ"]))
def test_any_text_is_a_number_or_a_reason(text, country):
    for check in (checked_vat, checked_phone):
        try:
            said = check(text, country=country)
        except PaperRefused as refused:
            said = str(refused)
        assert said


def test_phones_are_kept_as_anybody_can_dial_them():
    assert checked_phone("030 5550123", country="DE") == "+49 30 5550123"
    assert checked_phone("+33 1 42 68 53 00", country="DE") == "+33 1 42 68 53 00"
