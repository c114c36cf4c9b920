"""Serves the files of images, where no proxy or object store does it."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core import files, withdrawn
from core.picture import WIDTHS

_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
_PUBLIC_ID = re.compile(r"[a-z0-9]{12}")


@require_safe
def media(request: HttpRequest, shard: str, public_id: str, width: int, fmt: str) -> HttpResponse:
    """One rendition. Its address never changes its content, so it may be kept for ever; of what is
    withdrawn, nothing is there but for those whose it is."""
    if not _PUBLIC_ID.fullmatch(public_id) or shard != public_id[:2] or fmt not in _TYPES:
        raise Http404
    if width > WIDTHS[-1]:
        raise Http404  # a file system would stumble over the name of a very large one
    keeping = "public, max-age=31536000, immutable"
    if files.is_withdrawn(public_id):
        if not withdrawn.may_see(request, public_id):
            raise Http404
        keeping = "private, no-store"
    try:
        data = files.read(public_id, f"{width}.{fmt}")
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(data, content_type=_TYPES[fmt])
    response["Cache-Control"] = keeping
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
