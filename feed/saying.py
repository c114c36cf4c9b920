"""How the words of a comment or a pin are read: people, hashtags and addresses in them. Pure.

Both are plain text. What is found in it becomes a link when it is shown; everything else is
text and is escaped as such.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from core.forms import is_public_url, shown_host
from core.text import MARKS

MAX_MENTIONS = 10
MAX_LINK = 40
# How many letters the name of a hashtag has at most; what is longer is plain words.
MAX_HASHTAG = 50

# What may not stand before a sign that begins something: mail@house.example names nobody.
_BEFORE = r"(?<![\w@#/.&-])"
_HANDLE = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_MENTION = re.compile(rf"{_BEFORE}@({_HANDLE})")
_SIGN = rf"[\w{MARKS}]"
# A hashtag has a letter: #1 is a place in a list.
_TAG = rf"{_SIGN}*[^\W\d_]{_SIGN}*"
_WHOLE_TAG = re.compile(_TAG)
# What stays of letters that are more than a letter with a mark; as in the index (unaccent).
_PLAIN = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
_PARTS = re.compile(
    r"(?P<link>https?://[^\s<>\"']+)"
    rf"|{_BEFORE}@(?P<mention>{_HANDLE})"
    rf"|{_BEFORE}#(?P<tag>{_TAG})"
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


def hashtag_name(text: str) -> str:
    """The one name of a hashtag, however its case, width and accents were written; "" for what is
    none. The name of a name is itself."""
    if len(text) > 4 * MAX_HASHTAG:
        return ""
    name = _folded(text)
    if len(name) > MAX_HASHTAG or _folded(name) != name or not _WHOLE_TAG.fullmatch(name):
        return ""
    return name


def hashtags_said(*texts: str, most: int) -> dict[str, str]:
    """The first `most` hashtags of some texts: how each was written first, by its name."""
    said: dict[str, str] = {}
    for text in texts:
        for tag in hashtags_in(text):
            if len(said) < most and (name := hashtag_name(tag)):
                said.setdefault(name, shown_hashtag(tag))
    return said


def shown_hashtag(text: str) -> str:
    """How a page shows a hashtag that was written so: in small letters, with its accents."""
    shown = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    return shown if len(shown) <= 2 * MAX_HASHTAG else hashtag_name(text)


def hashtag_url(name: str) -> str:
    """Where a hashtag leads."""
    return f"/tag/{quote(name)}/"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    signs = unicodedata.normalize("NFKD", plain)
    return unicodedata.normalize(
        "NFC", "".join(one for one in signs if not "\u0300" <= one < "\u0370")
    )


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
        name = hashtag_name(tag)
        return Part("tag", f"#{tag}", hashtag_url(name)) if name else None
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
