"""Reading notices and preferences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import Coalesce

from core.media import PICTURE_FIELDS, Picture, picture_fields
from notifications.kinds import all_kinds
from notifications.models import Notice, Preference
from notifications.types import NoticePage, NoticeRow, PreferenceRow

PAGE = 30
_END = Value(2**63 - 1)
_FIELDS = ("public_id", "kind", "group", "title", "body", "url", "action", "read_at", "created_at")


def notices_for(
    *,
    profile_id: int,
    cursor: str | None = None,
    group: str = "",
    limit: int = PAGE,
    without: Collection[int] = (),
) -> NoticePage:
    """A person's notices, newest first, in one query. `cursor` is the `next` of a page before.

    A cursor that is not theirs starts from the top. `without` what these profiles did; nor what
    somebody did who is suspended or gone: it comes back with them.
    """
    mine = Notice.objects.filter(
        Q(actor__isnull=True) | Q(actor__state="approved"), profile_id=profile_id
    )
    if without:
        mine = mine.exclude(actor__in=list(without))
    rows = mine.order_by("-id")
    if group:
        rows = rows.filter(group=group)
    if cursor:
        last = mine.filter(public_id=cursor[:28].replace("\x00", ""))
        rows = rows.filter(id__lt=Coalesce(Subquery(last.values("id")[:1]), _END))
    values = rows.values_list(*_FIELDS, *picture_fields("image"))[: limit + 1]
    found = [_row(row) for row in values]
    more = found[limit - 1].public_id if len(found) > limit else None
    return NoticePage(rows=found[:limit], next=more)


def _row(values: Sequence[Any]) -> NoticeRow:
    own, picture = dict(zip(_FIELDS, values, strict=False)), values[-len(PICTURE_FIELDS) :]
    return NoticeRow(
        public_id=own["public_id"],
        kind=own["kind"],
        group=own["group"],
        title=own["title"],
        body=own["body"],
        url=own["url"],
        action=own["action"],
        is_new=own["read_at"] is None,
        at=own["created_at"],
        picture=Picture.from_nullable_row(*picture),
    )


def unread_by_group(*, profile_id: int) -> dict[str, int]:
    """How many new notices each group holds. One query."""
    rows = Notice.objects.filter(profile_id=profile_id, read_at__isnull=True)
    return dict(rows.values_list("group").annotate(Count("id")))


def unread_counts(*, profile_ids: Sequence[int]) -> dict[int, int]:
    """The true number of unread notices of these profiles, for audits. One query."""
    rows = Notice.objects.filter(profile_id__in=profile_ids, read_at__isnull=True)
    return dict(rows.values_list("profile_id").annotate(Count("id")))


def preferences_for(
    *, profile_id: int, roles: Collection[str] | None = None
) -> list[PreferenceRow]:
    """Every kind with what is on for this person. One query.

    `roles` are theirs in brands: kinds that nobody with these gets are left out.
    """
    chosen = {row.kind: row for row in Preference.objects.filter(profile_id=profile_id)}
    result = []
    for kind in all_kinds():
        if roles is not None and not kind.reaches(roles):
            continue
        on = set(kind.channels)
        if kind.code in chosen:
            row = chosen[kind.code]
            on = {name for name in ("in_app", "email") if getattr(row, name)}
        result.append(
            PreferenceRow(
                kind=kind.code,
                label=str(kind.label),
                note=str(kind.note),
                group=kind.group,
                on=frozenset(on | set(kind.locked)),
                locked=frozenset(kind.locked),
            )
        )
    return result
