# mypy: disable-error-code="union-attr"
"""What is asked before something is published: one list a kind, kept by actions and database."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.testing import make_brand
from catalog import actions, queries
from catalog.models import Product, Variant
from catalog.publishing import (
    CollectionFacts,
    ProductFacts,
    ServiceFacts,
    VariantFacts,
    collection_points,
    forbidding,
    product_facts,
    product_points,
    service_points,
    still_open,
)
from catalog.testing import (
    make_collection,
    make_delivery_method,
    make_image,
    make_product,
    make_service,
    product_data,
)
from catalog.types import (
    EU_COUNTRIES,
    CollectionInput,
    CollectionRefused,
    OptionData,
    PictureInput,
    ProductData,
    ProductRefused,
    ServiceRefused,
    VariantInput,
)
from core import clock
from core.money import Money

pytestmark = pytest.mark.django_db


def draft(brand, **changes):
    """The least that can be saved: a title."""
    data = ProductData(title="A vase", variants=[VariantInput(sku="", price=None)])
    return actions.create_product(
        seller_id=brand.pk, actor_id=None, data=ProductData(**{**vars(data), **changes})
    )


def publish(product):
    return actions.publish_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )


def points_of(product):
    page = queries.product_for_seller(seller_id=product.seller_id, public_id=product.public_id)
    assert page is not None
    return product_points(product_facts(page))


def codes(product):
    points = points_of(product)
    return {one.code for one in points if not one.done}


# --- drafts --------------------------------------------------------------------------------------


def test_a_draft_is_a_title_and_nothing_of_it_is_for_sale():
    brand = make_brand()
    product = draft(brand)
    variant = product.variants.get()
    assert (product.category, variant.sku, variant.price) == (None, None, None)
    assert (product.price_from, product.default_variant) == (None, None)
    assert queries.offers(variant_ids=[variant.public_id]) == {}
    row = queries.seller_products(seller_id=brand.pk).rows[0]
    assert (row.title, row.price, row.category) == ("A vase", None, "")
    page = queries.product_for_seller(seller_id=brand.pk, public_id=product.public_id)
    assert page.variant(variant.public_id) is None


def test_drafts_without_an_sku_do_not_take_it_from_each_other():
    brand = make_brand()
    sizes = OptionData(name="Size", values=("S", "L"))
    several = [VariantInput(sku="", price=None, values=(one,)) for one in sizes.values]
    draft(brand)
    draft(brand, title="Another", options=[sizes], variants=several)
    assert Variant.objects.filter(sku=None).count() == 3


def test_half_a_price_list_is_kept_and_shows_the_price_that_there_is():
    brand = make_brand()
    sizes = OptionData(name="Size", values=("S", "M", "L"))
    variants = [
        VariantInput(sku="S", price=Money(4000, "EUR"), values=("S",)),
        VariantInput(sku="", price=Money(1000, "EUR"), values=("M",)),
        VariantInput(sku="L", price=None, values=("L",)),
    ]
    product = draft(brand, options=[sizes], variants=variants)
    assert (product.price_from, product.price_to) == (4000, 4000)
    assert product.default_variant.title == "S"
    page = queries.product_for_seller(seller_id=brand.pk, public_id=product.public_id)
    assert [one.price and one.price.amount for one in page.variants] == [4000, 1000, None]


def test_a_copy_of_a_draft_is_as_unfinished():
    brand = make_brand()
    copy = actions.duplicate_product(
        product_id=draft(brand).public_id, seller_id=brand.pk, actor_id=None
    )
    variant = copy.variants.get()
    assert (copy.category, variant.sku, variant.price) == (None, None, None)


def test_a_draft_is_sorted_later_by_the_act_of_the_list():
    brand = make_brand()
    product = draft(brand)
    slug = make_product(seller=brand).category.slug
    who = {"product_id": product.public_id, "seller_id": brand.pk, "actor_id": None}
    assert actions.change_category(**who, category=slug) == ""
    product.refresh_from_db()
    assert product.category.slug == slug


# --- what forbids --------------------------------------------------------------------------------


def test_publishing_a_title_names_everything_that_is_missing_and_changes_nothing():
    product = draft(make_brand())
    with pytest.raises(ProductRefused) as refused:
        publish(product)
    errors = [(one["field"], one["code"]) for one in refused.value.field_errors]
    assert errors == [
        ("category", "category"),
        ("pictures", "picture"),
        ("price.0", "price"),
        ("sku.0", "sku"),
        ("delivery", "delivery"),
    ]
    product.refresh_from_db()
    assert (product.state, product.published_at) == ("draft", None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"category": ""}, "category"),
        ({"pictures": []}, "picture"),
        ({"variants": [VariantInput(sku="A", price=None)]}, "price"),
        ({"variants": [VariantInput(sku="", price=Money(100, "EUR"))]}, "sku"),
        ({"variants": [VariantInput(sku="A", price=Money(1, "EUR"), active=False)]}, "variant"),
    ],
)
def test_each_point_forbids_publishing_a_date_and_what_is_on_sale_keeps_it(changes, code):
    brand = make_brand()
    product = make_product(seller=brand, publish=False, **changes)
    assert codes(product) - {"delivery_eu"} == {code}
    with pytest.raises(ProductRefused):
        publish(product)
    who = {"product_id": product.public_id, "seller_id": brand.pk, "actor_id": None}
    with pytest.raises(ProductRefused) as refused:
        actions.schedule_product(**who, at=clock.now() + timedelta(days=1))
    assert code in {one.code for one in refused.value.problems}

    live = make_product()
    picture = PictureInput(image_id=live.cover_id or 0, alt="A tall vase")
    data = product_data(**{"pictures": [picture], **changes})
    with pytest.raises(ProductRefused) as refused:
        actions.update_product(
            product_id=live.public_id, seller_id=live.seller_id, actor_id=None, data=data
        )
    assert [one.code for one in refused.value.problems] == [code]
    live.refresh_from_db()
    assert (live.state, live.version) == ("published", 1 + 1)


def test_what_could_be_better_warns_and_does_not_forbid():
    brand = make_brand()
    picture = PictureInput(image_id=make_image(owner_id=brand.pk, alt="").pk)
    product = make_product(seller=brand, pictures=[picture], description="")
    assert product.state == "published"
    assert codes(product) == {"alt_text", "description", "delivery_eu"}
    said = still_open(points_of(product))
    assert "Picture 1 needs alt text" in said
    assert "not known for 24 countries of the EU" in said


def test_delivery_to_all_of_the_eu_is_done():
    brand = make_brand()
    make_delivery_method(seller=brand, countries=EU_COUNTRIES)
    assert codes(make_product(seller=brand)) == set()


def test_who_says_nothing_of_delivery_sells_nothing_new():
    brand = make_brand()
    live = make_product(seller=brand, with_delivery=False)
    who = {"product_id": live.public_id, "seller_id": brand.pk, "actor_id": None}
    picture = PictureInput(image_id=live.cover_id or 0)
    actions.update_product(**who, data=product_data(title="Renamed", pictures=[picture]))
    actions.redraft_product(**who)
    with pytest.raises(ProductRefused, match="Say how you deliver"):
        actions.publish_product(**who)


def test_price_and_sku_are_two_points_and_each_is_done_or_open_for_itself():
    brand = make_brand()
    sizes = OptionData(name="Size", values=("S", "L"))
    variants = [
        VariantInput(sku="S", price=None, values=("S",)),
        VariantInput(sku="L", price=None, values=("L",)),
    ]
    product = draft(brand, options=[sizes], variants=variants)
    found = [(one.code, one.done, one.index) for one in points_of(product)]
    assert [one for one in found if one[0] in ("price", "sku")] == [
        ("price", False, 0),
        ("price", False, 1),
        ("sku", True, None),
    ]
    assert {"price", "sku"} <= {one.code for one in points_of(make_product()) if one.done}


# --- the database itself -------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["price", "sku"])
def test_the_database_lets_nothing_on_sale_lose_price_or_sku(column):
    product = make_product()
    refused = pytest.raises(IntegrityError, match="on sale with a variant")
    with refused, transaction.atomic(), _finished():
        product.variants.update(**{column: None})
    product.variants.update(active=False)
    with _finished():
        product.variants.update(**{column: None})


def test_the_database_publishes_nothing_unfinished():
    brand = make_brand()
    sizes = OptionData(name="Size", values=("S", "L"))
    variants = [
        VariantInput(sku="S", price=Money(4000, "EUR"), values=("S",)),
        VariantInput(sku="L", price=None, values=("L",)),
    ]
    product = draft(brand, options=[sizes], variants=variants)
    category = make_product(seller=brand).category
    on_sale = {"state": "published", "published_at": product.created_at}
    with pytest.raises(IntegrityError, match="published_has_a_category"), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**on_sale)
    refused = pytest.raises(IntegrityError, match="on sale with a variant")
    with refused, transaction.atomic(), _finished():
        Product.objects.filter(pk=product.pk).update(**on_sale, category=category)
    product.refresh_from_db()
    assert product.state == "draft"


@contextmanager
def _finished():
    """And then what a commit asks."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# --- services and collections --------------------------------------------------------------------


def test_a_service_has_the_same_list():
    open_ones = service_points(ServiceFacts(description="", pictures=[]))
    assert [(one.code, one.forbids) for one in open_ones] == [
        ("description", False),
        ("picture", True),
    ]
    service = make_service(publish=False, pictures=[])
    with pytest.raises(ServiceRefused) as refused:
        actions.publish_service(
            service_id=service.public_id, seller_id=service.seller_id, actor_id=None
        )
    assert refused.value.field_errors == [
        {"field": "pictures", "message": "Add a picture", "code": "picture"}
    ]
    service.refresh_from_db()
    assert service.state == "draft"


def test_a_collection_has_the_same_list():
    brand = make_brand()
    with pytest.raises(CollectionRefused) as refused:
        actions.save_collection(
            seller_id=brand.pk, actor_id=None, data=CollectionInput(title="Winter")
        )
    assert [(one["field"], one["code"]) for one in refused.value.field_errors] == [
        ("products", "products")
    ]
    unsold = make_product(seller=brand, publish=False)
    made = make_collection(seller=brand, title="Winter", products=[unsold])
    assert made.shown, "what is not on sale yet only warns"
    facts = CollectionFacts(by_rule=False, description="Warm.", products=1, on_sale=0)
    assert "people see none of it" in still_open(collection_points(facts))
    by_rule = CollectionFacts(by_rule=True, description="Warm.")
    assert forbidding(collection_points(by_rule)) == []


# --- whatever is typed ---------------------------------------------------------------------------

_variants = st.builds(
    VariantFacts,
    title=st.text(max_size=3),
    active=st.booleans(),
    sku=st.booleans(),
    price=st.booleans(),
)


@given(
    st.builds(
        ProductFacts,
        category=st.booleans(),
        description=st.text(max_size=3),
        pictures=st.lists(st.booleans(), max_size=3),
        variants=st.lists(_variants, max_size=4),
        reach=st.none() | st.frozensets(st.sampled_from(EU_COUNTRIES)),
    )
)
def test_nothing_is_forbidden_exactly_when_it_can_be_sold(facts):
    active = [one for one in facts.variants if one.active]
    sellable = (
        facts.category
        and bool(facts.pictures)
        and bool(active)
        and all(one.sku and one.price for one in active)
        and facts.reach != frozenset()
    )
    assert (forbidding(product_points(facts)) == []) is sellable
