"""The merchant's interface: JSON over HTTP with a bearer key."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt

from sandbox import intents
from sandbox.accounts import account_for
from sandbox.cards import Behaviour
from sandbox.data import as_data
from sandbox.intents import Refused, Wanted
from sandbox.models import Account, Intent, Token, Webhook
from sandbox.sender import wake
from sandbox.webhooks import Modes, sign

Body = dict[str, Any]
View = Callable[..., HttpResponse]
# Longer than a merchant waits.
SLOW_ANSWER_SECONDS = 5
LARGEST = 10**12


def endpoint(*methods: str) -> Callable[[View], View]:
    """An authenticated JSON view: `view(account, body, ...)`; refusals become problem answers."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, **path: str) -> HttpResponse:
            kind, _, key = request.headers.get("Authorization", "").partition(" ")
            account = account_for(key) if kind == "Bearer" and key else None
            if account is None:
                return JsonResponse({"code": "unauthorized"}, status=401)
            if request.method not in methods:
                return JsonResponse({"code": "method"}, status=405)
            try:
                return view(account, _read(request), **path)
            except Refused as refused:
                return JsonResponse({"code": refused.code}, status=refused.status)

        return wrapped

    return decorate


@endpoint("POST")
def payments(account: Account, body: Body) -> HttpResponse:
    intent = intents.create(account=account, wanted=_wanted(body))
    wake()
    slow = intent.token is not None and intent.behaviour == Behaviour.SLOW
    pause = SLOW_ANSWER_SECONDS if slow else Modes.of(account).answer_delay_ms / 1000
    if pause:
        time.sleep(min(pause, 30))
    return JsonResponse(_answer(account, intent), status=201)


@endpoint("GET")
def payment(account: Account, _body: Body, own_id: str) -> HttpResponse:
    return JsonResponse(_answer(account, _intent(account, own_id)))


@endpoint("POST")
def cancel(account: Account, _body: Body, own_id: str) -> HttpResponse:
    if Modes.of(account).refuse == "cancel":
        raise Refused("not_now")
    intent = intents.close(intent_pk=_intent(account, own_id).pk, code="cancelled")
    wake()
    return JsonResponse(_answer(account, intent))


@endpoint("POST")
def operations(account: Account, body: Body, own_id: str) -> HttpResponse:
    kind = text_of(body, "kind")
    if kind not in ("capture", "void", "refund"):
        raise Refused("bad_request", 400)
    intent = intents.operate(
        intent=_intent(account, own_id),
        own_id=text_of(body, "id"),
        kind=kind,
        amount=_amount(body),
        currency=text_of(body, "currency"),
    )
    wake()
    return JsonResponse(as_data(intent), status=201)


@endpoint("DELETE")
def token(account: Account, _body: Body, token: str) -> HttpResponse:
    gone, _ = Token.objects.filter(account=account, token=token).delete()
    if not gone:
        raise Refused("not_found", 404)
    return HttpResponse(status=204)


@endpoint("POST")
def control(account: Account, body: Body) -> HttpResponse:
    """For tests: where messages go and how they misbehave from now on."""
    for name in ("webhook_url", "return_origin"):
        if name in body:
            setattr(account, name, text_of(body, name))
    if "modes" in body:
        account.modes = body["modes"]
        Modes.of(account)
    account.save()
    return JsonResponse({"modes": account.modes})


@endpoint("POST")
def lapse(account: Account, _body: Body, own_id: str) -> HttpResponse:
    """For tests: the bank drops what it holds, as it does after some days."""
    intent = intents.lapse(intent_pk=_intent(account, own_id).pk)
    wake()
    return JsonResponse(as_data(intent))


@endpoint("GET")
def webhooks(account: Account, _body: Body, own_id: str) -> HttpResponse:
    """For tests: the messages about a payment that were not taken yet, signed now, in order."""
    return waiting(account, _intent(account, own_id).webhooks.all())


def waiting(account: Account, rows: QuerySet[Webhook]) -> HttpResponse:
    """The messages that were not taken yet, signed now, in order."""
    secret = account.webhook_secret
    messages = [
        {"body": row.body, "signature": sign(body=row.body.encode(), secret=secret)}
        for row in rows.filter(state=Webhook.State.PENDING).order_by("pk")
    ]
    return JsonResponse({"webhooks": messages})


def _answer(account: Account, intent: Intent) -> Body:
    """What is said about a payment: of itself, unless a test wants it confused with another."""
    modes = Modes.of(account)
    if modes.answer_as:
        return as_data(_intent(account, modes.answer_as))
    if modes.answer_ref_of:
        return {**as_data(intent), "ref": _intent(account, modes.answer_ref_of).ref}
    return as_data(intent)


def _intent(account: Account, own_id: str) -> Intent:
    rows = Intent.objects.filter(account=account, own_id=own_id).select_related("account", "token")
    intent = rows.first()
    if intent is None:
        raise Refused("not_found", 404)
    return intent


def _read(request: HttpRequest) -> Body:
    if not request.body:
        return {}
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise Refused("bad_request", 400) from error
    if not isinstance(body, dict):
        raise Refused("bad_request", 400)
    return body


def text_of(body: Body, name: str, *, needed: bool = True, longest: int = 500) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise Refused("bad_request", 400)
    if needed and not value:
        raise Refused("bad_request", 400)
    return value


def _amount(body: Body) -> int:
    value = body.get("amount")
    if type(value) is not int or not 0 < value <= LARGEST:
        raise Refused("bad_request", 400)
    return value


def _wanted(body: Body) -> Wanted:
    currency = text_of(body, "currency", longest=3)
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise Refused("bad_request", 400)
    return Wanted(
        own_id=text_of(body, "id", longest=80),
        amount=_amount(body),
        currency=currency,
        description=text_of(body, "description", needed=False, longest=200),
        return_url=text_of(body, "return_url"),
        cancel_url=text_of(body, "cancel_url"),
        customer=text_of(body, "customer", needed=False, longest=80),
        token=text_of(body, "token", needed=False, longest=80),
        expires_at=_time(body),
    )


def _time(body: Body) -> datetime | None:
    text = body.get("expires_at")
    if text is None:
        return None
    try:
        at = parse_datetime(text)
    except (TypeError, ValueError) as error:
        raise Refused("bad_request", 400) from error
    if at is None or at.tzinfo is None:
        raise Refused("bad_request", 400)
    return at
