"""Asking the provider about payments of which we have heard nothing."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import F, Q

from core import clock
from payments import rounds
from payments.actions.opening import start_payment
from payments.applying import conclude, read, take_in
from payments.gateway import gateway
from payments.models import Payment
from payments.provider import ProviderRefused, ProviderSilent
from payments.states import UNDECIDED, PaymentState
from payments.types import AnswerConfused

# How long silence is normal: our own call takes 3 s at most, a buyer on the page some minutes.
QUIET = {
    PaymentState.CREATED: timedelta(seconds=15),
    PaymentState.UNKNOWN: timedelta(seconds=10),
    PaymentState.REQUIRES_ACTION: timedelta(seconds=60),
}
# After its time a payment is closed at the provider; where that fails, again after so long.
QUIET_WHEN_OVER = timedelta(seconds=10)
# A payment that the provider never received is tried again for so long.
RETRY_FOR = timedelta(minutes=10)
CHECK_HOLDS = timedelta(hours=12)


def reconcile(*, limit: int = 50, seconds: float = rounds.SECONDS) -> int:
    """Find out what became of undecided payments, by our own ids; answers how many were asked.

    Whoever was asked about longest ago comes first, and of two places one is for those whose buyer
    waits for an answer of ours: they are few, and those who are still paying many. What is left
    when time or places are over has the next round. Several may run at once: each claims a payment
    before it asks.
    """
    now = clock.now()
    silent = _due(now, limit, PaymentState.CREATED, PaymentState.UNKNOWN)
    paying = _due(now, limit, PaymentState.REQUIRES_ACTION)
    due = islice(rounds.in_turn(silent, paying), limit)
    asked = 0
    for pk, public_id, last in rounds.in_time(due, seconds=seconds):
        if Payment.objects.filter(pk=pk, asked_at=last).update(asked_at=now):
            with suppress(AnswerConfused):  # kept for an operator, and asked again
                _ask(public_id)
            asked += 1
    return asked


def _due(
    now: datetime, limit: int, *states: PaymentState
) -> list[tuple[int, str, datetime | None]]:
    due = Q()
    for state in states:
        due |= Q(state=state) & _quiet_since(now - QUIET[state])
    over = Q(state__in=states, expires_at__lt=now) & _quiet_since(now - QUIET_WHEN_OVER)
    rows = Payment.objects.filter(due | over).order_by(F("asked_at").asc(nulls_first=True), "pk")
    return list(rows.values_list("pk", "public_id", "asked_at")[:limit])


def _quiet_since(moment: datetime) -> Q:
    return Q(asked_at__lt=moment) | Q(asked_at=None, created_at__lt=moment)


def ask_now(*, payment_id: str) -> None:
    """Ask about one undecided payment at once: its buyer is back before the provider's message is.

    Calls the provider, 3 s at most; without an answer nothing changes. Raises PaymentNotFound, and
    AnswerConfused when the answer is about another payment.
    """
    if read(payment_id).state in UNDECIDED:
        _ask(payment_id)


def check_holds(*, limit: int = 50, seconds: float = rounds.SECONDS) -> int:
    """Ask whether money that nobody has taken yet is still held, twice a day for each payment.

    A bank may end a hold, and the message about it may be lost. Answers how many were asked.
    """
    now = clock.now()
    held = Payment.objects.filter(state=PaymentState.AUTHORIZED, asked_at__lt=now - CHECK_HOLDS)
    due = held.order_by("asked_at").values_list("pk", "public_id", "asked_at")[:limit]
    asked = 0
    for pk, public_id, last in rounds.in_time(due, seconds=seconds):
        if Payment.objects.filter(pk=pk, asked_at=last).update(asked_at=now):
            with suppress(ProviderSilent, AnswerConfused):  # asked again in half a day
                check_hold(payment_id=public_id)
            asked += 1
    return asked


def check_hold(*, payment_id: str) -> None:
    """Ask whether a payment's money is still held; where it is not, PaymentVoided follows.

    Calls the provider. Raises ProviderSilent, AnswerConfused.
    """
    payment = read(payment_id)
    if payment.state != PaymentState.AUTHORIZED:
        return
    try:
        said = gateway().find(payment_id=payment_id)
    except ProviderRefused:
        return
    if said is not None:
        take_in(payment, said, why="asked whether it is still held")


def _ask(payment_id: str) -> None:
    payment = read(payment_id)
    late = payment.expires_at is not None and payment.expires_at <= clock.now()
    provider = gateway()
    try:
        said = (
            provider.cancel(payment_id=payment_id) if late else provider.find(payment_id=payment_id)
        )
    except (ProviderSilent, ProviderRefused):
        return  # asked again at the next round
    if said is not None:
        take_in(payment, said, why="asked")
    elif not late and payment.created_at > clock.now() - RETRY_FOR:
        start_payment(payment_id=payment_id)
    else:
        conclude(payment, PaymentState.EXPIRED, why="the provider never received it")
