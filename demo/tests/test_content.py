"""The market that people look around in is whole: words, prices, pictures, owners."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from core.text import clean_text
from demo.content.attributes import ATTRIBUTES, SHADES
from demo.content.boards import BOARDS
from demo.content.categories import CATEGORIES
from demo.content.goods import good_for
from demo.content.notes import NOTES
from demo.content.people import OPERATOR, OWNERS, PEOPLE
from demo.content.products import PICTURES, shots
from demo.content.services import WISHES, WORKS
from demo.content.studios import APPLICANT, STUDIOS
from demo.content.talk import SHARED, THREADS
from demo.content.texts import TEXTS
from demo.content.traits import OWN, answers_for
from demo.content.words import CAPTIONS, caption
from demo.logins import LOGINS
from demo.steps.people import EVERYBODY, email_of
from demo.steps.pins import STYLISTS
from demo.steps.products import lines
from feed.types import MAX_NOTE

SLUGS = {slug for slug, _name, _parent in CATEGORIES}
HANDLES = {person.handle for person in EVERYBODY}
KEYS = sorted(line.key for line in lines())
MOST_BYTES = 8 * 1024 * 1024


def test_every_product_has_words_of_its_own_and_no_words_are_left_over() -> None:
    assert set(KEYS) == set(TEXTS)


@pytest.mark.parametrize("key", KEYS)
def test_words_are_fit_for_a_product_page(key: str) -> None:
    words = TEXTS[key]

    assert words.category in SLUGS
    assert 500 <= words.price <= 400_000
    assert words.price % 100 == 0
    assert 40 <= len(words.text) <= 400
    assert words.details
    costs = [more for _size, more in words.sizes]
    assert all(words.price + more <= 400_000 for more in costs)
    assert costs[:1] in ([], [0]), "the first size is the one that the price is for"
    assert all(less <= more for less, more in pairwise(costs))
    assert len({size for size, _more in words.sizes}) == len(words.sizes)
    assert not any("," in size for size, _more in words.sizes), "forms list values with commas"


def test_no_text_and_no_title_is_used_twice() -> None:
    titles = [
        good_for(line.key, studio=line.studio, title=line.shots[0].title).title for line in lines()
    ]

    assert _twice(words.text for words in TEXTS.values()) == []
    assert _twice(titles) == []
    assert all(titles)


def test_a_title_names_the_thing_and_not_one_of_its_colours() -> None:
    for line in lines():
        good = good_for(line.key, studio=line.studio, title=line.shots[0].title)
        colours = tuple(f", {colour}" for colour in line.colours)

        assert not good.title.endswith(colours)


def test_furniture_is_made_to_order() -> None:
    made = [line.key for line in lines() if line.studio == "Halden Furniture"]

    assert made
    assert all(14 <= TEXTS[key].lead_days <= 28 for key in made)


def test_every_picture_of_the_index_is_there_and_together_they_are_light() -> None:
    files = [shot.path for shot in shots()]

    assert _twice(file.name for file in files) == []
    assert [file.name for file in files if not file.is_file()] == []
    assert {file.name for file in PICTURES.glob("*.webp")} == {file.name for file in files}
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES


def test_every_picture_is_described_and_belongs_to_somebody() -> None:
    houses = {studio.name for studio in (*STUDIOS, APPLICANT)}

    assert [shot.file for shot in shots() if not shot.alt] == []
    assert {shot.studio for shot in shots()} <= houses | {""}
    assert {line.studio for line in lines()} <= {one.name for one in STUDIOS if one.sells}


def test_rooms_tag_products_that_exist_inside_of_the_picture() -> None:
    for shot in shots():
        for key, x, y in shot.tags:
            assert key in TEXTS
            assert 0 <= x <= 1
            assert 0 <= y <= 1


def test_people_like_categories_that_exist() -> None:
    assert _twice(person.handle for person in EVERYBODY) == []
    assert OPERATOR not in (*PEOPLE, *OWNERS)
    for person in EVERYBODY:
        assert set(person.likes) <= SLUGS
    assert set(STYLISTS) <= HANDLES
    assert {login.email for login in LOGINS} <= {email_of(person) for person in EVERYBODY}


def test_boards_belong_to_people_and_collect_from_categories_that_exist() -> None:
    for board in BOARDS:
        assert board.owner in HANDLES
        assert set(board.likes) <= SLUGS
    assert _twice((board.owner, board.title) for board in BOARDS) == []


def test_notes_are_written_by_who_is_on_the_board_about_what_there_is() -> None:
    plans = {(board.owner, board.title) for board in BOARDS}
    beside = {(one.owner, one.title): {one.owner, *one.people} for one in SHARED}
    texts = []
    for board, writers in NOTES.items():
        assert board in plans
        assert set(writers) <= beside.get(board, {board[0]})
        for notes in writers.values():
            assert set(notes) <= SLUGS
            texts += [text for said in notes.values() for text in said]
    assert all(clean_text(text, limit=MAX_NOTE, single_line=True) == text for text in texts)


def test_captions_differ_and_lines_do_not_change_between_machines() -> None:
    assert len(CAPTIONS) == 60
    assert _twice(CAPTIONS) == []
    assert all(len(words) <= 100 for words in CAPTIONS)
    assert len({caption(key) for key in KEYS}) >= 15
    assert caption("dome-lamp") == caption("dome-lamp")


def test_services_have_words_packages_and_a_picture() -> None:
    pictured = {shot.product_key for shot in shots() if shot.kind == "service"}

    assert {work.key for work in WORKS} == pictured
    assert {work.pricing for work in WORKS} == {"fixed", "hourly", "packages", "quote"}
    for work in WORKS:
        assert work.category in SLUGS
        assert len(work.text) >= 100
        assert bool(work.sizes) == (work.pricing == "packages")
        assert bool(work.price) == (work.pricing in ("fixed", "hourly"))
        assert [one.price for one in work.sizes] == sorted(one.price for one in work.sizes)
    assert {wish.key for wish in WISHES} <= pictured
    assert {wish.who for wish in WISHES} <= HANDLES


def test_categories_stand_below_their_parents() -> None:
    known: set[str] = set()
    for slug, name, parent in CATEGORIES:
        assert name
        assert parent is None or parent in known
        known.add(slug)


def _twice(values) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]


def test_every_product_answers_what_its_category_asks() -> None:
    asked = {one.code for one in ATTRIBUTES}
    for line in lines():
        good = good_for(line.key, studio=line.studio, title=line.shots[0].title)
        found = answers_for(line.key, good, studio=line.studio, colours=list(line.colours))
        assert {"made_in", "hand_made"} <= set(found) <= asked, line.key
        assert len(found) >= 3 or len(line.colours) > 1, line.key
    assert set(OWN) <= set(KEYS)


def test_every_colour_of_a_picture_is_one_of_the_list() -> None:
    told = [word for _name, _swatch, words in SHADES for word in words]
    known = {word.lower() for word in told} | {name.lower() for name, _swatch, _words in SHADES}
    drawn = {colour for line in lines() for colour in line.colours}

    assert len(told) == len(set(told))
    assert drawn <= known


def test_talk_is_of_people_and_stands_where_its_words_fit() -> None:
    handles = {person.handle for person in PEOPLE}
    categories = {slug for slug, _name, _parent in CATEGORIES}
    for thread in THREADS:
        assert thread.category in categories
        spoken = {thread.first.who}
        for said in (thread.first, *thread.replies):
            assert said.who in handles
            assert said.answers in {"", *spoken}
            spoken.add(said.who)
    texts = [said.text for thread in THREADS for said in (thread.first, *thread.replies)]
    assert len(texts) == len(set(texts))


def test_shared_boards_are_among_those_that_are_made() -> None:
    plans = {(board.owner, board.title): board for board in BOARDS}
    for shared in SHARED:
        plan = plans[shared.owner, shared.title]
        assert sum(count for _title, count in shared.parts) <= plan.pins
        assert shared.owner not in {*shared.people, *shared.asked}
