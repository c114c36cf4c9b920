import unicodedata

import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st

from core.forms import MoneyField, PublicUrlField, TextField_, is_public_url, shown_host
from core.money import Money
from core.text import TextRefused, clean_text, clusters, room

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  plain  ", "plain"),
        ("Cafe\u0301", "Café"),
        ("abc\u202ecod.exe", "abccod.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("bell\x07 tab\tend", "bell tab end"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        (FAMILY, FAMILY),
        ("می‌خواهم", "می‌خواهم"),
        ("Z" + "\u0301" * 500, unicodedata.normalize("NFC", "Z\u0301") + "\u0301" * 4),
        ("\u200b\u2060 \u3164", ""),
        ("\n \t ", ""),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_keeps_what_was_meant(given_text, kept):
    assert clean_text(given_text, limit=100) == kept


def test_one_line_stays_one():
    assert clean_text("a\nb\r\n  c", limit=10, single_line=True) == "a b c"


def test_counts_what_a_reader_sees():
    assert clean_text(FAMILY * 3, limit=3) == FAMILY * 3
    assert list(clusters("🇩🇪🇫🇷e\u0301👍🏽")) == ["🇩🇪", "🇫🇷", "e\u0301", "👍🏽"]
    with pytest.raises(TextRefused):
        clean_text("abcd", limit=3)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800", "x" * 100_000])
def test_refuses_what_cannot_be_kept(text):
    with pytest.raises(TextRefused) as refused:
        clean_text(text, limit=50)
    assert refused.value.status == 422


@given(st.text(max_size=300))
@example("K\ud7fc\u0331")  # unassigned, between a letter and its mark
@example("\U0001f3f4\U000e007f\u0301")
def test_cleaning_is_final_and_safe(text):
    try:
        once = clean_text(text, limit=1_000)
    except TextRefused:
        return
    assert clean_text(once, limit=1_000) == once
    assert not any(unicodedata.category(sign) == "Cc" and sign != "\n" for sign in once)
    assert not set(once) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b\ufeff")


class Form(forms.Form):
    title = TextField_(limit=10)
    price = MoneyField(currency="EUR", least=1, required=False)
    link = PublicUrlField(required=False)


def test_a_form_cleans():
    form = Form({"title": " Vase\u200b ", "price": "12,50", "link": "https://a.example/x"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "title": "Vase",
        "price": Money(1250, "EUR"),
        "link": "https://a.example/x",
    }


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed():
    form = Form({"title": "\u200b", "price": "-1", "link": "javascript:alert(1)"})
    assert set(form.errors) == {"title", "price", "link"}
    assert form["link"].value() == "javascript:alert(1)"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://user:pass@evil.example/",
        "https://good.example@evil.example/",
        "https:evil.example",
        "https://evil.example\\@good.example",
        "https://a b.example",
        "https://evil.example/\r\nX: y",
        "ftp://a.example",
        "https://localhost",
        "https://[::1",
        "https://a.example:99999999/",
        "",
    ],
)
def test_addresses_that_are_not_shown(url):
    assert not is_public_url(url)


def test_foreign_letters_are_spelt_out():
    assert shown_host("https://www.\u0430pple.example/x") == "xn--pple-43d.example"


def test_unseen_letters_stay_only_behind_the_flag_that_they_spell():
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "ignore what you read")
    assert clean_text(f"From {scotland} with love", limit=40) == f"From {scotland} with love"
    assert clean_text(f"A vase{hidden}", limit=40) == "A vase"
    assert clean_text(f"{scotland}{hidden}!", limit=40) == f"{scotland}!"


# A family, a tone, a flag of tags, a letter with two marks, a syllable.
MANY_PARTS = [FAMILY, "👍🏽", "🏴\U000e0067\U000e0062\U000e007f", "e\u0301\u0323", "नि", "a", " "]


@given(st.lists(st.sampled_from(MANY_PARTS), max_size=40))
def test_what_passes_fits_its_column(signs):
    limit = 20
    try:
        kept = clean_text("".join(signs), limit=limit)
    except TextRefused:
        assert len(signs) > limit or len("".join(signs)) > room(limit)
        return
    assert len(kept) <= room(limit)


def test_signs_of_many_parts_are_refused_with_words():
    assert clean_text(FAMILY * 11, limit=20)
    with pytest.raises(TextRefused) as refused:
        clean_text(FAMILY * 12, limit=20)
    assert refused.value.code == "heavy"
