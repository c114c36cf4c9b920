"""How the words of a comment or a pin are read: people, hashtags and addresses in them. Pure.

Both are plain text. What is found in it becomes a link when it is shown; everything else is
text and is escaped as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from core.forms import is_public_url, shown_host

MAX_MENTIONS = 10
MAX_LINK = 40

# What may not stand before a sign that begins something: mail@house.example names nobody.
_BEFORE = r"(?<![\w@#/.&-])"
_HANDLE = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_MENTION = re.compile(rf"{_BEFORE}@({_HANDLE})")
_PARTS = re.compile(
    r"(?P<link>https?://[^\s<>\"']+)"
    rf"|{_BEFORE}@(?P<mention>{_HANDLE})"
    # A hashtag has a letter: #1 is a place in a list.
    rf"|{_BEFORE}#(?P<tag>\w*[^\W\d_]\w*)"
)
_TRAILING = (
    ".,;:!?)]}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'\""
)

Kind = Literal["text", "mention", "tag", "link"]


@dataclass(frozen=True)
class Part:
    """A piece of what was written: `text` as shown, `url` where it leads ("" for plain words)."""

    kind: Kind
    text: str
    url: str = ""


def handles_in(text: str) -> list[str]:
    """The handles that a text names, in lower case, each once, in their order."""
    return list(dict.fromkeys(found[1].lower() for found in _MENTION.finditer(text)))


def hashtags_in(text: str) -> list[str]:
    """The hashtags of a text as written, without their sign, each once, in their order."""
    found = (one["tag"] for one in _PARTS.finditer(text) if one["tag"])
    return list({tag.lower(): tag for tag in found}.values())


def parts_of(text: str, *, people: Mapping[str, str]) -> list[Part]:
    """A text cut into what is plain and what leads somewhere.

    `people` are addresses of profiles by handle; a name that is not among them stays plain, so
    that nobody can make a page look as if it knew somebody who is not there.
    """
    parts: list[Part] = []
    at = 0
    for found in _PARTS.finditer(text):
        part = _part(found, people)
        if part is None:
            continue
        _add_text(parts, text[at : found.start()])
        parts.append(part)
        at = found.start() + _length(found, part)
    _add_text(parts, text[at:])
    return parts


def _add_text(parts: list[Part], text: str) -> None:
    if text:
        parts.append(Part("text", text))


def _part(found: re.Match[str], people: Mapping[str, str]) -> Part | None:
    if link := found["link"]:
        address = _trimmed(link)
        return Part("link", shown_address(address), address) if is_public_url(address) else None
    if tag := found["tag"]:
        return Part("tag", f"#{tag}", f"/search/?q={quote(f'#{tag}')}")
    url = people.get(found["mention"].lower())
    return Part("mention", f"@{found['mention']}", url) if url else None


def _length(found: re.Match[str], part: Part) -> int:
    return len(part.url) if part.kind == "link" else len(found[0])


def _trimmed(link: str) -> str:
    """Without the sign that ends the sentence around it; a bracket that it opened is its own."""
    while link and link[-1] in _TRAILING and not (link[-1] == ")" and "(" in link):
        link = link[:-1]
    return link


def shown_address(address: str) -> str:
    """An address as a reader should see it: the true host spelt out, a long tail cut."""
    parts = urlsplit(address)
    tail = urlunsplit(("", "", parts.path, parts.query, "")).rstrip("/")
    shown = shown_host(address) + tail
    return shown if len(shown) <= MAX_LINK else f"{shown[: MAX_LINK - 1]}…"
