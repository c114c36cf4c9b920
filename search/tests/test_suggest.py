"""What goes on from a text whose last word is still being typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.actions import put_documents
from search.queries import completions, suggest
from search.tests.test_find import HOSTILE, SHELF
from search.types import KINDS, DocumentData

pytestmark = pytest.mark.django_db

MOST = dict.fromkeys(KINDS, 3)


@pytest.fixture(autouse=True)
def shelf():
    put_documents(documents=SHELF)


def of(text: str, kind: str = "product", **more) -> list[str]:
    return [hit.public_id for hit in suggest(text=text, most=MOST, **more).of_kind[kind]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("va", "vase-tall"),
        ("tall va", "vase-tall"),
        ("lmap", "lamp-floor"),
        ("tall vsae", "vase-tall"),
        ("round v", "vase-round"),
        ("Éc", "poster"),
        # Stemmed, "lightin" begins nothing; likeness helps out.
        ("morning mug", "mugs"),
        ("vaze", "vase-tall"),
        ("cedra", "soap"),
        ("roll-t", "backpack"),
    ],
)
def test_a_word_that_has_begun_is_enough(text, wanted):
    assert wanted in of(text)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("vaze", ["vaze"]),
        ("tall vaze", ["vaze"]),
        ("tlal vase", ["tlal"]),
        ("va", []),
        ("tall va", []),
        ("20x30", []),
        ("xq", []),
    ],
)
def test_words_that_stand_nowhere_are_told(text, unknown):
    assert list(suggest(text=text, most=MOST).unknown) == unknown


def test_every_kind_has_its_own_places():
    put_documents(
        documents=[
            DocumentData(kind="pin", public_id=f"p{n}", title=f"Lumen {n}") for n in range(50)
        ]
    )
    found = suggest(text="lum", most={"pin": 4, "brand": 2, "person": 0}).of_kind
    assert [len(found["pin"]), [one.public_id for one in found["brand"]]] == [4, ["lumen"]]
    assert "person" not in found


def test_the_better_known_of_equals_is_first():
    put_documents(
        documents=[
            DocumentData(kind="person", public_id=f"m{n}", title="Marta", popularity=n)
            for n in range(5)
        ]
    )
    assert of("mart", "person") == ["m4", "m3", "m2"]


def test_nothing_is_asked_for_one_letter():
    with CaptureQueriesContext(connection) as queries:
        for text in ("", " ", "v", "?", "' v"):
            assert not any(suggest(text=text, most=MOST).of_kind.values())
    assert len(queries) == 0


def test_one_query_whatever_is_typed(django_assert_num_queries):
    with django_assert_num_queries(1):
        suggest(text="tall round va", most=MOST, without=["x"])


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_safe(text):
    assert all(len(found) <= 3 for found in suggest(text=text, most=MOST).of_kind.values())


def test_who_is_not_met_is_not_suggested():
    put_documents(
        documents=[
            DocumentData(
                kind="product", public_id="x", title="Velvet chair", facets={"owner": "foe"}
            )
        ]
    )
    assert of("velv") == ["x"]
    assert of("velv", without=["foe"]) == []
    assert of("velvt", without=["foe"]) == []


def test_completions_keep_what_was_typed_and_take_the_usual_word_first():
    titles = ["Tall vase", "Vase, rust", "Vanity case", "A valise", "VASE", "Two vases"]
    assert completions(text="Tall Va", titles=titles, limit=2) == ["Tall Vase", "Tall Valise"]
    assert completions(text="vase", titles=titles, limit=3) == []
    for text in ("va ", "", "va!", '"'):
        assert completions(text=text, titles=titles, limit=3) == []


@pytest.mark.slow
def test_letters_that_plain_spelling_turns_into_signs_are_safe():
    """½ is ` 1/2` in plain spelling, an okina an apostrophe: signs of PostgreSQL's own language."""
    letters = [chr(code) for code in range(0x80, 0x20000) if chr(code).isalnum()]
    with connection.cursor() as cursor:
        cursor.execute(
            r"SELECT letter FROM unnest(%s::text[]) AS letter"
            r" WHERE search_plain(letter) ~ '[^[:alnum:]]'",
            [letters],
        )
        odd = [letter for (letter,) in cursor.fetchall()]
    assert {"½", "\u02bb", "\u02d0", "⑴"} <= set(odd)
    for letter in odd:
        for text in (f"2{letter}", f"{letter}okina", f"tall a{letter}b"):
            suggest(text=text, most={"product": 1})


def test_what_stands_with_such_letters_is_found():
    put_documents(
        documents=[
            DocumentData(kind="product", public_id="bit", title="Drill bit 2½ inch"),
            DocumentData(kind="product", public_id="oil", title="\u02bbOkina oil"),
        ]
    )
    assert of("drill 2½") == ["bit"]
    assert of("\u02bboki") == ["oil"]
