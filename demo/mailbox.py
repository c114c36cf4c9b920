"""The mails that left, as the file backend kept them: one file a connection, split by a rule."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

RULE = b"-" * 79
NAME = re.compile(r"([0-9A-Za-z-]{1,60})\.([0-9]{1,4})")


@dataclass(frozen=True)
class Letter:
    """One mail. `name` is its file and its number in it."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def letters(*, limit: int) -> list[Letter]:
    """The newest mails first."""
    found: list[Letter] = []
    for file in sorted(_folder().glob("*.log"), key=_written, reverse=True):
        found.extend(reversed(_read(file)))
        if len(found) >= limit:
            break
    return found[:limit]


def letter(*, name: str) -> Letter | None:
    match = NAME.fullmatch(name)
    if match is None:
        return None
    file = _folder() / f"{match[1]}.log"
    if not file.is_file():
        return None
    return next((one for one in _read(file) if one.name == name), None)


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _written(file: Path) -> float:
    return file.stat().st_mtime


def _read(file: Path) -> list[Letter]:
    parts = [part.strip(b"\n") for part in file.read_bytes().split(RULE)]
    return [
        _letter(f"{file.stem}.{number}", part) for number, part in enumerate(parts) if part.strip()
    ]


def _moment(date: str) -> datetime:
    """Mail writes "-0000" for UTC without a place, which Python reads as no zone at all."""
    found = parsedate_to_datetime(date)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _letter(name: str, raw: bytes) -> Letter:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 -- what the default policy makes
    body = message.get_body(preferencelist=("plain", "html"))
    date = message.get("Date")
    return Letter(
        name=name,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        sent_at=_moment(str(date)) if date else None,
        text=str(body.get_content()) if body is not None else "",
    )
