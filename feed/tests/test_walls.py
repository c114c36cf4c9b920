"""Home, Following and Explore: order, stability while pins arrive, budgets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.actions import choose_interests, suspend_person
from accounts.testing import (
    Profile,
    client_for,
    follow_all,
    make_brand,
    make_operator,
    make_person,
    viewer_for,
)
from catalog.testing import Product, make_category, make_product
from core import clock
from feed.actions import edit_board, save_pin, take_down_pin, unsave_pin
from feed.models import Pin, ProductTag
from feed.scroll import PAGE_SIZE, PLACES, load
from feed.testing import make_board, make_pin
from feed.tests.walls import get, ids, many_pins, next_of
from feed.wall import RELATED_TAGS, related_ids

pytestmark = pytest.mark.django_db


def test_following_shows_only_followed_newest_first() -> None:
    mara, studio, other = make_person(), make_brand(), make_brand()
    follow_all(mara, [studio])
    pins = many_pins(studio, 5)
    make_pin(author=other, title="Not followed")
    shown = ids(get(client_for(mara), "/following/"))
    assert shown == [pin.public_id for pin in reversed(pins)]


@pytest.mark.slow
def test_following_has_no_gap_and_no_repeat_while_a_hundred_pins_arrive() -> None:
    mara, studio = make_person(), make_brand()
    follow_all(mara, [studio])
    pins = many_pins(studio, 60)
    client = client_for(mara)
    html, seen = get(client, "/following/"), []
    for _page in range(3):
        seen += ids(html)
        many_pins_now = [make_pin(author=studio, title="Just now") for _ in range(34)]
        assert len(many_pins_now) == 34
        if "data-more" not in html:
            break
        html = get(client, next_of(html))
    assert seen == [pin.public_id for pin in reversed(pins)]


def test_following_asks_a_guest_to_log_in(client: Client) -> None:
    response = client.get("/following/")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?next=%2Ffollowing%2F")


def test_home_says_why_and_mixes_follows_saves_and_interests() -> None:
    lamps = make_category(slug="lamps", name="Lamps")
    mara, jonah, studio, other = (
        make_person(),
        make_person(name="Jonah A"),
        make_brand(),
        make_brand(),
    )
    follow_all(mara, [jonah, studio])
    choose_interests(profile_id=mara.pk, slugs=["lamps"])
    followed = make_pin(author=studio, title="From a followed brand")
    interest = make_pin(author=other, title="A lamp", category=lamps.slug)
    saved = make_pin(author=make_brand(), title="Saved by Jonah")
    save_pin(pin_id=saved.public_id, saver_id=jonah.pk)
    html = get(client_for(mara), "/")
    assert {followed.public_id, interest.public_id, saved.public_id} <= set(ids(html))
    assert "Jonah saved this" in html
    assert "Because you like Lamps" in html
    assert f"{studio.name} · you follow" in html


def test_what_somebody_picked_is_named_as_they_picked_it() -> None:
    make_category(slug="ceramics", name="Ceramics")
    make_category(slug="planters", name="Planters", parent="ceramics")
    mara = make_person()
    choose_interests(profile_id=mara.pk, slugs=["ceramics"])
    make_pin(author=make_brand(), title="A pot", category="planters")
    html = get(client_for(mara), "/")
    assert "Because you like Ceramics" in html
    assert "Planters" not in html


def test_every_card_of_home_says_why_it_is_there() -> None:
    """Also to somebody who follows nobody yet: it is new or popular, at least."""
    author = make_brand()
    many_pins(author, 3)
    html = get(client_for(make_person()), "/")
    lines = BeautifulSoup(html, "html5lib").select("article.pin .by > span:last-child")
    assert len(lines) == 3
    for line in lines:
        text = line.get_text(" ", strip=True)
        assert text in (f"{author.name} · new", f"{author.name} · popular")


def test_a_pin_of_long_ago_is_no_fault() -> None:
    old = make_pin(author=make_brand())
    Pin.objects.filter(pk=old.pk).update(published_at=datetime(1970, 1, 1, tzinfo=UTC))
    assert old.public_id in get(client_for(make_person()), "/")


def test_a_secret_board_gives_no_reason_to_anybody() -> None:
    mara, jonah = make_person(), make_person(name="Jonah A")
    follow_all(mara, [jonah])
    board = make_board(owner=jonah, title="Presents", secret=True)
    pin = make_pin(author=make_brand())
    save_pin(pin_id=pin.public_id, saver_id=jonah.pk, board_id=board.public_id)
    html = get(client_for(mara), "/")
    assert pin.public_id in html
    assert "Jonah saved this" not in html


@pytest.mark.slow
@pytest.mark.parametrize("how", ["secret", "unsaved", "suspended"])
def test_a_kept_wall_names_nobody_who_hides_by_now_what_they_saved(
    how: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mara, jonah, ana = make_person(), make_person(name="Jonah A"), make_person(name="Ana B")
    follow_all(mara, [jonah, ana])
    boards = [make_board(owner=one, title="Rooms") for one in (jonah, ana)]
    pins = many_pins(make_brand(), 60)
    for number, pin in enumerate(pins):
        board = boards[number % 2]
        save_pin(pin_id=pin.public_id, saver_id=board.owner_id, board_id=board.public_id)
    client = client_for(mara)
    more = next_of(get(client, "/"))
    # session, user with profile, who still shows it, pins
    with django_assert_max_num_queries(6):
        told = get(client, more)
    assert "Jonah saved this" in told
    assert "Ana saved this" in told
    if how == "secret":
        edit_board(board_id=boards[0].public_id, owner_id=jonah.pk, title="R", text="", secret=True)
    elif how == "suspended":
        operator = make_operator().user_id or 0
        suspend_person(profile_id=jonah.pk, operator_id=operator, reason="Spam")
    else:
        for pin in pins:
            unsave_pin(pin_id=pin.public_id, saver_id=jonah.pk)
    after = get(client, more)
    assert ids(after) == ids(told)
    assert "Jonah" not in after
    assert "Ana saved this" in after
    lines = BeautifulSoup(after, "html5lib").select("article.pin .by > span:last-child")
    assert all("saved this" in one.get_text() or "for you" in one.get_text() for one in lines)


@pytest.mark.slow
@pytest.mark.parametrize("lost", [False, True])
def test_home_continues_while_pins_arrive_and_when_the_cache_is_lost(lost: bool) -> None:
    mara, brands = make_person(), [make_brand() for _ in range(6)]
    follow_all(mara, brands)
    for brand in brands:
        many_pins(brand, 10)
    client = client_for(mara)
    html = get(client, "/")
    seen = ids(html)
    for brand in brands:
        make_pin(author=brand, title="Just now")
    if lost:
        cache.clear()
    while "data-more" in html:
        html = get(client, next_of(html))
        seen += ids(html)
    assert len(seen) == len(set(seen)) == 60


def test_a_kept_wall_with_a_reason_of_another_release_is_ranked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mara, jonah = make_person(), make_person()
    follow_all(mara, [jonah])
    many_pins(jonah, PAGE_SIZE + 4)
    reader = client_for(mara)
    keep = cache.set

    def newer(key: str, value: Any, *more: Any) -> None:
        if key.startswith("feed:walls:"):
            value = value[0], [(row[0], "moon", *row[2:]) for row in value[1]]
        keep(key, value, *more)

    monkeypatch.setattr(cache, "set", newer)
    first = get(reader, "/")
    following = next_of(first)
    rest = ids(get(reader, following))
    assert rest
    assert not set(rest) & set(ids(first)), "as of the moment of the first page"


def test_no_author_fills_the_first_screen() -> None:
    mara, loud, quiet = make_person(), make_brand(), [make_brand() for _ in range(8)]
    follow_all(mara, [loud, *quiet])
    many_pins(loud, 20)
    for brand in quiet:
        make_pin(author=brand)
    screen = ids(get(client_for(mara), "/"))[:12]
    by_loud = Pin.objects.filter(public_id__in=screen, author=loud).count()
    assert by_loud <= 4, "two on each screen of twelve, and the rest only when others ran out"


def test_pins_of_the_same_boards_are_like_it_the_newest_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start, author = clock.now() - timedelta(days=1), make_brand()
    pin, *others = (make_pin(author=author, title=f"Pin {number}") for number in range(7))
    secret = make_board(owner=make_person(), title="Secret", secret=True)
    boards = [make_board(owner=make_person(), title=f"Board {number}") for number in range(3)]
    for at, board in enumerate(boards):
        # Pins 0 and 1 on the oldest board, 2 and 3 on the next, 4 and 5 on the newest.
        for step, one in enumerate((pin, *others[2 * at : 2 * at + 2])):
            with clock.fixed(start + timedelta(hours=at, minutes=step)):
                save_pin(pin_id=one.public_id, saver_id=board.owner_id, board_id=board.public_id)
    for one in (pin, others[0]):
        save_pin(pin_id=one.public_id, saver_id=secret.owner_id, board_id=secret.public_id)

    def like() -> list[int]:
        return related_ids(pin_id=pin.pk, category_id=None, n=20)

    # The popular ones are there in any case: what a board adds is told by the order.
    assert like() == [one.pk for one in reversed(others)]
    monkeypatch.setattr("feed.wall.RELATED_BOARDS", 2)
    monkeypatch.setattr("feed.wall.RELATED_SAVES", 1)
    newest = [others[5].pk, others[3].pk]
    rest = [others[number].pk for number in (4, 2, 1, 0)]
    assert like() == newest + rest


def copies(pin: Pin, count: int, product: Product) -> list[Pin]:
    """So many published pins with the product."""
    plain = {
        field.attname: getattr(pin, field.attname)
        for field in Pin._meta.concrete_fields
        if field.name not in ("id", "public_id", "stands_for")
    }
    pins = Pin.objects.bulk_create([Pin(**plain) for _ in range(count)])
    spot = {"x": Decimal("0.5"), "y": Decimal("0.5"), "position": 1}
    ProductTag.objects.bulk_create([ProductTag(pin=one, product=product, **spot) for one in pins])
    return pins


def test_of_the_pins_with_the_same_product_the_newest_so_many_are_like_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brand = make_brand()
    product = make_product(seller=brand)
    pin = make_pin(author=brand, products=[product])
    beside = make_pin(author=brand, category=make_category(slug="lamps", name="Lamps").slug)
    pins = copies(pin, 6, product)
    Pin.objects.filter(pk=pins[4].pk).update(state="draft", published_at=None)

    def like() -> list[int]:
        return related_ids(pin_id=pin.pk, category_id=beside.category_id, n=20)

    # What shares the product is before what shares the category, and that before the popular.
    shared = [pins[number].pk for number in (5, 3, 2, 1, 0)]
    assert like() == [*shared, beside.pk]
    monkeypatch.setattr("feed.wall.RELATED_TAGS", 3)
    assert like() == [*shared[:3], beside.pk, *shared[3:]]


def test_however_many_pins_have_a_product_so_many_are_read_at_most() -> None:
    brand = make_brand()
    product = make_product(seller=brand)
    pin = make_pin(author=brand, products=[product])
    copies(pin, 3000, product)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE feed_producttag, feed_pin")
        with CaptureQueriesContext(connection) as queries:
            related_ids(pin_id=pin.pk, category_id=None, n=18)
        (query,) = queries
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + query["sql"])
        (((plan,),),) = cursor.fetchall()

    def read(node: dict[str, Any]) -> float:
        per_loop = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        own = per_loop * node["Actual Loops"] if "Relation Name" in node else 0
        return own + sum(read(one) for one in node.get("Plans", []))

    # Tags and their pins, the popular ones, and all that were found once more.
    assert read(plan["Plan"]) <= 6 * RELATED_TAGS


def test_pages_already_loaded_come_back_at_once() -> None:
    mara, brands = make_person(), [make_brand() for _ in range(6)]
    follow_all(mara, brands)
    for brand in brands:
        many_pins(brand, 10)
    client = client_for(mara)
    first = get(client, "/")
    second = get(client, next_of(first))
    both = get(client, next_of(first).replace("page=", "upto="))
    assert ids(both) == ids(first) + ids(second)


def made_up(at: datetime, number: int) -> str:
    """The token of a wall that nobody was given."""
    return f"{int(at.timestamp()):x}-{number:012x}"


def test_made_up_positions_of_explore_are_the_wall_of_now_and_leave_nothing_behind(
    client: Client,
) -> None:
    slot = datetime(2026, 3, 2, 12, tzinfo=UTC)
    now, author = slot + timedelta(minutes=1), make_brand()
    with clock.fixed(now):
        old = [pin.public_id for pin in many_pins(author, 30)]
        first = get(client, "/explore/")
        fresh = make_pin(author=author, title="Of the next five minutes")
        tokens = [
            made_up(slot + timedelta(minutes=5 * number), 7 * (number % 2))
            for number in range(-9, 10)
        ]
        for token in tokens:
            assert ids(get(client, f"/explore/?scroll={token}&page=1")) == ids(first)
            rest = ids(get(client, f"/explore/?scroll={token}&page=2"))
            assert sorted(ids(first) + rest) == sorted(old)
        kept = [token for token in tokens if load(owner="explore:", token=token) is not None]
    assert kept == [made_up(slot, 0)]
    with clock.fixed(now + timedelta(minutes=5)):
        assert fresh.public_id in ids(get(client, "/explore/"))


def test_a_person_has_so_many_kept_walls_of_home_and_no_more() -> None:
    now = datetime(2026, 3, 2, 12, 1, tzinfo=UTC)
    mara, author = make_person(), make_brand()
    follow_all(mara, [author])
    client = client_for(mara)
    with clock.fixed(now):
        pins = [pin.public_id for pin in many_pins(author, 30)]
        tokens = [made_up(now - timedelta(seconds=number), number) for number in range(40)]
        for token in tokens:
            # As of the moment that it names; however often it is asked and whatever else is kept.
            assert set(ids(get(client, f"/?scroll={token}&page=2"))) < set(pins)
        owner = f"{mara.pk}:own:{viewer_for(mara).hidden.mark}"
        kept = [token for token in tokens if load(owner=owner, token=token) is not None]
        assert 1 <= len(kept) <= PLACES
        for at in (now + timedelta(hours=1), now - timedelta(days=8)):
            token = made_up(at, 1)
            html = get(client, f"/?scroll={token}&page=2")
            assert len(ids(html)) == PAGE_SIZE
            assert token not in next_of(html)
            assert load(owner=owner, token=token) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "scroll=x&page=2",
        "scroll=" + "f" * 500,
        "scroll=ffffffff-000000000000&page=-1",
        "scroll=00000000-000000000000&page=1e9",
        "scroll=zzzzzzzz-000000000000&page=2",
        "page=٣&scroll=00000000-000000000000",
        "cursor=%00",
        "cursor=99999999999999999.1",
        "cursor=1.'",
    ],
)
@pytest.mark.parametrize("path", ["/", "/explore/", "/following/"])
def test_a_strange_position_is_page_one(path: str, query: str) -> None:
    mara, studio = make_person(), make_brand()
    follow_all(mara, [studio])
    pin = make_pin(author=studio)
    assert client_for(mara).get(f"{path}?{query}").status_code == 200
    assert pin.public_id in get(client_for(mara), path)


def test_explore_is_the_wall_of_a_guest_and_a_category_narrows_it(client: Client) -> None:
    lamps = make_category(slug="lamps", name="Lamps")
    child = make_category(slug="desk-lamps", name="Desk lamps", parent="lamps")
    lamp = make_pin(title="A lamp", category=lamps.slug)
    desk = make_pin(title="A desk lamp", category=child.slug)
    vase = make_pin(title="A vase")
    assert set(ids(get(client, "/"))) == {lamp.public_id, desk.public_id, vase.public_id}
    assert set(ids(get(client, "/explore/lamps/"))) == {lamp.public_id, desk.public_id}
    assert client.get("/explore/no-such/").status_code == 404


def test_what_was_taken_down_and_who_is_not_approved_is_on_no_wall(client: Client) -> None:
    operator = make_person(staff=True)
    studio, hidden = make_brand(), make_brand(approved=False)
    gone, never = make_pin(author=studio), make_pin(author=hidden)
    assert gone.public_id in get(client, "/")
    assert operator.user_id
    take_down_pin(public_id=gone.public_id, operator_id=operator.user_id, reason="A copy")
    cache.clear()
    html = get(client, "/explore/")
    assert gone.public_id not in html
    assert never.public_id not in html
    for pin in (gone, never):
        assert client.get(f"/pin/{pin.public_id}/").status_code == 404


def test_a_card_shows_price_and_buy_of_this_moment(client: Client) -> None:
    studio = make_brand()
    product = make_product(seller=studio, price=12_300)
    make_pin(author=studio, products=[product])
    html = get(client, "/")
    assert "€123" in html
    assert f"/buy/{product.variants.get().public_id}/" in html


def test_following_empty_state(client: Client) -> None:
    html = get(client_for(make_person()), "/following/")
    assert "Nothing here yet" in html


def _world(pins: int) -> Profile:
    mara, brands = make_person(), [make_brand() for _ in range(3)]
    follow_all(mara, brands)
    for brand in brands:
        product = make_product(seller=brand)
        for number in range(pins):
            make_pin(author=brand, title=f"{number}", products=[product])
    return mara


@pytest.mark.parametrize("pins", [1, 9])
def test_wall_budgets_do_not_grow(
    pins: int, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mara = _world(pins)
    known = client_for(mara)
    get(known, "/")  # the category tree is kept by the process
    cache.clear()
    # ids, pins, products
    with django_assert_max_num_queries(4):
        get(client, "/explore/")
    # session, user with profile, follows, candidates, pins, products
    cache.clear()
    with django_assert_max_num_queries(6):
        get(known, "/")
    with django_assert_max_num_queries(6):
        get(known, "/following/")
