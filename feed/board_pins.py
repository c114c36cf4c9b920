"""The pins of a board as they stand on it: part by part, or all in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.types import Viewer, profile_columns, ref_from_row
from core.media import PICTURE_FIELDS, Picture
from feed.access import is_shared, readable_boards
from feed.audience import saves_shown
from feed.cards import build_cards
from feed.models import Save, Section
from feed.notes import is_heard
from feed.types import SectionView, WallPage
from feed.voices import Voices

PAGE = 24
# So many pins of each section stand on the page of the whole board.
TASTE = 12
# What names the pins of a board that lie in none of its sections.
TOP = "top"


def section_view(row: Mapping[str, Any], wall: WallPage | None = None) -> SectionView:
    """A section from its row."""
    cover = row["cover"]
    return SectionView(
        public_id=row["public_id"],
        title=row["title"],
        count=row["count"],
        wall=wall,
        cover=Picture.from_row(*(cover[name] for name in PICTURE_FIELDS)) if cover else None,
    )


# Rank and key of a save, key of its saver, their note, key and public id of its pin.
Row = tuple[int, int, int, str, int, str]


def parts_of_board(
    board: Mapping[str, Any],
    sections: Sequence[Mapping[str, Any]],
    *,
    viewer: Viewer,
    only: str,
    cursor: str,
    guest_saves: frozenset[str],
    voices: Voices,
) -> list[SectionView]:
    """The pins without a section and those of each; or one part, or what follows of it."""
    wanted = [one for one in sections if one["public_id"] == only] if only or cursor else sections
    saves = Save.objects.filter(saves_shown(viewer=viewer), board=board["id"])
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
    said = {row[-1]: row[2:4] for rows in shown.values() for row in rows}
    by_id = {card.public_id: voices.credited(card, *said[card.public_id]) for card in cards}

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
        parts.append(section_view(one, wall=wall(one["id"], whole=whole)))
    return parts


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
    columns = ("section_id", "rank", "id", "saver_id", "note", "pin_id", "pin__public_id")
    for section_id, *row in rows.values_list(*columns):
        found.setdefault(section_id, []).append(tuple(row))
    return found


def board_wall(
    *, public_id: str, viewer: Viewer, section: str = "", cursor: str = ""
) -> WallPage | None:
    """All pins of a board in their order, sections left aside, with who saved them; or those of one
    `section` (public id), or of none (TOP). None where there is no such board or section. Four
    queries."""
    found = readable_boards(viewer=viewer).filter(public_id=public_id)
    if section not in ("", TOP):
        found = found.filter(
            Exists(Section.objects.filter(board=OuterRef("pk"), public_id=section))
        )
    board = found.annotate(shared=is_shared()).values("id", "shared").first()
    if board is None:
        return None
    seen = Save.objects.filter(saves_shown(viewer=viewer), board=board["id"])
    if section:
        seen = (
            seen.filter(section=None) if section == TOP else seen.filter(section__public_id=section)
        )
    saves = _behind(seen, cursor)
    columns = ("rank", "id", "pin_id", "pin__public_id", "note", "heard")
    rows = (
        saves.annotate(heard=is_heard())
        .order_by("rank", "id")
        .values(*columns, *profile_columns("saver"))[: PAGE + 1]
    )
    shown, more = list(rows[:PAGE]), len(rows) > PAGE
    cards = build_cards(ids=[row["pin_id"] for row in shown], viewer=viewer, muted_too=True)
    savers = [ref_from_row(row, "saver") for row in shown if row["heard"]]
    voices = Voices(
        board_id=public_id,
        people={one.id: one for one in savers if one.id not in viewer.hidden.blocked},
        unheard=viewer.hidden.ids,
        shared=board["shared"],
    )
    said = {row["pin__public_id"]: (row["saver__id"], row["note"]) for row in shown}
    last = shown[-1] if shown else {}
    return WallPage(
        cards=[voices.credited(card, *said[card.public_id]) for card in cards],
        next=f"cursor={last['rank']}.{last['id']}" if more else None,
    )
