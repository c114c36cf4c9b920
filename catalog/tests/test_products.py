# mypy: disable-error-code="union-attr"
"""Products as their sellers write them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.testing import make_brand, owner_of
from catalog import actions, queries
from catalog.models import Product, ProductMove, Variant
from catalog.testing import make_category, make_image, make_product, product_data
from catalog.types import (
    Availability,
    NotMovable,
    OptionData,
    Overtaken,
    PictureInput,
    ProductRefused,
    VariantInput,
)
from core.errors import NotFound
from core.models import OutboxEvent
from core.money import Money
from core.text import TextRefused

pytestmark = pytest.mark.django_db


def eur(amount):
    return Money(amount, "EUR")


def three_axes():
    """Twelve variants along glaze, height and finish."""
    options = [
        OptionData(name="Glaze", values=("Teal", "Sand", "Ink")),
        OptionData(name="Height", values=("24 cm", "32 cm")),
        OptionData(name="Finish", values=("Matt", "Gloss")),
    ]
    variants = [
        VariantInput(sku=f"V-{g}{h}{f}", price=eur(5000), values=(glaze, height, finish))
        for g, glaze in enumerate(options[0].values)
        for h, height in enumerate(options[1].values)
        for f, finish in enumerate(options[2].values)
    ]
    return options, variants


def create(seller, **changes):
    return actions.create_product(seller_id=seller.pk, actor_id=None, data=product_data(**changes))


def update(product, data):
    return actions.update_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None, data=data
    )


def test_a_product_along_three_axes():
    options, variants = three_axes()
    product = create(make_brand(), options=options, variants=variants)

    page = queries.product_for_seller(seller_id=product.seller_id, public_id=product.public_id)
    assert [axis.name for axis in page.options] == ["Glaze", "Height", "Finish"]
    assert len(page.variants) == 12
    assert page.variants[0].title == "Teal, 24 cm, Matt"
    assert len({one.value_ids for one in page.variants}) == 12
    assert page.state == "draft"
    assert page.availability == "sold_out"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "   "}, "title"),
        ({"title": "\u200b\u202e"}, "title"),
        ({"category": "nowhere"}, "category"),
        ({"vat_rate": Decimal("1.2")}, "vat_rate"),
        ({"vat_rate": Decimal("-0.1")}, "vat_rate"),
        ({"return_days": 3}, "return_days"),
        ({"lead_days": 1000}, "lead_days"),
        ({"variants": []}, "variants"),
        ({"variants": [VariantInput(sku="A", price=eur(0))]}, "price"),
        ({"variants": [VariantInput(sku="A", price=eur(-5))]}, "price"),
        ({"variants": [VariantInput(sku="A", price=eur(2**63))]}, "price"),
        ({"variants": [VariantInput(sku="A", price=Money(100, "USD"))]}, "price"),
        ({"variants": [VariantInput(sku="A", price=eur(1), values=("Teal",))]}, "variants"),
        ({"options": [OptionData(name="Glaze", values=("Teal", "teal"))]}, "options"),
        ({"options": [OptionData(name="", values=("Teal",))]}, "options"),
        ({"options": [OptionData(name="Glaze", values=())]}, "options"),
        ({"pictures": [PictureInput(image_id=987654)]}, "pictures"),
    ],
)
def test_a_product_that_is_not_right_is_refused_whole(changes, field):
    with pytest.raises(ProductRefused) as refused:
        create(make_brand(), **changes)
    assert field in [problem.field for problem in refused.value.problems]
    assert refused.value.status == 422
    assert not Product.objects.exists()
    assert not Variant.objects.exists()


@pytest.mark.parametrize("title", ["x" * 10_000, "a\x00b"])
def test_text_that_cannot_be_kept_is_refused(title):
    with pytest.raises(TextRefused):
        create(make_brand(), title=title)
    assert not Product.objects.exists()


def test_two_variants_with_the_same_values_are_refused():
    options = [OptionData(name="Glaze", values=("Teal", "Sand"))]
    variants = [
        VariantInput(sku="A", price=eur(100), values=("Teal",)),
        VariantInput(sku="B", price=eur(100), values=("Teal",)),
    ]
    with pytest.raises(ProductRefused):
        create(make_brand(), options=options, variants=variants)
    assert not Product.objects.exists()


def test_an_sku_is_unique_for_a_seller_and_free_for_others():
    brand, other = make_brand(), make_brand()
    create(brand, variants=[VariantInput(sku="OND-1", price=eur(100))])
    create(other, variants=[VariantInput(sku="OND-1", price=eur(100))])
    with pytest.raises(ProductRefused) as refused:
        create(brand, variants=[VariantInput(sku="OND-1", price=eur(100))])
    assert refused.value.problems[0].field == "sku"
    assert "OND-1" in refused.value.problems[0].message
    assert Product.objects.filter(seller=brand).count() == 1


@pytest.mark.parametrize(
    "change",
    [{"price": 0}, {"price": -1}, {"sku": ""}, {"availability": "plenty"}],
)
def test_the_database_refuses_what_an_action_would(change):
    product = make_product()
    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.filter(product=product).update(**change)


def test_the_database_knows_the_states_of_a_product():
    product = make_product()
    for change in ({"state": "sold"}, {"vat_rate": 2}, {"return_days": 3}, {"price_from": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Product.objects.filter(pk=product.pk).update(**change)


def test_variants_keep_their_identity_when_values_are_renamed():
    options, variants = three_axes()
    product = create(make_brand(), options=options, variants=variants)
    before = dict(product.variants.values_list("sku", "public_id"))
    options[0] = OptionData(name="Glaze", values=("Deep teal", "Sand", "Ink"))
    renamed = [
        replace(one, values=tuple(value.replace("Teal", "Deep teal") for value in one.values))
        for one in variants
    ]
    update(product, product_data(options=options, variants=renamed, category="vases"))
    assert dict(product.variants.values_list("sku", "public_id")) == before
    assert product.variants.get(sku="V-000").title == "Deep teal, 24 cm, Matt"


def test_two_variants_may_swap_their_skus():
    options = [OptionData(name="Size", values=("S", "L"))]

    def sized(small, large):
        return product_data(
            options=options,
            variants=[
                VariantInput(sku=small, price=eur(100), values=("S",)),
                VariantInput(sku=large, price=eur(200), values=("L",)),
            ],
        )

    product = actions.create_product(seller_id=make_brand().pk, actor_id=None, data=sized("A", "B"))
    small = product.variants.get(sku="A").pk
    update(product, sized("B", "A"))
    assert product.variants.get(sku="B").pk == small


def test_a_variant_that_is_no_longer_named_is_switched_off_and_comes_back_by_its_sku():
    options = [OptionData(name="Size", values=("S", "L"))]
    variants = [
        VariantInput(sku="A", price=eur(100), values=("S",)),
        VariantInput(sku="B", price=eur(200), values=("L",)),
    ]
    product = create(make_brand(), options=options, variants=variants)
    small, large = (product.variants.get(sku=sku).public_id for sku in "AB")

    update(product, product_data(variants=[VariantInput(sku="A", price=eur(150))]))
    assert list(product.variants.filter(active=True).values_list("public_id", flat=True)) == [small]
    page = queries.product_for_seller(seller_id=product.seller_id, public_id=product.public_id)
    assert [one.public_id for one in page.variants] == [small]
    assert page.options == ()

    update(product, product_data(options=options, variants=variants))
    assert product.variants.get(public_id=large).active
    assert product.variants.count() == 2


def test_nobody_changes_the_product_of_another_seller():
    product = make_product(title="Tall vase")
    stranger = make_brand()
    with pytest.raises(NotFound):
        actions.update_product(
            product_id=product.public_id,
            seller_id=stranger.pk,
            actor_id=None,
            data=product_data(title="Mine"),
        )
    for act in (actions.publish_product, actions.archive_product):
        with pytest.raises(NotFound):
            act(product_id=product.public_id, seller_id=stranger.pk, actor_id=None)
    product.refresh_from_db()
    assert (product.title, product.state) == ("Tall vase", "published")


def test_pictures_of_others_cannot_be_used():
    brand, stranger = make_brand(), make_brand()
    foreign = make_image(owner_id=stranger.pk)
    with pytest.raises(ProductRefused):
        create(brand, pictures=[PictureInput(image_id=foreign.pk)])
    assert not Product.objects.exists()


# --- states --------------------------------------------------------------------------------------


def publish(product):
    return actions.publish_product(
        product_id=product.public_id,
        seller_id=product.seller_id,
        actor_id=owner_of(product.seller).user_id,
    )


def test_publishing_needs_a_picture():
    product = create(make_brand())
    with pytest.raises(ProductRefused) as refused:
        publish(product)
    assert [problem.field for problem in refused.value.problems] == ["pictures", "delivery"]
    product.refresh_from_db()
    assert product.state == "draft"
    assert product.published_at is None


def test_publishing_twice_states_it_once_and_is_written_down():
    product = make_product(publish=False)
    publish(product)
    publish(product)
    assert OutboxEvent.objects.filter(type__endswith="ProductPublished").count() == 1
    move = ProductMove.objects.filter(product=product, to_state="published").get()
    assert (move.from_state, move.actor_id) == ("draft", owner_of(product.seller).user_id)


def test_archived_products_come_back_with_their_first_date():
    product = make_product()
    first = product.published_at
    actions.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    assert queries.product_cards(ids=[product.pk]) == []
    publish(product)
    product.refresh_from_db()
    assert product.published_at == first
    assert len(queries.product_cards(ids=[product.pk])) == 1


def test_a_taken_down_product_is_gone_and_its_seller_cannot_bring_it_back():
    product = make_product()
    variant = product.variants.get()
    actions.take_down_product(public_id=product.public_id, operator_id=1, reason="Counterfeit.")
    actions.take_down_product(public_id=product.public_id, operator_id=1, reason="Again.")

    assert queries.product_cards(ids=[product.pk]) == []
    assert queries.offers(variant_ids=[variant.public_id]) == {}
    assert queries.product_page(public_id=product.public_id, viewer=None) is None
    assert OutboxEvent.objects.filter(type__endswith="ProductTakenDown").count() == 1
    with pytest.raises(NotMovable):
        publish(product)
    assert ProductMove.objects.filter(to_state="taken down", reason="Counterfeit.").count() == 1

    actions.restore_product(public_id=product.public_id, operator_id=1, reason="A mistake.")
    assert len(queries.product_cards(ids=[product.pk])) == 1


# --- prices and availability ---------------------------------------------------------------------


def test_cards_show_the_cheapest_variant_that_can_be_had():
    product = make_product(sizes=["S", "M", "L"], price=7000)
    small, medium, _large = product.variants.order_by("position")
    card = queries.product_cards(ids=[product.pk])[0]
    assert (card.price, card.variant_id, card.price_varies) == (eur(7000), small.public_id, True)

    actions.set_availability(levels={small.pk: "sold_out", medium.pk: "low"})
    card = queries.product_cards(ids=[product.pk])[0]
    assert (card.price, card.variant_id) == (eur(7100), medium.public_id)
    assert card.availability == Availability.IN_STOCK


def test_a_product_is_sold_out_when_its_last_variant_is():
    product = make_product(sizes=["S", "M"])
    levels = dict.fromkeys(product.variants.values_list("pk", flat=True), "sold_out")
    actions.set_availability(levels=levels)
    card = queries.product_cards(ids=[product.pk])[0]
    assert card.sold_out
    assert card.price == eur(9600)


def test_saying_the_same_availability_again_writes_nothing(django_assert_num_queries):
    product = make_product()
    levels = {product.variants.get().pk: "in_stock"}
    with django_assert_num_queries(3):  # savepoint, one look, release
        actions.set_availability(levels=levels)


def test_a_new_price_is_stated_and_counts_a_version():
    variant = make_product(price=9600).variants.get()
    actions.set_price(variant_id=variant.public_id, price=eur(9900), actor_id=None)
    offer = queries.offers(variant_ids=[variant.public_id])[variant.public_id]
    assert (offer.price, offer.version) == (eur(9900), variant.version + 1)
    event = OutboxEvent.objects.get(type__endswith="PriceChanged")
    assert (event.data["old"], event.data["new"]) == (9600, 9900)


@pytest.mark.parametrize("price", [Money(0, "EUR"), Money(-1, "EUR"), Money(100, "USD")])
def test_a_price_that_is_none_is_refused(price):
    variant = make_product().variants.get()
    with pytest.raises(ProductRefused):
        actions.set_price(variant_id=variant.public_id, price=price, actor_id=None)
    variant.refresh_from_db()
    assert (variant.price, variant.version) == (9600, 1)


def test_the_database_keeps_an_sku_unique_for_a_seller():
    brand = make_brand()
    create(brand, variants=[VariantInput(sku="A", price=eur(100))])
    product = create(brand, variants=[VariantInput(sku="B", price=eur(100))])
    Variant.objects.filter(product=product).update(sku="A")
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS variant_sku_per_seller IMMEDIATE")


def test_categories_are_a_tree():
    make_category(slug="home", name="Home")
    make_category(slug="vases", name="Vases", parent="home")
    make_category(slug="bags", name="Bags")
    found = {one.slug: one for one in queries.categories()}
    assert found["vases"].path == ("Home", "Vases")
    assert found["vases"].parent_id == found["home"].id
    assert queries.category_tree_ids(slugs=["home"]) == sorted(
        [found["home"].id, found["vases"].id]
    )
    with pytest.raises(NotFound):
        make_category(slug="lost", parent="nowhere")


def test_a_change_to_another_version_than_was_seen_is_refused():
    product = make_product(title="Mine")
    sku = product.variants.get().sku or ""
    data = product_data(
        title="Theirs",
        variants=[VariantInput(sku=sku, price=Money(100, "EUR"))],
        pictures=[PictureInput(image_id=product.images.get().image_id)],
    )
    seen = product.version
    who = {"product_id": product.public_id, "seller_id": product.seller_id, "actor_id": None}
    actions.update_product(**who, data=data, version=seen)
    with pytest.raises(Overtaken) as overtaken:
        actions.update_product(**who, data=replace(data, title="Mine again"), version=seen)

    product.refresh_from_db()
    assert product.title == "Theirs"
    assert overtaken.value.version == product.version == seen + 1
