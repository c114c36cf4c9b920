# mypy: disable-error-code="union-attr"
"""Reads: what they show, to whom, and for how many statements."""

import pytest

from accounts.testing import (
    hide_brand,
    make_brand,
    make_member,
    make_person,
    show_brand,
    viewer_for,
)
from catalog import actions, queries
from catalog.testing import make_image, make_product, tell_story
from catalog.types import PictureInput
from core.errors import DomainError
from core.money import Money

pytestmark = pytest.mark.django_db


def test_cards_come_in_the_order_asked_for_and_cost_one_query(django_assert_num_queries):
    products = [make_product() for _ in range(3)]
    wanted = [products[2].pk, products[0].pk, 987654, products[1].pk]
    with django_assert_num_queries(1):
        cards = queries.product_cards(ids=wanted)
    assert [card.id for card in cards] == [products[2].pk, products[0].pk, products[1].pk]
    with django_assert_num_queries(1):
        queries.product_cards(public_ids=[one.public_id for one in products])
    with django_assert_num_queries(0):
        assert queries.product_cards(ids=[]) == []


def test_a_card_has_what_a_wall_shows():
    product = make_product(title="Tall vase", price=9600)
    card = queries.product_cards(public_ids=[product.public_id])[0]
    assert card.title == "Tall vase"
    assert card.price == Money(9600, "EUR")
    assert card.seller.handle == product.seller.handle
    assert card.picture is not None
    assert card.picture.ready
    assert card.variant_id == product.variants.get().public_id
    assert not card.price_varies


def test_named_variants_get_a_card_of_their_own(django_assert_num_queries):
    product = make_product(sizes=["S", "L"], price=7000)
    large = product.variants.get(title="L")
    with django_assert_num_queries(1):
        cards = queries.product_cards(
            public_ids=[product.public_id], variant_ids=[large.public_id, "nothing"]
        )
    assert [(card.chosen, card.price.amount) for card in cards] == [(False, 7000), (True, 7100)]
    assert cards[1].variant_id == large.public_id
    assert cards[1].picture == cards[0].picture


def test_offers_are_one_query_and_name_only_what_can_be_bought(django_assert_num_queries):
    good = make_product(sizes=["S", "L"])
    draft = make_product(publish=False)
    off = make_product()
    off.variants.update(active=False)
    gone = make_product()
    actions.archive_product(product_id=gone.public_id, seller_id=gone.seller_id, actor_id=None)
    hidden = make_product()
    hide_brand(hidden.seller)
    everything = [good, draft, off, gone, hidden]
    ids = [one.public_id for product in everything for one in product.variants.all()]
    with django_assert_num_queries(1):
        found = queries.offers(variant_ids=ids)
    assert set(found) == set(good.variants.values_list("public_id", flat=True))
    pks = list(good.variants.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert queries.offers(variant_pks=pks) == found


def test_an_offer_that_is_sold_out_is_named_and_not_buyable():
    product = make_product(availability="sold_out")
    variant = product.variants.get()
    offer = queries.offers(variant_ids=[variant.public_id])[variant.public_id]
    assert not offer.buyable
    assert offer.seller_id == product.seller_id
    assert offer.title == product.title


def test_nothing_of_a_brand_is_public_while_it_is_hidden():
    brand = make_brand()
    product = make_product(seller=brand)
    hide_brand(brand)
    assert queries.product_cards(ids=[product.pk]) == []
    assert queries.products_of(seller_id=brand.pk).cards == []
    assert queries.product_page(public_id=product.public_id, viewer=None) is None
    show_brand(brand)
    assert len(queries.product_cards(ids=[product.pk])) == 1


def test_nothing_goes_on_sale_before_its_brand_is_approved():
    brand = make_brand(approved=False)
    product = make_product(seller=brand, publish=False)
    with pytest.raises(DomainError) as refused:
        actions.publish_product(product_id=product.public_id, seller_id=brand.pk, actor_id=None)
    assert refused.value.code == "not_approved"
    product.refresh_from_db()
    assert (product.state, product.published_at) == ("draft", None)


def test_the_page_is_one_query_whatever_the_product_has(django_assert_num_queries):
    brand = make_brand()
    pictures = [
        PictureInput(image_id=make_image(owner_id=brand.pk).pk, alt=f"View {n}") for n in range(6)
    ]
    product = make_product(seller=brand, sizes=["S", "M", "L"], pictures=pictures)
    queries.categories()
    with django_assert_num_queries(1):
        page = queries.product_page(public_id=product.public_id, viewer=None)
    assert page.public
    assert [one.alt for one in page.pictures] == [f"View {n}" for n in range(6)]
    assert [value.name for value in page.options[0].values] == ["S", "M", "L"]
    assert page.trader.name == brand.organization.name
    assert page.delivery[0].price == Money(600, "EUR")
    assert page.category.slug == "vases"
    assert page.variants[1].value_ids == (page.options[0].values[1].id,)


def test_drafts_are_for_the_team_only():
    brand = make_brand()
    product = make_product(seller=brand, publish=False)
    member = make_member(brand=brand, role="catalogue")
    for viewer in (None, viewer_for(None), viewer_for(make_person())):
        assert queries.product_page(public_id=product.public_id, viewer=viewer) is None
    assert queries.product_page(public_id=product.public_id, viewer=viewer_for(member)) is not None


def test_archived_products_explain_old_links():
    product = make_product()
    actions.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    page = queries.product_page(public_id=product.public_id, viewer=None)
    assert page.state == "archived"
    assert not page.public


def test_pages_of_products_have_no_gap_and_no_repeat_while_others_arrive():
    brand = make_brand()
    products = [make_product(seller=brand) for _ in range(7)]
    first = queries.products_of(seller_id=brand.pk, limit=3)
    make_product(seller=brand)
    second = queries.products_of(seller_id=brand.pk, limit=3, cursor=first.next)
    third = queries.products_of(seller_id=brand.pk, limit=3, cursor=second.next)
    seen = [card.id for page in (first, second, third) for card in page.cards]
    assert seen == [one.pk for one in reversed(products)]
    assert third.next is None


@pytest.mark.parametrize(
    "cursor", ["", "x", "-", "1-", "zz-zz", "f" * 39, "-1--1", "1-" + "f" * 30, "\u0661-\u0661"]
)
def test_an_unreadable_cursor_starts_from_the_top(cursor):
    product = make_product()
    cards = queries.products_of(seller_id=product.seller_id, cursor=cursor).cards
    assert len(cards) <= 1


def test_related_products_are_one_query(django_assert_num_queries):
    product = make_product()
    same = make_product(seller=product.seller)
    other = make_product()
    make_product(availability="sold_out")
    with django_assert_num_queries(1):
        found = queries.related_products(
            product_id=product.pk, seller_id=product.seller_id, category_id=product.category_id
        )
    assert [card.id for card in found.by_seller] == [same.pk]
    assert [card.id for card in found.similar] == [other.pk]


def test_the_storefront_counts_what_is_on_sale():
    brand = make_brand()
    make_product(seller=brand)
    make_product(seller=brand, publish=False)
    assert queries.storefront(profile_id=brand.pk) is None
    tell_story(brand, "Two potters, one kiln.")
    found = queries.storefront(profile_id=brand.pk)
    assert found.product_count == 1
    assert found.story == "Two potters, one kiln."
    assert [one.name for one in found.delivery] == ["Standard"]


def test_a_seller_finds_products_by_words_and_sku():
    brand = make_brand()
    vase = make_product(seller=brand, title="Tall vase 100% clay")
    bowl = make_product(seller=brand, title="Bowl", publish=False)
    make_product(title="Tall vase of another")

    def found(**filters):
        return [row.id for row in queries.seller_products(seller_id=brand.pk, **filters).rows]

    assert found() == [bowl.pk, vase.pk]
    assert found(text="TALL") == [vase.pk]
    assert found(text="100%") == [vase.pk]
    assert found(text="%") == [vase.pk]
    assert found(text="_") == []
    assert found(text=bowl.variants.get().sku) == [bowl.pk]
    assert found(state="draft") == [bowl.pk]
    assert found(cursor="zz") == [bowl.pk, vase.pk]


def test_card_pages_do_not_grow_in_queries(django_assert_num_queries):
    brand = make_brand()
    for _ in range(2):
        make_product(seller=brand)
    with django_assert_num_queries(1):
        queries.products_of(seller_id=brand.pk)
    for _ in range(5):
        make_product(seller=brand, sizes=["S", "L"])
    with django_assert_num_queries(1):
        assert len(queries.products_of(seller_id=brand.pk).cards) == 7


def test_a_pin_starts_from_the_own_published_product():
    product = make_product()
    source = queries.product_source(public_id=product.public_id, seller_id=product.seller_id)
    assert source.image.pk == product.cover_id
    assert source.category_slug == "vases"
    assert queries.product_source(public_id=product.public_id, seller_id=make_brand().pk) is None
    draft = make_product(seller=product.seller, publish=False)
    assert queries.product_source(public_id=draft.public_id, seller_id=product.seller_id) is None
