"""Pictures on their way through a form: an upload is stored at once, so that a form that comes back
does not ask for it again; from then on the page carries its public id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from core.media import Image, ImageRefused, store_image
from core.ratelimit import hit

PER_HOUR = 400


def store_uploads(
    uploads: Sequence[UploadedFile[Any]], *, owner_id: int
) -> tuple[list[Image], list[str]]:
    """The uploads as pictures of this profile, and in words what could not be taken of them.

    Raises LimitReached when it stores too many in an hour.
    """
    stored, problems = [], []
    for upload in uploads:
        hit(key=f"picture:{owner_id}", limit=PER_HOUR, per_seconds=3600)
        try:
            stored.append(store_image(file=upload, owner_id=owner_id))
        except ImageRefused as error:
            problems.append(f"{(upload.name or '')[:60]}: {error.message}")
    return stored, problems
