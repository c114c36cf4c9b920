"""Pins that show what a service led to, or carry a product."""

from __future__ import annotations

from django.db.models import Case, Value, When

from accounts.types import Viewer
from core.media import Picture, picture_fields
from feed.audience import shown_pins
from feed.cards import card_of, picture_of, pin_rows, tagged_by
from feed.models import Pin
from feed.types import Audience, PinCard, PinChoice, PinState

CHOICES = 60


def pins_with_service(*, service_id: int, viewer: Viewer, limit: int = 12) -> list[PinCard]:
    """The newest public pins that show the service. Two queries at most."""
    found = shown_pins(viewer=viewer).filter(service_tag__service=service_id)
    found = found.order_by("-published_at", "-id")
    rows = list(pin_rows(found[:limit], viewer_profile_id=viewer.acting_id).values())
    tagged = tagged_by(rows, viewer=viewer)
    return [card_of(row, tagged=tagged) for row in rows]


def portfolio_ids(*, service_id: int, viewer: Viewer | None) -> list[str]:
    """Public ids of the pins that show the service, newest first: those that this viewer may see,
    or without one, for its own team, all that stand in lists. One query."""
    if viewer is None:
        found = Pin.objects.filter(state=PinState.PUBLISHED).exclude(audience=Audience.LINK)
    else:
        found = shown_pins(viewer=viewer)
    found = found.filter(service_tag__service=service_id).order_by("-published_at", "-id")
    return list(found.values_list("public_id", flat=True))


def count_pins_with(*, product_id: int) -> int:
    """How many pins that everybody may see carry the product. One query."""
    return shown_pins().filter(tags__product=product_id).count()


def portfolio_choices(*, author_id: int, service_id: int | None) -> list[PinChoice]:
    """The author's published pins that stand in lists and so may show a service: those that show
    this one, however old, then the newest others. One query."""
    shows = Case(When(service_tag__service=service_id or 0, then=Value(0)), default=Value(1))
    rows = (
        Pin.objects.filter(author=author_id, state=PinState.PUBLISHED)
        .exclude(audience=Audience.LINK)
        .order_by(shows, "-published_at", "-id")
        .values("public_id", "title", "service_tag__service", *picture_fields("image"))[:CHOICES]
    )
    return [
        PinChoice(
            public_id=row["public_id"],
            title=row["title"],
            picture=_picture(row),
            chosen=service_id is not None and row["service_tag__service"] == service_id,
        )
        for row in rows
    ]


def _picture(row: dict[str, object]) -> Picture:
    picture = picture_of(row, prefix="image__")
    assert picture is not None  # noqa: S101 -- Pin.image is not null
    return picture
