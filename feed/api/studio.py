"""Operations on a brand's own pins."""

from __future__ import annotations

from typing import Any

from accounts.queries import require_brand_role
from accounts.types import Call
from api.operations import Limit, Results, operation
from core.errors import NotFound
from core.media import Image
from feed import actions, queries
from feed.api.serializers import FromProductIn, PinIn, StudioPinsAsked
from feed.models import Pin
from feed.shapes import StudioPinOut
from feed.types import TagData

TAG = "Studio: pins"
ROLES = {"owner", "catalogue"}
PINS_PER_HOUR = 200
PINS = Limit(name="pin-by-api", times=PINS_PER_HOUR, seconds=3600)


def _brand_id(call: Call, handle: str) -> int:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES).profile.id


@operation(
    id="studio_pins_list",
    tag=TAG,
    scope="feed:read",
    asks=StudioPinsAsked,
    gives=StudioPinOut,
    many=True,
)
def list_pins(call: Call, handle: str) -> Results:
    """The brand's pins, newest first, drafts and taken-down ones too."""
    author_id = _brand_id(call, handle)
    return Results(items=queries.own_pins(author_id=author_id, text=call.query["find"]).pins)


@operation(
    id="studio_pin_create",
    tag=TAG,
    scope="feed:write",
    takes=PinIn,
    gives=StudioPinOut,
    status=201,
    limit=PINS,
    example={
        "picture_id": "k7m2p9qtxw4z",
        "title": "Late light on the kiln shelf",
        "tags": [{"product_id": "h4t8w2kzq9mp", "x": 0.4, "y": 0.6}],
    },
)
def create_pin(call: Call, handle: str) -> dict[str, Any]:
    """Make a pin of a stored picture and put it on the wall, or keep it as a draft."""
    author_id, data = _brand_id(call, handle), dict(call.data)
    public_id = data.pop("picture_id")
    image = Image.objects.filter(public_id=public_id, owner_id=author_id).first()
    if image is None:
        raise NotFound
    tags = [TagData(**tag) for tag in data.pop("tags")]
    publish = data.pop("publish")
    pin = actions.create_pin(
        author_id=author_id,
        image=image,
        tags=tags,
        publish_now=publish,
        actor_id=call.user_id,
        **data,
    )
    return _shown(pin)


@operation(
    id="studio_pin_from_product",
    tag=TAG,
    scope="feed:write",
    takes=FromProductIn,
    gives=StudioPinOut,
    status=201,
    limit=PINS,
    example={"product_id": "h4t8w2kzq9mp"},
)
def pin_product(call: Call, handle: str) -> dict[str, Any]:
    """Pin a product as it is: its cover, its title, and its price tag."""
    author_id = _brand_id(call, handle)
    pin = actions.pin_from_product(
        product_id=call.data["product_id"], author_id=author_id, actor_id=call.user_id
    )
    return _shown(pin)


@operation(id="studio_pin_publish", tag=TAG, scope="feed:write", gives=StudioPinOut)
def publish(call: Call, handle: str, public_id: str) -> dict[str, Any]:
    """Put a draft on the wall; one that is there already stays as it is."""
    author_id = _brand_id(call, handle)
    return _shown(
        actions.publish_pin(public_id=public_id, author_id=author_id, actor_id=call.user_id)
    )


def _shown(pin: Pin) -> dict[str, Any]:
    return {
        "public_id": pin.public_id,
        "title": pin.title,
        "state": pin.state,
        "picture": pin.image,
        "published_at": pin.published_at,
        "saves_count": pin.saves_count,
        "tag_count": pin.tags.count(),
        "taken_down_reason": pin.taken_down_reason,
    }
