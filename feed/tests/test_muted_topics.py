"""A muted word that names a topic hides what stands in it, and there is a way back on its page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from accounts import actions as accounts
from accounts.queries import mutes_of
from accounts.testing import Profile, client_for, make_brand, make_member, make_person, owner_of
from catalog.testing import make_category
from feed import timelines
from feed.models import Pin
from feed.testing import make_pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor() -> Profile:
    category_of = {
        "light": make_category(slug="light", name="Light and shade"),
        "lamps": make_category(slug="lamps", name="Lamps", parent="light"),
        "rugs": make_category(slug="rugs", name="Rugs"),
    }
    for title, category in (("Glow", "lamps"), ("Shade", "light"), ("Weave", "rugs")):
        pin = make_pin(title=title)
        Pin.objects.filter(pk=pin.pk).update(category=category_of[category])
    make_pin(title="Nowhere")
    return make_person(name="Noor")


def titles(client: Client, path: str = "/explore/") -> set[str]:
    page = client.get(path).content.decode()
    return {one for one in ("Glow", "Shade", "Weave", "Nowhere") if f">{one}<" in page}


def button(client: Client, path: str, word: str) -> Tag | None:
    page = BeautifulSoup(client.get(path).content, "html5lib")
    found = [one for one in page.select("main button") if one.get_text().startswith(word)]
    return found[0] if found else None


@pytest.mark.parametrize("word", ["light", "Light and shade", "#light"])
def test_a_word_that_names_a_topic_hides_its_branch(noor: Profile, word: str) -> None:
    client, walls = client_for(noor), ("/", "/explore/", "/explore/lamps/")
    assert titles(client) == {"Glow", "Shade", "Weave", "Nowhere"}
    assert ["Glow" in titles(client, path) for path in walls] == [True] * 3, "the control"
    accounts.mute_word(muter_id=noor.pk, word=word)
    assert ["Glow" in titles(client, path) for path in walls] == [False] * 3
    assert titles(client) == {"Weave", "Nowhere"}
    assert titles(Client()) == {"Glow", "Shade", "Weave", "Nowhere"}


def test_a_topic_below_leaves_the_one_above(noor: Profile) -> None:
    accounts.mute_word(muter_id=noor.pk, word="lamps")
    assert titles(client_for(noor)) == {"Shade", "Weave", "Nowhere"}


def test_it_is_muted_and_unmuted_on_its_page_without_a_script(noor: Profile) -> None:
    client = client_for(noor)
    mute = button(client, "/explore/light/", "Mute")
    assert mute is not None
    acting = {"next": "/explore/light/", "acting": noor.public_id}
    data = {str(mute["name"]): str(mute["value"]), **acting}
    answer = client.post(str(mute["formaction"]), data)
    assert answer["Location"] == "/explore/light/"
    assert [one.word for one in mutes_of(profile_id=noor.pk)] == ["light"]
    page = client.get("/explore/light/").content.decode()
    assert "You muted “light”" in page
    # Below it as well: the way back is to the word that hides it.
    back = button(client, "/explore/lamps/", "Unmute")
    assert back is not None
    client.post(str(back["formaction"]), acting)
    assert not mutes_of(profile_id=noor.pk)
    assert titles(client, "/explore/light/") == {"Glow", "Shade"}


def test_a_topic_with_the_longest_address_is_muted_on_its_page(noor: Profile) -> None:
    category = make_category(name="Looms")
    longest = category._meta.get_field("slug").max_length
    assert longest is not None
    category.slug = slug = "loom-" * (longest // 5 - 1) + "looms"
    category.save()
    Pin.objects.filter(title="Weave").update(category=category)
    client, path = client_for(noor), f"/explore/{slug}/"
    mute = button(client, path, "Mute")
    assert mute is not None
    data = {str(mute["name"]): str(mute["value"]), "acting": noor.public_id}
    assert client.post(str(mute["formaction"]), data).status_code == 302
    assert titles(client) == {"Glow", "Shade", "Nowhere"}
    back = button(client, path, "Unmute")
    assert back is not None
    client.post(str(back["formaction"]), {"acting": noor.public_id})
    assert "Weave" in titles(client)


def test_who_has_no_walls_of_their_own_or_no_voice_is_not_offered_it(noor: Profile) -> None:
    assert button(Client(), "/explore/light/", "Mute") is None
    brand = make_brand()
    packer = client_for(make_member(brand=brand, role="orders"), acting=brand)
    assert button(packer, "/explore/light/", "Mute") is None
    assert button(client_for(owner_of(brand), acting=brand), "/explore/light/", "Mute") is not None


@pytest.mark.parametrize("path", ["/explore/", "/following/"])
def test_where_a_whole_page_is_muted_the_wall_goes_on(
    noor: Profile, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(timelines, "PAGE_SIZE", 2)
    for pin in Pin.objects.all():
        accounts.follow(follower_id=noor.pk, followed_id=pin.author_id)
    client = client_for(noor)
    first = titles(client, path)
    assert len(first) == 2
    for word in first:
        accounts.mute_word(muter_id=noor.pk, word=word)
    assert titles(client, path) == {"Glow", "Shade", "Weave", "Nowhere"} - first
