"""Static files without maps of sources: some packages bring theirs along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

SUFFIX = ".map"


class Finder(AppDirectoriesFinder):
    """Finds no map, neither to serve nor to collect."""

    def list(self, ignore_patterns: Any) -> Iterable[Any]:
        return super().list([*(ignore_patterns or []), f"*{SUFFIX}"])

    def find_in_app(self, app: str, path: str) -> str | None:
        return None if path.endswith(SUFFIX) else super().find_in_app(app, path)


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Does not ask for the maps that files name in their last line."""

    patterns = tuple(
        (kind, tuple(one for one in found if "sourceMappingURL" not in str(one)))
        for kind, found in CompressedManifestStaticFilesStorage.patterns
    )
