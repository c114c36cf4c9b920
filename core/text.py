"""Text from people: kept as they meant it, without what would break a page or fool a reader."""

import unicodedata
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.errors import Invalid

_ZWJ, _ZWNJ = "\u200d", "\u200c"
_KEPT_JOINERS = (_ZWJ, _ZWNJ)
# Marks above and below one letter; more than this is decoration that leaves its line.
_MAX_MARKS = 4
# Vowel signs and the like, which a pattern of Python takes for no part of a word; for the inside of
# its brackets. Where scripts put them.
MARKS = "".join(
    chr(one) for one in range(0x300, 0x3100) if unicodedata.category(chr(one))[0] == "M"
)
# Code points that a text may have for each sign its limit allows, all in all: what every written
# language needs with its marks, and some families of emoji among plain words.
_ROOM, _LEAST_ROOM = 4, 32
# A black flag and up to six letters and an end, as unseen tags: the flags of Scotland and the like.
_FLAG, _END, _LONGEST_FLAG = "\U0001f3f4", "\U000e007f", 7


class TextRefused(Invalid):
    """The text cannot be taken; the message says what is wrong with it."""

    code = "text"

    def __init__(self, message: str | Promise, *, code: str) -> None:
        super().__init__(message, code=code)


def room(limit: int) -> int:
    """The code points of the longest text that `clean_text` lets pass for `limit` signs.

    A column of such a text says `max_length=room(limit)`, a column of a copy of it as well.
    """
    return max(_ROOM * limit, _LEAST_ROOM)


def clean_text(text: str, *, limit: int, single_line: bool = False) -> str:
    """The text in NFC without invisible and direction-changing signs; blank becomes empty.

    `limit` counts what a reader sees as one sign (an emoji family is one); all in all the text has
    at most `room(limit)` code points. Raises TextRefused for a longer text and for NUL or broken
    Unicode. Lines are kept unless `single_line`.
    """
    if "\x00" in text:
        raise TextRefused(_("The text has a sign that cannot be stored."), code="nul")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise TextRefused(_("The text has a sign that cannot be stored."), code="surrogate")
    if len(text) > limit * 20 + 1_000:
        raise _too_long(limit)  # before any work is done on it
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Again, because a sign that was left out may have kept a letter and its mark apart.
    text = unicodedata.normalize("NFC", "".join(_wanted(text)))
    if single_line:
        text = " ".join(text.split())
    else:
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    if not _has_ink(text):
        return ""
    text = "".join(_fewer_marks(text))
    if sum(1 for _cluster in clusters(text)) > limit:
        raise _too_long(limit)
    if len(text) > room(limit):
        raise TextRefused(
            _("Some of these characters are made of several. Please use fewer emoji and marks."),
            code="heavy",
        )
    return text


def _too_long(limit: int) -> TextRefused:
    return TextRefused(
        _("Please use at most %(limit)d characters.") % {"limit": limit}, code="long"
    )


def _wanted(text: str) -> Iterator[str]:
    for index, sign in enumerate(text):
        if sign in "\n\t":
            yield "\n" if sign == "\n" else " "
            continue
        category = unicodedata.category(sign)
        if category in ("Cc", "Co", "Cn"):
            continue
        if category == "Cf":
            # Joiners make emoji families and the letters of Persian and Hindi; alone they are junk.
            inside = 0 < index < len(text) - 1 and _joins(text[index - 1], text[index + 1])
            if not (sign in _KEPT_JOINERS and inside) and not _spells_a_flag(text, index):
                continue
        if category in ("Zl", "Zp"):
            yield "\n"
            continue
        yield sign


def _spells_a_flag(text: str, index: int) -> bool:
    """Tags name a region right behind a black flag; anywhere else they are unseen letters."""
    flag = text.rfind(_FLAG, max(0, index - _LONGEST_FLAG), index)
    letters = text[flag + 1 : index]
    return flag >= 0 and _is_tag(text[index]) and all(map(_is_tag, letters)) and _END not in letters


def _is_tag(sign: str) -> bool:
    return "\U000e0020" <= sign <= "\U000e007f"


def _joins(before: str, after: str) -> bool:
    return not before.isascii() and not after.isascii() and not after.isspace()


def _has_ink(text: str) -> bool:
    return any(
        unicodedata.category(sign)[0] not in "ZCM" and sign not in "\u115f\u1160\u3164\uffa0\u2800"
        for sign in text
    )


def _fewer_marks(text: str) -> Iterator[str]:
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= _MAX_MARKS:
            yield sign


def clusters(text: str) -> Iterator[str]:
    """What a reader sees as single signs: a letter with its marks, an emoji family, a flag."""
    cluster = ""
    for sign in text:
        if cluster and not _continues(cluster, sign):
            yield cluster
            cluster = ""
        cluster += sign
    if cluster:
        yield cluster


def _continues(cluster: str, sign: str) -> bool:
    if unicodedata.category(sign) in ("Mn", "Me", "Mc") or sign in _KEPT_JOINERS:
        return True
    if "\U0001f3fb" <= sign <= "\U0001f3ff" or _is_tag(sign):
        return True  # skin tones; tags of regional flags
    if cluster[-1] == _ZWJ:
        return True
    letters = [one for one in cluster if "\U0001f1e6" <= one <= "\U0001f1ff"]
    return "\U0001f1e6" <= sign <= "\U0001f1ff" and len(letters) == len(cluster) == 1
