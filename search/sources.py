"""Who writes which documents, so that the index can be made again from what it mirrors.

sources.register(Source(kind="pin", rows=..., documents=...))    # in AppConfig.ready()
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from search.types import DocumentData


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of documents. `rows` are all rows that may have one, with a `public_id`;
    `documents` makes those of some of them (primary keys), as far as anybody may see them."""

    kind: str
    rows: Callable[[], QuerySet[Any]]
    documents: Callable[[Sequence[int]], list[DocumentData]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Name the source of a kind; the last one named counts."""
    _sources[source.kind] = source


def source_of(*, kind: str) -> Source:
    """The source of a kind. Raises KeyError for an unknown one."""
    return _sources[kind]


def kinds() -> list[str]:
    """Every kind that can be made again, in alphabetical order."""
    return sorted(_sources)
