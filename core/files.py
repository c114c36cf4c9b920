"""Where images lie: MEDIA_ROOT/<aa>/<public id>/<name>, each written whole or not at all."""

import os
import random
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings


def directory_of(public_id: str) -> Path:
    """All files of one image."""
    return Path(settings.MEDIA_ROOT) / public_id[:2] / public_id


def write(public_id: str, name: str, data: bytes) -> None:
    """Write a file so that a crash or a full disk leaves either all of it or nothing."""
    directory = directory_of(public_id)
    directory.mkdir(parents=True, exist_ok=True)
    temporary = directory / f".{name}.{os.getpid()}.part"
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(directory / name)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def read(public_id: str, name: str) -> bytes:
    """The bytes of one file; FileNotFoundError when it is not there."""
    return (directory_of(public_id) / name).read_bytes()


def names_of(public_id: str) -> set[str]:
    """All files of one image; none for one that has no directory."""
    try:
        return {file.name for file in directory_of(public_id).iterdir()}
    except FileNotFoundError:
        return set()


def changed_since(public_id: str, moment: float) -> bool:
    """Whether a file of the image came or went since that moment (seconds of the epoch). Of one
    without a directory: whether it may have gone since then."""
    directory = directory_of(public_id)
    for place in (directory, directory.parent):
        try:
            return place.stat().st_mtime >= moment
        except FileNotFoundError:
            continue
    return False


# Beside the files of an image that is withdrawn (`core.withdrawn`).
_WITHDRAWN = "withdrawn"


def withdraw(public_id: str) -> None:
    """Mark the image; its files stay where they are."""
    write(public_id, _WITHDRAWN, b"")


def give_back(public_id: str) -> None:
    """Take the mark away; no error without one."""
    (directory_of(public_id) / _WITHDRAWN).unlink(missing_ok=True)


def is_withdrawn(public_id: str) -> bool:
    """Whether the image is marked. Looks at the disk, not at the database."""
    return (directory_of(public_id) / _WITHDRAWN).exists()


def withdrawn() -> Iterator[list[str]]:
    """Public ids of the images that are marked, one directory of MEDIA_ROOT after the other.

    In another order each time, so that whoever has no time for all comes to all of them by and by.
    """
    shelves = list(Path(settings.MEDIA_ROOT).glob("??"))
    random.shuffle(shelves)
    for shelf in shelves:
        yield [mark.parent.name for mark in shelf.glob(f"*/{_WITHDRAWN}")]


def sync_directory(public_id: str) -> None:
    """Make the names of the files as durable as their contents."""
    handle = os.open(directory_of(public_id), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_directory(directory: Path) -> None:
    """Drop all files of one image; missing ones are no error."""
    shutil.rmtree(directory, ignore_errors=True)


def old_directories(*, older_than: timedelta, batch: int = 1_000) -> Iterator[dict[str, Path]]:
    """Public id to directory of what has lain there at least that long, in batches."""
    limit = time.time() - older_than.total_seconds()
    found: dict[str, Path] = {}
    for directory in Path(settings.MEDIA_ROOT).glob("??/*"):
        try:
            old = directory.stat().st_mtime < limit
        except FileNotFoundError:
            continue
        if old:
            found[directory.name] = directory
        if len(found) == batch:
            yield found
            found = {}
    if found:
        yield found
