"""What a file must be to be kept among a brand's papers. Knows bytes, not rows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.base import File
from django.utils.translation import gettext as _

from brands.types import PaperRefused
from core.imaging import ImageRefused
from core.media import redrawn
from core.text import TextRefused, clean_text
from core.uploads import NotReceived

MAX_BYTES = 5 * 1024 * 1024
# Of one brand.
MOST = 10
NAME_LIMIT = 120
# So long before the last day of a document or a check the brand is told, and operators are asked
# to look.
TOLD_BEFORE = timedelta(days=30)
PDF, JPEG = "application/pdf", "image/jpeg"
TYPES = {PDF: "PDF", JPEG: "JPEG"}
_ENDINGS = {PDF: "pdf", JPEG: "jpg"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# An A4 page at 200 dots an inch.
_EDGE = 2_400
# A PDF ends within so many bytes of the end of its file.
_TAIL = 1_024


@dataclass(frozen=True)
class Sheet:
    """A file that may be kept."""

    name: str
    content_type: str
    content: bytes


def sheet_of(file: File[bytes]) -> Sheet:
    """Read an upload. The first bytes say what it is, its name and its sender do not.

    A PDF is kept as it came. A picture is drawn afresh as a JPEG, so that nothing else survives in
    it. Raises PaperRefused (field `file`) with the reason.
    """
    if isinstance(file, NotReceived):
        raise _refused(_("We could not save the file just now. Please try again."))
    if not file.size:
        raise _refused(_("The file is empty."))
    if file.size > MAX_BYTES:
        raise _refused(_("The file is larger than 5 MB."))
    file.seek(0)
    content = file.read()
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-_TAIL:]:
            raise _refused(_("The PDF is damaged: its end is missing."))
        return Sheet(_name(file.name, PDF), PDF, content)
    if content.startswith(_PICTURES):
        return Sheet(_name(file.name, JPEG), JPEG, _drawn(content))
    raise _refused(_("Choose a PDF, a JPEG or a PNG."))


def _drawn(content: bytes) -> bytes:
    try:
        drawn = redrawn(file=io.BytesIO(content), edge=_EDGE)
    except ImageRefused as error:
        raise _refused(str(error)) from error
    if len(drawn) > MAX_BYTES:
        raise _refused(_("The picture has too much in it: send it smaller, or as a PDF."))
    return drawn


def _name(given: str | None, content_type: str) -> str:
    """What the file was called, without folders and unseen signs, with the ending of what it is."""
    last = PurePosixPath((given or "").replace("\\", "/").replace("\x00", "")).name
    stem = "".join(sign for sign in PurePosixPath(last).stem if sign.isprintable())
    try:
        stem = clean_text(stem[: NAME_LIMIT - 4], limit=NAME_LIMIT - 4, single_line=True)
    except TextRefused:  # surrogates, say; a name is worth no refusal
        stem = ""
    return f"{stem or _('document')}.{_ENDINGS[content_type]}"


def _refused(words: str) -> PaperRefused:
    return PaperRefused("file", words)


__all__ = ["MAX_BYTES", "MOST", "NAME_LIMIT", "TOLD_BEFORE", "TYPES", "Sheet", "sheet_of"]
