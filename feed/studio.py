"""A brand's own pins, as its studio lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from core.media import Picture, picture_fields
from feed.cards import picture_of
from feed.models import Pin


@dataclass(frozen=True)
class StudioPin:
    public_id: str
    title: str
    state: str
    picture: Picture
    published_at: datetime | None
    saves_count: int
    tag_count: int
    taken_down_reason: str


def studio_pins(*, author_id: int, text: str = "", limit: int = 200) -> list[StudioPin]:
    """Newest first, drafts and taken-down ones too; `text` narrows by title. One query."""
    pins = Pin.objects.filter(author=author_id)
    if text:
        pins = pins.filter(title__icontains=text)
    rows = (
        pins.annotate(tag_count=Count("tags"))
        .order_by("-created_at", "-id")
        .values(
            "public_id",
            "title",
            "state",
            "published_at",
            "saves_count",
            "tag_count",
            "taken_down_reason",
            *picture_fields("image"),
        )[:limit]
    )
    found = []
    for row in rows:
        picture = picture_of(row, prefix="image__")
        assert picture is not None  # noqa: S101 -- Pin.image is not null
        own = {key: value for key, value in row.items() if not key.startswith("image__")}
        found.append(StudioPin(picture=picture, **own))
    return found
