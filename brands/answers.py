"""How a document leaves: to be kept as a file, never to be shown as a page of ours."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from brands.types import DocumentFile


def attachment(file: DocumentFile) -> HttpResponse:
    """The file as a download that no browser guesses about and no cache keeps."""
    answer = HttpResponse(file.content, content_type=file.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
