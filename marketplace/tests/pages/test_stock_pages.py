"""The stock of a brand in the studio: seen, typed, refused whole, and told apart from strangers."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from accounts.models import BrandAct
from accounts.testing import client_for, make_brand, make_member, make_person, owner_of
from catalog.models import Variant
from catalog.testing import make_product
from core.testing import undo_in
from inventory import actions
from inventory.models import Stock, StockMovement
from inventory.queries import available, stock_imbalances, stock_levels
from marketplace.pages import stock_history
from marketplace.tests.pages.lists import file_of

pytestmark = pytest.mark.django_db

LIST = "/studio/ondine/stock/"


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


def test_a_mark_that_a_colleague_changed_meanwhile_stays(owner, small):
    """The page sends the mark of every row; only what this person changed is booked."""
    large = Variant.objects.get(product=small.product, title="L")
    page = BeautifulSoup(owner.get(LIST).content, "html.parser")
    shown = {str(one["name"]): str(one["value"]) for one in page.select("input[name^=low-]")}
    assert set(shown) == {
        f"{lead}-{one.public_id}" for one in (small, large) for lead in ("low", "low-was")
    }
    actions.set_low_mark(variant_id=small.pk, low_at=10, actor_id=None)

    def marks():
        levels = stock_levels(variant_pks=[small.pk, large.pk])
        return [levels[one.pk].low_at for one in (small, large)]

    rows = posted([small, large], **shown)
    owner.post(LIST, {**rows, f"n-{large.public_id}": "4"})
    assert on_hand(large) == 4
    usual = int(shown[f"low-{large.public_id}"])
    assert marks() == [10, usual]
    # What is typed on the old page counts, also where it is said for those that are ticked.
    owner.post(LIST, {**rows, f"low-{small.public_id}": "7"})
    assert marks() == [7, usual]
    was = shown[f"low-was-{small.public_id}"]
    owner.post(LIST, {**rows, "row": [small.public_id], "each-low": was})
    assert marks() == [int(was), usual]


def test_a_number_for_all_that_are_ticked_and_the_way_back(owner, brand, small):
    large = Variant.objects.get(product=small.product_id, title="L")
    other = make_product(seller=brand, title="Bowl").variants.get()
    form = posted(
        [small, large, other],
        kind="received",
        reason="Delivery 7",
        row=[small.public_id, large.public_id],
        each="5",
        **{f"n-{large.public_id}": "2", "each-low": "9", f"low-{large.public_id}": "4"},
    )
    assert owner.post(LIST, form).status_code == 302
    # What a row says itself counts more, and what is not ticked stays.
    assert available(variant_pks=[small.pk, large.pk, other.pk]) == {
        small.pk: 15,
        large.pk: 2,
        other.pk: 0,
    }
    levels = stock_levels(variant_pks=[small.pk, large.pk])
    assert (levels[small.pk].low_at, levels[large.pk].low_at) == (9, 4)
    moves = StockMovement.objects.filter(reason="Delivery 7")
    assert sorted(moves.values_list("kind", "quantity")) == [("received", 2), ("received", 5)]
    actions.write_off(variant_id=small.pk, quantity=1, actor_id=None)
    undo = undo_in(owner.get(LIST))
    # Twice pressed is once undone; what became of the pieces since then stays so.
    for _press in range(2):
        assert owner.post(undo).status_code == 303
        assert available(variant_pks=[small.pk, large.pk]) == {small.pk: 9, large.pk: 0}
    levels = stock_levels(variant_pks=[small.pk, large.pk])
    assert (levels[small.pk].low_at, levels[large.pk].low_at) == (3, 3)
    back = StockMovement.objects.filter(stock=small.pk).latest("id")
    assert (back.kind, back.quantity, back.reason) == ("counted", -5, "Taken back")
    assert back.actor_id == owner_of(brand).user_id
    assert not stock_imbalances()


def test_a_count_is_taken_back_row_by_row_and_what_is_promised_is_named(owner, brand, small):
    large = Variant.objects.get(product=small.product_id, title="L")
    form = posted([small, large], row=[small.public_id, large.public_id], each="20")
    owner.post(LIST, form)
    undo = undo_in(owner.get(LIST))
    actions.reserve(reference="a", wants={large.pk: 15}, until=None)
    owner.post(undo)
    page = owner.get(LIST).content.decode()
    assert "1 variant is counted as before." in page
    assert "1 stays as it was. Tall vase, L: " in page
    assert (on_hand(small), on_hand(large)) == (10, 20)


@pytest.mark.parametrize(
    ("ticked", "changes", "at"),
    [
        (True, {"each": "-1"}, "each"),
        (True, {"each": "x", "each-low": "2"}, "each"),
        (True, {"each-low": "10001"}, "each-low"),
        (True, {}, "each"),
        (False, {"each": "4"}, "each"),
    ],
)
def test_what_is_wrong_for_those_that_are_ticked_is_said_and_kept(
    owner, small, ticked, changes, at
):
    form = posted([small], **({"row": small.public_id} if ticked else {}), **changes)
    answer = owner.post(LIST, form)
    page = BeautifulSoup(answer.content, "html5lib")
    assert answer.status_code == 422
    assert page.select_one(f"#{at}-error") is not None
    assert page.select_one(f".errs a[href='#{at}']") is not None
    for name, value in changes.items():
        field = page.select_one(f"#{name}")
        assert field is not None
        assert field["value"] == value
    assert bool(page.select("td input[name=row][checked]")) is ticked
    assert on_hand(small) == 10


def test_anothers_sheet_and_nonsense_take_nothing_back(owner, brand, small):
    foreign = make_brand()
    theirs = make_product(seller=foreign, title="Jug").variants.get()
    stranger = client_for(owner_of(foreign))
    path = f"/studio/{foreign.handle}/stock/"
    stranger.post(path, posted([theirs], **{f"n-{theirs.public_id}": "6"}))
    sheet = StockMovement.objects.get(stock=theirs.pk).reference.removeprefix("sheet:")
    for undo in (
        f"back:{sheet}.{theirs.public_id}",
        f"back:{sheet}.{small.public_id}",
        f"back.{small.public_id}",
        f"back:%00.{small.public_id}",
        f"low:-1.{small.public_id}",
        f"low:{'9' * 30}.{small.public_id}",
        f"low:5.{theirs.public_id}",
        f"each:5.{small.public_id}",
    ):
        assert owner.post(f"{LIST}?undo={undo}").status_code == 303
    assert (on_hand(theirs), on_hand(small)) == (6, 10)
    assert stock_levels(variant_pks=[small.pk])[small.pk].low_at == 3
    assert stock_levels(variant_pks=[theirs.pk])[theirs.pk].low_at == 3


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
    guest = client_for(None)
    for client in (
        guest,
        client_for(make_person()),
        client_for(owner_of(make_brand())),
        client_for(make_member(brand=brand, role=role)),
    ):
        for path in (LIST, f"{LIST}{small.public_id}/"):
            assert client.get(path).status_code == (302 if client is guest else 404)
        assert client.post(LIST, form).status_code == 404
    assert on_hand(small) == 10
    assert owner.get(f"{LIST}{foreign.public_id}/").status_code == 404
    owner.post(LIST, form)
    assert on_hand(small) == 1
    assert not Stock.objects.filter(pk=foreign.pk).exists()


def test_list_and_history_keep_their_number_of_queries(
    brand, owner, small, django_assert_max_num_queries
):
    """List: session, user, variants, counts, orders that wait. History: session, user, variant,
    movements, their sum and what lies between, names, counts, orders that wait."""
    owner.get(LIST)
    for _ in range(4):
        make_product(seller=brand, sizes=["S", "M"])
    with django_assert_max_num_queries(5):
        owner.get(LIST)
    for _ in range(5):
        actions.receive(
            variant_id=small.pk, quantity=1, actor_id=owner_of(brand).user_id, reason="More"
        )
    with django_assert_max_num_queries(9):
        owner.get(f"{LIST}{small.public_id}/")


def history_of(client, variant, query=""):
    """What happened, how many, what was there then, and why, as the page says."""
    page = BeautifulSoup(client.get(f"{LIST}{variant.public_id}/{query}").content, "html5lib")
    return [
        tuple(row.find_all("td")[at].get_text(strip=True) for at in (1, 2, 3, 5))
        for row in page.select("tbody tr")
    ]


def test_a_history_is_searched_filtered_paged_and_saved(owner, brand, small, monkeypatch):
    clerk = owner_of(brand)
    actions.receive(variant_id=small.pk, quantity=5, actor_id=clerk.user_id, reason="Delivery 7")
    actions.write_off(variant_id=small.pk, quantity=2, actor_id=clerk.user_id, reason="Cracked")
    actions.receive(variant_id=small.pk, quantity=1, actor_id=clerk.user_id, reason="Delivery 8")
    first, second, third = (
        ("Received", "+1", "14", "Delivery 8"),
        ("Written off", "-2", "13", "Cracked"),
        ("Received", "+5", "15", "Delivery 7"),
    )
    assert history_of(owner, small)[:3] == [first, second, third]
    # What a filter leaves out was counted all the same.
    assert history_of(owner, small, "?kind=received")[:2] == [first, third]
    assert history_of(owner, small, "?q=delivery+7") == [third]
    assert history_of(owner, small, "?q=cracked&kind=written_off") == [second]
    assert history_of(owner, small, "?kind=sold") == []
    nothing = owner.get(f"{LIST}{small.public_id}/?kind=sold").content.decode()
    assert "Nothing of this kind" in nothing
    assert history_of(owner, small, "?kind=nonsense&cursor=x&q=%00")[:1] == [first]

    monkeypatch.setattr(stock_history, "HISTORY", replace(stock_history.HISTORY, page_size=1))
    address, seen = f"{LIST}{small.public_id}/?kind=received", []
    while address:
        page = BeautifulSoup(owner.get(address).content, "html5lib")
        seen += [row.find_all("td")[5].get_text(strip=True) for row in page.select("tbody tr")]
        more = page.select_one(".more a")
        address = str(more["href"]) if more else ""
    assert seen[:2] == ["Delivery 8", "Delivery 7"]
    assert page.select_one("[data-keys-line]"), "j and k move in it"


def test_the_file_of_a_history_has_its_rows(owner, brand, small):
    actions.write_off(
        variant_id=small.pk, quantity=2, actor_id=owner_of(brand).user_id, reason="=1+1"
    )
    rows = file_of(owner, f"{LIST}{small.public_id}/?kind=written_off&as=csv")
    (row,) = rows
    assert (row["What"], row["Pieces"], row["Then on the shelf"]) == ("Written off", "-2", "8")
    assert (row["Who"], row["Why"]) == (owner_of(brand).name, "'=1+1")
    foreign = make_product(title="Other").variants.get()
    assert owner.get(f"{LIST}{foreign.public_id}/?as=csv").status_code == 404
