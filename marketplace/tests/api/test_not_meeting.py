"""After a block no operation that reads says anything of the other, by id, in lists or by search;
nor does any of somebody suspended.

Generated from the operations: a new one is asked from its first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from accounts import actions as accounts
from accounts.testing import follow_all, make_operator, make_person
from catalog.testing import make_product
from core.testing import deliver_all
from feed import actions as feed
from feed.testing import make_board, make_comment, make_pin
from marketplace.tests.api.calling import Program, asked, at
from marketplace.tests.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# One's own list of whom one blocked.
OWN = "accounts_api:blocks"
# What a person asks for that has no id in its address.
QUESTIONS = {
    "market_api:search": ("?q=alert", "?q=ondine", "?q=alert&kind=product", "?q=alert&kind=pin"),
    "market_api:suggestions": ("?q=ondi", "?q=ale"),
}


def reads(world: World) -> Iterator[tuple[str, str]]:
    """The name of each operation that reads, and where it is asked about what is the brand's."""
    for method, path, name, arguments, _one in asked():
        if method == "GET":
            for question in QUESTIONS.get(name, ("",)):
                yield name, at(path, world.real(name, arguments)) + question


def marks_of(world: World) -> re.Pattern[str]:
    """Name, handle and public ids of the brand and of what it shows; no address that was asked."""
    shown = ("feed_api:pin", "catalog_api:product", "market_api:service")
    ids = [world.places[name]["public_id"] for name in shown]
    return re.compile("|".join(["ondine", world.brand.public_id, *ids]), re.IGNORECASE)


def telling(program: Program, world: World, *, marks: re.Pattern[str] | None = None) -> set[str]:
    """Operations that name the brand, or whose `marks` these are, or answer what is asked under the
    brand's handle at all.

    What was asked for, said back, is no news.
    """
    marks, found = marks or marks_of(world), set()
    for name, address in reads(world):
        answer = program.call("GET", address)
        assert answer.status_code < 500, address
        text = answer.content.decode().replace(address.partition("?")[0], "")
        text = re.sub(r'"(next|previous)": ?"[^"]*"', "", text)
        under = f"/{world.brand.handle}/" in address and answer.status_code == 200
        if under or (answer.status_code != 404 and marks.search(text)):
            found.add(name)
    return found


@pytest.mark.parametrize("who", ["the one who asks", "the brand"])
def test_no_operation_that_reads_tells_of_the_other_after_a_block(who: str) -> None:
    world = make_world()
    sam, brand = world.stranger, world.brand
    accounts.follow(follower_id=sam.pk, followed_id=brand.pk)
    accounts.follow(follower_id=brand.pk, followed_id=sam.pk)
    pin_id = world.places["feed_api:pin"]["public_id"]
    board = make_board(owner=sam, title="Things I like")
    feed.save_pin(pin_id=pin_id, saver_id=sam.pk, board_id=board.public_id)
    own = make_pin(author=sam, title="A shelf of my own")
    make_comment(pin=own, author=brand)
    feed.like_pin(pin_id=own.public_id, profile_id=brand.pk)
    deliver_all(except_queues=("media", "mail"))
    # Sam's own board and pin are asked about, too, and what is similar to a product of a third.
    similar = make_product(seller=world.rival)
    world.places["catalog_api:related"] |= {"public_id": similar.public_id}
    world.places["feed_api:board_pins"] |= {"public_id": board.public_id}
    world.places["feed_api:comments"] |= {"public_id": own.public_id}
    program = Program(sam)
    before = telling(program, world)
    assert before >= {
        *("accounts_api:profile", "feed_api:pin", "feed_api:pins_of", "feed_api:board_pins"),
        *("feed_api:explore", "feed_api:following", "feed_api:comments", "market_api:search"),
        *("market_api:suggestions", "market_api:service", "catalog_api:product"),
        *("catalog_api:products_of", "catalog_api:storefront", "notifications_api:notices"),
        *("catalog_api:related", "catalog_api:variant"),
    }, "control: it is all there before"

    one, other = (sam, brand) if who == "the one who asks" else (brand, sam)
    accounts.block(blocker_id=one.pk, blocked_id=other.pk)
    deliver_all(except_queues=("media", "mail"))
    assert telling(program, world) <= ({OWN} if one == sam else set())
    assert "catalog_api:product" in telling(Program(world.buyer), world), "others still see it"


def test_no_operation_that_reads_tells_of_somebody_suspended() -> None:
    world = make_world()
    sam, mara = world.stranger, make_person(name="Ondine Quillon", handle="quillon")
    operator = make_operator().user_id or 0
    follow_all(sam, [mara])
    follow_all(mara, [sam])
    pin = make_pin(author=mara, title="Alert Quillon")
    theirs, board = (make_board(owner=one, title="Things") for one in (mara, sam))
    own = make_pin(author=sam, title="A shelf of my own")
    for one, saver, on in ((pin, sam, board), (own, mara, theirs)):
        feed.save_pin(pin_id=one.public_id, saver_id=saver.pk, board_id=on.public_id)
    feed.follow_board(board_id=theirs.public_id, profile_id=sam.pk)
    make_comment(pin=own, author=mara)
    feed.like_pin(pin_id=own.public_id, profile_id=mara.pk)
    deliver_all(except_queues=("media", "mail"))
    # What has the brand's handle in its address is asked about the person.
    world.brand = mara
    for name, public_id in {
        **dict.fromkeys(("pin", "related"), pin.public_id),
        "comments": own.public_id,
        "board_pins": board.public_id,
        "board": theirs.public_id,
    }.items():
        world.places[f"feed_api:{name}"] = {"public_id": public_id}
    ids = [one.public_id for one in (mara, pin, theirs)]
    marks, program = re.compile("|".join(["quillon", *ids]), re.IGNORECASE), Program(sam)
    before = telling(program, world, marks=marks)
    assert before >= {
        *("accounts_api:profile", "feed_api:pin", "feed_api:pins_of", "feed_api:boards_of"),
        *("feed_api:board", "feed_api:board_pins", "feed_api:boards_followed", "feed_api:explore"),
        *("feed_api:following", "feed_api:comments", "market_api:search"),
        *("market_api:suggestions", "notifications_api:notices"),
    }, "control: it is all there before"

    accounts.suspend_person(profile_id=mara.pk, operator_id=operator, reason="Spam")
    deliver_all(except_queues=("media", "mail"))
    for reader in (sam, world.buyer):
        assert telling(Program(reader), world, marks=marks) == set()
    accounts.restore_person(profile_id=mara.pk, operator_id=operator)
    deliver_all(except_queues=("media", "mail"))
    assert telling(program, world, marks=marks) == before
