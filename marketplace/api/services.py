"""Operations on services: the wall, one of them, and a brand's own with their portfolios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.queries import profile_by_handle, require_brand_role
from accounts.types import Call
from api.operations import Results, operation
from api.pictures import own_pictures
from catalog import actions
from catalog.queries import (
    category_tree_ids,
    seller_services,
    service_for_seller,
    service_page,
    services_wall,
)
from catalog.shapes import ServiceCardOut
from catalog.types import PackageData, PictureInput, ServiceData, ServiceFilter, ServicePage
from core.errors import NotFound
from core.money import Money
from feed.actions import show_service
from feed.queries import portfolio_ids
from marketplace.api.service_shapes import (
    CURRENCY,
    OwnServicesAsked,
    ServiceIn,
    ServiceOut,
    ServiceRowOut,
    ServicesAsked,
)

ROLES = {"owner", "catalogue"}
TAG, STUDIO = "Services", "Studio: services"
_SERVICE = {
    "title": "Glazing to your colours",
    "category": "vases",
    "pricing": "packages",
    "packages": [
        {
            "name": "A dozen",
            "scope": "Twelve pieces in one glaze.",
            "price": {"amount": 24000, "currency": "EUR"},
            "lead_days": 10,
        }
    ],
    "area": "By post, or at our kiln",
    "countries": ["DE", "AT"],
    "languages": ["de", "en"],
}


@dataclass(frozen=True, kw_only=True)
class ServiceWithPins(ServicePage):
    """A service, and ids of the pins that show what it led to."""

    pins: list[str]


@operation(
    id="services_list",
    tag=TAG,
    scope="catalog:read",
    who="anybody",
    asks=ServicesAsked,
    gives=ServiceCardOut,
    many=True,
)
def list_services(call: Call) -> Results:
    """What brands do for others, newest first."""
    asked = call.query
    branch, budget = asked.get("category"), asked.get("budget")
    branches = category_tree_ids(slugs=[branch]) if branch else []
    if branch and not branches:
        return Results(items=[])
    brand = asked["brand"] and profile_by_handle(handle=asked["brand"], viewer=call.viewer)
    if brand is None:
        return Results(items=[])
    page = services_wall(
        wanted=ServiceFilter(
            categories=branches,
            country=asked.get("country", ""),
            pricing=asked.get("pricing", ""),
            budget=Money(budget, CURRENCY) if budget is not None else None,
            lead_days=asked.get("days"),
            seller_id=brand.ref.id if brand else None,
            hidden_sellers=[] if brand else sorted(call.viewer.hidden.ids),
        ),
        cursor=asked["cursor"],
    )
    return Results(items=page.cards, next={"cursor": page.next} if page.next else None)


@operation(id="service_read", tag=TAG, scope="catalog:read", who="anybody", gives=ServiceOut)
def read_service(call: Call, public_id: str) -> ServiceWithPins:
    """A service with its packages, pictures, pins and who answers for it."""
    page = service_page(public_id=public_id, viewer=call.viewer)
    if page is None:
        raise NotFound
    pins = portfolio_ids(service_id=page.id, viewer=call.viewer)
    return ServiceWithPins(**vars(page), pins=pins)


# --- a brand's own -------------------------------------------------------------------------------


def _seller_id(call: Call, handle: str) -> int:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES).profile.id


def _own(seller_id: int, public_id: str) -> ServicePage:
    page = service_for_seller(seller_id=seller_id, public_id=public_id)
    if page is None:
        raise NotFound
    return page


def _page(seller_id: int, public_id: str) -> ServiceWithPins:
    page = _own(seller_id, public_id)
    return ServiceWithPins(**vars(page), pins=portfolio_ids(service_id=page.id, viewer=None))


@operation(
    id="studio_services_list",
    tag=STUDIO,
    scope="catalog:read",
    asks=OwnServicesAsked,
    gives=ServiceRowOut,
    many=True,
)
def list_own(call: Call, handle: str) -> Results:
    """The brand's services in whatever state, newest first where no other order is asked for."""
    page = seller_services(
        seller_id=_seller_id(call, handle),
        state=call.query.get("state", ""),
        text=call.query["find"],
        sort=call.query["sort"],
        cursor=call.query["cursor"],
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)


@operation(
    id="studio_service_create",
    tag=STUDIO,
    scope="catalog:write",
    takes=ServiceIn,
    gives=ServiceOut,
    status=201,
    example=_SERVICE,
)
def create_service(call: Call, handle: str) -> ServiceWithPins:
    """Describe a service; it stays a draft until it is published."""
    seller_id = _seller_id(call, handle)
    return _stored(call, seller_id, public_id=None)


@operation(id="studio_service_read", tag=STUDIO, scope="catalog:read", gives=ServiceOut)
def read_own(call: Call, handle: str, public_id: str) -> ServiceWithPins:
    """One service of the brand, in whatever state."""
    return _page(_seller_id(call, handle), public_id)


@operation(
    id="studio_service_change",
    tag=STUDIO,
    scope="catalog:write",
    takes=ServiceIn,
    gives=ServiceOut,
    example=_SERVICE,
)
def change_service(call: Call, handle: str, public_id: str) -> ServiceWithPins:
    """Describe a service anew. Without `pins` its portfolio stays as it is."""
    seller_id = _seller_id(call, handle)
    _own(seller_id, public_id)
    return _stored(call, seller_id, public_id=public_id)


@operation(id="studio_service_publish", tag=STUDIO, scope="catalog:write", gives=ServiceOut)
def publish_service(call: Call, handle: str, public_id: str) -> ServiceWithPins:
    """Offer a service to everybody. What is missing for that stands in `errors`."""
    seller_id = _seller_id(call, handle)
    actions.publish_service(service_id=public_id, seller_id=seller_id, actor_id=call.user_id)
    return _page(seller_id, public_id)


@operation(id="studio_service_archive", tag=STUDIO, scope="catalog:write", gives=ServiceOut)
def archive_service(call: Call, handle: str, public_id: str) -> ServiceWithPins:
    """Offer a service no more. Old links still explain it."""
    seller_id = _seller_id(call, handle)
    actions.archive_service(service_id=public_id, seller_id=seller_id, actor_id=call.user_id)
    return _page(seller_id, public_id)


@operation(id="studio_service_redraft", tag=STUDIO, scope="catalog:write", gives=ServiceOut)
def redraft_service(call: Call, handle: str, public_id: str) -> ServiceWithPins:
    """Make a service a draft again: only its team sees it."""
    seller_id = _seller_id(call, handle)
    actions.redraft_service(service_id=public_id, seller_id=seller_id, actor_id=call.user_id)
    return _page(seller_id, public_id)


@transaction.atomic
def _stored(call: Call, seller_id: int, *, public_id: str | None) -> ServiceWithPins:
    """Service and portfolio together: all of it or nothing."""
    fields = dict(call.data)
    pins, version = fields.pop("pins", None), fields.pop("version")
    data = _data(seller_id, fields)
    if public_id is None:
        service = actions.create_service(seller_id=seller_id, actor_id=call.user_id, data=data)
    else:
        service = actions.update_service(
            service_id=public_id,
            seller_id=seller_id,
            actor_id=call.user_id,
            data=data,
            version=version,
        )
    if pins is not None:
        _show(seller_id, service.pk, pins)
    return _page(seller_id, service.public_id)


def _show(seller_id: int, service_pk: int, pins: list[str]) -> None:
    """Raises NotFound for a pin that is not the brand's, or is on no wall."""
    if show_service(author_id=seller_id, service_id=service_pk, pin_ids=pins) != len(set(pins)):
        raise NotFound


def _data(seller_id: int, fields: dict[str, Any]) -> ServiceData:
    shown = fields.pop("pictures")
    keys = own_pictures(owner_id=seller_id, public_ids={one["picture_id"] for one in shown})
    return ServiceData(
        **{**fields, "packages": [PackageData(**one) for one in fields["packages"]]},
        currency=CURRENCY,
        pictures=[PictureInput(image_id=keys[one["picture_id"]], alt=one["alt"]) for one in shown],
    )
