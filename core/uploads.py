"""Uploads too large for memory wait on the disk; a full one costs the file, not the page."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class NotReceived(UploadedFile):  # type: ignore[type-arg]
    """Stands for an upload that there was no room for; `core.media` refuses it as not kept."""

    def __init__(self, name: str | None) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=1)


class DiskUploadHandler(TemporaryFileUploadHandler):
    """Django's own, but that a full disk loses the one file and not the whole request."""

    lost = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self.lost = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.lost:
            try:
                return super().receive_data_chunk(raw_data, start)
            except OSError:
                self._lose()
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if not self.lost:
            try:
                return super().file_complete(file_size)
            except OSError:  # what was buffered found no room
                self._lose()
        return NotReceived(self.file_name)

    def _lose(self) -> None:
        self.lost = True
        with suppress(OSError):
            self.file.close()
