# mypy: disable-error-code="union-attr"
"""On sale at a time that was chosen: once, late if it must be, and never against the rules."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.testing import hide_brand, make_brand, make_member, make_person, show_brand
from catalog import actions, tasks
from catalog.models import PriceRecord, Product
from catalog.queries import offers
from catalog.testing import make_product
from catalog.types import NotMovable, ProductRefused
from core import clock
from core.errors import NotFound
from core.models import OutboxEvent
from core.money import Money
from core.testing import race
from notifications.testing import notices_of
from search.queries import find

pytestmark = pytest.mark.django_db


def waiting(*, minutes=10, **changes):
    """A draft that goes on sale in a while."""
    product = make_product(publish=False, title="Carafe", **changes)
    return actions.schedule_product(
        product_id=product.public_id,
        seller_id=product.seller_id,
        actor_id=None,
        at=clock.now() + timedelta(minutes=minutes),
    )


def after(**time):
    return clock.fixed(clock.now() + timedelta(**time))


def published(product):
    return OutboxEvent.objects.filter(
        type="catalog.ProductPublished", data__product_id=product.public_id
    ).count()


def test_nothing_happens_before_the_time_and_all_of_it_after():
    product = waiting()
    tasks.publish_due()
    assert find(text="carafe").items == []

    with after(minutes=11):
        tasks.publish_due()
        tasks.publish_due()
    product.refresh_from_db()
    assert (product.state, product.publish_at) == ("published", None)
    assert [hit.public_id for hit in find(text="carafe").items] == [product.public_id]
    assert published(product) == 1
    assert [one.to_state for one in product.moves.all()] == ["published", "draft"]


def test_what_was_missed_is_made_good():
    products = [waiting(minutes=minutes) for minutes in (1, 30, 50, 500)]
    with after(hours=1):
        assert actions.publish_due() == 3
    states = [Product.objects.get(pk=one.pk).state for one in products]
    assert states == ["published", "published", "published", "draft"]


@pytest.mark.django_db(transaction=True)
def test_two_beats_publish_once():
    products = [waiting() for _ in range(4)]

    def beat(_number=0):
        with after(minutes=11):
            return actions.publish_due()

    assert sum([*race(2, beat), beat()]) == 4
    assert [published(one) for one in products] == [1, 1, 1, 1]


def test_what_cannot_be_sold_any_more_loses_its_date_and_its_team_hears_why():
    brand = make_brand()
    keeper, finance = make_person(), make_person()
    make_member(brand=brand, person=keeper, role="catalogue")
    make_member(brand=brand, person=finance, role="finance")
    product = waiting(seller=brand)
    other = waiting(seller=brand)
    product.images.all().delete()
    Product.objects.filter(pk=product.pk).update(cover=None)
    with after(minutes=11):
        assert actions.publish_due() == 1
        assert actions.publish_due() == 0

    product.refresh_from_db()
    assert (product.state, product.publish_at) == ("draft", None)
    assert Product.objects.get(pk=other.pk).state == "published"
    [told] = notices_of(keeper.pk, kind="catalog.not_published")
    assert "picture" in told.body
    assert notices_of(finance.pk, kind="catalog.not_published") == []


def test_what_a_suspended_brand_had_scheduled_waits_for_it_to_come_back():
    product = waiting()
    hide_brand(product.seller)
    with after(minutes=11):
        assert actions.publish_due() == 0
    product.refresh_from_db()
    assert (product.state, published(product), product.publish_at is None) == ("draft", 0, False)
    assert find(text="carafe").items == []

    show_brand(product.seller)
    with after(minutes=12):
        assert [actions.publish_due(), actions.publish_due()] == [1, 0]
    assert published(product) == 1
    assert [hit.public_id for hit in find(text="carafe").items] == [product.public_id]


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=-1), timedelta(days=400)])
def test_a_date_lies_ahead_and_not_too_far(ahead):
    product = make_product(publish=False)
    with pytest.raises(ProductRefused):
        actions.schedule_product(
            product_id=product.public_id,
            seller_id=product.seller_id,
            actor_id=None,
            at=clock.now() + ahead,
        )
    product.refresh_from_db()
    assert product.publish_at is None


def test_who_may_not_and_what_cannot_be_scheduled():
    product, stranger = make_product(), make_brand()
    soon = clock.now() + timedelta(hours=1)
    with pytest.raises(NotFound):
        actions.schedule_product(
            product_id=product.public_id, seller_id=stranger.pk, actor_id=None, at=soon
        )
    actions.take_down_product(public_id=product.public_id, operator_id=None, reason="A look-alike")
    with pytest.raises(NotMovable):
        actions.schedule_product(
            product_id=product.public_id, seller_id=product.seller_id, actor_id=None, at=soon
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(publish_at=soon)
    bare = make_product(publish=False, pictures=[])
    with pytest.raises(ProductRefused):
        actions.schedule_product(
            product_id=bare.public_id, seller_id=bare.seller_id, actor_id=None, at=soon
        )
    assert not Product.objects.exclude(publish_at=None).exists()


def test_what_is_on_sale_is_off_until_its_date_and_comes_back_by_itself():
    product = make_product(price=4000)
    variant = product.variants.get().public_id
    first = product.published_at
    who = {"product_id": product.public_id, "seller_id": product.seller_id, "actor_id": None}
    actions.schedule_product(**who, at=clock.now() + timedelta(minutes=10))
    product.refresh_from_db()
    assert (product.state, product.published_at) == ("draft", first)
    assert product.publish_at is not None
    assert offers(variant_ids=[variant]) == {}
    with after(minutes=11):
        assert actions.publish_due() == 1
    assert offers(variant_ids=[variant])[variant].buyable
    again = Product.objects.get(pk=product.pk)
    assert (again.state, again.published_at, again.publish_at) == ("published", first, None)


def test_a_date_for_what_cannot_be_published_leaves_it_on_sale():
    product = make_product(with_delivery=False)
    who = {"product_id": product.public_id, "seller_id": product.seller_id, "actor_id": None}
    with pytest.raises(ProductRefused):
        actions.schedule_product(**who, at=clock.now() + timedelta(minutes=10))
    product.refresh_from_db()
    assert (product.state, product.publish_at) == ("published", None)


def test_a_date_is_taken_back_and_publishing_by_hand_needs_none():
    product, other = waiting(), waiting()
    actions.unschedule_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    actions.publish_product(product_id=other.public_id, seller_id=other.seller_id, actor_id=None)
    with after(minutes=11):
        assert actions.publish_due() == 0
    product.refresh_from_db()
    assert product.state == "draft"
    assert published(other) == 1


def test_back_to_draft_is_out_of_sight_and_may_return():
    product = make_product(title="Carafe")
    who = {"product_id": product.public_id, "seller_id": product.seller_id, "actor_id": None}
    actions.redraft_product(**who)
    actions.redraft_product(**who)
    product.refresh_from_db()
    assert product.state == "draft"
    assert find(text="carafe").items == []
    actions.publish_product(**who)
    assert [hit.public_id for hit in find(text="carafe").items] == [product.public_id]
    assert published(product) == 2


def test_a_copy_says_the_same_under_other_skus_and_with_nothing_in_stock():
    product = make_product(title="Carafe", sizes=["S", "L"], price=4000)
    who = {"product_id": product.public_id, "seller_id": product.seller_id, "actor_id": None}
    copy, again = actions.duplicate_product(**who), actions.duplicate_product(**who)

    assert (copy.state, copy.title) == ("draft", "Carafe, copy")
    assert [one.image_id for one in copy.images.all()] == [product.cover_id]
    assert [(one.title, one.price) for one in copy.variants.all()] == [("S", 4000), ("L", 4100)]
    skus = [one.sku for each in (product, copy, again) for one in each.variants.all()]
    assert len(set(skus)) == 6
    assert {one.availability for one in copy.variants.all()} == {"sold_out"}
    with pytest.raises(NotFound):
        actions.duplicate_product(
            product_id=product.public_id, seller_id=make_brand().pk, actor_id=None
        )


def test_the_history_of_a_price_is_kept_while_on_sale():
    product = make_product(publish=False, price=4000)
    variant = product.variants.get()
    who = {"product_id": product.public_id, "seller_id": product.seller_id, "actor_id": None}
    money = Money(9600, "EUR")

    def history():
        rows = PriceRecord.objects.filter(variant=variant).order_by("id")
        return list(rows.values_list("price", flat=True))

    assert history() == []
    actions.publish_product(**who)
    actions.set_price(variant_id=variant.public_id, price=money, actor_id=None)
    actions.set_price(variant_id=variant.public_id, price=money, actor_id=None)
    assert history() == [4000, money.amount]
