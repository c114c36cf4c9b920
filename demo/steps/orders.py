"""Two months of sales, in the order in which they happened: seen, clicked, bagged, paid at the
sandbox, packed, shipped, received, mostly reviewed, and sometimes called off."""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase

from accounts.queries import addresses_for, profile_refs
from accounts.types import Viewer
from core import clock
from core.errors import DomainError
from demo.content.reviews import SAID
from demo.steps.people import email_of
from demo.steps.products import loved
from demo.steps.visitors import DAYS, LOVED, click
from demo.world import Citizen, House, Tick, World
from orders.actions import (
    add_to_bag,
    cancel_order,
    confirm_delivery,
    mark_packed,
    place_order,
    ship,
    start,
    start_checkout,
)
from orders.queries import bag_for, checkout_for, order_for_seller
from orders.types import Actor, Details
from payments.actions import keep_method
from reviews.actions import write_review
from tracking.queries import touch_token

PURCHASES = 44
# The last ones are of today and mostly Ondine's: its studio finds something to do.
TODAY = 9
LOVED_TODAY = 0.8
# Lately somebody bought two of everything: half of it is on its way.
DOUBLED = (32, 33, 34)
# Purchases that the buyer calls off two hours later, the last of them today.
CALLED_OFF = (6, 17, 27, 37)
CARD = "test_ok"
BUYERS = (
    "noor", "mara", "jonah", "priya", "emil", "aiko", "dana", "saga", "milos", "fenna",
    "clio", "henrik", "bea", "nadia", "otis", "rosa",
)  # fmt: skip
CARRIERS = (("DHL", "JD0146000098"), ("DPD", "0998012345"), ("GLS", "GL77120456"))

Act = Callable[[], object]


class Calendar:
    """Acts at their moments; an act may enter further ones."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts: list[tuple[datetime, int, Act]] = []
        self._entered = 0
        # So many things were thought of so far.
        self.said = 0

    def enter(self, at: datetime, act: Act) -> None:
        self._entered += 1
        heapq.heappush(self._acts, (at, self._entered, act))

    def run(self) -> None:
        """Do everything that is due by now; what lies in the future stays undone."""
        while self._acts and self._acts[0][0] < self._world.now:
            at, _number, act = heapq.heappop(self._acts)
            with clock.fixed(at):
                act()
                self._world.deliver()


def run(world: World, tick: Tick) -> None:
    methods = {handle: _card(world.citizens[handle]) for handle in BUYERS}
    calendar = Calendar(world)
    for number in range(PURCHASES):
        today = PURCHASES - number <= TODAY
        # More of them lately: the market grows.
        age = DAYS * (1 - (number / (PURCHASES - TODAY)) ** 0.6)
        at = world.ago(days=0 if today else 1 + age, hours=1 + world.dice.randrange(18))
        handle = BUYERS[number % len(BUYERS)] if number % 5 else "noor"

        def buy(number: int = number, handle: str = handle, today: bool = today) -> None:
            keys = _choose(world, loved_share=LOVED_TODAY if today else LOVED)
            buyer = world.citizens[handle]
            sales = _buy(
                world, buyer, keys=keys, doubled=number in DOUBLED, method_id=methods[handle]
            )
            for order, house in sales:
                if number in CALLED_OFF:
                    _call_off(calendar, order, buyer=buyer)
                else:
                    _send(world, calendar, order, house, buyer=buyer)
            tick()

        calendar.enter(at, buy)
    calendar.run()


def _card(citizen: Citizen) -> str:
    return keep_method(
        user_id=citizen.user_id,
        token=CARD,
        brand="Visa",
        last4="4242",
        exp_month=12,
        exp_year=2031,
    ).method_id


def _viewer(citizen: Citizen, session: SessionBase) -> Viewer:
    profile = profile_refs(ids=[citizen.profile_id])[citizen.profile_id]
    user = get_user_model()(pk=citizen.user_id, email=email_of(citizen.person))
    return Viewer(user=user, profile=profile, acting=profile, session=session)


def _buy(
    world: World, citizen: Citizen, *, keys: list[str], doubled: bool, method_id: str
) -> list[tuple[str, House]]:
    """A bag of one to three things, most of them found on a pin, paid with the kept card.

    Answers the number of each order and who has to send it.
    """
    session = SessionBase()
    viewer = _viewer(citizen, session)
    for key in keys:
        product = world.products[key]
        _arrive(world, product, session=session, viewer=viewer)
        try:
            add_to_bag(
                viewer=viewer,
                session=session,
                variant_id=world.variants[key],
                quantity=2 if world.dice.random() < 0.12 or doubled else 1,
            )
        except DomainError:
            continue  # sold out: they take the rest
    address = addresses_for(user_id=citizen.user_id)[0]
    details = Details(email=email_of(citizen.person), address=address)
    bag = bag_for(viewer=viewer, session=session, country=address.country)
    if not bag.pieces:
        return []
    try:
        checkout_id = start_checkout(
            viewer=viewer, session=session, version=bag.version, details=details
        )
    except DomainError:
        return []  # fewer are left than they want: the bag stays as it is
    checkout = checkout_for(viewer=viewer, public_id=checkout_id)
    placed = place_order(
        viewer=viewer,
        session=session,
        checkout_public_id=checkout_id,
        shown_total=checkout.priced.total,
        version=checkout.version,
        idempotency_key=str(uuid.UUID(int=world.dice.getrandbits(128))),
        method_id=method_id,
    )
    start(placed=placed)
    houses = {house.profile_id: house for house in world.houses.values()}
    sellers = [houses[parcel.seller.id] for parcel in checkout.priced.parcels]
    return list(zip(placed.orders, sellers, strict=True))


def _choose(world: World, *, loved_share: float) -> list[str]:
    """The keys of one to three products, each with this chance one of the loved ones."""
    count = world.dice.choices((1, 2, 3), weights=(7, 2, 1))[0]
    wanted, keys = loved(world), list(world.products)
    chosen = [
        world.dice.choice(wanted if world.dice.random() < loved_share else keys)
        for _one in range(count)
    ]
    return list(dict.fromkeys(chosen))


def _arrive(world: World, product: str, *, session: SessionBase, viewer: Viewer) -> None:
    """How they came to it: a pin mostly, sometimes search, sometimes a bookmark."""
    luck = world.dice.random()
    if luck < 0.68 and product in world.pins_of_product:
        ref = world.dice.choice(world.pins_of_product[product])
        token = touch_token(source="pin", ref=ref, product=product)
    elif luck < 0.86:
        token = touch_token(source="search", ref="stoneware", product=product)
    else:
        return
    click(token, session=session, viewer=viewer)


def _call_off(calendar: Calendar, number: str, *, buyer: Citizen) -> None:
    calendar.enter(
        clock.now() + timedelta(hours=2),
        partial(
            cancel_order,
            number=number,
            actor=Actor.BUYER,
            actor_user_id=buyer.user_id,
            reason="Ordered the wrong colour.",
        ),
    )


def _send(world: World, calendar: Calendar, number: str, house: House, *, buyer: Citizen) -> None:
    """What becomes of an order. Acts that would lie in the future leave it waiting today."""
    seller = house.owner.user_id
    packed = clock.now() + timedelta(hours=6 + world.dice.randrange(30))
    left = packed + timedelta(hours=4 + world.dice.randrange(30))
    carrier, code = world.dice.choice(CARRIERS)
    tracking = f"{code}{world.dice.randrange(10**6):06d}"
    calendar.enter(
        packed,
        lambda: mark_packed(numbers=[number], seller_id=house.profile_id, actor_user_id=seller),
    )
    send = partial(
        ship,
        number=number,
        seller_id=house.profile_id,
        actor_user_id=seller,
        carrier=carrier,
        tracking=tracking,
    )
    calendar.enter(left, lambda: _in_two_parcels(calendar, house, number, send))
    arrived = left + timedelta(days=4 + world.dice.randrange(3))
    calendar.enter(
        arrived,
        lambda: confirm_delivery(number=number, actor=Actor.BUYER, actor_user_id=buyer.user_id),
    )
    calendar.enter(arrived + timedelta(days=1), lambda: _review(calendar, house, number, buyer))


def _review(calendar: Calendar, house: House, number: str, buyer: Citizen) -> None:
    """Four in five say what they think of each thing in the order."""
    for line in order_for_seller(seller_id=house.profile_id, number=number).lines:
        turn = calendar.said
        calendar.said += 1
        if turn % 5 == 4:
            continue
        stars, text = SAID[turn % len(SAID)]
        try:
            write_review(
                user_id=buyer.user_id,
                author_id=buyer.profile_id,
                number=number,
                line_id=line.public_id,
                stars=stars,
                text=text,
            )
        except DomainError:
            continue  # they are on the team that sells it


def _in_two_parcels(
    calendar: Calendar, house: House, number: str, send: Callable[..., object]
) -> None:
    """What has several pieces goes in two parcels, two days apart; the rest in one."""
    lines = order_for_seller(seller_id=house.profile_id, number=number).lines
    if sum(line.quantity for line in lines) > 1:
        send(quantities={lines[0].public_id: 1})
        calendar.enter(clock.now() + timedelta(days=2), send)
    else:
        send()
