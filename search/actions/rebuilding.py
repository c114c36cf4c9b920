"""Making the index again from what it mirrors, while it is searched and written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core import clock
from core.db import retrying
from search.actions.writing import put_documents, remove_documents
from search.models import Document
from search.sources import Source, source_of

BATCH = 200
# Told after each batch: the kind, how many rows were looked at, and how many there were.
Progress = Callable[[str, int, int], None]


def rebuild(*, kind: str, progress: Progress | None = None) -> int:
    """Write every document of a kind anew and remove those of what is gone; how many there are.

    Each batch is a transaction that holds its rows against changes, so that an act which changes
    one of them writes its document either before or after us, and never loses it to an older one.
    Nobody who searches waits. Can be stopped at any moment and begun again. Raises KeyError for a
    kind that nobody writes.
    """
    source = source_of(kind=kind)
    began, after, done = clock.now(), 0, 0
    total = source.rows().count()
    while keys := _write_after(source, after):
        after, done = keys[-1][0], done + len(keys)
        if progress is not None:
            progress(kind, done, max(total, done))
    after = 0
    while after := _check_after(source, began, after):
        pass
    return Document.objects.filter(kind=kind).count()


@retrying
@transaction.atomic
def _write_after(source: Source, after: int) -> list[tuple[int, str]]:
    return _write(source, source.rows().filter(pk__gt=after).order_by("pk")[:BATCH])


@retrying
@transaction.atomic
def _check_after(source: Source, began: datetime, after: int) -> int:
    """Documents that nobody has written since the beginning: what they mirror is gone, or came
    into sight behind our back. The key of the last one looked at, 0 for none."""
    old = Document.objects.filter(kind=source.kind, updated_at__lt=began, pk__gt=after)
    names = dict(old.order_by("pk").values_list("public_id", "pk")[:BATCH])
    if not names:
        return 0
    rows = source.rows().filter(public_id__in=list(names)).order_by("pk")
    known = {public_id for _pk, public_id in _write(source, rows)}
    remove_documents(kind=source.kind, public_ids=set(names) - known)
    return max(names.values())


def _write(source: Source, rows: QuerySet[Any]) -> list[tuple[int, str]]:
    """Bring the documents of these rows up to date; the keys of all of them."""
    held = rows.select_for_update(of=("self",), no_key=True)
    keys = list(held.values_list("pk", "public_id"))
    if keys:
        documents = source.documents([pk for pk, _public_id in keys])
        put_documents(documents=documents)
        shown = {one.public_id for one in documents}
        gone = [public_id for _pk, public_id in keys if public_id not in shown]
        remove_documents(kind=source.kind, public_ids=gone)
    return keys
