"""What the make-believe bank decides. Every function runs in a transaction of its own."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from core import clock
from sandbox.cards import BY_TOKEN, Behaviour, EnteredCard
from sandbox.models import Account, Intent, IntentOperation, Token
from sandbox.webhooks import Modes, announce


class Refused(Exception):
    """A clear no, with a code for the merchant and an HTTP status."""

    def __init__(self, code: str, status: int = 422) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A request for a payment, checked for form."""

    own_id: str
    amount: int
    currency: str
    description: str
    return_url: str
    cancel_url: str
    customer: str
    token: str
    expires_at: datetime | None

    @property
    def digest(self) -> str:
        plain = json.dumps(self.__dict__, sort_keys=True, default=str)
        return hashlib.sha256(plain.encode()).hexdigest()


def create(*, account: Account, wanted: Wanted) -> Intent:
    """The payment of this name, made once. Raises Refused."""
    for address in (wanted.return_url, wanted.cancel_url):
        if not is_own(address, account):
            raise Refused("foreign_url")
    token = _token(account, wanted) if wanted.token else None
    try:
        with transaction.atomic():
            intent = Intent.objects.create(
                account=account,
                own_id=wanted.own_id,
                request_digest=wanted.digest,
                amount=wanted.amount,
                currency=wanted.currency,
                description=wanted.description,
                return_url=wanted.return_url,
                cancel_url=wanted.cancel_url,
                customer=wanted.customer,
                token=token,
                expires_at=wanted.expires_at,
                created_at=clock.now(),
            )
            if token is not None:
                _charge(intent, _card_of(token))
            return intent
    except IntegrityError:
        intent = Intent.objects.get(account=account, own_id=wanted.own_id)
        if intent.request_digest != wanted.digest:
            raise Refused("key_reused") from None
        return intent


def pay(*, ref: str, card: EnteredCard, remember: bool) -> Intent:
    """The buyer gave a card on the page. A decided payment stays as it is."""
    with transaction.atomic():
        intent = locked(ref=ref)
        if intent.state == "requires_action" and not intent.challenged:
            intent.remember = remember and bool(intent.customer)
            _charge(intent, _Card.entered(card))
    return intent


def answer_challenge(*, ref: str, approved: bool) -> Intent:
    """The buyer told the bank that it is, or is not, them."""
    with transaction.atomic():
        intent = locked(ref=ref)
        if intent.state == "requires_action" and intent.challenged:
            if approved:
                _authorize(intent)
            else:
                _end(intent, "declined", "authentication_failed")
    return intent


def close(*, intent_pk: int, code: str) -> Intent:
    """Nobody pays any more: the buyer left, the merchant cancelled, or time is over."""
    with transaction.atomic():
        intent = Intent.objects.select_for_update(of=("self",)).get(pk=intent_pk)
        if intent.state == "requires_action":
            _end(intent, "expired", code)
    return intent


def lapse(*, intent_pk: int) -> Intent:
    """The bank ends the hold of its own accord; what was taken stays taken."""
    with transaction.atomic():
        intent = Intent.objects.select_for_update(of=("self",)).get(pk=intent_pk)
        if intent.state == "authorized":
            intent.state, intent.voided = "voided", intent.amount - intent.captured
            intent.save(update_fields=["state", "voided"])
            announce(intent, "payment.voided")
    return intent


def operate(*, intent: Intent, own_id: str, kind: str, amount: int, currency: str) -> Intent:
    """Capture, void or refund a part, once per id. Raises Refused."""
    with transaction.atomic():
        rows = Intent.objects.select_for_update(of=("self",)).select_related("account")
        intent = rows.get(pk=intent.pk)
        before = intent.operations.filter(own_id=own_id).first()
        if before is not None:
            if (before.kind, before.amount) != (kind, amount):
                raise Refused("key_reused")
            return intent
        if Modes.of(intent.account).refuse == kind:
            raise Refused("not_now")
        held = intent.amount - intent.captured - intent.voided
        left = intent.captured - intent.refunded if kind == "refund" else held
        possible = ("authorized", "voided") if kind == "refund" else ("authorized",)
        if intent.state not in possible or currency != intent.currency:
            raise Refused("wrong_state")
        if not 0 < amount <= left:
            raise Refused("amount_too_large")
        column = {"capture": "captured", "void": "voided", "refund": "refunded"}[kind]
        setattr(intent, column, getattr(intent, column) + amount)
        intent.save(update_fields=[column])
        IntentOperation.objects.create(intent=intent, own_id=own_id, kind=kind, amount=amount)
        announce(intent, f"payment.{column}", operation={"id": own_id, "amount": amount})
    return intent


def locked(*, ref: str) -> Intent:
    """The payment behind a page, locked. Raises Refused when there is none."""
    rows = Intent.objects.select_for_update(of=("self",)).select_related("account", "token")
    intent = rows.filter(ref=ref).first()
    if intent is None:
        raise Refused("not_found", 404)
    return intent


@dataclass(frozen=True)
class _Card:
    behaviour: Behaviour
    brand: str
    last4: str
    exp_month: int
    exp_year: int

    @classmethod
    def entered(cls, card: EnteredCard) -> "_Card":
        return cls(card.card.behaviour, card.card.brand, card.last4, card.exp_month, card.exp_year)


def _card_of(token: Token) -> _Card:
    return _Card(
        Behaviour(token.behaviour), token.brand, token.last4, token.exp_month, token.exp_year
    )


def _charge(intent: Intent, card: _Card) -> None:
    intent.behaviour, intent.brand, intent.last4 = card.behaviour, card.brand, card.last4
    intent.exp_month, intent.exp_year = card.exp_month, card.exp_year
    today = clock.now()
    if (card.exp_year, card.exp_month) < (today.year, today.month):
        _end(intent, "declined", "expired_card")
    elif card.behaviour in (Behaviour.DECLINED, Behaviour.NO_FUNDS):
        _end(intent, "declined", card.behaviour.value)
    elif card.behaviour == Behaviour.CHALLENGE:
        intent.challenged = True
        intent.save()
    else:
        _authorize(intent)


def _authorize(intent: Intent) -> None:
    if intent.remember and intent.token is None:
        intent.token, _ = Token.objects.get_or_create(
            account=intent.account,
            customer=intent.customer,
            last4=intent.last4,
            exp_month=intent.exp_month,
            exp_year=intent.exp_year,
            defaults={"behaviour": intent.behaviour, "brand": intent.brand},
        )
    intent.state, intent.challenged = "authorized", False
    intent.save()
    announce(intent, "payment.authorized")


def _end(intent: Intent, state: str, code: str) -> None:
    intent.state, intent.failure_code, intent.challenged = state, code, False
    intent.save()
    announce(intent, f"payment.{state}")


def _token(account: Account, wanted: Wanted) -> Token:
    known = BY_TOKEN.get(wanted.token)
    if known is not None:
        token, _ = Token.objects.get_or_create(
            account=account,
            customer=wanted.customer,
            last4=known.number[-4:],
            exp_month=12,
            exp_year=2039,
            defaults={"behaviour": known.behaviour.value, "brand": known.brand},
        )
        return token
    rows = Token.objects.filter(account=account, token=wanted.token, customer=wanted.customer)
    kept = rows.first()
    if kept is None:
        raise Refused("unknown_token")
    return kept


def is_own(address: str, account: Account) -> bool:
    """Whether a buyer may be sent there: same scheme, host and port as the merchant's origin."""
    try:
        parts = urlsplit(address)
        origin = urlsplit(account.return_origin)
        same = (parts.scheme, parts.hostname, parts.port) == (
            origin.scheme,
            origin.hostname,
            origin.port,
        )
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return same and plain and not (parts.username or parts.password) and len(address) <= 500
