"""Operations on pictures: one is stored first, then named by its id wherever it is to be shown."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_act
from accounts.queries import require_brand_role
from accounts.types import Call
from api.operations import operation
from core.errors import DomainError, NotFound
from core.media import Image, describe_image, store_image
from feed.queries import is_on_a_pin
from marketplace.api.serializers import PictureChangeIn, PictureIn, StoredOut
from marketplace.pages.form_pictures import count_picture

ROLES = {"owner", "catalogue"}
TAG = "Pictures"


class OnAPin(DomainError):
    """A pin keeps what was said on it before each change, its pictures' words among that."""

    code = "on_a_pin"
    status = 409
    message = _("A pin shows this picture: say what is on it where you change the pin.")


def _owner_id(call: Call) -> int:
    """Whose pictures: the member's own, or those of the brand that they act for."""
    brand = call.viewer.acting_brand
    if brand is not None:
        require_brand_role(viewer=call.viewer, handle=brand.profile.handle, roles=ROLES)
    return call.acting_id


@operation(
    id="picture_create",
    tag=TAG,
    scope="feed:write",
    takes=PictureIn,
    gives=StoredOut,
    status=201,
    files=True,
)
def store(call: Call) -> Image:
    """Store a picture for whom you act for. Send `multipart/form-data`."""
    owner_id = _owner_id(call)
    count_picture(owner_id=owner_id)
    return store_image(file=call.data["file"].file, alt=call.data["alt"], owner_id=owner_id)


@operation(id="picture_read", tag=TAG, scope="feed:read", gives=StoredOut)
def read(call: Call, public_id: str) -> Image:
    """A picture that whom you act for stored."""
    return _own(call, public_id)


def _own(call: Call, public_id: str, *, held: bool = False) -> Image:
    """`held`: until the transaction ends nothing that shows it can be saved."""
    images = Image.objects.select_for_update() if held else Image.objects.all()
    image = images.filter(public_id=public_id, owner_id=_owner_id(call)).first()
    if image is None:
        raise NotFound
    return image


@operation(
    id="picture_change",
    tag=TAG,
    scope="feed:write",
    takes=PictureChangeIn,
    gives=StoredOut,
    example={"alt": "A tall vase in late light", "focus": {"x": 0.4, "y": 0.25}},
)
def change(call: Call, public_id: str) -> Image:
    """Say what a stored picture shows and what crops of it keep in view, wherever it is shown.

    The words for a picture of a pin are written with the pin, those in the gallery of a product or
    service with that.
    """
    with transaction.atomic():
        before = _own(call, public_id, held=True)
        if "alt" in call.data and is_on_a_pin(image_id=before.pk):
            raise OnAPin
        image = describe_image(public_id=public_id, owner_id=call.acting_id, **call.data)
        if call.viewer.brand_actor_id is not None and image.alt != before.alt:
            record_act(
                brand_id=call.acting_id,
                actor_id=call.user_id,
                act="catalog.picture_described",
                subject=image.alt,
            )
    return image
