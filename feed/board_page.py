"""One board: its sections with their pins, who is on it, and what happened there lately.

Seven queries for anybody and any number of pins, one more while a part of it is arranged: the
board, its sections, its people, what stands on it, pins, products, what was saved last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, JSONObject, RowNumber
from django.utils.translation import gettext as _

from accounts.types import ProfileRef, Viewer, profile_columns, ref_from_row
from catalog.queries import to_buy
from core.media import PICTURE_FIELDS, Picture, picture_fields
from feed.access import arrangeable_boards, visible_boards
from feed.boards import is_own
from feed.cards import build_cards, picture_of
from feed.models import Board, BoardMember, ProductTag, Save, Section
from feed.types import (
    MAX_AT_ONCE,
    ArrangeRow,
    BoardPage,
    BoardRef,
    Happening,
    MemberView,
    PinCard,
    Reason,
    ReasonCode,
    SectionView,
    WallPage,
)

PAGE = 24
# So many pins of each section stand on the page of the whole board.
TASTE = 12
LATELY = 4
TOP = "top"
COVER_CHOICES = 60

_VISIBLE = Q(pin__state="published", pin__author__state="approved")


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
    sections = _sections(row["id"])
    members = _members(row["id"], without=viewer.hidden.blocked)
    if section and section not in {one["public_id"] for one in sections}:
        return None
    owner = ref_from_row(row, "owner")
    own = is_own(owner, viewer)
    mine = next((one for one in members if one.profile.id == viewer.acting_id), None)
    may_arrange = own or (mine is not None and mine.joined)
    arranging = arrange if may_arrange and arrange in _places(sections) else ""
    joined = [one for one in members if one.joined]
    people = [owner, *(one.profile for one in joined)] if joined else []
    parts = _parts(
        row,
        sections,
        viewer=viewer,
        only=section,
        cursor=cursor,
        guest_saves=guest_saves,
        people={one.id: one for one in people},
    )
    return BoardPage(
        board=BoardRef(
            public_id=row["public_id"],
            slug=row["slug"],
            title=row["title"],
            secret=row["secret"],
            pins_count=row["pins_count"],
            owner=owner,
        ),
        text=row["text"],
        owner=owner,
        owner_saves=row["owner_saves"],
        to_buy=row["to_buy"],
        own=own,
        may_arrange=may_arrange,
        invited=mine is not None and not mine.joined,
        parts=parts,
        at=section,
        sections=[_section(one) for one in sections],
        members=members if own else joined,
        arranging=arranging,
        rows=_arrange_rows(row["id"], sections, arranging, viewer.hidden.blocked)
        if arranging
        else [],
        lately=_lately(row["id"], sections, joined, viewer.hidden.blocked)
        if joined or may_arrange
        else [],
    )


def _board(public_id: str, viewer: Viewer) -> dict[str, Any] | None:
    blocked = viewer.hidden.blocked
    tags = ProductTag.objects.filter(
        to_buy(product="product", variant="variant"), pin=OuterRef("pin")
    ).exclude(product__seller__in=list(blocked))
    row = (
        visible_boards(viewer=viewer)
        .filter(public_id=public_id)
        .annotate(
            owner_saves=_count(Save.objects.filter(saver=OuterRef("owner"))),
            to_buy=_count(Save.objects.filter(_met(blocked), Exists(tags))),
        )
        .values(
            "id",
            "public_id",
            "slug",
            "title",
            "text",
            "secret",
            "pins_count",
            "owner_saves",
            "to_buy",
            *profile_columns("owner"),
        )
        .first()
    )
    return dict(row) if row else None


def _count(saves: QuerySet[Save]) -> Coalesce:
    """How many of the saves are on the board of the row."""
    one = saves.filter(board=OuterRef("pk")).order_by().values("board")
    return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)


def _sections(board_id: int) -> list[dict[str, Any]]:
    seen = Q(saves__pin__state="published", saves__pin__author__state="approved")
    first = Save.objects.filter(_VISIBLE, section=OuterRef("pk")).order_by("rank", "id")
    picture = JSONObject(**{name: f"pin__image__{name}" for name in PICTURE_FIELDS})
    rows = Section.objects.filter(board=board_id).annotate(
        count=Count("saves", filter=seen), cover=Subquery(first.values(json=picture)[:1])
    )
    return [
        dict(row)
        for row in rows.order_by("position", "id").values(
            "id", "public_id", "title", "count", "cover", "created_at"
        )
    ]


def _section(row: Mapping[str, Any], wall: WallPage | None = None) -> SectionView:
    cover = row["cover"]
    return SectionView(
        public_id=row["public_id"],
        title=row["title"],
        count=row["count"],
        wall=wall,
        cover=Picture.from_row(*(cover[name] for name in PICTURE_FIELDS)) if cover else None,
    )


def _places(sections: Sequence[Mapping[str, Any]]) -> set[str]:
    return {TOP, *(one["public_id"] for one in sections)}


def _members(board_id: int, *, without: Collection[int]) -> list[MemberView]:
    """Who was asked and has not said no, those who joined first; only public people, and
    `without` those whom a block keeps from the reader."""
    rows = (
        BoardMember.objects.filter(board=board_id, profile__state="approved")
        .exclude(Q(state=BoardMember.State.DECLINED) | Q(profile__in=list(without)))
        .annotate(
            saved=Count("board__saves", filter=Q(board__saves__saver=F("profile")), distinct=True)
        )
        .order_by("-state", "id")
        .values("state", "saved", "answered_at", *profile_columns("profile"))
    )
    return [
        MemberView(
            profile=ref_from_row(row, "profile"),
            joined=row["state"] == BoardMember.State.JOINED,
            saved=row["saved"],
            at=row["answered_at"],
        )
        for row in rows
    ]


# --- Pins, by part -------------------------------------------------------------------------------
# Rank and key of a save, key of its saver, key and public id of its pin.
Row = tuple[int, int, int, int, str]


def _parts(
    board: Mapping[str, Any],
    sections: Sequence[Mapping[str, Any]],
    *,
    viewer: Viewer,
    only: str,
    cursor: str,
    guest_saves: frozenset[str],
    people: Mapping[int, ProfileRef],
) -> list[SectionView]:
    """The pins without a section and those of each; or one part, or what follows of it.

    `people` are those whose saves are told apart, by the keys of their profiles.
    """
    wanted = [one for one in sections if one["public_id"] == only] if only or cursor else sections
    saves = Save.objects.filter(_VISIBLE, board=board["id"])
    if only or cursor:
        saves = _behind(saves.filter(section=wanted[0]["id"] if wanted else None), cursor)
    found = _first_of_each(saves)
    sizes = {None: PAGE} | {one["id"]: PAGE if only else TASTE for one in wanted}
    shown = {part: rows[: sizes[part]] for part, rows in found.items()}
    cards = build_cards(
        ids=[pin for rows in shown.values() for *_keys, pin, _public_id in rows],
        viewer=viewer,
        guest_saves=guest_saves,
        muted_too=True,
    )
    savers = {row[-1]: row[2] for rows in shown.values() for row in rows}
    by_id = {card.public_id: _credited(card, savers[card.public_id], people) for card in cards}

    def wall(part: int | None, *, whole: str = "") -> WallPage:
        """`whole` is where all of a part is, when only the first of it are shown."""
        rows = shown.get(part, [])
        query = f"section={only}&" if only else ""
        after = whole or (f"{query}cursor={rows[-1][0]}.{rows[-1][1]}" if rows else "")
        return WallPage(
            cards=[by_id[public_id] for *_keys, public_id in rows if public_id in by_id],
            next=after if len(found.get(part, [])) > len(rows) else None,
        )

    parts = [] if only else [SectionView(public_id="", title="", count=0, wall=wall(None))]
    for one in wanted:
        whole = "" if only else f"section={one['public_id']}"
        parts.append(_section(one, wall=wall(one["id"], whole=whole)))
    return parts


def _credited(card: PinCard, saver_id: int, people: Mapping[int, ProfileRef]) -> PinCard:
    """The card with who saved it, unless its author did, or nobody else could have."""
    if saver_id not in people or saver_id == card.author.id:
        return card
    who = people[saver_id]
    first = who.name.split()[0] if who.kind == "person" else who.name
    text = _("%(name)s saved it from %(author)s") % {"name": first, "author": card.author.name}
    return replace(card, reason=Reason(code=ReasonCode.SAVED_HERE, text=text, who=who))


def _behind(saves: QuerySet[Save], cursor: str) -> QuerySet[Save]:
    """What stands behind a cursor that we gave out; anything else is the beginning."""
    rank, _dot, save_id = cursor.partition(".")
    if not save_id or not all(_is_number(one) for one in (rank.removeprefix("-"), save_id)):
        return saves
    at, pk = int(rank), int(save_id)
    return saves.filter(Q(rank__gt=at) | Q(rank=at, id__gt=pk))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _first_of_each(saves: QuerySet[Save]) -> dict[int | None, list[Row]]:
    """The first pins of each section, one more than a page shows."""
    place = Window(
        RowNumber(), partition_by=F("section_id"), order_by=[F("rank").asc(), F("id").asc()]
    )
    rows = saves.annotate(place=place).filter(place__lte=PAGE + 1).order_by("rank", "id")
    found: dict[int | None, list[Row]] = {}
    columns = ("section_id", "rank", "id", "saver_id", "pin_id", "pin__public_id")
    for section_id, *row in rows.values_list(*columns):
        found.setdefault(section_id, []).append(tuple(row))
    return found


def board_wall(*, public_id: str, viewer: Viewer, cursor: str = "") -> WallPage | None:
    """All pins of a board in their order, sections left aside, or None. Four queries."""
    board = visible_boards(viewer=viewer).filter(public_id=public_id).values("id").first()
    if board is None:
        return None
    saves = _behind(Save.objects.filter(_VISIBLE, board=board["id"]), cursor)
    rows = list(saves.order_by("rank", "id").values_list("rank", "id", "pin_id")[: PAGE + 1])
    cards = build_cards(ids=[row[2] for row in rows[:PAGE]], viewer=viewer, muted_too=True)
    more = len(rows) > PAGE
    return WallPage(
        cards=cards, next=f"cursor={rows[PAGE - 1][0]}.{rows[PAGE - 1][1]}" if more else None
    )


# --- For those who arrange -----------------------------------------------------------------------
def _met(blocked: Collection[int]) -> Q:
    """Saves of pins that everybody may see, without whom a block keeps from the reader."""
    if not blocked:
        return _VISIBLE
    return _VISIBLE & ~Q(pin__author__in=list(blocked)) & ~Q(saver__in=list(blocked))


def _arrange_rows(
    board_id: int, sections: Sequence[Mapping[str, Any]], arranging: str, blocked: Collection[int]
) -> list[ArrangeRow]:
    part = next((one["id"] for one in sections if one["public_id"] == arranging), None)
    rows = (
        Save.objects.filter(_met(blocked), board=board_id, section=part)
        .order_by("rank", "id")
        .values(
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
        )
        for place, row in enumerate(rows, start=1)
    ]


def _lately(
    board_id: int,
    sections: Sequence[Mapping[str, Any]],
    members: Sequence[MemberView],
    blocked: Collection[int],
) -> list[Happening]:
    """What was saved, joined and made last, newest first; one query."""
    saves = (
        Save.objects.filter(_met(blocked), board=board_id)
        .order_by("-created_at", "-id")
        .values("created_at", "pin__title", "pin__public_id", *profile_columns("saver"))[:LATELY]
    )
    happened = [
        Happening(
            who=ref_from_row(row, "saver"),
            kind="saved",
            title=row["pin__title"],
            url=f"/pin/{row['pin__public_id']}/",
            at=row["created_at"],
        )
        for row in saves
    ]
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


def board_form_data(
    *, public_id: str, owner_id: int, blocked: Collection[int] = ()
) -> dict[str, Any] | None:
    """What the owner's form about the board begins with, and the pins that can be its cover; None
    when it is not theirs; without pins of the `blocked`. Two queries."""
    board = (
        Board.objects.filter(public_id=public_id, owner=owner_id)
        .values("id", "public_id", "slug", "title", "text", "secret", chosen=F("cover__public_id"))
        .first()
    )
    if board is None:
        return None
    rows = (
        Save.objects.filter(_met(blocked), board=board["id"])
        .order_by("rank", "id")
        .values("pin__public_id", "pin__title", *picture_fields("pin__image"))[:COVER_CHOICES]
    )
    covers = [
        (row["pin__public_id"], row["pin__title"], picture_of(row, prefix="pin__image__"))
        for row in rows
    ]
    return {**board, "cover": board["chosen"] or "", "covers": covers}


def section_of(*, public_id: str, section_id: str, profile_id: int) -> dict[str, Any] | None:
    """A section that somebody may rename or dissolve, with its board and the other sections; None
    when it is not there or not theirs. Two queries."""
    board = arrangeable_boards(profile_id=profile_id).filter(public_id=public_id).first()
    if board is None:
        return None
    sections = _sections(board.pk)
    mine = next((one for one in sections if one["public_id"] == section_id), None)
    if mine is None:
        return None
    others = [_section(one) for one in sections if one is not mine]
    url = board.get_absolute_url()
    return {"board": board.title, "board_url": url, "section": _section(mine), "others": others}
