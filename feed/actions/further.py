"""The pictures of a pin after its first."""

from __future__ import annotations

from collections.abc import Sequence

from core.media import Image, describe_image
from feed.errors import BadPictures, TooManyPictures
from feed.models import Pin, PinPicture
from feed.types import MAX_FURTHER, FurtherPicture


def write_further(pin: Pin, wanted: Sequence[FurtherPicture]) -> list[Image]:
    """Let a locked pin have these pictures after its first, in this order; each once, and not its
    first again. What they are: the caller says what came into sight and went out of it. Raises
    TooManyPictures, and BadPictures for what is not its author's."""
    alts = {one.picture_id: one.alt for one in wanted}
    alts.pop(pin.image.public_id, None)
    if len(alts) > MAX_FURTHER:
        raise TooManyPictures
    found = Image.objects.filter(public_id__in=alts, owner_id=pin.author_id).in_bulk(
        field_name="public_id"
    )
    if len(found) < len(alts):
        raise BadPictures
    for public_id, alt in alts.items():
        if alt is not None and alt != found[public_id].alt:
            describe_image(public_id=public_id, owner_id=pin.author_id, alt=alt)
    images = [found[public_id] for public_id in alts]
    rows = PinPicture.objects.filter(pin=pin).order_by("position")
    if list(rows.values_list("image", flat=True)) == [image.pk for image in images]:
        return images
    rows.delete()
    PinPicture.objects.bulk_create(
        PinPicture(pin=pin, image=image, position=position)
        for position, image in enumerate(images, start=1)
    )
    return images
