"""The mails that left, as the file backend kept them: one file a connection, split by a rule."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from django.conf import settings

RULE = b"-" * 79
_headers = BytesHeaderParser(policy=email.policy.default)
NAME = re.compile(r"([0-9A-Za-z-]{1,60})\.([0-9]{1,4})")


@dataclass(frozen=True)
class Envelope:
    """What is written on a mail. `name` is its file and its number in it."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None


@dataclass(frozen=True)
class Letter(Envelope):
    """One mail."""

    text: str


def letters(*, limit: int, skip: int = 0) -> list[Envelope]:
    """The newest mails first, without the first `skip`. Only their heads are read."""
    newest = islice(_newest(), skip, skip + limit)
    return [_envelope(name, _headers.parsebytes(raw)) for name, raw in newest]


def letter(*, name: str) -> Letter | None:
    """One mail whole, or None where there is none of that name."""
    match = NAME.fullmatch(name)
    if match is None:
        return None
    file = _folder() / f"{match[1]}.log"
    if not file.is_file():
        return None
    raw = next((raw for one, raw in _parts(file) if one == name), None)
    return None if raw is None else _letter(name, raw)


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _written(file: Path) -> float:
    return file.stat().st_mtime


def _newest() -> Iterator[tuple[str, bytes]]:
    for file in sorted(_folder().glob("*.log"), key=_written, reverse=True):
        yield from reversed(_parts(file))


def _parts(file: Path) -> list[tuple[str, bytes]]:
    parts = [part.strip(b"\n") for part in file.read_bytes().split(RULE)]
    return [(f"{file.stem}.{number}", part) for number, part in enumerate(parts) if part.strip()]


def _moment(date: str) -> datetime:
    """Mail writes "-0000" for UTC without a place, which Python reads as no zone at all."""
    found = parsedate_to_datetime(date)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _envelope(name: str, message: Message) -> Envelope:
    date = message.get("Date")
    return Envelope(
        name=name,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        sent_at=_moment(str(date)) if date else None,
    )


def _letter(name: str, raw: bytes) -> Letter:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 -- what the default policy makes
    body = message.get_body(preferencelist=("plain", "html"))
    outside = _envelope(name, message)
    return Letter(**vars(outside), text=str(body.get_content()) if body is not None else "")
