"""Between values and the JSON that a row keeps of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from accounts.types import AddressData, OwnOrganization
from core.media import Picture
from core.money import Money
from orders.models import Purchase, ShipTo
from orders.types import BoughtFor, Details, Message, Priced, Want

ADDRESS_FIELDS = ("name", "company", "line1", "line2", "postcode", "city", "country", "phone")


def picture_json(picture: Picture | None) -> dict[str, Any] | None:
    """What an order keeps of a line's picture."""
    return None if picture is None else asdict(picture)


def picture_of(data: Mapping[str, Any] | None) -> Picture | None:
    """The reverse."""
    # JSON knows no tuples, and a picture is told from another by its hash.
    return None if data is None else Picture(**{**data, "widths": tuple(data["widths"])})


def lines_json(priced: Priced) -> list[dict[str, Any]]:
    """The lines of a checkout as they were priced."""
    return [
        {
            "variant": line.variant_id,
            "quantity": line.quantity,
            "price": line.unit_price.amount,
            "title": line.title,
        }
        for line in priced.lines
    ]


def parcels_json(priced: Priced) -> list[dict[str, Any]]:
    """The parcels of a checkout with the delivery method chosen for each."""
    return [
        {
            "seller": parcel.seller.id,
            "method": parcel.chosen.method_id if parcel.chosen else "",
            "price": parcel.delivery.amount,
        }
        for parcel in priced.parcels
    ]


def wants_of(lines: Sequence[Mapping[str, Any]]) -> list[Want]:
    """What a checkout is about."""
    return [Want(variant_id=line["variant"], quantity=line["quantity"]) for line in lines]


def methods_of(parcels: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The chosen delivery methods."""
    return frozenset(parcel["method"] for parcel in parcels)


def details_of(row: ShipTo) -> Details:
    """Who buys and where it goes, of a checkout or a purchase."""
    values = {name: getattr(row, name) for name in ADDRESS_FIELDS}
    return Details(email=row.email, address=AddressData(**values))


def ship_to(details: Details) -> dict[str, str]:
    """The same as columns."""
    values = {name: getattr(details.address, name) for name in ADDRESS_FIELDS}
    return {"email": details.email, **values}


def bought_for_json(organization: OwnOrganization) -> dict[str, str]:
    """What a purchase keeps of the company that it is for: all but the telephone."""
    said = asdict(organization.data)
    del said["phone"]
    return {"id": organization.public_id, **said}


def bought_for_of(purchase: Purchase) -> BoughtFor | None:
    """The reverse; None for a purchase of the buyer's own."""
    return BoughtFor(**purchase.bought_for) if purchase.bought_for else None


def totals_columns(priced: Priced) -> dict[str, Any]:
    """The sums of a price as columns."""
    return {
        "currency": priced.currency,
        "items_total": priced.items.amount,
        "delivery_total": priced.delivery.amount,
        "tax_total": priced.tax.amount,
        "total": priced.total.amount,
    }


def changes(
    *, before: Sequence[Mapping[str, Any]], parcels: Sequence[Mapping[str, Any]], priced: Priced
) -> list[Message]:
    """What became dearer, cheaper or unavailable since the snapshot was shown."""
    was = {line["variant"]: line for line in before}
    found = [
        Message(code="gone", subject=was[variant]["title"])
        for variant in priced.missing
        if variant in was
    ]
    for line in priced.lines:
        old = was.get(line.variant_id)
        if old is not None and old["price"] != line.unit_price.amount:
            found.append(
                Message(
                    code="price_changed",
                    subject=line.title,
                    was=Money(old["price"], priced.currency),
                    now=line.unit_price,
                )
            )
    fees = {parcel["seller"]: parcel["price"] for parcel in parcels}
    for parcel in priced.parcels:
        fee = fees.get(parcel.seller.id)
        if fee is not None and fee != parcel.delivery.amount:
            found.append(
                Message(
                    code="delivery_changed",
                    subject=parcel.seller.name,
                    was=Money(fee, priced.currency),
                    now=parcel.delivery,
                )
            )
    return found
