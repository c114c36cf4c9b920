"""Every job of the beat, begun by two at the same moment: each piece of work is done once.

A second beat may be started by mistake, and a message may be delivered twice.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.db.models import Q, QuerySet

from accounts.testing import make_person
from brands.models import Review
from brands.testing import make_submitted
from brands.tests.papers import decide
from catalog import actions as catalog
from catalog.testing import make_product
from core import clock, files, handover
from core.audits import violations
from core.media import Image, store_image
from core.models import OutboxEvent
from core.testing import in_the_middle, picture_file, race
from feed import actions as feed
from feed.actions.publishing import KEPT_FOR
from feed.models import Comment, Pin, TakenAway
from feed.testing import fill_board, make_comment, make_pin
from inventory import actions as inventory
from inventory.testing import counters, make_stocked
from marketplace.celery import app
from marketplace.tests.flows.paying import guest
from notifications.testing import Mail, Notice
from orders.models import Checkout
from orders.testing import buy, make_buyer, make_variant
from payments.actions import asking
from payments.models import Payment
from payments.queries import payment
from payments.testing import keep_card, make_payment, payment_by_id, tell
from reviews.actions import delete_review
from reviews.models import Review as ProductReview
from reviews.testing import make_review

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MANY = 4
Asked = Callable[[], object]


@dataclass(frozen=True)
class Due:
    """`make` gives a job something to do `later`, and answers with what tells how much of it was
    done; `once` is that after each piece of it was done once.
    """

    make: Callable[[], Asked]
    later: timedelta
    once: object


def facts(kind: str) -> int:
    return OutboxEvent.objects.filter(type=kind).count()


@contextmanager
def nothing_arrives() -> Iterator[None]:
    """The broker takes every message and loses it."""

    def lose(deliveries: list[tuple[int, str]]) -> bool:
        return True

    former, handover.hand_over = handover.hand_over, lose
    try:
        yield
    finally:
        handover.hand_over = former


def paid_unheard() -> None:
    """A purchase whose money is held; nobody was told."""
    person, card, _address = make_buyer()
    placed = buy(make_variant(), person=person, card=card)
    found = payment(reference=placed.purchase_id)
    assert found is not None
    tell(found)


def news() -> Asked:
    paid_unheard()
    kinds = ("orders.paid", "orders.sold")

    def told() -> object:
        notices = Counter(Notice.objects.filter(kind__in=kinds).values_list("kind", flat=True))
        return notices, Mail.objects.filter(sent_at=None).exists()

    return told


def holds() -> Asked:
    pk = make_stocked(10)
    until = clock.now() + timedelta(minutes=15)
    for number in range(MANY):
        inventory.reserve(reference=f"bag:{number}", wants={pk: 1}, until=until)
    return lambda: (counters(pk), facts("inventory.HoldExpired"))


def unanswered_payments() -> Asked:
    """Each was written, and then the page process was killed before it asked the provider."""
    person = make_person()
    assert person.user_id
    card = keep_card(user_id=person.user_id)
    opened = [
        make_payment(user_id=person.user_id, method_id=card.method_id).payment_id
        for _ in range(MANY)
    ]

    def answered() -> object:
        states = {payment_by_id(payment_id=one).state for one in opened}
        return states, facts("payments.PaymentAuthorized")

    return answered


def checkouts() -> Asked:
    """Two that nobody goes on with, and a purchase that is paid and does not know it."""
    vase = make_variant(stock=10)
    for _ in range(2):
        guest().begin_checkout(vase)
    paid_unheard()

    def ended() -> object:
        states = Counter(Checkout.objects.values_list("state", flat=True))
        return states, counters(vase.pk), facts("orders.OrderPaid")

    return ended


def products() -> Asked:
    for _ in range(MANY):
        draft = make_product(publish=False)
        catalog.schedule_product(
            product_id=draft.public_id,
            seller_id=draft.seller_id,
            actor_id=None,
            at=clock.now() + timedelta(minutes=10),
        )
    return lambda: facts("catalog.ProductPublished")


def pins() -> Asked:
    for number in range(MANY):
        draft = make_pin(publish_now=False, title=f"Shelf {number}")
        feed.schedule_pin(
            public_id=draft.public_id,
            author_id=draft.author_id,
            at=clock.now() + timedelta(minutes=10),
        )
    return lambda: facts("feed.PinPublished")


def unranked_pins() -> Asked:
    for _ in range(MANY):
        make_pin()
    Pin.objects.update(popularity=0)
    return lambda: Pin.objects.filter(popularity__gt=0).count()


def deleted_words() -> Asked:
    pin, person = make_pin(), make_person()
    for _ in range(MANY):
        said = make_comment(pin=pin, author=person)
        feed.delete_comment(comment_id=said.public_id, actor_id=person.pk)
    board, _pins = fill_board(owner=person, count=1)
    feed.delete_board(board_id=board.public_id, owner_id=person.pk)
    return lambda: (Comment.objects.exclude(text="").count(), TakenAway.objects.count())


def deleted_pins() -> Asked:
    """One of three pins on a board goes for good; the board counts what it has left."""
    board, on_it = fill_board(count=3)
    gone = Pin.objects.get(public_id=on_it[0])
    feed.delete_pin(public_id=gone.public_id, author_id=gone.author_id)

    def left() -> object:
        board.refresh_from_db()
        return Pin.objects.count(), board.pins_count

    return left


def rubbish() -> Asked:
    """Facts that everybody heard, and the files of a picture whose row never came."""
    for number in range(MANY):
        OutboxEvent.objects.create(type="core.Test", data={"number": number})
    lost = store_image(file=picture_file())
    directory = files.directory_of(lost.public_id)
    os.utime(directory, (0, 0))
    Image.objects.all().delete()
    return lambda: (facts("core.Test"), directory.exists())


def withdrawn_pictures() -> Asked:
    """Two pictures that nobody was to see any more; one of them is a cover by now."""
    person = make_person()
    cover, old = (store_image(file=picture_file(), owner_id=person.pk) for _ in range(2))
    person.cover = cover
    person.save(update_fields=["cover"])
    for one in (cover, old):
        files.withdraw(one.public_id)
    return lambda: [files.is_withdrawn(one.public_id) for one in (cover, old)]


def old_checks() -> Asked:
    """Brands whose trader data were checked nearly a year before it is due."""
    for number in range(2):
        decide(make_submitted(name=f"Kiln {number}"))

    def asked() -> object:
        again = Review.objects.filter(kind=Review.Kind.AGAIN).count()
        return again, Notice.objects.filter(kind="brands.again").count()

    return asked


def deleted_reviews() -> Asked:
    """One of two reviews of a product goes for good; its stars are those of the other."""
    gone = make_review(stars=1)
    product = gone.product
    make_review(product=product, stars=5)
    line = gone.line
    delete_review(author_id=gone.author_id, number=line.order.number, line_id=line.public_id)

    def left() -> object:
        product.refresh_from_db()
        return ProductReview.objects.count(), product.rating_sum

    return left


DUE = {
    "brands.look_again": Due(old_checks, timedelta(days=340), (2, 2)),
    "core.sweep": Due(
        news, timedelta(minutes=1), (Counter({"orders.paid": 1, "orders.sold": 1}), False)
    ),
    "inventory.expire_holds": Due(holds, timedelta(minutes=16), ((10, 0), MANY)),
    "payments.reconcile": Due(unanswered_payments, timedelta(minutes=1), ({"authorized"}, MANY)),
    "orders.expire_checkouts": Due(
        checkouts, timedelta(minutes=16), (Counter({"expired": 2}), (10, 0), 1)
    ),
    "catalog.publish_due": Due(products, timedelta(minutes=11), MANY),
    "feed.publish_due": Due(pins, timedelta(minutes=11), MANY),
    "feed.refresh_popularity": Due(unranked_pins, timedelta(minutes=5), MANY),
    "feed.forget_deleted": Due(deleted_words, timedelta(hours=25), (0, 0)),
    "feed.drop_deleted": Due(deleted_pins, KEPT_FOR + timedelta(hours=1), (2, 2)),
    "reviews.drop_deleted": Due(deleted_reviews, timedelta(hours=25), (1, 5)),
    "core.settle_pictures": Due(withdrawn_pictures, timedelta(days=1), [False, True]),
    "core.clean": Due(rubbish, timedelta(days=15), (0, False)),
}


def made(task: str) -> Asked:
    """Make what is due for a job, and answer with how to ask what became of it."""
    with nothing_arrives():
        return DUE[task].make()


def of(task: str) -> Callable[[], object]:
    """The job, run at the moment when it is due."""
    app.loader.import_default_modules()
    then = clock.now() + DUE[task].later

    def run() -> object:
        with clock.fixed(then):
            return app.tasks[task].run()

    return run


def begin_twice(task: str) -> list[object]:
    """Two beats begin a job at the same moment; what each answered or raised."""
    run = of(task)
    return list(race(2, lambda _number: run()))


def begin_while_another_has_looked(task: str) -> list[object]:
    """The same, of a beat that has read what is due, and of one that does it meanwhile: all of it,
    or as much as the first one does not hold."""
    run = of(task)
    met = in_the_middle(seam=(CursorWrapper, "execute"), act=run, meanwhile=run)
    return [met.act, met.meanwhile]


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("begin", [begin_twice, begin_while_another_has_looked])
@pytest.mark.parametrize("task", sorted(DUE))
def test_two_beats_do_each_piece_of_work_once(
    task: str, begin: Callable[[str], list[object]]
) -> None:
    done = made(task)
    assert [answer for answer in begin(task) if isinstance(answer, Exception)] == []
    assert done() == DUE[task].once
    assert [one for one in violations() if one.invariant not in ("I8", "I12")] == []


# --- Why: each job stands in one of these --------------------------------------------------------

# Its lock keeps them apart: the control shows what happens without it.
LOCKED = ["catalog.publish_due", "feed.publish_due", "orders.expire_checkouts"]
# A conditional update or a constraint stands behind the lock: without it they meet, and it is done
# once still.
GUARDED_TWICE = [
    "brands.look_again",
    "core.settle_pictures",
    "core.sweep",
    "feed.drop_deleted",
    "inventory.expire_holds",
]
# It claims each piece: the control asks without.
CLAIMED = ["payments.reconcile"]
# Twice does no harm, because...
HARMLESS = {
    "core.clean": "it drops what is old, and what is gone already is no error",
    "feed.forget_deleted": "it drops what is old, and empties words that are to be empty",
    "reviews.drop_deleted": "it drops what is old, and what is gone already is no error",
    "feed.refresh_popularity": "it writes what follows from the rows, whatever was written before",
}


def test_of_every_job_it_is_said_why_two_of_it_do_no_harm() -> None:
    """A new job of the schedule says above what it does once, and in one of the lists why."""
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled == DUE.keys()
    assert sorted([*LOCKED, *GUARDED_TWICE, *CLAIMED, *HARMLESS]) == sorted(DUE)


@contextmanager
def no_locks() -> Iterator[list[int]]:
    """No row is locked: two who would are let through together, and each adds to the list."""
    gate, met = threading.Barrier(2), []

    def careless(rows: QuerySet[Any], **_options: object) -> QuerySet[Any]:
        with suppress(threading.BrokenBarrierError):
            met.append(gate.wait(timeout=20))
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", careless)
        yield met


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("task", LOCKED)
def test_control_without_its_lock_the_work_is_done_twice(task: str) -> None:
    done = made(task)
    with no_locks():
        begin_twice(task)
    assert done() != DUE[task].once, (
        "the race did not show: the test beside this one proves nothing"
    )


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("task", GUARDED_TWICE)
def test_where_the_lock_is_not_all_the_second_guard_holds(task: str) -> None:
    done = made(task)
    with no_locks() as met:
        begin_twice(task)
    assert len(met) >= 2, "they did not meet: this proves nothing"
    assert done() == DUE[task].once


class Unclaimed:
    """Payments whose claim says yes to everybody."""

    @staticmethod
    def filter(*conditions: Q, asked_at: object = None, **named: Any) -> QuerySet[Payment]:
        return Payment.objects.filter(*conditions, **named)


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    ("claimed", "questions"), [(True, MANY), (False, 2 * MANY)], ids=["claimed", "control"]
)
def test_the_provider_is_asked_once_about_each_payment(
    claimed: bool, questions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked twice it says the same again, which has no further effect."""
    (task,), asked, ask = CLAIMED, list[str](), asking._ask

    def count(payment_id: str) -> None:
        asked.append(payment_id)
        ask(payment_id)

    monkeypatch.setattr(asking, "_ask", count)
    if not claimed:
        monkeypatch.setattr(asking, "Payment", SimpleNamespace(objects=Unclaimed))
    done = made(task)
    begin_while_another_has_looked(task)
    assert len(asked) == questions
    assert done() == DUE[task].once
