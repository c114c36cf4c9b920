"""An author's pins by kind: how many there are of which, and only those of one."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.types import Viewer
from catalog.queries import to_buy
from feed.audience import shown_pins
from feed.models import Pin, ProductTag, Save
from feed.types import CHEAP, PinFilter, PinKinds


def pin_kinds(*, author_id: int, viewer: Viewer) -> PinKinds:
    """What an author's pins are that the viewer meets. One query."""
    rows = (
        shown_pins(viewer=viewer)
        .filter(author=author_id)
        .values("category")
        .annotate(
            pins=Count("id"),
            looks=Count("id", filter=_of_several()),
            cheap=Count("id", filter=_to_buy(below=CHEAP)),
            soon=Count("id", filter=_to_buy(lead_days=0)),
        )
        .order_by("-pins", "category")
        .values_list("category", "pins", "looks", "cheap", "soon")
    )
    found = list(rows)
    return PinKinds(
        total=sum(row[1] for row in found),
        looks=sum(row[2] for row in found),
        cheap=sum(row[3] for row in found),
        soon=sum(row[4] for row in found),
        categories=tuple((pk, pins) for pk, pins, *_rest in found if pk is not None),
    )


def only(pins: QuerySet[Pin], wanted: PinFilter) -> QuerySet[Pin]:
    """Those of the pins that the filter asks for."""
    if wanted.categories is not None:
        pins = pins.filter(category__in=wanted.categories)
    if wanted.looks:
        pins = pins.filter(_of_several())
    if wanted.price_below is not None or wanted.lead_days is not None:
        pins = pins.filter(_to_buy(below=wanted.price_below, lead_days=wanted.lead_days))
    if wanted.savers is not None:
        saves = Save.objects.filter(
            pin=OuterRef("pk"),
            saver__in=wanted.savers,
            saver__state="approved",
            board__secret=False,
        )
        pins = pins.filter(Exists(saves))
    return pins


def _to_buy(*, below: int | None = None, lead_days: int | None = None) -> Exists:
    """It names something that can be bought now, for less than that (of the variant that it
    names, else of the cheapest), ready to leave after so many working days."""
    tags = ProductTag.objects.filter(
        to_buy(product="product", variant="variant"), pin=OuterRef("pk")
    )
    if below is not None:
        named = Q(variant__active=True, variant__price__lt=below)
        cheapest = Q(variant=None) | Q(variant__active=False)
        tags = tags.filter(named | cheapest & Q(product__price_from__lt=below))
    if lead_days is not None:
        tags = tags.filter(product__lead_days__lte=lead_days)
    return Exists(tags)


def _of_several() -> Exists:
    """It names a second product."""
    return Exists(ProductTag.objects.filter(pin=OuterRef("pk"), position=2))
