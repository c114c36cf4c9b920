"""From what somebody typed to the words that are looked for. No rows."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

MAX_TEXT = 200
MAX_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'["“”„]([^"“”„]{1,200})["“”„]')
# One run of signs with a digit in it: an article number, a SKU, an EAN. Six digits or a joint tell
# it from "a4" and "2026".
_NUMBER = re.compile(r"(?=\S*\d)(?=\S*[-./]|\S{6,})[\w./-]{4,64}")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`words` each once; `phrases` must stand as they are; `number` is '' or an article number."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    number: str = ""

    @property
    def empty(self) -> bool:
        return not (self.words or self.phrases)


def asked_in(*, text: str) -> Asked:
    """What a text asks for. Any text is safe."""
    text = text[:MAX_TEXT].replace("\x00", " ")
    phrases = [" ".join(_WORD.findall(one)) for one in _QUOTED.findall(text)]
    rest = _QUOTED.sub(" ", text)
    number = rest.strip()
    return Asked(
        words=tuple(words_of(text=rest)),
        phrases=tuple(dict.fromkeys(one for one in phrases if one))[:MAX_WORDS],
        number=number if _NUMBER.fullmatch(number) else "",
    )


def words_of(*, text: str) -> list[str]:
    """The words to look for: letters and digits only, each once, at most twelve."""
    words = dict.fromkeys(word.lower()[:40] for word in _WORD.findall(text[:MAX_TEXT]))
    # "or" would be an operator, and says nothing.
    return [word for word in words if word != "or"][:MAX_WORDS]


def completions(*, text: str, titles: Iterable[str], limit: int) -> list[str]:
    """How the last word of the text could go on, from the words of the titles; the usual first.

    Each begins with the text as it was typed; one that ends with no letter is not gone on with.
    """
    last = _WORD.search(text[:MAX_TEXT], text.rfind(" ") + 1)
    if last is None or last.end() != len(text):
        return []
    begun = last[0].casefold()
    found: Counter[str] = Counter()
    for title in titles:
        found.update(
            {one for one in map(str.casefold, _WORD.findall(title)) if one.startswith(begun)}
        )
    # Words are stemmed: a plural finds the same as what it is the plural of.
    singular = {begun, *found}
    fresh = [one for one in found if one != begun and one.removesuffix("s") not in singular - {one}]
    ordered = sorted(fresh, key=lambda one: (-found[one], len(one), one))
    return [text + one[len(begun) :] for one in ordered[:limit]]


def spelt(*, text: str, unknown: Collection[str], titles: Iterable[str]) -> str:
    """The text with each unknown word as the titles spell the one most like it; '' where none is
    like it."""
    known = [one.lower() for title in titles for one in _WORD.findall(title)]
    changed = text[:MAX_TEXT]
    for word in unknown:
        alike = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
        if alike:
            changed = re.sub(rf"(?i)\b{re.escape(word)}\b", alike[0], changed)
    return changed if changed != text else ""
