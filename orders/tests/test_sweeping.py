"""What time does to checkouts and purchases, whoever else is at them just then."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from core import clock
from core.testing import await_rival
from inventory.testing import counters
from orders import actions
from orders.models import Checkout, Order
from orders.testing import buy, make_buyer, make_variant
from orders.tests.pages import begun
from payments import actions as payments
from payments import queries as payment_queries
from payments.testing import message, tell
from payments.types import BadEvent


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pays", [True, False])
def test_who_began_to_pay_in_the_last_moment_keeps_their_pieces(client, pays):
    """The sweep waits for the checkout that somebody has in hand, and then looks again."""
    variant, _address, _data = begun(client)
    checkout = Checkout.objects.get()
    late = clock.now() + timedelta(minutes=16)

    def sweep():
        try:
            with clock.fixed(late):
                actions.expire_checkouts()
        finally:
            connection.close()

    sweeping = threading.Thread(target=sweep)
    with transaction.atomic():
        Checkout.objects.select_for_update().get(pk=checkout.pk)
        sweeping.start()
        await_rival(sweeping)
        if pays:
            Checkout.objects.filter(pk=checkout.pk).update(state="in_progress")
    sweeping.join()
    checkout.refresh_from_db()
    assert checkout.state == ("in_progress" if pays else "expired")
    assert counters(variant.pk) == ((10, 1) if pays else (10, 0))


@pytest.mark.django_db
def test_payments_in_review_keep_no_lost_news_waiting():
    """Older purchases that wait for a person take no room in the sweep from one that is decided."""
    person, card, _address = make_buyer()
    placed = [buy(make_variant(), person=person, card=card) for _ in range(3)]
    found = [payment_queries.payment(reference=one.purchase_id) for one in placed]
    asked = [one for one in found if one is not None]
    for number, payment in enumerate(asked[:2]):
        raw, signature = message(payment, ref=f"ref-{number}", amount=9_999)
        with pytest.raises(BadEvent):
            payments.record_provider_event(raw=raw, signature=signature)
    tell(asked[2], "payment.authorized")  # its news is never delivered
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        assert actions.expire_checkouts(limit=1) == 1
    states = dict(Order.objects.values_list("purchase__public_id", "state"))
    assert [states[one.purchase_id] for one in placed] == ["pending", "pending", "paid"]
