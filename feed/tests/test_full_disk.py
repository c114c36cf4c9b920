"""The disk is full: nothing is half there, the form is kept, and it works again afterwards."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pil

from accounts.testing import client_for, make_brand, owner_of
from core import clock, files
from core.audits import violations
from core.housekeeping import remove_orphan_files
from core.media import Image, store_image
from core.models import Delivery
from core.testing import deliver_all, no_room_beyond
from feed.models import Pin
from feed.testing import make_pin

pytestmark = pytest.mark.django_db
NEW = "/studio/ondine/pins/new/"


def photograph(megabytes: int = 1) -> SimpleUploadedFile:
    """Noise, which no format makes small."""
    width = int((megabytes * 1_000_000 / 3) ** 0.5)
    noise = Pil.frombytes("RGB", (width, width), os.urandom(width * width * 3))
    file = io.BytesIO()
    noise.save(file, "PNG")
    return SimpleUploadedFile("noise.png", file.getvalue(), "image/png")


def left_on(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("room", [0, 20_000, 60_000])
def test_nothing_is_half_there(media_root: Path, room: int) -> None:
    brand = make_brand(handle="ondine")
    browser = client_for(owner_of(brand), acting=brand)
    with no_room_beyond(room):
        answer = browser.post(NEW, {"pictures": photograph()})
    assert answer.status_code == 503
    assert "We could not save the picture just now" in answer.content.decode()
    assert not Image.objects.exists()
    assert not Pin.objects.exists()
    assert left_on(media_root) == []
    assert browser.post(NEW, {"pictures": photograph()}).status_code == 302, "there is room again"


def test_what_was_typed_is_kept(media_root: Path) -> None:
    brand = make_brand(handle="ondine")
    browser = client_for(owner_of(brand), acting=brand)
    pin = make_pin(author=brand, title="Before", publish_now=False)
    before, address = set(left_on(media_root)), f"/studio/ondine/pins/{pin.public_id}/edit/"
    with no_room_beyond(20_000):
        data = {"title": "After", "text": "Typed", "do": "publish", "image": photograph()}
        answer = browser.post(address, data)
    assert answer.status_code == 503
    page = BeautifulSoup(answer.content.decode(), "html5lib")
    assert page.select_one("input[name=title]")["value"] == "After"
    assert page.select_one("textarea[name=text]").get_text().strip() == "Typed"
    pin.refresh_from_db()
    assert (pin.title, pin.state) == ("Before", "draft")
    assert set(left_on(media_root)) == before


def test_a_photograph_that_waits_on_the_disk_is_refused_kindly_too(media_root: Path) -> None:
    brand = make_brand(handle="ondine")
    browser = client_for(owner_of(brand), acting=brand)
    large = photograph(megabytes=4)  # more than is kept in memory while it comes in
    with no_room_beyond(200_000):
        answer = browser.post(NEW, {"pictures": large})
    assert answer.status_code == 503
    assert not Image.objects.exists()
    assert left_on(media_root) == []


def test_files_that_a_crash_left_go_after_an_hour(media_root: Path) -> None:
    kept = make_pin().image
    files.write("bbbbbbbbbbbb", "source.jpeg", b"left by a crash before its row")
    lost = files.directory_of("bbbbbbbbbbbb")
    assert remove_orphan_files() == 0
    then = clock.now().timestamp() - timedelta(hours=2).total_seconds()
    for folder in (lost, files.directory_of(kept.public_id)):
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder, (then, then))
    assert remove_orphan_files() == 1
    assert not lost.exists()
    assert files.directory_of(kept.public_id).exists()


@pytest.mark.parametrize("room", [0, 150_000])
def test_a_worker_without_room_leaves_nothing_half_drawn_and_goes_on_later(
    media_root: Path, room: int
) -> None:
    """It has room for no file, and then for small ones only: the widest is drawn first."""
    image = store_image(file=photograph())
    at_once = set(left_on(media_root))
    with no_room_beyond(room):
        deliver_all(raise_errors=False)
    image.refresh_from_db()
    assert image.state == "pending"
    assert Client().get(image.src(80)).status_code == 200, "what came in shows"
    for path in set(left_on(media_root)) - at_once:
        Pil.open(path).load()
    assert Delivery.objects.exclude(last_error="").get().state == "pending"

    with clock.fixed(clock.now() + timedelta(hours=1)):
        deliver_all()
    image.refresh_from_db()
    assert image.ready
    drawn = {path.name for path in left_on(media_root)}
    assert drawn >= {f"{width}.{fmt}" for width in image.widths for fmt in ("avif", "webp", "jpeg")}
    assert [one for one in violations() if one.invariant == "I12"] == []
