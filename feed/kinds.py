"""An author's pins by kind: how many there are of which, and only those of one."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.types import Viewer
from feed.audience import shown_pins
from feed.models import Pin, ProductTag, Save
from feed.types import PinFilter, PinKinds


def pin_kinds(*, author_id: int, viewer: Viewer) -> PinKinds:
    """What an author's pins are that the viewer meets. One query."""
    rows = (
        shown_pins(viewer=viewer)
        .filter(author=author_id)
        .values("category")
        .annotate(pins=Count("id"), looks=Count("id", filter=_of_several()))
        .order_by("-pins", "category")
        .values_list("category", "pins", "looks")
    )
    found = list(rows)
    return PinKinds(
        total=sum(pins for _category, pins, _looks in found),
        looks=sum(looks for _category, _pins, looks in found),
        categories=tuple((pk, pins) for pk, pins, _looks in found if pk is not None),
    )


def only(pins: QuerySet[Pin], wanted: PinFilter) -> QuerySet[Pin]:
    """Those of the pins that the filter asks for."""
    if wanted.categories is not None:
        pins = pins.filter(category__in=wanted.categories)
    if wanted.looks:
        pins = pins.filter(_of_several())
    if wanted.savers is not None:
        saves = Save.objects.filter(
            pin=OuterRef("pk"),
            saver__in=wanted.savers,
            saver__state="approved",
            board__secret=False,
        )
        pins = pins.filter(Exists(saves))
    return pins


def _of_several() -> Exists:
    """It names a second product."""
    return Exists(ProductTag.objects.filter(pin=OuterRef("pk"), position=2))
