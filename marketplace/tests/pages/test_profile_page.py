"""Storefronts and people, through HTTP."""

import html
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from accounts import actions as accounts
from accounts.testing import (
    approve,
    client_for,
    follow_all,
    make_brand,
    make_person,
    owner_of,
)
from catalog import actions
from catalog.queries import forget_categories
from catalog.testing import make_category, make_product, tell_story
from catalog.types import PoliciesInput
from core import clock
from feed.actions import save_pin
from feed.models import Pin
from feed.testing import make_board, make_pin
from feed.types import TagData
from marketplace.pages.profile import BESIDE_SECTIONS

pytestmark = pytest.mark.django_db


def storefront(brand):
    actions.save_policies(
        profile_id=brand.pk,
        data=PoliciesInput(reply_hours=9, returns_free=True),
    )
    tell_story(brand, "Two potters, one kiln, forty glazes.")


def test_a_storefront_states_its_promises_and_its_trader(client):
    brand = make_brand(name="Ondine Studio", handle="ondine")
    storefront(brand)
    make_product(seller=brand, title="Tall vase")
    page = client.get("/@ondine/").content.decode()
    for words in (
        "<h1>Ondine Studio",
        "Within 9 hours",
        "€6, 2 to 4 days",
        "Free, 30 days",
        "Two potters, one kiln",
        "Ondine Studio GmbH",
        "Hafenstraße 1",
        "Follow",
        "Ask",
        "Report Ondine Studio",
    ):
        assert words in page
    assert "Tall vase" in client.get("/@ondine/shop/").content.decode()
    assert "forty glazes" in client.get("/@ondine/about/").content.decode()
    assert client.get("/@ondine/boards/").status_code == 200


def test_a_person_has_no_shop(client):
    make_person(name="Mara Lindqvist", handle="mara")
    page = client.get("/@mara/").content.decode()
    assert "<h1>Mara Lindqvist" in page
    assert "No pins yet" in page
    assert client.get("/@mara/shop/").status_code == 404
    assert client.get("/@mara/about/").status_code == 200


def test_handles_have_one_spelling(client):
    make_brand(handle="ondine")
    answer = client.get("/@Ondine/shop/")
    assert answer.status_code == 302
    assert answer["Location"] == "/@ondine/shop/"


@pytest.mark.parametrize("handle", ["nobody", "%00", "x" * 400, "a'b", "..", "%E2%80%AE"])
def test_absent_profiles_are_404(client, handle):
    for tab in ("", "shop/", "boards/", "about/"):
        assert client.get(f"/@{handle}/{tab}").status_code == 404


def test_a_brand_is_seen_by_its_team_before_approval_and_by_nobody_after_suspension(client):
    brand = make_brand(handle="early", approved=False)
    storefront(brand)
    owner = client_for(owner_of(brand))
    assert client.get("/@early/").status_code == 404
    page = owner.get("/@early/")
    assert page.status_code == 200
    assert b"only the team sees this page" in page.content
    approve(brand)
    assert client.get("/@early/").status_code == 200


def test_followers_see_that_they_follow(client):
    brand = make_brand(handle="ondine")
    person = make_person()
    accounts.follow(follower_id=person.pk, followed_id=brand.pk)
    page = client_for(person).get("/@ondine/").content.decode()
    assert 'aria-pressed="true"' in page
    own = client_for(owner_of(brand)).get("/@ondine/").content.decode()
    assert "Products in the studio" in own


def test_an_empty_shop_says_so(client):
    brand = make_brand(handle="ondine")
    assert "Nothing on sale yet" in client.get("/@ondine/shop/").content.decode()
    page = client_for(owner_of(brand)).get("/@ondine/shop/").content.decode()
    assert "Add a product" in page


def test_a_shop_pages_and_keeps_its_number_of_queries(client, django_assert_max_num_queries):
    """Profile, storefront, products."""
    brand = make_brand(handle="ondine")
    storefront(brand)
    for _ in range(26):
        make_product(seller=brand)
    client.get("/@ondine/shop/")
    with django_assert_max_num_queries(3):
        page = client.get("/@ondine/shop/").content.decode()
    assert page.count("<article") == 24
    assert "?cursor=" in page
    for bad in ("?cursor=%00", "?cursor=" + "9" * 500, "?cursor[]=1"):
        assert client.get(f"/@ondine/shop/{bad}").status_code == 200
    with django_assert_max_num_queries(5):
        client.get("/@ondine/")


def test_a_guest_sees_on_the_storefront_what_they_saved(client):
    brand = make_brand(handle="ondine")
    pin = make_pin(author=brand)
    page = client.get("/@ondine/").content.decode()
    assert 'aria-pressed="true"' not in page.split("<main", 1)[1].split("</main>")[0]
    client.post(f"/pin/{pin.public_id}/save/")
    page = client.get("/@ondine/").content.decode()
    assert 'aria-pressed="true"' in page.split("<main", 1)[1].split("</main>")[0]


def test_more_pins_are_the_next_ones(client):
    brand = make_brand(handle="ondine")
    start = clock.now() - timedelta(days=2)
    for number in range(BESIDE_SECTIONS + 3):
        make_pin(author=brand, title=f"Pin {number}", at=start + timedelta(minutes=number))
    first = client.get("/@ondine/").content.decode()
    more = html.unescape(re.search(r'href="([^"]*)" data-more', first)[1])
    second = client.get(more).content.decode()
    first, second = ({*re.findall(r"Pin \d+", page)} for page in (first, second))
    assert len(first) == BESIDE_SECTIONS
    assert second == {"Pin 0", "Pin 1", "Pin 2"}


@pytest.fixture
def kinds(db):
    """A brand with a vase, two lamps and a look of both."""
    brand = make_brand(name="Ondine Studio", handle="ondine")
    for slug in ("vases", "lamps"):
        make_category(slug=slug)
    forget_categories()
    pair = [make_product(seller=brand), make_product(seller=brand)]
    make_pin(author=brand, title="A vase", category="vases", products=pair[:1])
    make_pin(author=brand, title="A lamp", category="lamps", products=pair[1:])
    make_pin(author=brand, title="Another lamp", category="lamps")
    make_pin(author=brand, title="A look", products=pair)
    return brand


def on_the_wall(page):
    return {one for one in ("A vase", "A lamp", "Another lamp", "A look") if f">{one}<" in page}


def test_chips_show_the_pins_of_one_kind(client, kinds):
    page = client.get("/@ondine/").content.decode()
    assert on_the_wall(page) == {"A vase", "A lamp", "Another lamp", "A look"}
    assert 'href="/@ondine/?show=lamps"' in page
    assert "Saved by people you follow" not in page

    page = client.get("/@ondine/?show=lamps").content.decode()
    assert on_the_wall(page) == {"A lamp", "Another lamp"}
    assert re.search(r'href="/@ondine/\?show=lamps" aria-current="true"', page)
    assert on_the_wall(client.get("/@ondine/?show=looks").content.decode()) == {"A look"}
    for odd in ("saved", "chairs", "%00", "x" * 500):
        page = client.get(f"/@ondine/?show={odd}").content.decode()
        assert len(on_the_wall(page)) == 4


def chips(page):
    return re.findall(r'href="/@ondine/\?show=(\w+)"', page)


MONDAY, SUNDAY = datetime(2027, 3, 1, 12, tzinfo=UTC), datetime(2027, 2, 28, 12, tzinfo=UTC)


def test_what_is_cheap_and_what_leaves_today_are_chips_of_the_shop(client, kinds):
    """By the variant that a pin names, only what can be bought, and no chip that says nothing."""
    assert {"under", "today"} & set(chips(client.get("/@ondine/").content.decode())) == set()
    sizes = make_product(seller=kinds, price=5_000, sizes=["S", "L"], lead_days=0)
    dear = sizes.variants.get(title="L")
    dear.price = 6_000
    dear.save()
    gone = make_product(seller=kinds, price=5_000, lead_days=0, availability="sold_out")
    make_pin(author=kinds, title="Cheap", products=[sizes])
    half = Decimal("0.5")
    named = TagData(product_id=sizes.public_id, variant_id=dear.public_id, x=half, y=half)
    make_pin(author=kinds, title="Named", tags=[named])
    make_pin(author=kinds, title="Gone", products=[gone])
    with clock.fixed(MONDAY):
        page = client.get("/@ondine/").content.decode()
        assert ">Under €60<" in page
        assert ">Ships today<" in page
        under = client.get("/@ondine/?show=under").content.decode()
        today = client.get("/@ondine/?show=today").content.decode()
    assert [one for one in ("Cheap", "Named", "Gone", "A vase") if f">{one}<" in under] == ["Cheap"]
    found = [one for one in ("Cheap", "Named", "Gone", "A vase") if f">{one}<" in today]
    assert found == ["Cheap", "Named"]
    with clock.fixed(SUNDAY):
        assert "Ships today" not in client.get("/@ondine/").content.decode()
        assert "Gone" in client.get("/@ondine/?show=today").content.decode(), "no chip, no filter"


def test_what_people_one_follows_saved_is_a_kind_without_their_secrets(kinds):
    noor, mara, stranger = make_person(), make_person(name="Mara Lind"), make_person()
    follow_all(noor, [mara])
    pins = {pin.title: pin for pin in Pin.objects.all()}
    for saver, title, secret in (
        (mara, "A vase", False),
        (mara, "A lamp", True),
        (stranger, "A look", False),
    ):
        board = make_board(owner=saver, title=f"For {title}", secret=secret)
        save_pin(saver_id=saver.pk, pin_id=pins[title].public_id, board_id=board.public_id)
    page = client_for(noor.user).get("/@ondine/?show=saved").content.decode()
    assert on_the_wall(page) == {"A vase"}

    alone = client_for(stranger.user).get("/@ondine/?show=saved").content.decode()
    assert "No pins of this kind" in alone
    assert on_the_wall(alone) == set()


def test_it_says_who_of_those_one_follows_follows_it(kinds):
    noor = make_person()
    known = [make_person(name=f"{name} Lind") for name in ("Mara", "Jonah", "Alma")]
    page = client_for(noor.user).get("/@ondine/").content.decode()
    assert "followed by" not in page

    follow_all(noor, known)
    for one in (*known, make_person(name="Stran Ger")):
        follow_all(one, [kinds])
    page = client_for(noor.user).get("/@ondine/").content.decode()
    line = re.search(r"followed by.*?</p>", page, re.DOTALL)[0]
    words = " ".join(re.sub(r"<[^>]+>", "", line).split())
    assert words == "followed by Mara Lind, Jonah Lind and 1 more you follow"

    accounts.block(blocker_id=noor.pk, blocked_id=known[0].pk)
    page = client_for(noor.user).get("/@ondine/").content.decode()
    line = re.search(r"followed by.*?</p>", page, re.DOTALL)[0]
    assert " ".join(re.sub(r"<[^>]+>", "", line).split()) == "followed by Jonah Lind and Alma Lind"


def test_a_profile_is_shared_by_address_and_mail_without_a_script(client, kinds):
    page = client.get("/@ondine/").content.decode()
    assert re.search(r'value="https?://[^"]+/@ondine/" readonly', page)
    assert 'href="mailto:?subject=Ondine%20Studio&amp;body=http' in page
    waiting = make_brand(handle="waiting", approved=False)
    page = client_for(owner_of(waiting)).get("/@waiting/").content.decode()
    assert "data-share" not in page
