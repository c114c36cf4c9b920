"""Whom a viewer does not meet: read in the query that finds the viewer, or asked by profile.

A page has `viewer.hidden` and asks nothing here. Actions and receivers have only ids, and ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from accounts.models import Block, Mute
from accounts.types import NOTHING_HIDDEN, PROFILE_FIELDS, Hidden, MuteRow, ProfileRef
from core import clock

Rows = Mapping[str, list[dict[str, Any]]]


def hidden_columns(profile: OuterRef) -> JSONObject:
    """Blocks in both directions and mutes of the profile that `profile` names, as one JSON.

    Mutes that ended are among them: this statement is compiled once, so it knows no present.
    """
    return JSONObject(
        blocked=ArraySubquery(
            Block.objects.filter(blocker=profile).values(
                json=JSONObject(id="blocked_id", owner="blocked__public_id")
            )
        ),
        blocked_by=ArraySubquery(
            Block.objects.filter(blocked=profile).values(
                json=JSONObject(id="blocker_id", owner="blocker__public_id")
            )
        ),
        muted=ArraySubquery(
            Mute.objects.filter(muter=profile).values(
                json=JSONObject(id="muted_id", owner="muted__public_id", word="word", until="until")
            )
        ),
    )


def hidden_from_rows(*, person: Rows | None, brand: Rows | None) -> Hidden:
    """What the person, and the brand they act for now (or None), do not meet.

    A block of the person holds also while they act for a brand. A mute is a wish about one's own
    wall: while acting for a brand, those of the brand count.
    """
    if person is None and brand is None:
        return NOTHING_HIDDEN
    blocks = [*_blocks(person), *_blocks(brand)]
    all_mutes = ((brand if brand is not None else person) or {}).get("muted", [])
    mutes = [row for row in all_mutes if _lasts(row["until"])]
    muted = [row for row in mutes if row["id"] is not None]
    return Hidden(
        blocked=frozenset(row["id"] for row in blocks),
        muted=frozenset(row["id"] for row in muted),
        words=tuple(row["word"] for row in mutes if row["word"]),
        owners=frozenset(row["owner"] for row in [*blocks, *muted]),
    )


def _lasts(until: str | None) -> bool:
    return until is None or datetime.fromisoformat(until) > clock.now()


def _blocks(rows: Rows | None) -> Iterable[dict[str, Any]]:
    return [*rows["blocked"], *rows["blocked_by"]] if rows else []


def blocked_ids(*, profile_id: int) -> set[int]:
    """Everybody between whom and this profile a block stands, whoever made it. One query."""
    mine = Block.objects.filter(blocker=profile_id).values_list("blocked_id")
    theirs = Block.objects.filter(blocked=profile_id).values_list("blocker_id")
    return {row[0] for row in mine.union(theirs)}


def are_blocked(*, one_id: int, other_id: int) -> bool:
    """Whether a block stands between two profiles, whoever made it. One query."""
    pair = Q(blocker=one_id, blocked=other_id) | Q(blocker=other_id, blocked=one_id)
    return Block.objects.filter(pair).exists()


def deaf_to(*, profile_id: int, among: Collection[int]) -> set[int]:
    """Those `among` some profiles who shall hear nothing of what this profile does.

    A block stands between them, or they muted it. One query; none for an empty collection.
    """
    if not among:
        return set()
    told = list(among)
    mine = Block.objects.filter(blocker=profile_id, blocked__in=told).values_list("blocked_id")
    theirs = Block.objects.filter(blocked=profile_id, blocker__in=told).values_list("blocker_id")
    mutes = _lasting_mutes(muted=profile_id, muter__in=told).values_list("muter_id")
    return {row[0] for row in mine.union(theirs, mutes)}


def blocks_of(*, profile_id: int) -> list[ProfileRef]:
    """Whom a profile blocked, newest first: for its own eyes. One query."""
    rows = Block.objects.filter(blocker=profile_id).order_by("-id")
    return [
        ProfileRef.from_row(row)
        for row in rows.values_list(*(f"blocked__{name}" for name in PROFILE_FIELDS))
    ]


def _lasting_mutes(**which: Any) -> QuerySet[Mute]:
    return Mute.objects.filter(Q(until__isnull=True) | Q(until__gt=clock.now()), **which)


def hidden_count(*, profile_id: int) -> int:
    """How many `blocks_of` and `mutes_of` list: what the profile did, not what was done to it.

    One query.
    """
    blocks = Block.objects.filter(blocker=profile_id).values_list("pk")
    mutes = _lasting_mutes(muter=profile_id).values_list("pk")
    return blocks.union(mutes, all=True).count()


def mutes_of(*, profile_id: int) -> list[MuteRow]:
    """What a profile muted and what still is, newest first: for its own eyes. One query."""
    rows = _lasting_mutes(muter=profile_id).order_by("-id")
    fields = [f"muted__{name}" for name in PROFILE_FIELDS]
    return [
        MuteRow(
            profile=ProfileRef.from_row(row[2:]) if row[2] is not None else None,
            word=row[0],
            until=row[1],
        )
        for row in rows.values_list("word", "until", *fields)
    ]
