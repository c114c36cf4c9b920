"""Products put together: by hand in an order, by a rule that is true at every moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.queries import brand_log
from accounts.testing import make_brand, owner_of
from catalog import actions, queries
from catalog.actions.collections import MOST_PRODUCTS
from catalog.models import Collection, CollectionItem
from catalog.testing import (
    make_attribute,
    make_category,
    make_collection,
    make_image,
    make_product,
)
from catalog.types import (
    AttributeInputs,
    CollectionInput,
    CollectionOvertaken,
    CollectionRefused,
    CollectionRule,
)
from core import clock
from core.errors import Conflict, NotFound
from core.money import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand():
    return make_brand(name="Ondine Studio", handle="ondine")


def titles(brand, collection, **more):
    found = queries.collection_page(seller_id=brand.pk, slug=collection.slug, **more)
    return [card.title for card in found.page.cards]


def matching(brand, **rule):
    found = queries.rule_matches(seller_id=brand.pk, rule=CollectionRule(**rule))
    assert found.count == len(found.cards)
    return {card.title for card in found.cards}


# --- by hand -------------------------------------------------------------------------------------
def test_by_hand_it_stands_as_it_was_put_and_shows_what_is_on_sale(brand):
    a, b, c = (make_product(seller=brand, title=title) for title in "ABC")
    draft = make_product(seller=brand, title="D", publish=False)
    # In another one, too, at other places.
    make_collection(seller=brand, products=[a, b, c])
    collection = make_collection(seller=brand, products=[c, draft, a, b])
    assert titles(brand, collection) == ["C", "A", "B"]
    actions.archive_product(product_id=a.public_id, seller_id=brand.pk, actor_id=None)
    assert titles(brand, collection) == ["C", "B"]
    own = queries.collection_for_seller(seller_id=brand.pk, public_id=collection.public_id)
    assert [one.title for one in own.products] == ["C", "D", "A", "B"]
    assert [one.on_sale for one in own.products] == [True, False, False, True]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("newest", "CBA"), ("cheapest", "BCA"), ("dearest", "ACB"), ("title", "ABC")],
)
def test_orders(brand, order, expected):
    prices = {"A": 900, "B": 100, "C": 500}
    made = [make_product(seller=brand, title=one, price=prices[one]) for one in "ABC"]
    collection = make_collection(seller=brand, products=made, order=order)
    assert "".join(titles(brand, collection)) == expected


@pytest.mark.parametrize("order", ["hand", "newest", "cheapest", "dearest", "title"])
def test_pages_follow_each_other_in_every_order(brand, order):
    made = [make_product(seller=brand, title=f"P{n % 3}", price=100 + n % 2) for n in range(7)]
    collection = make_collection(seller=brand, products=made[::-1], order=order)
    whole = queries.collection_page(seller_id=brand.pk, slug=collection.slug)
    seen, cursor = [], None
    for _ in range(4):
        found = queries.collection_page(
            seller_id=brand.pk, slug=collection.slug, cursor=cursor, limit=2
        )
        seen += [card.public_id for card in found.page.cards]
        cursor = found.page.next
    assert cursor is None
    assert seen == [card.public_id for card in whole.page.cards]
    assert len(set(seen)) == 7


@pytest.mark.parametrize("gone", [1, 3], ids=["what ended the page", "what follows"])
def test_what_is_taken_out_between_two_pages_makes_nothing_come_twice(brand, gone):
    made = [make_product(seller=brand, title=one) for one in "ABCDEF"]
    collection = make_collection(seller=brand, products=made)
    first = queries.collection_page(seller_id=brand.pk, slug=collection.slug, limit=2).page
    assert [card.title for card in first.cards] == ["A", "B"]
    kept = [one for one in made if one is not made[gone]]
    data = CollectionInput(
        title=collection.title,
        kind="hand",
        order="hand",
        products=[one.public_id for one in kept],
    )
    actions.save_collection(
        seller_id=brand.pk, actor_id=None, data=data, public_id=collection.public_id
    )
    rest = titles(brand, collection, cursor=first.next)
    assert rest == [one.title for one in kept[2 if gone > 1 else 1 :]]


@pytest.mark.parametrize(
    "cursor",
    [
        "1.",
        ".zzzzzzzzzzzz",
        "1.zzz",
        "x.zzzzzzzzzzzz",
        "",
        "x",
        "\x00",
        "zzzzzzzzzzzz",
        "9" * 400,
        "-1",
    ],
)
def test_an_unreadable_cursor_starts_from_the_top(brand, cursor):
    collection = make_collection(seller=brand, products=[make_product(seller=brand, title="A")])
    assert titles(brand, collection, cursor=cursor) == ["A"]


# --- by a rule -----------------------------------------------------------------------------------
def test_a_rule_is_true_when_products_change(brand):
    vase = make_product(seller=brand, title="Vase", price=9000)
    make_product(title="Of another brand", price=100)
    collection = make_collection(seller=brand, rule=CollectionRule(most=5000))
    assert titles(brand, collection) == []
    variant = vase.variants.get()

    def costs(amount):
        price = Money(amount, "EUR")
        actions.set_price(variant_id=variant.public_id, price=price, actor_id=None)

    costs(4000)
    assert titles(brand, collection) == ["Vase"]
    costs(6000)
    assert titles(brand, collection) == []


def test_all_of_it_or_any_of_it(brand):
    make_product(seller=brand, title="Cheap vase", price=1000)
    make_product(seller=brand, title="Dear vase", price=9000)
    make_product(seller=brand, title="Cheap lamp", price=1000, category=lamps())
    assert matching(brand, category="vases", most=2000) == {"Cheap vase"}
    assert matching(brand, category="vases", most=2000, every=False) == {
        "Cheap vase",
        "Dear vase",
        "Cheap lamp",
    }
    assert matching(brand) == set(), "a rule without conditions finds nothing"


def lamps():
    return make_category(slug="lamps", name="Lamps").slug


def test_a_category_means_all_below_it(brand):
    make_category(slug="home", name="Home")
    make_category(slug="lighting", name="Lighting", parent="home")
    make_product(seller=brand, title="Lamp", category="lighting")
    make_product(seller=brand, title="Vase")
    assert matching(brand, category="home") == {"Lamp"}


def test_prices_are_inclusive_and_from_the_cheapest_variant(brand):
    make_product(seller=brand, title="A", price=1000)
    make_product(seller=brand, title="B", price=2000)
    assert matching(brand, least=1000, most=1000) == {"A"}
    assert matching(brand, least=1001) == {"B"}
    assert matching(brand, most=2000) == {"A", "B"}


def test_in_stock_new_and_words(brand):
    with clock.fixed(clock.now() - timedelta(days=40)):
        make_product(seller=brand, title="Old teal vase", description="Thrown.")
    make_product(seller=brand, title="Teal bowl", description="For soup.", availability="sold_out")
    make_product(seller=brand, title="Sand bowl", description="Almost teal.")
    assert matching(brand, in_stock=True) == {"Old teal vase", "Sand bowl"}
    assert matching(brand, new_days=30) == {"Teal bowl", "Sand bowl"}
    assert matching(brand, words="TEAL bowl") == {"Teal bowl", "Sand bowl"}
    assert matching(brand, words="100%_") == set()


def test_answers_any_choice_of_one_attribute_and_every_attribute(brand):
    make_attribute(code="glaze", choices=["Teal", "Sand", "Chalk"])
    make_attribute(code="handmade", kind="yes_no")

    def vase(title, **answers):
        said: AttributeInputs = answers
        make_product(seller=brand, title=title, attributes=said)

    vase("Teal one", glaze="teal", handmade=True)
    vase("Sand one", glaze="sand", handmade=False)
    vase("Chalk one", glaze="chalk")
    either = ("glaze", ("teal", "sand"))
    assert matching(brand, answers=(either,)) == {"Teal one", "Sand one"}
    assert matching(brand, answers=(either, ("handmade", ("yes",)))) == {"Teal one"}


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    least=st.none() | st.integers(0, 400),
    most=st.none() | st.integers(0, 400),
    in_stock=st.booleans(),
    every=st.booleans(),
    words=st.sampled_from(["", "odd", "even", "neither"]),
)
def test_a_rule_finds_what_its_words_say(brand, least, most, in_stock, every, words):
    """Against the same rule written in Python, over a handful of products."""
    if not brand.products.exists():
        for n in range(6):
            make_product(
                seller=brand,
                title=f"{'odd' if n % 2 else 'even'} {n}",
                price=n * 60 + 50,
                availability="sold_out" if n % 3 == 0 else "in_stock",
            )

    def fits(product):
        checks = []
        if least is not None or most is not None:
            low, high = least or 0, 10**9 if most is None else most
            checks.append(low <= product.price_from <= high)
        if in_stock:
            checks.append(product.availability != "sold_out")
        if words:
            checks.append(words in product.title)
        return bool(checks) and (all(checks) if every else any(checks))

    found = queries.rule_matches(
        seller_id=brand.pk,
        rule=CollectionRule(least=least, most=most, in_stock=in_stock, every=every, words=words),
    )
    assert {card.title for card in found.cards} == {
        one.title for one in brand.products.all() if fits(one)
    }


# --- what is refused -----------------------------------------------------------------------------
RULE = CollectionRule(in_stock=True)
BY_RULE = {"kind": "rule", "order": "newest", "rule": RULE}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": " \u200b "}, {"title"}),
        ({"title": "x" * 81}, {"title"}),
        ({"title": "a\x00b"}, {"title"}),
        ({"description": "x" * 1001}, {"description"}),
        ({"kind": "magic"}, {"kind"}),
        ({"order": "random"}, {"order"}),
        ({"products": ["zzzzzzzzzzzz"]}, {"products"}),
        ({"products": ["\x00"]}, {"products"}),
        ({"products": [f"{n:012d}" for n in range(MOST_PRODUCTS + 1)]}, {"products"}),
        ({"cover_id": 987654321}, {"cover"}),
        ({**BY_RULE, "order": "hand"}, {"order"}),
        ({**BY_RULE, "rule": CollectionRule()}, {"rule"}),
        ({**BY_RULE, "rule": CollectionRule(words="  ")}, {"rule"}),
        ({**BY_RULE, "rule": replace(RULE, category="nothing")}, {"rule.category"}),
        ({**BY_RULE, "rule": replace(RULE, least=5, most=4)}, {"rule.most"}),
        ({**BY_RULE, "rule": replace(RULE, least=-1)}, {"rule.most"}),
        ({**BY_RULE, "rule": replace(RULE, most=10**15)}, {"rule.most"}),
        ({**BY_RULE, "rule": replace(RULE, new_days=0)}, {"rule.new_days"}),
        ({**BY_RULE, "rule": replace(RULE, words="w" * 81)}, {"rule.words"}),
        ({**BY_RULE, "rule": replace(RULE, answers=(("glaze", ("pink",)),))}, {"rule.answers"}),
        ({**BY_RULE, "rule": replace(RULE, answers=(("none", ("x",)),))}, {"rule.answers"}),
    ],
)
def test_what_makes_no_sense_is_refused_by_name_and_nothing_is_made(brand, changes, fields):
    make_attribute(code="glaze", choices=["Teal"])
    data = CollectionInput(**{"title": "Winter", **changes})
    with pytest.raises(CollectionRefused) as refused:
        actions.save_collection(seller_id=brand.pk, actor_id=None, data=data)
    assert {one.field for one in refused.value.problems} == fields
    assert {one["field"] for one in refused.value.field_errors} == fields
    assert not Collection.objects.exists()
    assert brand_log(brand_id=brand.pk).rows == []


def test_products_and_pictures_of_others_are_no_part_of_it(brand):
    foreign = make_product(title="Of another brand")
    picture = make_image(owner_id=foreign.seller_id)
    for changes in ({"products": [foreign.public_id]}, {"cover_id": picture.pk}):
        with pytest.raises(CollectionRefused):
            actions.save_collection(
                seller_id=brand.pk, actor_id=None, data=CollectionInput(title="Mine", **changes)
            )
    assert not Collection.objects.exists()
    assert not CollectionItem.objects.exists()


def test_another_brands_collection_is_not_there(brand):
    collection = make_collection(seller=make_brand(), title="Theirs")
    ours = {"seller_id": brand.pk, "actor_id": None, "public_id": collection.public_id}
    with pytest.raises(NotFound):
        actions.save_collection(**ours, data=CollectionInput(title="Mine now"))
    with pytest.raises(NotFound):
        actions.delete_collection(**ours)
    assert queries.collection_for_seller(seller_id=brand.pk, public_id=collection.public_id) is None
    assert queries.collection_page(seller_id=brand.pk, slug=collection.slug) is None
    collection.refresh_from_db()
    assert (collection.title, collection.deleted_at) == ("Theirs", None)


def test_somebody_else_saved_first(brand):
    collection = make_collection(seller=brand, title="Winter")
    seen = {"seller_id": brand.pk, "actor_id": None, "public_id": collection.public_id}
    autumn = CollectionInput(title="Autumn", shown=False)
    actions.save_collection(**seen, version=1, data=autumn)
    with pytest.raises(CollectionOvertaken) as overtaken:
        actions.save_collection(**seen, version=1, data=CollectionInput(title="Spring"))
    assert overtaken.value.version == 2
    collection.refresh_from_db()
    assert collection.title == "Autumn"


def test_the_same_title_twice_is_one_collection(brand):
    make_collection(seller=brand, title="Winter")
    with pytest.raises(CollectionRefused, match="this title already"):
        make_collection(seller=brand, title="WINTER")
    make_collection(seller=make_brand(), title="Winter")
    assert Collection.objects.filter(seller=brand).count() == 1


def test_an_address_stays_once_it_was_shown(brand):
    draft = make_collection(seller=brand, title="Winter", shown=False)
    vase = make_product(seller=brand)
    mine = {"seller_id": brand.pk, "actor_id": None, "public_id": draft.public_id}

    def save(title, *, shown):
        data = CollectionInput(title=title, shown=shown, products=[vase.public_id])
        actions.save_collection(**mine, data=data)
        return Collection.objects.get(pk=draft.pk).slug

    assert save("Autumn", shown=False) == "autumn"
    assert save("Spring", shown=True) == "spring"
    assert save("Summer", shown=True) == "spring"
    assert save("Summer", shown=False) == "spring"
    again = make_collection(seller=brand, title="Spring")
    assert again.slug == "spring-2", "the address is taken, the title is free"
    assert make_collection(seller=brand, title="冬").slug == "collection"


# --- taken away and brought back -----------------------------------------------------------------
def test_taken_away_it_is_nowhere_and_comes_back_for_a_day(brand):
    product = make_product(seller=brand, title="A")
    collection = make_collection(seller=brand, title="Winter", products=[product])
    owner = owner_of(brand).user
    who = {"seller_id": brand.pk, "actor_id": owner.pk, "public_id": collection.public_id}
    actions.delete_collection(**who)
    assert queries.collections_of(seller_id=brand.pk) == []
    assert queries.seller_collections(seller_id=brand.pk).rows == []
    assert queries.collection_page(seller_id=brand.pk, slug="winter") is None
    assert queries.collection_addresses(after=0, upto=10**9) == []
    shelves = queries.collection_shelves(seller_id=brand.pk, public_ids=[collection.public_id])
    assert shelves == {}
    with pytest.raises(NotFound):
        actions.delete_collection(**who)
    actions.restore_collection(**who)
    assert titles(brand, collection) == ["A"]
    with pytest.raises(NotFound):
        actions.restore_collection(**who)
    log = [one for one in brand_log(brand_id=brand.pk).rows if one.handle]
    assert [(one.words, one.subject) for one in log] == [
        ("brought a collection back", "Winter"),
        ("took a collection away", "Winter"),
    ]


def test_what_has_its_title_now_is_in_the_way(brand):
    collection = make_collection(seller=brand, title="Winter")
    who = {"seller_id": brand.pk, "actor_id": None, "public_id": collection.public_id}
    actions.delete_collection(**who)
    other = make_collection(seller=brand, title="Winter")
    with pytest.raises(Conflict, match="this title already"):
        actions.restore_collection(**who)
    assert [one.pk for one in Collection.objects.kept()] == [other.pk]


def test_after_a_day_it_is_gone_for_good(brand):
    collection = make_collection(seller=brand, title="Winter")
    who = {"seller_id": brand.pk, "actor_id": None, "public_id": collection.public_id}
    actions.delete_collection(**who)
    with clock.fixed(clock.now() + timedelta(days=1, minutes=1)):
        with pytest.raises(NotFound):
            actions.restore_collection(**who)
        other = make_collection(seller=brand, title="Spring")
        actions.delete_collection(seller_id=brand.pk, actor_id=None, public_id=other.public_id)
    assert [one.title for one in Collection.objects.all()] == ["Spring"]


# --- who sees what, and what it costs ------------------------------------------------------------
def test_only_what_is_shown_by_an_approved_brand_is_public(brand):
    product = make_product(seller=brand)
    make_collection(seller=brand, title="Kept back", products=[product], shown=False)
    shown = make_collection(seller=brand, title="Shown", products=[product])
    assert [one.ref.title for one in queries.collections_of(seller_id=brand.pk)] == ["Shown"]
    assert [path for path, _ in queries.collection_addresses(after=0, upto=10**9)] == [
        "/@ondine/collections/shown/"
    ]
    brand.state = "suspended"
    brand.save(update_fields=["state"])
    assert queries.collections_of(seller_id=brand.pk) == []
    assert queries.collection_page(seller_id=brand.pk, slug=shown.slug) is None
    assert len(queries.seller_collections(seller_id=brand.pk).rows) == 2


def test_glances_count_and_lend_a_picture(brand):
    cover = make_image(owner_id=brand.pk, alt="A shelf")
    a, b = (make_product(seller=brand, title=title) for title in "AB")
    make_collection(seller=brand, title="1 hand", products=[b, a])
    make_collection(seller=brand, title="2 covered", products=[a], cover_id=cover.pk)
    gone = make_product(seller=brand, title="Gone")
    make_collection(seller=brand, title="3 empty", products=[gone])
    actions.archive_product(product_id=gone.public_id, seller_id=brand.pk, actor_id=None)
    make_collection(seller=brand, title="4 rule", rule=CollectionRule(words="a"))
    found = queries.collections_of(seller_id=brand.pk)
    assert [(one.ref.title, one.count) for one in found] == [
        ("1 hand", 2),
        ("2 covered", 1),
        ("3 empty", 0),
        ("4 rule", 2),
    ]
    assert [one.picture.alt if one.picture else None for one in found][1:3] == ["A shelf", None]
    assert found[0].picture.public_id == b.cover.public_id


def test_queries_do_not_grow(brand):
    def cost():
        ids = list(Collection.objects.values_list("public_id", flat=True))
        found = []
        for ask in (
            lambda: queries.collections_of(seller_id=brand.pk),
            lambda: queries.seller_collections(seller_id=brand.pk).rows,
            lambda: queries.collection_shelves(seller_id=brand.pk, public_ids=ids),
            lambda: queries.collection_page(seller_id=brand.pk, slug="rule"),
            lambda: queries.collection_for_seller(seller_id=brand.pk, public_id=ids[0]),
            lambda: queries.rule_matches(seller_id=brand.pk, rule=CollectionRule(in_stock=True)),
            lambda: queries.collectables(seller_id=brand.pk, text="vase"),
        ):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                ask()
            found.append(len(caught))
        return found

    products = [make_product(seller=brand) for _ in range(2)]
    make_collection(seller=brand, title="Rule", rule=CollectionRule(in_stock=True))
    make_collection(seller=brand, products=products)
    # Collections and what is in them all (three times); one and its page; one and its items.
    assert cost() == [2, 2, 2, 2, 2, 1, 1]
    products += [make_product(seller=brand) for _ in range(3)]
    for n in range(4):
        make_collection(seller=brand, products=products, title=f"More {n}")
        make_collection(seller=brand, rule=CollectionRule(least=n), title=f"Rule {n}")
    assert cost() == [2, 2, 2, 2, 2, 1, 1]
