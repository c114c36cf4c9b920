"""Pictures: taken in, cleaned, stored; renditions follow in a worker."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import files, imaging
from core.alt import LIMIT, stem_of
from core.db import wait_for_others
from core.errors import Invalid, NotFound
from core.events import Event, publish
from core.ids import new_public_id
from core.imaging import ImageRefused
from core.models import Image
from core.picture import (
    FORMATS,
    PICTURE_FIELDS,
    WIDTHS,
    Picture,
    bucket_for,
    picture_fields,
    quick_width_for,
    widths_for,
)
from core.uploads import NotReceived

__all__ = [
    "FORMATS",
    "PICTURE_FIELDS",
    "WIDTHS",
    "Image",
    "ImageNotKept",
    "ImageRefused",
    "ImageStored",
    "OffThePicture",
    "Picture",
    "describe_image",
    "forget_images_of",
    "make_renditions",
    "picture_fields",
    "store_image",
]

SOURCE = "source.jpeg"
_NICE = 10
_DECODING = threading.Lock()
WAIT_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class ImageStored(Event):
    """A picture has come in; its renditions are not there yet."""

    image_id: int


def store_image(
    *, file: BinaryIO | File[bytes], alt: str = "", owner_id: int | None = None
) -> Image:
    """Take a picture in: it can be shown when this returns, its renditions follow.

    `file` is an upload or any seekable binary file. Raises ImageRefused (422) for what is no
    picture of a kind we show, and ImageNotKept (503) when the disk will not take it or too many
    others come in. `owner_id` is a profile. Files are on disk before the row exists.
    """
    if isinstance(file, NotReceived):
        raise ImageNotKept
    with _one_at_a_time():
        return _store(file, alt=alt, owner_id=owner_id)


def redrawn(*, file: BinaryIO | File[bytes], edge: int = imaging.SOURCE_EDGE) -> bytes:
    """A picture drawn afresh as a JPEG, at most `edge` wide or high, and kept nowhere: for those
    who keep it themselves. Raises what `store_image` raises."""
    if isinstance(file, NotReceived):
        raise ImageNotKept
    with _one_at_a_time():
        return imaging.source_bytes(imaging.decode(file, edge=edge))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One picture at a time is decoded in a process, so that its memory is that of one picture.

    Where a process answers several at a time, whoever waits too long is told so: ImageNotKept.
    """
    if not _DECODING.acquire(timeout=WAIT_SECONDS):
        raise ImageNotKept
    try:
        yield
    finally:
        _DECODING.release()


def _store(file: BinaryIO | File[bytes], *, alt: str, owner_id: int | None) -> Image:
    decoded = imaging.decode(file)
    public_id = new_public_id()
    quick = quick_width_for(decoded.width)
    try:
        files.write(public_id, SOURCE, imaging.source_bytes(decoded))
        files.write(public_id, f"{quick}.jpeg", imaging.quick_jpeg(decoded, quick))
        files.sync_directory(public_id)
    except OSError as error:
        files.remove_directory(files.directory_of(public_id))
        raise ImageNotKept from error
    with transaction.atomic():
        image = Image.objects.create(
            public_id=public_id,
            owner_id=owner_id,
            width=decoded.width,
            height=decoded.height,
            colour=decoded.colour,
            bucket=bucket_for(decoded.width, decoded.height),
            widths=widths_for(decoded.width),
            alt=alt[:LIMIT],
            file_name=stem_of(getattr(file, "name", None) or ""),
        )
        publish(ImageStored(image_id=image.pk))
    return image


def describe_image(
    *,
    public_id: str,
    owner_id: int | None,
    alt: str | None = None,
    focus: tuple[int, int] | None = None,
) -> Image:
    """Say what a picture shows and what crops of it keep in view; what is None stays as it is.

    `focus` is in percent of width and height. `owner_id` None says that the caller knows whose it
    is. Raises NotFound when it is not this profile's picture, and OffThePicture for a point beside.
    """
    images = Image.objects.filter(public_id=public_id)
    image = (images if owner_id is None else images.filter(owner_id=owner_id)).first()
    if image is None:
        raise NotFound
    if alt is not None:
        image.alt = alt[:LIMIT]
    if focus is not None:
        if not all(0 <= share <= 100 for share in focus):
            raise OffThePicture
        image.focus_x, image.focus_y = focus
    image.save(update_fields=["alt", "focus_x", "focus_y"])
    return image


class OffThePicture(Invalid):
    """A focal point that is no point of the picture."""

    code = "focus"
    message = _("The focal point is given in whole percent, from 0 to 100.")


class ImageNotKept(ImageRefused):
    """The disk is full or gone, or too many come in at once; nothing was stored."""

    code = "not_kept"
    message = _("We could not save the picture just now. Please try again.")
    status = 503


def files_of(*, state: str, width: int, widths: list[int]) -> set[str]:
    """Names of the files that a picture of ours has; while it waits, what it is drawn from."""
    if state == Image.State.READY:
        return {SOURCE, *(f"{one}.{fmt}" for one in widths for fmt in FORMATS)}
    return {SOURCE, f"{quick_width_for(width)}.jpeg"}


def make_renditions(event: ImageStored) -> None:
    """Draw every width in every format; the receiver of ImageStored. Repeating it is harmless."""
    image = Image.objects.filter(pk=event.image_id, state=Image.State.PENDING).first()
    if image is None:
        return
    wait_for_others()
    with ThreadPoolExecutor(1, initializer=_let_others_go_first) as hand:
        hand.submit(draw_renditions, public_id=image.public_id, widths=image.widths).result()
    Image.objects.filter(pk=image.pk).update(state=Image.State.READY)


def _let_others_go_first() -> None:
    """Drawing takes the time that pages leave over, where one machine does both.

    On Linux this is a property of the thread: the worker's own stays as urgent as it was, which an
    unprivileged process could not undo.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def draw_renditions(*, public_id: str, widths: list[int]) -> None:
    """Write the files of all renditions from the kept source, widest first."""
    pixels = imaging.decode(io.BytesIO(files.read(public_id, SOURCE)), edge=max(widths) * 2).pixels
    for width in sorted(widths, reverse=True):
        pixels = imaging.at_width(pixels, width)
        for fmt in FORMATS:
            if fmt == "jpeg" and width == quick_width_for(max(widths)):
                continue  # drawn when it came in; its address promised never to change
            files.write(public_id, f"{width}.{fmt}", imaging.encode(pixels, fmt))
    files.sync_directory(public_id)


def forget_images_of(*, owner_id: int) -> int:
    """Remove all pictures of a profile, files before rows; returns how many.

    Killed in between, it goes on when it is called again: a row stands until its files are gone.
    Pictures that something still shows (a foreign key that PROTECTs) are an error: what shows them
    goes first.
    """
    removed = 0
    for image in Image.objects.filter(owner_id=owner_id).order_by("pk").iterator(chunk_size=200):
        files.remove_directory(files.directory_of(image.public_id))
        image.delete()
        removed += 1
    return removed
