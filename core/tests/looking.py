"""How a stored picture looks, in every file of it."""

from __future__ import annotations

import io

from PIL import Image as Pil

from core import files
from core.media import Image, store_image
from core.testing import deliver_all

Colour = tuple[int, int, int]
RED, BLUE, WHITE, GREY = (255, 0, 0), (0, 0, 255), (255, 255, 255), (128, 128, 128)
GREEN = (0, 255, 0)


def looks(picture: Pil.Image, at: tuple[int, int], colour: Colour) -> bool:
    pixel = picture.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 45 for one, other in zip(pixel, colour, strict=True))


def drawn(data: bytes) -> Image:
    """The file, stored, and drawn in all its widths."""
    image = store_image(file=io.BytesIO(data))
    deliver_all()
    image.refresh_from_db()
    return image


def look_wrong(image: Image, colour: Colour) -> list[str]:
    """Where a picture of 400 x 200 is not this colour, in which file; beside red stands blue."""
    found = []
    for name in ("source.jpeg", "400.webp", "400.avif", "400.jpeg"):
        shown = Pil.open(files.directory_of(image.public_id) / name)
        if not looks(shown, (100, 100), colour):
            found.append(f"{name} on the left")
        if not looks(shown, (300, 100), BLUE if colour == RED else colour):
            found.append(f"{name} on the right")
    return found
