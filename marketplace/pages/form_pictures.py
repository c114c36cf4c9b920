"""Pictures on their way through a form: an upload is stored at once, so that a form that comes back
does not ask for it again; from then on the page carries its public id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from core.ids import is_public_id
from core.media import Image, ImageRefused, store_image
from core.ratelimit import hit

PER_HOUR = 400
ALT_LIMIT = 140


def sent_ids(data: QueryDict, name: str = "kept", *, most: int) -> list[str]:
    """The public ids of pictures that the page carried along, each once, in its order."""
    return [one for one in dict.fromkeys(data.getlist(name)) if is_public_id(one)][:most]


def typed_alt(data: QueryDict, public_id: str) -> str:
    """The words typed for a picture, cut to what is kept of them."""
    return data.get(f"alt-{public_id}", "").replace("\x00", "").strip()[:ALT_LIMIT]


def count_picture(*, owner_id: int) -> None:
    """One more picture of a profile, through whichever door. Raises TooMany beyond so many."""
    hit(key=f"picture:{owner_id}", limit=PER_HOUR, per_seconds=3600)


def store_uploads(
    uploads: Sequence[UploadedFile[Any]], *, owner_id: int, room: int = 1, full: str = ""
) -> tuple[list[Image], list[str]]:
    """The uploads as pictures of this profile, and in words what could not be taken of them.

    `room` is how many more there is place for; `full` says so of the rest, which is not looked at.
    Raises TooMany when it stores too many in an hour.
    """
    stored: list[Image] = []
    problems: list[str] = []
    for upload in uploads:
        if len(stored) >= room:
            problems.append(full)
            break
        count_picture(owner_id=owner_id)
        try:
            stored.append(store_image(file=upload, owner_id=owner_id))
        except ImageRefused as error:
            problems.append(f"{(upload.name or '')[:60]}: {error.message}")
    return stored, problems
