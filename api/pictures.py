"""Stored pictures that a body names."""

from __future__ import annotations

from collections.abc import Collection

from core.errors import NotFound
from core.media import Image


def own_pictures(*, owner_id: int, public_ids: Collection[str]) -> dict[str, int]:
    """Keys of the owner's own pictures by public id; one query. Raises NotFound for any other."""
    rows = Image.objects.filter(public_id__in=public_ids, owner_id=owner_id)
    found = dict(rows.values_list("public_id", "pk"))
    if set(public_ids) - set(found):
        raise NotFound
    return found
