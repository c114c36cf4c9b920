"""The pictures of a pin after its first: rows of a form, and what pages read.

They show what one picture cannot, a back, a room, a detail; products stand on the first alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import QueryDict

from core.alt import LIMIT as ALT_LIMIT
from core.ids import is_public_id
from core.media import PICTURE_FIELDS, Image, Picture
from core.text import TextRefused, clean_text
from feed.models import PinPicture
from feed.tagging import put_back
from feed.types import MAX_FURTHER, FurtherPicture


@dataclass(frozen=True, kw_only=True)
class PictureRow:
    """A further picture in the editor, with its words as typed."""

    picture: Picture
    alt: str
    error: str = ""


def further_of_pin() -> ArraySubquery:
    """A column for a query of pins, which `pictures_in` reads: no query of its own."""
    rows = PinPicture.objects.filter(pin=OuterRef("pk")).order_by("position")
    named = JSONObject(**{name: f"image__{name}" for name in PICTURE_FIELDS})
    return ArraySubquery(rows.values(json=named))


def pictures_in(column: Sequence[dict[str, Any]]) -> list[Picture]:
    """The pictures of that column, in their order."""
    return [Picture.from_row(*(one[name] for name in PICTURE_FIELDS)) for one in column]


def rows_in(data: QueryDict, *, author_id: int) -> list[PictureRow]:
    """The further pictures of a form that are the author's, each once, whatever it says of them.

    One query, none without rows.
    """
    typed = {}
    for number in range(MAX_FURTHER):
        named = data.get(f"p-{number}-image", "")
        if is_public_id(named):
            typed[named] = data.get(f"p-{number}-alt", "").replace("\x00", "")
    return rows_of(typed, author_id=author_id)


def rows_of(alts: dict[str, str], *, author_id: int) -> list[PictureRow]:
    """Pictures of the author's by public id, with what is said of each; in this order."""
    if not alts:
        return []
    owned = Image.objects.filter(owner_id=author_id, public_id__in=alts)
    found = {row[0]: Picture.from_row(*row) for row in owned.values_list(*PICTURE_FIELDS)}
    return [PictureRow(picture=found[one], alt=alt) for one, alt in alts.items() if one in found]


def added(rows: Sequence[PictureRow], *, image: Image) -> list[PictureRow]:
    """With one more picture at the end."""
    picture = Picture.from_row(*(getattr(image, name) for name in PICTURE_FIELDS))
    return [*rows, PictureRow(picture=picture, alt=picture.alt)]


def brought_back(
    rows: Sequence[PictureRow], *, packed: str, number: str, author_id: int
) -> list[PictureRow]:
    """With a removed picture of the author's (`<public id>:<alt>`) where it was, if it has room."""
    public_id, _colon, alt = packed.partition(":")
    known = {row.picture.public_id for row in rows}
    if not is_public_id(public_id) or public_id in known or len(rows) >= MAX_FURTHER:
        return list(rows)
    found = rows_of({public_id: alt.replace("\x00", "")}, author_id=author_id)
    return put_back(rows, found[0], number=number) if found else list(rows)


def checked(rows: Sequence[PictureRow]) -> list[PictureRow]:
    """With their words cleaned, or with what is wrong with them."""
    return [_checked(row) for row in rows]


def _checked(row: PictureRow) -> PictureRow:
    try:
        return replace(row, alt=clean_text(row.alt, limit=ALT_LIMIT))
    except TextRefused as refused:
        return replace(row, error=str(refused.message))


def to_data(rows: Sequence[PictureRow]) -> list[FurtherPicture]:
    """As the action takes them; rows with an error were refused before."""
    return [FurtherPicture(picture_id=row.picture.public_id, alt=row.alt) for row in rows]
