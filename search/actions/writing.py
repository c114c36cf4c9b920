"""Single documents. Call in the transaction of the change that they mirror."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection

from core import clock
from search.models import Document
from search.types import DocumentData

_MAX_BODY = 20_000


def put_documents(*, documents: Sequence[DocumentData]) -> None:
    """Add or replace these documents. One statement."""
    rows = {(one.kind, one.public_id): one for one in documents}
    if not rows:
        return
    # In key order, so that two writers of the same documents cannot wait for each other.
    Document.objects.bulk_create(
        [_row(rows[key]) for key in sorted(rows)],
        update_conflicts=True,
        unique_fields=["kind", "public_id"],
        update_fields=["title", "body", "facets", "popularity", "updated_at", "shown_from"],
    )


def _row(data: DocumentData) -> Document:
    values: dict[str, Any] = asdict(data)
    values["title"] = data.title.replace("\x00", "")[:500]
    values["body"] = data.body.replace("\x00", "")[:_MAX_BODY]
    return Document(updated_at=clock.now(), **values)


def remove_documents(*, kind: str, public_ids: Iterable[str]) -> None:
    """Let these be found no more; absent ones are no error."""
    Document.objects.filter(kind=kind, public_id__in=list(public_ids)).delete()


def set_popularity(*, kind: str, values: Mapping[str, float]) -> None:
    """Change only how popular documents are. One statement.

    It decides between equals alone, so a change of less than a twentieth is not written: that
    would cost the index more than the place is worth.
    """
    if not values:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SET, [list(values), list(values.values()), kind])


# In key order, as documents are put, so that two writers cannot wait for each other.
_SET = """
UPDATE search_document d SET popularity = due.popularity FROM (
    SELECT d.id, v.popularity FROM search_document d
    JOIN unnest(%s::text[], %s::float8[]) AS v(public_id, popularity) USING (public_id)
    WHERE d.kind = %s AND abs(d.popularity - v.popularity) * 20
        > greatest(abs(d.popularity), abs(v.popularity))
    ORDER BY d.public_id COLLATE "C" FOR NO KEY UPDATE OF d
) due WHERE d.id = due.id
"""
