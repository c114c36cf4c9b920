"""What somebody does at the desk where pins are made, for tests."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.testing import picture_file
from feed.models import Pin

NEW, LIST = "/studio/ondine/pins/new/", "/studio/ondine/pins/"


def upload(name: str = "Evening shelf.png", **options: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_file(**options).getvalue(), "image/png")


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html5lib")


def editor(pin: Pin) -> str:
    return f"{LIST}{pin.public_id}/edit/"


def draft_of(desk: Client) -> tuple[Pin, str]:
    """A draft as an upload makes it, and the address of its editor."""
    answer = desk.post(NEW, {"pictures": upload()})
    assert answer.status_code == 302
    return Pin.objects.latest("pk"), answer["Location"]


def rows(*tags: tuple[Any, ...]) -> dict[str, str]:
    """The fields of tags: (product, x, y[, variant])."""
    data = {}
    for number, (product, x, y, *variant) in enumerate(tags):
        data[f"t-{number}-product"] = product.public_id
        data[f"t-{number}-x"], data[f"t-{number}-y"] = str(x), str(y)
        data[f"t-{number}-variant"] = variant[0].public_id if variant else ""
    return data


def form_of(answer: Any) -> dict[str, str]:
    """What a browser would send of the editor's form, without a button."""
    form = soup(answer).select_one("form#pin")
    assert form is not None
    data: dict[str, Any] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        kind = one.get("type")
        if kind == "file" or (kind in ("radio", "checkbox") and not one.has_attr("checked")):
            continue
        if one.name == "select":
            chosen = one.select_one("option[selected]")
            data[one["name"]] = chosen["value"] if chosen else ""
        else:
            data[one["name"]] = one.get_text() if one.name == "textarea" else one.get("value", "")
    return {str(name): str(value) for name, value in data.items()}
