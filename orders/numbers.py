"""Order numbers for people: short, unambiguous when read out, and telling nothing about counts."""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXY"
_SHAPE = re.compile(rf"^[{ALPHABET}]{{4}}-?[{ALPHABET}]{{4}}$")


def new_order_number() -> str:
    """Two groups of four: 7KQ4-2M86."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{text[:4]}-{text[4:]}"


def read_order_number(text: str) -> str | None:
    """The number as stored, from what a person typed; None when it cannot be one."""
    candidate = text.strip().upper().replace(" ", "")
    if not _SHAPE.match(candidate):
        return None
    plain = candidate.replace("-", "")
    return f"{plain[:4]}-{plain[4:]}"
