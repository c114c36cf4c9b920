"""A payment is heard in the moment in which its buyer logs in, or begins another checkout."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import OperationalError, connection
from django.test import Client

from accounts.testing import make_person
from accounts.types import Viewer
from core.audits import violations
from core.db import is_conflict
from core.money import Money
from core.testing import await_rival, delivering_here
from orders import actions
from orders.actions import bag, checkouts, settling
from orders.errors import BagChanged
from orders.models import Bag, BagLine, Checkout, Order
from orders.testing import ADDRESS, new_key
from orders.tests.pages import begun
from orders.types import Details
from payments import queries as payments
from payments.testing import tell

pytestmark = pytest.mark.django_db(transaction=True)
MINE = frozenset({"I9", "I11"})
Rival = Callable[[SessionBase], object]
DETAILS = Details(email="guest@mail.example", address=ADDRESS)
Meet = Callable[[Rival], list[Exception]]


def logs_in(session: SessionBase) -> None:
    person = make_person()
    assert person.user is not None
    actions.merge_bag(session=session, user_id=person.user.pk, profile_id=person.pk)


def begins_again(session: SessionBase) -> None:
    actions.start_checkout(
        viewer=Viewer(session=session),
        session=session,
        version=Bag.objects.get().version,
        details=DETAILS,
    )


@pytest.fixture
def meet(client: Client, monkeypatch: pytest.MonkeyPatch) -> Meet:
    """Hears that a guest's checkout is paid while a rival is at its bag; what either raised."""
    begun(client)
    public_id = str(Checkout.objects.get().public_id)
    raised: list[Exception] = []

    def trying(work: Callable[[], object]) -> None:
        try:
            work()
        except (OperationalError, BagChanged) as error:
            raised.append(error)

    def run(rival: Rival) -> list[Exception]:
        session = client.session
        viewer = Viewer(session=session)
        version = actions.update_checkout(
            viewer=viewer, public_id=public_id, version=1, details=DETAILS, methods=()
        )
        checkout = Checkout.objects.get()
        placed = actions.place_order(
            viewer=viewer,
            session=session,
            checkout_public_id=public_id,
            shown_total=Money(checkout.total, checkout.currency),
            version=version,
            idempotency_key=new_key(),
        )
        payment = payments.payment(reference=placed.purchase_id)
        assert payment is not None

        def aside() -> None:
            try:
                trying(partial(rival, session))
            finally:
                connection.close()

        thread, empty = threading.Thread(target=aside), settling.take_out_bought

        def late(*, bag_id: int, quantities: dict[int, int]) -> None:
            """The checkout is held, its bag is not yet."""
            thread.start()
            await_rival(thread)
            empty(bag_id=bag_id, quantities=quantities)

        monkeypatch.setattr(settling, "take_out_bought", late)
        with delivering_here(except_queues=("media", "mail")) as deliver:
            tell(payment)
            # Not by its receiver, which would try again unseen.
            trying(partial(settling.settle, purchase_id=placed.purchase_id))
            monkeypatch.setattr(settling, "take_out_bought", empty)
            deliver()
        thread.join(timeout=30)
        assert not thread.is_alive()
        return raised

    return run


@pytest.mark.slow
@pytest.mark.parametrize("rival", [logs_in, begins_again])
def test_control_with_the_bag_first_one_of_the_two_is_lost(
    meet: Meet, monkeypatch: pytest.MonkeyPatch, rival: Rival
) -> None:
    for module in (bag, checkouts):
        monkeypatch.setattr(module, "lock_checkouts", later(module.lock_checkouts))
    assert any(is_conflict(error) for error in meet(rival))


def later(lock: Callable[..., list[Checkout]]) -> Callable[..., list[Checkout]]:
    """The first time, which comes before the bag, nothing is locked."""
    asked: list[object] = []

    def unlocked(**where: object) -> list[Checkout]:
        asked.append(where)
        return lock(**where) if len(asked) > 1 else []

    return unlocked


def test_who_logs_in_while_it_is_paid_waits_and_finds_it_paid(meet: Meet) -> None:
    assert meet(logs_in) == []
    assert Order.objects.get().state == "paid"
    assert Checkout.objects.get().bag == Bag.objects.get(user__isnull=False)
    assert not BagLine.objects.exists()
    assert list(violations(invariants=MINE)) == []


def test_who_begins_again_while_it_is_paid_is_told_that_the_bag_changed(meet: Meet) -> None:
    (told,) = meet(begins_again)
    assert isinstance(told, BagChanged)
    assert Order.objects.get().state == "paid"
    assert Checkout.objects.get().state == "completed", "nothing was begun"
    assert not BagLine.objects.exists()
    assert list(violations(invariants=MINE)) == []
