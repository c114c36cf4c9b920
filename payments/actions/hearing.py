"""The inbox: what the provider tells us without being asked."""

from django.db import IntegrityError, transaction
from django.db.models import Exists

from core import clock
from payments.actions.payouts import take_in_payee
from payments.gateway import gateway
from payments.models import Operation, Payment, ProviderEvent
from payments.progress import Outcome, Raced, learn
from payments.provider import PayeeNews, ProviderNews
from payments.settlement import finish
from payments.types import BadEvent, EventTooEarly

PAYMENT_KINDS = frozenset({"payment.authorized", "payment.declined", "payment.expired"})
OPERATION_KINDS = frozenset({"payment.captured", "payment.voided", "payment.refunded"})
TRIES = 5


def record_provider_event(*, raw: bytes, signature: str) -> None:
    """Take in one webhook: verified, once, in the transaction of its effect.

    The same event again changes nothing. Raises BadSignature and BadEvent (never to be repeated),
    EventTooEarly (the provider should try again), and BadEvent after the payment was stopped for
    review because the amount is not ours.
    """
    provider = gateway()
    news = provider.read_news(raw=raw, signature=signature, now=clock.now())
    if isinstance(news, PayeeNews):
        _record_payee(provider.name, news)
        return
    if news.kind not in PAYMENT_KINDS | OPERATION_KINDS:
        raise BadEvent
    for _attempt in range(TRIES):
        try:
            outcome = _record(provider.name, news)
        except Raced:
            continue  # the answer to our own question came in between: look again
        if outcome == Outcome.REVIEW:
            raise BadEvent
        return
    raise EventTooEarly


@transaction.atomic
def _record(provider: str, news: ProviderNews) -> Outcome:
    row = _keep(provider, news)
    if row is None:
        return Outcome.STALE
    said = news.payment
    others = Payment.objects.filter(provider=provider, provider_ref=said.provider_ref)
    others = others.exclude(provider_ref="").exclude(public_id=said.payment_id)
    rows = Payment.objects.annotate(ref_is_anothers=Exists(others))
    payment = rows.filter(public_id=said.payment_id).first()
    if payment is None:
        raise EventTooEarly
    if payment.ref_is_anothers or payment.provider_ref not in ("", said.provider_ref):
        raise BadEvent
    row.payment = payment
    row.outcome = _apply(payment, news)
    row.save(update_fields=["payment", "outcome"])
    return row.outcome


@transaction.atomic
def _record_payee(provider: str, news: PayeeNews) -> None:
    row = _keep(provider, news)
    if row is not None and not take_in_payee(said=news.payee):
        row.outcome = Outcome.STALE
        row.save(update_fields=["outcome"])


def _keep(provider: str, news: ProviderNews | PayeeNews) -> ProviderEvent | None:
    """The row of the message, or None when it was taken in before."""
    row = ProviderEvent(
        provider=provider,
        event_id=news.event_id,
        kind=news.kind[:40],
        outcome=Outcome.APPLIED,
        body=news.body,
        received_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)  # waits for a twin that is being handled right now
    except IntegrityError:
        return None
    return row


def _apply(payment: Payment, news: ProviderNews) -> Outcome:
    outcome = learn(payment, news.payment, why=f"{news.kind} {news.event_id}")
    if news.kind in PAYMENT_KINDS or outcome == Outcome.REVIEW:
        return outcome
    if news.kind == "payment.voided" and not news.operation_id:
        return outcome  # the bank dropped the hold: an operation of nobody
    operation = Operation.objects.filter(public_id=news.operation_id, payment=payment).first()
    if operation is None:
        return Outcome.REVIEW  # somebody moved money at the provider without us
    return Outcome.APPLIED if finish(operation.pk) else Outcome.STALE
