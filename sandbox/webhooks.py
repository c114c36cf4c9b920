"""Messages to the merchant: written with the fact, signed, sent until they are taken."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

import httpx
from django.db import transaction

from core import clock
from core.http import client_for
from core.ids import new_public_id
from sandbox.data import as_data, payee_data
from sandbox.models import Account, Intent, Payee, Webhook

HEADER = "Webhook-Signature"
MOST_ATTEMPTS = 16
# While one sender works on a message, no other takes it.
LEASE = timedelta(seconds=10)


@dataclass(frozen=True)
class Modes:
    """How an account's messages and answers misbehave; all off by default."""

    delay_ms: int = 0  # each message waits so long
    copies: int = 1  # each message is sent so often
    early: bool = False  # the message is sent before the buyer is sent back
    reorder: bool = False  # the first message of a payment comes after the later ones
    lost: bool = False  # messages are never sent
    hold: bool = False  # messages wait until they are asked for
    answer_delay_ms: int = 0  # answers to charges come so late, though the charge is made
    refuse: str = ""  # no capture, void, refund or cancel (one of them) is done
    # Answers about any payment speak of the one of this name, wholly or only by its reference.
    answer_as: str = ""
    answer_ref_of: str = ""

    @classmethod
    def of(cls, account: Account) -> "Modes":
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in account.modes.items() if name in known})


def announce(intent: Intent, kind: str, *, operation: dict[str, object] | None = None) -> None:
    """Write a message about the intent as it now is, in the caller's transaction."""
    body: dict[str, object] = {"payment": as_data(intent)}
    if operation:
        body["operation"] = operation
    first = not intent.webhooks.exists()
    _write(intent.account, kind, body, first=first, intent=intent)


def announce_payee(payee: Payee) -> None:
    """Write a message about the payee as it now is, in the caller's transaction."""
    body: dict[str, object] = {"payee": payee_data(payee)}
    first = not payee.webhooks.exists()
    _write(payee.account, "payee.updated", body, first=first, payee=payee)


def _write(
    account: Account,
    kind: str,
    about: dict[str, object],
    *,
    first: bool,
    intent: Intent | None = None,
    payee: Payee | None = None,
) -> None:
    modes = Modes.of(account)
    if modes.lost:
        return
    event_id = new_public_id()
    wait = timedelta(milliseconds=modes.delay_ms)
    if modes.reorder and first:
        wait += timedelta(seconds=2)
    if modes.hold:
        wait = timedelta(days=3650)
    Webhook.objects.bulk_create(
        Webhook(
            event_id=event_id,
            account=account,
            intent=intent,
            payee=payee,
            kind=kind,
            body=json.dumps({"id": event_id, "type": kind, **about}, separators=(",", ":")),
            due_at=clock.now() + wait,
        )
        for _ in range(max(1, modes.copies))
    )


def sign(*, body: bytes, secret: str) -> str:
    at = int(time.time())
    digest = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


@lru_cache(maxsize=16)
def _client(origin: str) -> httpx.Client:
    return client_for(origin, timeout=5.0)


def send_due(*, intent: Intent | None = None, limit: int = 20) -> int:
    """Send what is due, oldest first; answers how many were tried."""
    count = 0
    for hook in _claimed(intent, limit):
        count += 1
        _send(hook)
    return count


def _claimed(intent: Intent | None, limit: int) -> Iterator[Webhook]:
    for _ in range(limit):
        with transaction.atomic():
            rows = Webhook.objects.select_for_update(skip_locked=True, of=("self",)).filter(
                state=Webhook.State.PENDING, due_at__lte=clock.now()
            )
            if intent is not None:
                rows = rows.filter(intent=intent)
            hook = rows.order_by("due_at", "pk").select_related("account").first()
            if hook is None:
                return
            Webhook.objects.filter(pk=hook.pk).update(due_at=clock.now() + LEASE)
        yield hook


def _send(hook: Webhook) -> None:
    body = hook.body.encode()
    headers = {
        "Content-Type": "application/json",
        HEADER: sign(body=body, secret=hook.account.webhook_secret),
    }
    try:
        address = urlsplit(hook.account.webhook_url)
        client = _client(f"{address.scheme}://{address.netloc}")
        status = client.post(address.path, content=body, headers=headers).status_code
    except httpx.HTTPError:
        status = 0
    hook.attempts += 1
    hook.last_status = status
    if 200 <= status < 300:
        hook.state = Webhook.State.DONE
    elif hook.attempts >= MOST_ATTEMPTS:
        hook.state = Webhook.State.DEAD
    else:
        hook.due_at = clock.now() + timedelta(seconds=min(60.0, 0.5 * 2**hook.attempts))
    hook.save(update_fields=["attempts", "last_status", "state", "due_at"])
