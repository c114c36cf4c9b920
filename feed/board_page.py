"""One board: its sections with their pins, who is on it, and what happened there lately.

Seven queries for anybody and any number of pins, one more while a part of it is arranged: the
board, its sections, its people, what stands on it, pins, products, what was saved last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.types import Viewer, profile_columns, ref_from_row
from catalog.queries import to_buy
from core.media import PICTURE_FIELDS, picture_fields
from feed.access import arrangeable_boards, readable_boards
from feed.audience import covers_shown, saves_shown
from feed.board_pins import TOP, parts_of_board, section_view
from feed.boards import is_own
from feed.cards import picture_of
from feed.follows import is_followed
from feed.models import Board, BoardMember, ProductTag, Save, Section
from feed.types import (
    MAX_AT_ONCE,
    ArrangeRow,
    BoardPage,
    BoardRef,
    Happening,
    MemberView,
)
from feed.voices import Voices

LATELY = 4
COVER_CHOICES = 60


def board_page(
    *,
    public_id: str,
    viewer: Viewer,
    section: str = "",
    arrange: str = "",
    cursor: str = "",
    guest_saves: frozenset[str] = frozenset(),
) -> BoardPage | None:
    """A board that the viewer may see, or None: a secret one looks like one that is not there.

    `section` narrows to one of its parts (public id); `arrange` asks for the list to arrange a
    part ("top" for the pins without a section), which only those who may get. A `section` that is
    not there is answered like a board that is not.
    """
    row = _board(public_id, viewer)
    if row is None:
        return None
    sections = _sections(row["id"], viewer)
    members = _members(row["id"], without=viewer.hidden.blocked)
    if section and section not in {one["public_id"] for one in sections}:
        return None
    owner = ref_from_row(row, "owner")
    own = is_own(owner, viewer)
    mine = next((one for one in members if one.profile.id == viewer.acting_id), None)
    may_arrange = own or (mine is not None and mine.joined)
    arranging = arrange if may_arrange and arrange in _places(sections) else ""
    joined = [one for one in members if one.joined]
    voices = Voices(
        board_id=public_id,
        people={one.id: one for one in [owner, *(one.profile for one in joined)]},
        unheard=viewer.hidden.ids,
        shared=bool(joined),
    )
    parts = parts_of_board(
        row,
        sections,
        viewer=viewer,
        only=section,
        cursor=cursor,
        guest_saves=guest_saves,
        voices=voices,
    )
    return BoardPage(
        board=BoardRef(
            public_id=row["public_id"],
            slug=row["slug"],
            title=row["title"],
            secret=row["secret"],
            pins_count=row["seen"],
            followers_count=row["followers_count"],
            owner=owner,
        ),
        text=row["text"],
        owner=owner,
        owner_saves=row["owner_saves"],
        to_buy=row["to_buy"],
        own=own,
        following=row["following"],
        link=row["link__key"] or "" if own else "",
        cover=row["cover__public_id"] or "" if own else "",
        may_arrange=may_arrange,
        invited=mine is not None and not mine.joined,
        parts=parts,
        at=section,
        sections=[section_view(one) for one in sections],
        members=members if own else joined,
        arranging=arranging,
        rows=_arrange_rows(row["id"], sections, arranging, viewer, voices) if arranging else [],
        lately=_lately(row["id"], sections, joined, viewer, voices)
        if joined or may_arrange
        else [],
    )


def _board(public_id: str, viewer: Viewer) -> dict[str, Any] | None:
    blocked = viewer.hidden.blocked
    tags = ProductTag.objects.filter(
        to_buy(product="product", variant="variant"), pin=OuterRef("pin")
    ).exclude(product__seller__in=list(blocked))
    row = (
        readable_boards(viewer=viewer)
        .filter(public_id=public_id)
        .annotate(
            seen=_count(Save.objects.filter(_seen(viewer))),
            owner_saves=_count(Save.objects.filter(saver=OuterRef("owner"))),
            to_buy=_count(Save.objects.filter(_met(viewer), Exists(tags))),
            following=is_followed(profile_id=viewer.acting_id),
        )
        .values(
            "id",
            "public_id",
            "slug",
            "title",
            "text",
            "secret",
            "seen",
            "followers_count",
            "following",
            "link__key",
            "cover__public_id",
            "owner_saves",
            "to_buy",
            *profile_columns("owner"),
        )
        .first()
    )
    return dict(row) if row else None


def _count(saves: QuerySet[Save], by: str = "board") -> Coalesce:
    """How many of the saves are on the board, or in the section, of the row."""
    one = saves.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)


def _sections(board_id: int, viewer: Viewer) -> list[dict[str, Any]]:
    seen = Save.objects.filter(_seen(viewer), section=OuterRef("pk"))
    picture = JSONObject(**{name: f"pin__image__{name}" for name in PICTURE_FIELDS})
    first = seen.order_by("rank", "id").values(json=picture)[:1]
    rows = Section.objects.filter(board=board_id).annotate(
        count=_count(seen, by="section"), cover=Subquery(first)
    )
    return [
        dict(row)
        for row in rows.order_by("position", "id").values(
            "id", "public_id", "title", "count", "cover", "created_at"
        )
    ]


def _places(sections: Sequence[Mapping[str, Any]]) -> set[str]:
    return {TOP, *(one["public_id"] for one in sections)}


def _members(board_id: int, *, without: Collection[int]) -> list[MemberView]:
    """Who was asked and has not said no, those who joined first; only public people, and
    `without` those whom a block keeps from the reader. Two queries, one where nobody is."""
    rows = list(
        BoardMember.objects.filter(board=board_id, profile__state="approved")
        .exclude(Q(state=BoardMember.State.DECLINED) | Q(profile__in=list(without)))
        .order_by("-state", "id")
        .values("state", "answered_at", "profile_id", *profile_columns("profile"))
    )
    # Once for all of them: joined to the members, each would be held against each save.
    saves = Save.objects.filter(board=board_id).order_by().values_list("saver")
    saved = dict(saves.annotate(Count("pk"))) if rows else {}
    return [
        MemberView(
            profile=ref_from_row(row, "profile"),
            joined=row["state"] == BoardMember.State.JOINED,
            saved=saved.get(row["profile_id"], 0),
            at=row["answered_at"],
        )
        for row in rows
    ]


def _seen(viewer: Viewer) -> Q:
    """Saves whose pins the reader sees on the board: none of whom a block keeps from them."""
    shown, blocked = saves_shown(viewer=viewer), list(viewer.hidden.blocked)
    return shown & ~Q(pin__author__in=blocked) if blocked else shown


def _met(viewer: Viewer) -> Q:
    """Those of them of which the reader also meets who saved them."""
    seen, blocked = _seen(viewer), list(viewer.hidden.blocked)
    return seen & ~Q(saver__in=blocked) if blocked else seen


# --- For those who arrange -----------------------------------------------------------------------


def _arrange_rows(
    board_id: int,
    sections: Sequence[Mapping[str, Any]],
    arranging: str,
    viewer: Viewer,
    voices: Voices,
) -> list[ArrangeRow]:
    part = next((one["id"] for one in sections if one["public_id"] == arranging), None)
    rows = (
        Save.objects.filter(_met(viewer), board=board_id, section=part)
        .order_by("rank", "id")
        .values(
            "note",
            "pin__public_id",
            "pin__title",
            "pin__author__name",
            *profile_columns("saver"),
            *picture_fields("pin__image"),
        )[:MAX_AT_ONCE]
    )
    return [
        ArrangeRow(
            place=place,
            pin_id=row["pin__public_id"],
            title=row["pin__title"],
            author=row["pin__author__name"],
            picture=picture_of(row, prefix="pin__image__"),
            saver=ref_from_row(row, "saver"),
            note=voices.note(row["saver__id"], row["note"]),
            mine=row["saver__id"] == viewer.acting_id,
        )
        for place, row in enumerate(rows, start=1)
    ]


def _lately(
    board_id: int,
    sections: Sequence[Mapping[str, Any]],
    members: Sequence[MemberView],
    viewer: Viewer,
    voices: Voices,
) -> list[Happening]:
    """What was saved, moved, joined and made last, newest first; one query."""
    shown = Save.objects.filter(_met(viewer), board=board_id)
    newest = shown.order_by("-created_at", "-id").values("pk")[:LATELY]
    # By who is on the board now: a move of somebody else tells nothing.
    moves = shown.filter(moved_at__isnull=False, moved_by__in=list(voices.people))
    moved = moves.order_by("-moved_at", "-id").values("pk")[:LATELY]
    rows = Save.objects.filter(Q(pk__in=newest) | Q(pk__in=moved)).values(
        "created_at",
        "moved_at",
        "moved_by_id",
        "note",
        "pin__title",
        "pin__public_id",
        *profile_columns("saver"),
    )
    happened = []
    for row in rows:
        what = {"title": row["pin__title"], "url": f"/pin/{row['pin__public_id']}/"}
        saver = ref_from_row(row, "saver")
        note = voices.note(saver.id, row["note"])
        happened.append(Happening(who=saver, kind="saved", at=row["created_at"], note=note, **what))
        if row["moved_by_id"] in voices.people:
            mover = voices.people[row["moved_by_id"]]
            happened.append(Happening(who=mover, kind="moved", at=row["moved_at"], **what))
    happened += [
        Happening(who=one.profile, kind="joined", at=one.at)
        for one in members
        if one.at is not None
    ]
    happened += [
        Happening(who=None, kind="section", title=one["title"], at=one["created_at"])
        for one in sections
    ]
    return sorted(happened, key=lambda one: one.at, reverse=True)[:LATELY]


def board_form_data(*, public_id: str, owner_id: int, viewer: Viewer) -> dict[str, Any] | None:
    """What the owner's form about the board begins with, whether it is `linked`, and the pins that
    can be its cover, those that the viewer meets in lists, where covers are; None when it is not
    theirs. Two queries."""
    named = ("id", "public_id", "slug", "title", "text", "secret", "link")
    own = Board.objects.filter(public_id=public_id, owner=owner_id)
    board = own.values(*named, chosen=F("cover__public_id")).first()
    if board is None:
        return None
    rows = (
        covers_shown(viewer=viewer)
        .filter(_met(viewer), board=board["id"])
        .order_by("rank", "id")
        .values("pin__public_id", "pin__title", *picture_fields("pin__image"))[:COVER_CHOICES]
    )
    covers = [
        (row["pin__public_id"], row["pin__title"], picture_of(row, prefix="pin__image__"))
        for row in rows
    ]
    linked = board["link"] is not None
    return {**board, "linked": linked, "cover": board["chosen"] or "", "covers": covers}


def section_of(
    *, public_id: str, section_id: str, profile_id: int, viewer: Viewer
) -> dict[str, Any] | None:
    """A section that somebody may rename or dissolve, with its board and the other sections; None
    when it is not there or not theirs. Two queries."""
    board = arrangeable_boards(profile_id=profile_id).filter(public_id=public_id).first()
    if board is None:
        return None
    sections = _sections(board.pk, viewer)
    mine = next((one for one in sections if one["public_id"] == section_id), None)
    if mine is None:
        return None
    others = [section_view(one) for one in sections if one is not mine]
    url = board.get_absolute_url()
    return {"board": board.title, "board_url": url, "section": section_view(mine), "others": others}
