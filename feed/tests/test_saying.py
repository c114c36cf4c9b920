"""What becomes a link in the words of a comment, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.saying import Part, handles_in, parts_of, shown_address

PEOPLE = {"mara": "/@mara/", "jonah.a": "/@jonah.a/"}


def links(text: str) -> list[tuple[str, str, str]]:
    return [
        (part.kind, part.text, part.url)
        for part in parts_of(text, people=PEOPLE)
        if part.kind != "text"
    ]


def test_people_hashtags_and_addresses_lead_somewhere() -> None:
    text = "Ask @Mara, she knows #celadon: https://glaze.example/a?b=1."
    assert links(text) == [
        ("mention", "@Mara", "/@mara/"),
        ("tag", "#celadon", "/tag/celadon/"),
        ("link", "glaze.example/a?b=1", "https://glaze.example/a?b=1"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "write to mara@mara.example",
        "@nobody knows",
        "place #1",
        "javascript:alert(1)",
        "data:text/html,hi",
        "//evil.example",
        "https://user:secret@evil.example/",
        "https://localhost/",
        "ftp://files.example/",
        "a&#39;b",
    ],
)
def test_plain_words_stay_plain(text: str) -> None:
    assert links(text) == []


def test_the_true_host_is_spelt_out_and_a_long_tail_cut() -> None:
    # A Cyrillic letter in the place of a Latin one.
    assert shown_address("https://p\N{CYRILLIC SMALL LETTER A}ypal.example/") == (
        "xn--pypal-4ve.example"
    )
    assert shown_address("https://shop.example/" + "a" * 90).endswith("…")
    assert len(shown_address("https://shop.example/" + "a" * 90)) == 40


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("(https://a.example/b)", "https://a.example/b"),
        ("https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("https://a.example/b, and", "https://a.example/b"),
        ("see https://a.example/b!", "https://a.example/b"),
    ],
)
def test_the_sentence_around_an_address_is_not_part_of_it(text: str, url: str) -> None:
    assert links(text)[0][2] == url
    assert "".join(_source(part) for part in parts_of(text, people=PEOPLE)) == text


def test_handles_are_found_once_each_in_lower_case() -> None:
    assert handles_in("@Mara @mara, @jonah.a. and x@sam @ida-b") == ["mara", "jonah.a", "ida-b"]


def _source(part: Part) -> str:
    return part.url if part.kind == "link" else part.text


@given(st.text(alphabet=st.sampled_from("@#:/. mar1ahttps?<>\n()é"), max_size=80))
def test_nothing_of_a_text_is_lost_or_doubled(text: str) -> None:
    assert "".join(_source(part) for part in parts_of(text, people=PEOPLE)) == text
