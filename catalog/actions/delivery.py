"""How a seller's parcels travel: methods made, changed, put in order, switched off."""

from __future__ import annotations

from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import record_act
from catalog import acts
from catalog.events import DeliveryChanged
from catalog.models import PRICE_LIMIT, DeliveryMethod, Product
from catalog.types import EU_COUNTRIES, DeliveryMethodData, DeliveryRefused, LastMethod
from core import clock
from core.errors import Invalid, NotFound
from core.events import publish
from core.text import clean_text

MAX_METHODS = 20
MAX_DAYS = 120


@transaction.atomic
def create_delivery_method(
    *, seller_id: int, data: DeliveryMethodData, actor_id: int | None = None
) -> DeliveryMethod:
    """A way for the seller's parcels, used from now on. Raises DeliveryRefused."""
    columns = _checked(data)
    count = DeliveryMethod.objects.filter(seller_id=seller_id).count()
    if count >= MAX_METHODS:
        raise DeliveryRefused("name", _("That is as many delivery methods as we keep."))
    _state_change(seller_id, actor_id, acts.DELIVERY_ADDED, data.name)
    return DeliveryMethod.objects.create(seller_id=seller_id, position=count, **columns)


@transaction.atomic
def update_delivery_method(
    *, seller_id: int, method_id: str, data: DeliveryMethodData, actor_id: int | None = None
) -> None:
    """Change a method for orders from now on; what was ordered keeps what it was told.

    Raises DeliveryRefused, and NotFound for another seller's.
    """
    columns = _checked(data)
    rows = _own(seller_id, method_id)
    before = rows.select_for_update().values(*columns).first()
    if before is None:
        raise NotFound
    if before == columns:
        return
    rows.update(**columns)
    _state_change(seller_id, actor_id, acts.DELIVERY_CHANGED, data.name)


@transaction.atomic
def switch_delivery_method(
    *, seller_id: int, method_id: str, on: bool, actor_id: int | None = None
) -> None:
    """Offer a method or stop offering it; orders that chose it keep it.

    Raises NotFound, and LastMethod when a seller with something on sale would have none left.
    """
    rows = list(DeliveryMethod.objects.select_for_update().filter(seller_id=seller_id))
    row = next((one for one in rows if one.public_id == method_id), None)
    if row is None:
        raise NotFound
    if row.active == on:
        return
    left = [one for one in rows if one.active and one != row]
    if not on and not left and Product.objects.public().filter(seller_id=seller_id).exists():
        raise LastMethod
    _own(seller_id, method_id).update(active=on)
    _state_change(seller_id, actor_id, acts.DELIVERY_ON if on else acts.DELIVERY_OFF, row.name)


def deactivate_delivery_method(*, seller_id: int, method_id: str) -> None:
    """Stop offering a method. Raises NotFound, LastMethod."""
    switch_delivery_method(seller_id=seller_id, method_id=method_id, on=False)


@transaction.atomic
def move_delivery_method(
    *, seller_id: int, method_id: str, to: Literal["up", "down"], actor_id: int | None = None
) -> None:
    """Show a method one place earlier or later; at the end it stays. Raises NotFound."""
    rows = list(
        DeliveryMethod.objects.select_for_update()
        .filter(seller_id=seller_id)
        .order_by("position", "id")
    )
    at = next((place for place, row in enumerate(rows) if row.public_id == method_id), None)
    if at is None:
        raise NotFound
    goal = max(0, min(len(rows) - 1, at + (-1 if to == "up" else 1)))
    if goal == at:
        return
    name = rows[at].name
    record_act(brand_id=seller_id, actor_id=actor_id, act=acts.DELIVERY_MOVED, subject=name)
    rows.insert(goal, rows.pop(at))
    for place, row in enumerate(rows):
        row.position = place
    DeliveryMethod.objects.bulk_update(rows, ["position"])


def _state_change(seller_id: int, actor_id: int | None, act: str, name: str) -> None:
    record_act(brand_id=seller_id, actor_id=actor_id, act=act, subject=name)
    publish(DeliveryChanged(seller_id=seller_id, at=clock.now().isoformat()))


def _own(seller_id: int, method_id: str) -> Any:
    return DeliveryMethod.objects.filter(seller_id=seller_id, public_id=method_id)


def _checked(data: DeliveryMethodData) -> dict[str, Any]:
    countries = sorted({code.upper() for code in data.countries})
    if not countries:
        raise DeliveryRefused("countries", _("Choose at least one country."))
    if not set(countries) <= set(EU_COUNTRIES):
        raise DeliveryRefused("countries", _("Name countries of the European Union."))
    if not 0 <= data.price.amount <= PRICE_LIMIT:
        raise DeliveryRefused("price", _("A delivery price is zero or more."))
    if data.free_from is not None and not 0 < data.free_from.amount <= PRICE_LIMIT:
        raise DeliveryRefused("free_from", _("Free delivery begins at an amount above zero."))
    if not 0 <= data.min_days <= data.max_days <= MAX_DAYS:
        raise DeliveryRefused("max_days", _("Give the days in transit as a range, up to 120."))
    return {
        "name": _text("name", data.name),
        "zone": _text("zone", data.zone),
        "countries": countries,
        "price": data.price.amount,
        "currency": data.price.currency,
        "free_from": data.free_from.amount if data.free_from else None,
        "min_days": data.min_days,
        "max_days": data.max_days,
    }


def _text(field: str, text: str) -> str:
    try:
        cleaned = clean_text(text, limit=60, single_line=True)
    except Invalid as error:
        raise DeliveryRefused(field, str(error)) from error
    if not cleaned:
        raise DeliveryRefused(field, _("Give it a name."))
    return cleaned
