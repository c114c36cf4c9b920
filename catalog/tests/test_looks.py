"""A brand's colours are its own; that everybody can read the page is ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.testing import make_brand
from catalog import actions, queries
from catalog.models import StorefrontVersion
from catalog.tones import AA, INK, PAPER, QUIET, SURFACE, THEMES, contrast, tones
from catalog.types import LookInput, LookOvertaken
from core.errors import Invalid, NotFound

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
BOTH = ("pins", "about")


@given(accent=COLOURS, ground=COLOURS, theme=st.sampled_from(THEMES))
def test_any_colours_keep_the_contrast_of_text(accent, ground, theme):
    found = tones(accent=accent, ground=ground, theme=theme)
    pairs = [
        (found.on_accent, found.accent),
        (found.link, PAPER[theme]),
        (found.link, SURFACE[theme]),
        (INK[theme], found.ground),
        (QUIET[theme], found.ground),
    ]
    assert [pair for pair in pairs if contrast(*pair) < AA] == []


@given(colour=COLOURS, theme=st.sampled_from(THEMES))
def test_a_colour_that_can_be_read_stays_as_it_was_chosen(colour, theme):
    found = tones(accent=colour, ground=colour, theme=theme)
    assert found.accent == colour
    if min(contrast(colour, PAPER[theme]), contrast(colour, SURFACE[theme])) >= AA:
        assert found.link == colour
    if min(contrast(colour, INK[theme]), contrast(colour, QUIET[theme])) >= AA:
        assert found.ground == colour


def test_a_yellow_becomes_a_dark_gold_on_white_and_stays_on_black():
    assert tones(accent="#ffd400", ground="", theme="light").link == "#7a6511"
    assert tones(accent="#ffd400", ground="", theme="dark").link == "#ffd400"
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0


def look(**changes):
    plain = {"story": "We throw.", "accent": "#5438d0", "ground": "", "sections": BOTH}
    return LookInput(**{**plain, **changes})


@pytest.mark.django_db
def test_a_look_is_saved_undone_and_undone_again():
    brand = make_brand()
    for one in ("#111111", "#222222", "#222222", "#333333"):
        actions.save_look(profile_id=brand.pk, data=look(accent=one), actor_id=None)

    def accent():
        return queries.storefront(profile_id=brand.pk).accent

    assert accent() == "#333333"
    assert StorefrontVersion.objects.count() == 3, "the same again keeps nothing"
    for before in ("#222222", "#111111", ""):
        save = queries.last_save(profile_id=brand.pk).id
        actions.undo_look(profile_id=brand.pk, actor_id=None, save_id=save)
        assert accent() == before
        with pytest.raises(LookOvertaken):
            actions.undo_look(profile_id=brand.pk, actor_id=None, save_id=save)
        assert accent() == before
    assert queries.last_save(profile_id=brand.pk) is None
    with pytest.raises(NotFound):
        actions.undo_look(profile_id=make_brand().pk, actor_id=None, save_id=save)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"accent": "red"},
        {"accent": "#FFF"},
        {"ground": "#12345g"},
        {"ground": "#123456;}body{display:none"},
        {"sections": ("pins",)},
        {"sections": ("pins", "about", "pins")},
        {"sections": ("pins", "about", "shop")},
    ],
)
def test_what_is_no_look_changes_nothing(wrong):
    brand = make_brand()
    with pytest.raises(Invalid):
        actions.save_look(profile_id=brand.pk, data=look(**wrong), actor_id=None)
    assert queries.storefront(profile_id=brand.pk) is None


def test_the_style_sheet_says_both_themes():
    text = queries.brand_style(accent="#ffd400", ground="#cc3366")
    assert "--brand-link:light-dark(#7a6511,#ffd400)" in text
    assert "--brand-ground:light-dark(" in text
    assert "--brand-accent" not in queries.brand_style(accent="", ground="#cc3366")
