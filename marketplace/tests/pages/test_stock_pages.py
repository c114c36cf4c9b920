"""The stock of a brand in the studio: seen, typed, refused whole, and told apart from strangers."""

import pytest

from accounts.models import BrandAct
from accounts.testing import client_for, make_brand, make_member, make_person, owner_of
from catalog.models import Variant
from catalog.testing import make_product
from inventory import actions
from inventory.models import Stock, StockMovement
from inventory.queries import available, stock_levels

pytestmark = pytest.mark.django_db

LIST = "/studio/ondine/stock/"


@pytest.fixture
def brand():
    return make_brand(name="Ondine Studio", handle="ondine")


@pytest.fixture
def owner(brand):
    return client_for(owner_of(brand))


@pytest.fixture
def small(brand):
    """The first of two variants, of which ten are there."""
    product = make_product(seller=brand, title="Tall vase", sizes=["S", "L"])
    variant = product.variants.get(title="S")
    actions.receive(variant_id=variant.pk, quantity=10, actor_id=None)
    return variant


def posted(variants, **changes):
    return {
        "variant": [one.public_id for one in variants],
        "kind": "counted",
        "reason": "",
        **changes,
    }


def on_hand(variant):
    return stock_levels(variant_pks=[variant.pk])[variant.pk].on_hand


def test_the_list_shows_counts_and_finds(owner, brand, small):
    make_product(seller=brand, title="Bowl")
    page = owner.get(LIST).content.decode()
    assert "Tall vase" in page
    assert "Bowl" in page
    assert "Bowl" not in owner.get(LIST, {"q": "tall S"}).content.decode()
    assert "Tall vase" not in owner.get(LIST, {"state": "low"}).content.decode()
    assert "Nothing matches" in owner.get(LIST, {"q": "nothing like it"}).content.decode()
    assert owner.get(f"{LIST}?q=%00%25&state=x&cursor=9-9-zz").status_code == 200


@pytest.mark.parametrize(
    ("kind", "typed", "left", "moved"),
    [
        ("counted", "7", 7, -3),
        ("received", "7", 17, 7),
        ("returned", "1", 11, 1),
        ("written_off", "4", 6, -4),
    ],
)
def test_pieces_are_booked_as_what_happened_with_who_and_why(
    owner, brand, small, kind, typed, left, moved
):
    form = posted([small], kind=kind, reason="Fell down", **{f"n-{small.public_id}": typed})
    answer = owner.post(LIST, form)
    assert answer.status_code == 302
    assert on_hand(small) == left
    last = StockMovement.objects.latest("id")
    assert (last.kind, last.quantity, last.reason) == (kind, moved, "Fell down")
    assert last.actor_id == owner_of(brand).user_id
    page = owner.get(f"{LIST}{small.public_id}/").content.decode()
    assert "Fell down" in page
    assert owner_of(brand).name in page
    act = BrandAct.objects.filter(act="inventory.stock_changed").latest("id")
    assert (act.brand_id, act.actor_id, act.detail) == (brand.pk, last.actor_id, "Fell down")


def test_several_rows_are_one_act_and_low_marks_go_along(owner, small):
    large = Variant.objects.get(product=small.product_id, title="L")
    keys = {f"n-{small.public_id}": "3", f"n-{large.public_id}": "9", f"low-{large.public_id}": "9"}
    assert owner.post(LIST, posted([small, large], **keys)).status_code == 302
    assert available(variant_pks=[small.pk, large.pk]) == {small.pk: 3, large.pk: 9}
    large.refresh_from_db()
    assert large.availability == "low"


@pytest.mark.parametrize("typed", ["-1", "1.5", "1e3", "x", "9" * 30, "1000001", "[]"])
def test_nonsense_in_one_row_changes_none(owner, small, typed):
    large = Variant.objects.get(product=small.product_id, title="L")
    keys = {f"n-{small.public_id}": typed, f"n-{large.public_id}": "9"}
    answer = owner.post(LIST, posted([small, large], **keys))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="n-{small.public_id}-error"' in page
    assert 'value="9"' in page
    assert on_hand(small) == 10
    assert not Stock.objects.filter(pk=large.pk, on_hand__gt=0).exists()


def test_what_is_promised_to_buyers_stays(owner, small):
    actions.reserve(reference="a", wants={small.pk: 8}, until=None)
    form = posted([small], kind="written_off", reason="Lost", **{f"n-{small.public_id}": "3"})
    answer = owner.post(LIST, form)
    assert answer.status_code == 409
    assert "Only 2 are free" in answer.content.decode()
    assert on_hand(small) == 10


@pytest.mark.parametrize(
    "changes",
    [{"kind": "sold"}, {"kind": ""}, {"kind": "written_off"}, {"reason": "x" * 201}],
)
def test_what_happened_and_why_are_asked_for(owner, small, changes):
    form = posted([small], **{f"n-{small.public_id}": "1", **changes})
    answer = owner.post(LIST, form)
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.content.decode()
    assert on_hand(small) == 10


@pytest.mark.parametrize("role", ["orders", "chat", "finance"])
def test_other_roles_strangers_and_foreign_variants(brand, owner, small, role):
    foreign = make_product(title="Not yours").variants.get()
    form = posted([small, foreign], **{f"n-{foreign.public_id}": "5", f"n-{small.public_id}": "1"})
    for client in (
        client_for(None),
        client_for(make_person()),
        client_for(owner_of(make_brand())),
        client_for(make_member(brand=brand, role=role)),
    ):
        assert client.get(LIST).status_code == 404
        assert client.get(f"{LIST}{small.public_id}/").status_code == 404
        assert client.post(LIST, form).status_code == 404
    assert on_hand(small) == 10
    assert owner.get(f"{LIST}{foreign.public_id}/").status_code == 404
    owner.post(LIST, form)
    assert on_hand(small) == 1
    assert not Stock.objects.filter(pk=foreign.pk).exists()


def test_list_and_history_keep_their_number_of_queries(
    brand, owner, small, django_assert_max_num_queries
):
    """List: session, user, variants, counts. History: session, user, variant, movements, their
    sum, names, counts."""
    owner.get(LIST)
    for _ in range(4):
        make_product(seller=brand, sizes=["S", "M"])
    with django_assert_max_num_queries(4):
        owner.get(LIST)
    for _ in range(5):
        actions.receive(
            variant_id=small.pk, quantity=1, actor_id=owner_of(brand).user_id, reason="More"
        )
    with django_assert_max_num_queries(7):
        owner.get(f"{LIST}{small.public_id}/")
