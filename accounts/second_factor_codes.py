"""Codes of second factors, each good once.

allauth remembers a used code in the cache, for thirty seconds of the ninety in which it is
accepted, and takes every code for used while the cache is away. Here the row itself remembers.
"""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

from accounts.models import User

_LAST = "last_counter"


@transaction.atomic
def spend(*, user: User, code: str) -> Authenticator | None:
    """The factor of this user that the code is right for; it is never right again. None: wrong.

    A code of an app is good for its thirty seconds and the thirty before and after (RFC 6238, 5.2),
    and no code that is older than the last one.
    """
    rows = Authenticator.objects.select_for_update(of=("self",)).filter(user=user)
    for row in rows.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"):
        row.user = user
        right = _spend_of_app if row.type == Authenticator.Type.TOTP else _spend_kept
        if right(row, code):
            return row
    return None


def _spend_of_app(row: Authenticator, code: str) -> bool:
    secret = decrypt(row.data["secret"])
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > row.data.get(_LAST, 0) and compare_user_code(actual=code, expected=expected):
            row.data[_LAST] = counter
            row.save(update_fields=["data"])
            return True
    return False


def _spend_kept(row: Authenticator, code: str) -> bool:
    return bool(row.wrap().validate_code(code))
