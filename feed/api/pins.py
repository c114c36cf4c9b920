"""Operations on one's own pins: a person's under `me/pins/`, a brand's under its studio.

Each is one function, declared for both desks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from accounts.queries import require_brand_role
from accounts.types import Call
from api.operations import Function, Operation, Results, operation
from core.errors import NotFound
from core.media import Image
from feed import actions, queries
from feed.api.serializers import (
    FromProductIn,
    OwnPinOut,
    OwnPinsAsked,
    PinChangeIn,
    PinIn,
    PinTimeIn,
)
from feed.desk import EditedPin
from feed.models import Pin
from feed.pin_desks import count_pin
from feed.shapes import StudioPinOut
from feed.types import FurtherPicture, PinData, TagData

MINE, STUDIO = "Your pins", "Studio: pins"
ROLES = {"owner", "catalogue"}
_TAGS = [{"product_id": "h4t8w2kzq9mp", "x": 0.4, "y": 0.6}]


class Both(NamedTuple):
    """An operation of a person, and the same of a brand."""

    mine: Operation
    studio: Operation


def _both(*, name: str, scope: str = "feed:write", **more: Any) -> Callable[[Function], Both]:
    """Declare a function as `my_…` and as `studio_…`."""

    def declare(function: Function) -> Both:
        return Both(
            operation(id=f"my_{name}", tag=MINE, scope=scope, **more)(function),
            operation(id=f"studio_{name}", tag=STUDIO, scope=scope, **more)(function),
        )

    return declare


class Desk(NamedTuple):
    """Whose pins they are; `user_id` goes into the log of a brand."""

    author_id: int
    user_id: int | None


def _desk(call: Call, handle: str | None) -> Desk:
    if handle is None:
        return Desk(call.profile_id, None)
    brand = require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES)
    return Desk(brand.profile.id, call.user_id)


@_both(name="pins_list", scope="feed:read", asks=OwnPinsAsked, gives=StudioPinOut, many=True)
def list_pins(call: Call, handle: str | None = None) -> Results:
    """Your pins, drafts and taken-down ones too, none that was deleted; newest first where no
    other order is asked for."""
    found = queries.own_pins(
        author_id=_desk(call, handle).author_id,
        text=call.query["find"],
        state=call.query.get("state", ""),
        sort=call.query["sort"],
        cursor=call.query["cursor"],
    )
    return Results(items=found.pins, next={"cursor": found.next} if found.next else None)


@_both(
    name="pin_create",
    takes=PinIn,
    gives=StudioPinOut,
    status=201,
    example={
        "picture_id": "k7m2p9qtxw4z",
        "title": "Late light on the kiln shelf",
        "tags": _TAGS,
    },
)
def create_pin(call: Call, handle: str | None = None) -> dict[str, Any]:
    """Make a pin of a stored picture and put it on the wall, or keep it as a draft.

    Only a draft goes without a title."""
    desk, data = _desk(call, handle), dict(call.data)
    count_pin(author_id=desk.author_id)
    image = _picture(desk, data.pop("picture_id"))
    tags = [TagData(**tag) for tag in data.pop("tags")]
    pin = actions.create_pin(
        author_id=desk.author_id,
        user_id=desk.user_id,
        image=image,
        tags=tags,
        further=[FurtherPicture(**one) for one in data.pop("further")],
        publish_now=data.pop("publish"),
        **data,
    )
    return _row(pin)


@operation(
    id="studio_pin_from_product",
    tag=STUDIO,
    scope="feed:write",
    takes=FromProductIn,
    gives=StudioPinOut,
    status=201,
    example={"product_id": "h4t8w2kzq9mp"},
)
def pin_product(call: Call, handle: str) -> dict[str, Any]:
    """Pin a product as it is: its cover, its title, and its price tag."""
    author_id, user_id = _desk(call, handle)
    count_pin(author_id=author_id)
    product_id = call.data["product_id"]
    return _row(
        actions.pin_from_product(product_id=product_id, author_id=author_id, user_id=user_id)
    )


@_both(name="pin_read", scope="feed:read", gives=OwnPinOut)
def read_pin(call: Call, public_id: str, handle: str | None = None) -> EditedPin:
    """One of your pins as you edit it: words, tags, board, time, and what was changed."""
    return _edited(_desk(call, handle), public_id)


@_both(
    name="pin_change",
    takes=PinChangeIn,
    gives=OwnPinOut,
    example={"title": "The kiln shelf, seen late", "tags": _TAGS},
)
def change_pin(call: Call, public_id: str, handle: str | None = None) -> EditedPin:
    """Write a pin anew, its tags too; with `publish` it also goes on the wall, or nothing is done.
    With the `version` that was read, nobody's change is overwritten: 409 when there is a newer one
    that says something else.

    Another `picture_id` replaces the picture; without `alt` and `focus` those of the picture stay,
    without `further` its further pictures, and without `audience` who sees it.
    A pin that was on the wall keeps its former versions, for you alone."""
    desk, data = _desk(call, handle), dict(call.data)
    picture_id = data.pop("picture_id", None)
    version = data.pop("version")
    publish, tags = data.pop("publish"), [TagData(**tag) for tag in data.pop("tags")]
    if "further" in data:
        data["further"] = [FurtherPicture(**one) for one in data["further"]]
    actions.edit_pin(
        **_named(desk, public_id),
        data=PinData(
            **data,
            tags=tags,
            image=_picture(desk, picture_id) if picture_id else None,
        ),
        then="publish" if publish else "",
        version=version,
    )
    return _edited(desk, public_id)


@_both(name="pin_publish", gives=StudioPinOut)
def publish(call: Call, public_id: str, handle: str | None = None) -> dict[str, Any]:
    """Put a draft on the wall; one that is there already stays as it is."""
    return _row(actions.publish_pin(**_named(_desk(call, handle), public_id)))


@_both(name="pin_unpublish", gives=StudioPinOut)
def unpublish(call: Call, public_id: str, handle: str | None = None) -> dict[str, Any]:
    """Take a pin off the wall; it is a draft then. Published again it keeps its date."""
    return _row(actions.unpublish_pin(**_named(_desk(call, handle), public_id)))


@_both(
    name="pin_schedule",
    takes=PinTimeIn,
    gives=StudioPinOut,
    example={"at": "2027-03-01T09:00:00Z"},
)
def schedule(call: Call, public_id: str, handle: str | None = None) -> dict[str, Any]:
    """Let a draft publish itself at a time within the next year."""
    named = _named(_desk(call, handle), public_id)
    return _row(actions.schedule_pin(**named, at=call.data["at"]))


@_both(name="pin_unschedule", gives=StudioPinOut)
def unschedule(call: Call, public_id: str, handle: str | None = None) -> dict[str, Any]:
    """Take that time back."""
    return _row(actions.schedule_pin(**_named(_desk(call, handle), public_id), at=None))


@_both(name="pin_delete")
def delete(call: Call, public_id: str, handle: str | None = None) -> None:
    """Delete a pin. For thirty days it can be brought back."""
    actions.delete_pin(**_named(_desk(call, handle), public_id))


@_both(name="pin_undelete", gives=StudioPinOut)
def undelete(call: Call, public_id: str, handle: str | None = None) -> dict[str, Any]:
    """Bring a deleted pin back as it was."""
    return _row(actions.undelete_pin(**_named(_desk(call, handle), public_id)))


@_both(name="pin_version_restore", gives=OwnPinOut)
def restore_version(
    call: Call, public_id: str, version: str, handle: str | None = None
) -> EditedPin:
    """Let a pin say again what it said before one of its `changes`.

    Its board stays, so does its picture where the former one is gone, and so does who sees it,
    unless that is what this change changed; products that are not on sale any more are left out.
    What it said until now becomes one of its `changes`."""
    desk = _desk(call, handle)
    key = int(version) if version.isascii() and version.isdigit() and len(version) < 19 else 0
    actions.restore_version(**_named(desk, public_id), version=key)
    return _edited(desk, public_id)


# --- what they share -----------------------------------------------------------------------------


def _named(desk: Desk, public_id: str) -> dict[str, Any]:
    return {"public_id": public_id, "author_id": desk.author_id, "user_id": desk.user_id}


def _picture(desk: Desk, public_id: str) -> Image:
    image = Image.objects.filter(public_id=public_id, owner_id=desk.author_id).first()
    if image is None:
        raise NotFound
    return image


def _edited(desk: Desk, public_id: str) -> EditedPin:
    found = queries.pin_for_author(public_id=public_id, author_id=desk.author_id)
    if found is None:
        raise NotFound
    return found


def _row(pin: Pin) -> dict[str, Any]:
    return {
        "public_id": pin.public_id,
        "title": pin.title,
        "state": pin.state,
        "audience": pin.audience,
        "picture": pin.image,
        "published_at": pin.published_at,
        "publish_at": pin.publish_at,
        "saves_count": pin.saves_count,
        "tag_count": pin.tags.count(),
        "taken_down_reason": pin.taken_down_reason,
    }
