"""The addresses of all public pins, for the site's map."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from feed.audience import shown_pins
from feed.models import Pin


def last_pin_id() -> int:
    """The newest primary key: how far a map of all pins goes."""
    return Pin.objects.aggregate(last=Max("id"))["last"] or 0


def pin_addresses(*, after: int, upto: int) -> list[tuple[str, datetime | None]]:
    """Paths and dates of pins that everybody meets, with a primary key in this range. One query."""
    rows = shown_pins().filter(id__gt=after, id__lte=upto).order_by("id")
    return [
        (f"/pin/{public_id}/", at)
        for public_id, at in rows.values_list("public_id", "published_at")
    ]
