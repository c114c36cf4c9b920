"""Signed links to a guest's purchase: they expire, and nobody can make one up."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from orders.errors import LinkExpired

LIFETIME = timedelta(days=60)
_SALT = "orders.purchase"


def purchase_token(purchase_id: str) -> str:
    """A token for the purchase's public id, signed with 256 bits and dated."""
    return signing.dumps(purchase_id, salt=_SALT)


def read_purchase_token(token: str) -> str:
    """The public id of the purchase. Raises LinkExpired for an old, changed or invented token."""
    try:
        purchase_id = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise LinkExpired from error
    if not isinstance(purchase_id, str):
        raise LinkExpired
    return purchase_id
