"""A picture that has to wait for others, or is none: a plain message, and nobody else feels it."""

from __future__ import annotations

import io
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from accounts.testing import client_for, make_brand, owner_of
from core import media
from core.testing import picture_file
from core.tests.files import HOSTILE
from feed.models import Pin
from feed.testing import make_pin

pytestmark = pytest.mark.django_db


def bomb() -> io.BytesIO:
    """A hundred kilobytes that would be thirty thousand pixels square."""
    file = io.BytesIO(HOSTILE["png bomb"][0]())
    file.name = "bomb.png"
    return file


@pytest.mark.parametrize(
    ("upload", "meanwhile", "status", "words"),
    [
        # Somebody else's photograph is being decoded all the time.
        (picture_file, media._one_at_a_time, 503, "We could not save the picture just now"),
        (bomb, nullcontext, 422, "pixels"),
    ],
)
def test_a_picture_that_is_not_taken_costs_nothing_that_was_typed_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
    media_root: Path,
    upload: Any,
    meanwhile: Any,
    status: int,
    words: str,
) -> None:
    brand = make_brand(handle="ondine")
    browser = client_for(owner_of(brand), acting=brand)
    pin = make_pin(author=brand, title="Before", publish_now=False)
    address = f"/studio/ondine/pins/{pin.public_id}/edit/"
    typed = {"title": "After", "text": "Typed", "do": "publish"}
    monkeypatch.setattr(media, "WAIT_SECONDS", 0.05)
    with meanwhile():
        answer = browser.post(address, {**typed, "image": upload()})
        assert client_for().get("/explore/").status_code == 200
    assert answer.status_code == status
    page = BeautifulSoup(answer.content.decode(), "html5lib")
    assert words in page.select_one("main").get_text()
    assert page.select_one("input[name=title]")["value"] == "After"
    assert page.select_one("textarea[name=text]").get_text().strip() == "Typed"
    assert [pin.state for pin in Pin.objects.all()] == ["draft"]
    assert [one for one in media_root.rglob("*") if one.is_file()] == []
    assert browser.post(address, {**typed, "image": picture_file()}).status_code == 302
