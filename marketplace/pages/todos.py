"""The list of what is open before something is published, as an editor shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.publishing import Point, still_open


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One line: done or open, whether it can wait, and the address where it is done."""

    code: str
    done: bool
    forbids: bool
    words: str
    where: str


def todos_of(points: Sequence[Point], places: Mapping[str, str]) -> list[Todo]:
    """The points with where each is done, by `places` for fields that are not their own."""
    return [
        Todo(
            code=one.code,
            done=one.done,
            forbids=one.forbids,
            words=one.words,
            where=places.get(one.field, f"#id_{one.field}"),
        )
        for one in points
    ]


# Of so many things what is still open is said after they were published together.
_SAID = 3


def remark(published: Iterable[tuple[str, Sequence[Point]]]) -> str:
    """What is still open of what was just published (title and points), the first few by title."""
    found = [
        f"{title}: {text}" for title, points in published if (text := still_open(points)) != ""
    ]
    more = len(found) - _SAID
    rest = [_("And %(n)d more.") % {"n": more}] if more > 0 else []
    return " ".join([*found[:_SAID], *rest])
