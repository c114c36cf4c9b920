"""Answering the same request once: a double click, a proxy's retry, a restored tab.

The key is kept in the transaction of the effect. So either both are there, and a repetition gets
the stored answer; or neither is, and a repetition is a first try.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.db import retrying
from core.errors import Conflict, Invalid
from core.models import IdempotencyKey

MAX_KEY = 100


class InProgress(Conflict):
    """The first request with this key is still being worked on."""

    code = "in_progress"
    message = _("We are still working on this. Please wait a moment.")

    @property
    def retry_after(self) -> int:
        return 1


class KeyReused(Invalid):
    """The key belongs to another request of the same person."""

    code = "key_reused"
    message = _("This form was already used for something else. Please open it again.")


class KeyMissing(Invalid):
    """No key, or one that is no key."""

    code = "key_missing"
    message = _("This form is out of date. Please open it again.")


@dataclass(frozen=True)
class Answer:
    """What the work answered; `replayed` when it was an earlier request that did it."""

    data: dict[str, Any]
    replayed: bool


# The advisory lock tells "running elsewhere" from "finished" without waiting for it.
_CLAIM = """
INSERT INTO core_idempotencykey (principal, route, key, body_hash, answer, created_at)
SELECT %s, %s, %s, %s, NULL, %s WHERE pg_try_advisory_xact_lock(%s)
ON CONFLICT (principal, route, key) DO NOTHING RETURNING id
"""


def run_once(
    *,
    principal: str,
    route: str,
    key: str,
    body: Mapping[str, object],
    work: Callable[[], dict[str, Any]],
) -> Answer:
    """Do `work` unless the same request was answered before; opens its own transaction.

    `principal` is who asks (keys of different people never meet), `route` what is asked, `body`
    what decides the effect. `work` returns what JSON can hold. If it raises, nothing is kept and
    the key is free again. Raises InProgress (409), KeyReused (422), KeyMissing (422).
    """
    if not 0 < len(key) <= MAX_KEY or not key.isprintable():
        raise KeyMissing
    return _run(principal[:MAX_KEY], route[:MAX_KEY], key, hash_of(body), work)


@retrying
def _run(
    principal: str, route: str, key: str, body_hash: str, work: Callable[[], dict[str, Any]]
) -> Answer:
    with transaction.atomic():
        claimed = _claim(principal, route, key, body_hash)
        if claimed is None:
            return _earlier_answer(principal, route, key, body_hash)
        data = work()
        IdempotencyKey.objects.filter(pk=claimed).update(answer=data)
    return Answer(data=data, replayed=False)


def _claim(principal: str, route: str, key: str, body_hash: str) -> int | None:
    digest = hashlib.sha256(f"{principal}\x00{route}\x00{key}".encode()).digest()
    lock = int.from_bytes(digest[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [principal, route, key, body_hash, clock.now(), lock])
        row = cursor.fetchone()
    return None if row is None else row[0]


def _earlier_answer(principal: str, route: str, key: str, body_hash: str) -> Answer:
    row = IdempotencyKey.objects.filter(principal=principal, route=route, key=key).first()
    if row is None or row.answer is None:
        raise InProgress
    if row.body_hash != body_hash:
        raise KeyReused
    return Answer(data=row.answer, replayed=True)


def forget_answers(*, principal: str) -> None:
    """Drop what was answered to somebody who is gone: it may say anything about them."""
    IdempotencyKey.objects.filter(principal=principal[:MAX_KEY]).delete()


def hash_of(body: Mapping[str, object]) -> str:
    """The same for the same content, whatever the order of its names."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
