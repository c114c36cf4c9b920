"""Signatures of webhooks: `t=<unix seconds>,v1=<hex hmac-sha256 of "t.body">`. Pure."""

import hashlib
import hmac
from datetime import datetime

TOLERANCE_SECONDS = 300


def sign(*, raw: bytes, secret: str, at: int) -> str:
    return f"t={at},v1={_digest(raw=raw, secret=secret, at=at)}"


def is_valid(*, raw: bytes, signature: str, secret: str, now: datetime) -> bool:
    """Whether the body is the provider's own and at most five minutes old, or early."""
    parts = dict(part.partition("=")[::2] for part in signature.split(",", 8))
    stamp, digest = parts.get("t", ""), parts.get("v1", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and digest.isascii()):
        return False
    fresh = abs(now.timestamp() - int(stamp)) <= TOLERANCE_SECONDS
    right = hmac.compare_digest(_digest(raw=raw, secret=secret, at=int(stamp)), digest)
    return fresh and right


def _digest(*, raw: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + raw, hashlib.sha256).hexdigest()
