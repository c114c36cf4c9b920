"""The list under the search box, through HTTP."""

import re

import pytest

from accounts import actions as accounts
from accounts.testing import client_for, hide_brand, make_brand, make_person
from catalog import actions as catalog
from catalog.testing import make_category, make_product, make_service
from feed.testing import make_pin
from marketplace.pages import suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    make_category(slug="vases", name="Vases")
    brand = make_brand(name="Velvet Works", handle="velvet")
    product = make_product(seller=brand, title="Velour vase", price=9600)
    make_pin(author=brand, title="Velour evening", products=[product])
    make_service(seller=brand, title="Velour dyeing", pricing="quote")
    make_person(name="Velia Sand", handle="velia")
    return brand


def options(client, text):
    answer = client.get("/search/suggest/", {"q": text})
    assert answer.status_code == 200
    return re.findall(r'<a role="option"[^>]*href="([^"?]*)', answer.content.decode())


def test_every_kind_is_proposed_under_its_label(client, shop):
    page = client.get("/search/suggest/", {"q": "vel"}).content.decode()
    for label in ("Searches", "Brands", "People", "Products", "Pins and services"):
        assert re.search(rf'role="presentation">{label}</p>', page)
    for address in ("/@velvet/", "/@velia/", "/product/", "/pin/", "/service/"):
        assert f'href="{address}' in page
    assert "<mark>vel</mark>our" in page
    assert 'href="/search/?q=velour"' in page
    assert "€96" in page
    assert "?t=search." in page


def test_a_brand_is_proposed_for_what_it_makes(client, shop):
    make_product(seller=shop, title="Moss bowl")
    assert "/@velvet/" in options(client, "moss")


def test_options_are_named_groups_of_one_list(client, shop):
    page = client.get("/search/suggest/", {"q": "vel"}).content.decode()
    assert page.count('role="listbox"') == 1
    groups = re.findall(r'role="group" aria-labelledby="([\w-]+)"', page)
    assert len(groups) == 5
    assert all(f'id="{one}"' in page for one in groups)
    assert page.count('role="option" tabindex="-1"') == page.count('role="option"')


def test_without_words_there_is_only_the_frame(client, shop, django_assert_num_queries):
    for text in ("", "v", "\x00", "\u200b"):
        with django_assert_num_queries(0):
            page = client.get("/search/suggest/", {"q": text}).content.decode()
        assert "data-searches hidden" in page
        assert page.count('role="option"') == 1, "the pattern of what is remembered"


def test_what_may_not_be_seen_is_not_proposed(client, shop):
    make_product(seller=shop, title="Secretive vase", publish=False)
    make_pin(author=shop, title="Secretive evening", publish_now=False)
    make_service(seller=shop, title="Secretive dyeing", publish=False)
    gone = make_product(seller=shop, title="Secretive fake")
    catalog.take_down_product(public_id=gone.public_id, operator_id=None, reason="Fake.")
    other = make_brand(name="Secretive Works", handle="secretive")
    make_product(seller=other, title="Secretive jug")
    hide_brand(other)
    make_brand(name="Secretive Too", handle="secretive2", approved=False)
    assert options(client, "secr") == ["/search/"], "nothing but the pattern"


def test_who_is_blocked_or_muted_is_not_proposed(shop):
    person = make_person()
    other = make_person(name="Velma", handle="velma")
    accounts.block(blocker_id=person.pk, blocked_id=shop.pk)
    accounts.mute(muter_id=person.pk, muted_id=other.pk)
    page = client_for(person).get("/search/suggest/", {"q": "vel"}).content.decode()
    assert "/@velia/" in page
    for address in ("/@velvet/", "/@velma/", "/product/", "/pin/", "/service/"):
        assert f'href="{address}' not in page


def test_a_guest_is_not_given_a_session(client, shop):
    answer = client.get("/search/suggest/", {"q": "vel"})
    assert not answer.cookies


def test_who_asks_without_end_is_stopped(client, shop, monkeypatch):
    monkeypatch.setattr(suggestions, "PER_MINUTE", {"member": 3, "address": 2})
    codes = [client.get("/search/suggest/", {"q": "vel"}).status_code for _try in range(3)]
    assert codes == [200, 200, 429]
    # A member is counted apart from whoever shares the address.
    assert client_for(make_person()).get("/search/suggest/", {"q": "vel"}).status_code == 200


@pytest.mark.parametrize("text", ["2½", "\u02bbokina", "a\u02d0b", "⑴a"])
def test_letters_that_are_signs_in_plain_spelling_get_an_answer(client, shop, text):
    assert client.get("/search/suggest/", {"q": text}).status_code == 200


def test_words_come_back_as_words(client, shop):
    evil = '"><script>alert(1)</script>'
    make_product(seller=shop, title=f"Velour {evil}")
    page = client.get("/search/suggest/", {"q": f"velour {evil}"}).content.decode()
    page += client.get("/search/suggest/", {"q": "velo"}).content.decode()
    assert "<script>alert" not in page


def test_it_costs_the_same_for_any_number(client, shop, django_assert_num_queries):
    """The index; pins with their tags; products of tags and list; how much the searches would
    find. Session and user of a member."""
    with django_assert_num_queries(4):
        client.get("/search/suggest/", {"q": "vel"})
    for number in range(12):
        product = make_product(seller=shop, title=f"Velour bowl {number}")
        make_pin(author=shop, title=f"Velour {number}", products=[product])
    with django_assert_num_queries(4):
        client.get("/search/suggest/", {"q": "vel"})
    member = client_for(make_person())
    member.get("/help/")
    with django_assert_num_queries(6):
        member.get("/search/suggest/", {"q": "vel"})


def test_beside_a_search_stands_how_many_products_it_finds(client, shop):
    for number in range(26):
        make_product(seller=shop, title=f"Velour vest {number}", category="vases")
    make_product(seller=shop, title="Velour on a vest", category="vases")
    said = counts(client, "velour ve")
    assert "velour vest" in said
    for words, count in said.items():
        page = client.get("/search/", {"q": words, "kind": "product"}).content.decode()
        assert f">{count} product" in page
    buyer = make_person()
    accounts.block(blocker_id=shop.pk, blocked_id=buyer.pk)
    assert counts(client_for(buyer), "velour ve") == {}


def counts(client, text):
    """What stands beside each search that is proposed."""
    page = client.get("/search/suggest/", {"q": text}).content.decode()
    found = re.findall(r'data-query="([^"]+)".*?class="xs muted num">(\d+)<', page)
    return {words: int(count) for words, count in found}


@pytest.mark.parametrize("text", ["velur", "Velur vase", "velour vaes", "velur va"])
def test_a_word_that_stands_nowhere_is_proposed_as_it_may_be_meant(
    client, shop, django_assert_max_num_queries, text
):
    # The index; pins with their tags; products of tags and list; how much the search would find.
    with django_assert_max_num_queries(4):
        page = client.get("/search/suggest/", {"q": text}).content.decode()
    meant = "velour vase" if " " in text else "velour"
    assert f"Did you mean <b>{meant}</b>?" in page
    if not text.endswith("va"):
        searched = client.get("/search/", {"q": text}).content.decode()
        assert f"<b>{meant}</b></a>?" in searched, "the page of results says the same"
    assert counts(client, text)[meant] == 1
    assert client.get("/api/v1/search/suggestions/", {"q": text}).json()["meant"] == meant


@pytest.mark.parametrize("text", ["vel", "velour", "velour va", "Velvet", "qq", "zzzzzz"])
def test_what_stands_somewhere_or_is_like_nothing_is_let_be(client, shop, text):
    page = client.get("/search/suggest/", {"q": text}).content.decode()
    assert "Did you mean" not in page


def test_words_of_who_is_blocked_are_not_what_was_meant(client, shop):
    buyer = make_person()
    accounts.block(blocker_id=shop.pk, blocked_id=buyer.pk)
    page = client_for(buyer).get("/search/suggest/", {"q": "velur"}).content.decode()
    assert "Velour" not in page
    assert "<b>velour</b>" not in page


def test_every_page_has_the_box(client, shop):
    for path in ("/", "/help/", "/search/?q=velour", "/nothing-here/"):
        page = client.get(path).content.decode()
        assert 'data-suggest="/search/suggest/"' in page
        assert re.search(r'<form class="search" role="search" action="/search/"', page)
