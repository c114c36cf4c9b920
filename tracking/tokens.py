"""Signed touches: what a card says about itself when it is seen or clicked.

The same card has the same token for everybody and for ever, so that ready fragments can be kept;
the time is that of the click. Sixteen signs of signature are 96 bits.
"""

import base64
import binascii
import re
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from core import clock
from tracking.types import SOURCES, Source, Touch

MAX_REF = 80
MAX_TOKEN = 400
_PLAIN = re.compile(r"[A-Za-z0-9-]+")


def touch_token(*, source: Source, ref: str, product: str | None = None) -> str:
    """The token of a touch: goes into `?t=` of links and `data-touch` of cards. No query."""
    return _token(source, ref[:MAX_REF], product or "")


@lru_cache(maxsize=8192)
def _token(source: str, ref: str, product: str) -> str:
    said = ".".join((source, _packed(ref), product))
    return f"{said}.{_signature(said, settings.SECRET_KEY)}"


def read_touch(*, token: str) -> Touch | None:
    """What a token says, as a click of this moment; None if it is not ours. No query."""
    if len(token) > MAX_TOKEN:
        return None
    said, _dot, signature = token.rpartition(".")
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(signature, _signature(said, key)) for key in keys):
        return None
    source, packed, product = said.split(".")
    if source not in SOURCES:
        return None
    return Touch(source=source, ref=_unpacked(packed), at=clock.now(), product=product or None)


def _signature(said: str, key: str) -> str:
    digest = salted_hmac("tracking.touch", said, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()


def _packed(ref: str) -> str:
    if _PLAIN.fullmatch(ref):
        return ref
    return "~" + base64.urlsafe_b64encode(ref.encode()).decode().rstrip("=")


def _unpacked(packed: str) -> str:
    if not packed.startswith("~"):
        return packed
    padded = packed[1:] + "=" * (-len(packed[1:]) % 4)
    try:
        return base64.urlsafe_b64decode(padded).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
