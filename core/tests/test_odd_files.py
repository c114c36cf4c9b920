"""Files of strangers: what must be refused leaves nothing, what is ordinary looks right."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from PIL import Image as Pil
from PIL import PngImagePlugin

from core import files
from core.media import Image, ImageRefused, store_image
from core.models import OutboxEvent
from core.testing import deliver_all
from core.tests.files import HOSTILE, ftyp, halves, jpeg, png, saved, zip_bomb
from core.tests.looking import GREY, RED, WHITE, Colour, drawn, look_wrong, looks

pytestmark = pytest.mark.django_db

SECRET = b"SECRETWORD"
LUGGAGE = {"exif", "xmp", "comment", "icc_profile", "XML:com.adobe.xmp", "Author"}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused_and_leaves_nothing(name: str, media_root: Path) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(ImageRefused) as refused:
        store_image(file=io.BytesIO(make()))
    assert refused.value.status == 422
    assert len(str(refused.value)) > 15, "it says why"
    assert refused.value.code in {code, "damaged", "not_a_picture"} if code in {
        "damaged", "not_a_picture"
    } else refused.value.code == code  # fmt: skip
    assert not Image.objects.exists()
    assert not OutboxEvent.objects.exists()
    assert list(media_root.rglob("*")) == []


def test_what_an_iphone_makes_is_refused_with_a_way_out() -> None:
    with pytest.raises(ImageRefused) as refused:
        store_image(file=io.BytesIO(ftyp(b"heic")))
    assert "JPEG" in str(refused.value)
    assert "HEIC" in str(refused.value)


def test_at_least_forty_are_refused() -> None:
    assert len(HOSTILE) + len(NEUTRALISED) >= 40


# --- pictures with something in them -----------------------------------------------------------


def with_text_chunks() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", SECRET.decode())
    said.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    said.add_text("Comment", SECRET.decode(), zip=True)
    return saved(halves(), "PNG", pnginfo=said)


def with_gps() -> bytes:
    exif = Pil.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 10.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    return saved(halves(), "JPEG", exif=exif, xmp=xmp, comment=SECRET, quality=95)


def with_exif(fmt: str) -> bytes:
    exif = Pil.Exif()
    exif[0x010E] = SECRET.decode()
    return saved(halves(), fmt, exif=exif, **({"lossless": True} if fmt == "WEBP" else {}))


NEUTRALISED: dict[str, Callable[[], bytes]] = {
    "jpeg with place, xmp and comment": with_gps,
    "png with text": with_text_chunks,
    "webp with exif": lambda: with_exif("WEBP"),
    "avif with exif": lambda: with_exif("AVIF"),
    "png with exif": lambda: with_exif("PNG"),
    "gif with a comment": lambda: saved(halves(), "GIF", comment=SECRET),
    "png with a page behind it": lambda: saved(halves(), "PNG") + b"<script>" + SECRET,
    "jpeg with an archive behind it": lambda: jpeg() + zip_bomb() + SECRET,
    "jpeg with a script inside": lambda: saved(halves(), "JPEG", comment=b"*/alert(1)/*" + SECRET),
    "gif that is a script, too": lambda: saved(halves(), "GIF") + b"/*" + SECRET + b"*/",
    "jpeg of several pictures": lambda: saved(
        halves(), "MPO", save_all=True, append_images=[Pil.new("RGB", (400, 200), "lime")]
    ) + SECRET,
    "profile with a word in it": lambda: saved(halves(), "JPEG", icc_profile=SECRET * 20),
}  # fmt: skip


@pytest.mark.parametrize("name", NEUTRALISED)
def test_nothing_but_the_picture_is_kept(name: str) -> None:
    data = NEUTRALISED[name]()
    assert SECRET in data or name == "png with text" or name.startswith("profile")
    image = store_image(file=io.BytesIO(data))
    deliver_all()
    stored = {
        path.name: path.read_bytes() for path in files.directory_of(image.public_id).iterdir()
    }
    assert len(stored) == 1 + 3 * len(image.widths)
    for file_name, kept in stored.items():
        picture = Pil.open(io.BytesIO(kept))
        assert SECRET not in kept
        assert b"<script" not in kept
        assert not picture.getexif(), file_name
        assert not LUGGAGE & set(picture.info)
        assert looks(picture, (100, 100), RED), file_name


# --- ordinary oddities ---------------------------------------------------------------------------


def palette_with_a_clear_colour() -> bytes:
    frame = Pil.new("P", (400, 200), 0)
    frame.putpalette([0, 0, 0, 255, 0, 0])
    return saved(frame, "PNG", transparency=0)


def inverted_cmyk() -> bytes:
    """As Photoshop writes it: an Adobe marker and all four inks the other way round."""
    return saved(halves().convert("CMYK"), "JPEG", quality=95)


def turned(orientation: int, fmt: str = "JPEG") -> bytes:
    undo = {2: Pil.Transpose.FLIP_LEFT_RIGHT, 3: Pil.Transpose.ROTATE_180,
            4: Pil.Transpose.FLIP_TOP_BOTTOM, 5: Pil.Transpose.TRANSPOSE,
            6: Pil.Transpose.ROTATE_90, 7: Pil.Transpose.TRANSVERSE,
            8: Pil.Transpose.ROTATE_270}  # fmt: skip
    picture = halves()
    if orientation in undo:
        picture = picture.transpose(undo[orientation])
    exif = Pil.Exif()
    exif[0x0112] = orientation
    return saved(picture, fmt, exif=exif, quality=95)


def animated(fmt: str, **options: Any) -> bytes:
    others = [Pil.new("RGB", (400, 200), "lime") for _ in range(3)]
    return saved(halves(), fmt, save_all=True, append_images=others, **options)


def sixteen_in_colour() -> bytes:
    red, blue = b"\xff\xff\0\0\0\0", b"\0\0\0\0\xff\xff"
    return png(400, 200, (b"\0" + red * 200 + blue * 200) * 200, depth=16)


def sixteen(value: int) -> bytes:
    return saved(Pil.new("I;16", (400, 200), value), "PNG")


# name: (what makes it, colour on the left)
ORDINARY: dict[str, tuple[Callable[[], bytes], Colour]] = {
    "jpeg": (jpeg, RED),
    "progressive jpeg": (lambda: saved(halves(), "JPEG", progressive=True, quality=95), RED),
    "grey jpeg": (lambda: saved(Pil.new("L", (400, 200), 128), "JPEG"), GREY),
    "cmyk jpeg": (inverted_cmyk, RED),
    "jpeg without thinned colours": (
        lambda: saved(halves(), "JPEG", subsampling=0, quality=95), RED,
    ),
    "clear png": (lambda: saved(Pil.new("RGBA", (400, 200), (0, 0, 0, 0)), "PNG"), WHITE),
    "half clear png": (lambda: saved(Pil.new("RGBA", (400, 200), (0, 0, 0, 127)), "PNG"), GREY),
    "palette png": (lambda: saved(halves().quantize(8), "PNG"), RED),
    "palette png with a clear colour": (palette_with_a_clear_colour, WHITE),
    "sixteen bit white": (lambda: sixteen(65_535), WHITE),
    "sixteen bit grey": (lambda: sixteen(32_768), GREY),
    "grey png with alpha": (lambda: saved(Pil.new("LA", (400, 200), (0, 0)), "PNG"), WHITE),
    "one bit png": (lambda: saved(Pil.new("1", (400, 200), 1), "PNG"), WHITE),
    "png with a clear colour": (
        lambda: saved(Pil.new("RGB", (400, 200), RED), "PNG", transparency=RED), WHITE,
    ),
    "gif": (lambda: saved(halves(), "GIF"), RED),
    "animated gif": (lambda: animated("GIF"), RED),
    "webp": (lambda: saved(halves(), "WEBP", quality=95), RED),
    "lossless webp": (lambda: saved(halves(), "WEBP", lossless=True), RED),
    "animated webp": (lambda: animated("WEBP", lossless=True), RED),
    "clear webp": (
        lambda: saved(Pil.new("RGBA", (400, 200), (0, 0, 0, 0)), "WEBP", lossless=True), WHITE,
    ),
    "animated png": (lambda: animated("PNG"), RED),
    "avif": (lambda: saved(halves(), "AVIF"), RED),
    "sixteen bit colours": (sixteen_in_colour, RED),
    "jpeg of several pictures": (lambda: animated("MPO"), RED),
    "jpeg that goes on after its end": (lambda: jpeg() + b"\x00" * 5_000, RED),
    **{
        f"turned {number}": (lambda number=number: turned(number), RED)
        for number in range(1, 9)
    },
    **{
        f"turned {fmt}": (lambda fmt=fmt: turned(6, fmt), RED)
        for fmt in ("PNG", "WEBP", "AVIF")
    },
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_oddities_look_right(name: str) -> None:
    make, colour = ORDINARY[name]
    image = drawn(make())
    assert image.ready
    assert (image.width, image.height) == (400, 200)
    assert look_wrong(image, colour) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "expected"),
    [((1, 1), (1, 1)), ((3, 2), (3, 2)), ((2_000, 50), (2_000, 50)), ((40, 1_900), (40, 1_900)),
     ((6_000, 4_000), (3_200, 2_133))],
)  # fmt: skip
def test_from_a_dot_to_a_wall(size: tuple[int, int], expected: tuple[int, int]) -> None:
    image = store_image(file=io.BytesIO(saved(Pil.new("RGB", size, "red"), "JPEG")))
    assert abs(image.width - expected[0]) <= 1
    assert abs(image.height - expected[1]) <= 1
    deliver_all()
    image.refresh_from_db()
    assert image.ready


@pytest.mark.parametrize(
    ("name", "kind"),
    [("photo.txt", "text/plain"), ("photo.svg", "image/svg+xml"), ("../../../etc/x.png", "x/y"),
     ("a\x00b.php", "application/x-php"), ("x" * 900 + ".gif", "image/gif"),
     ("\u202egnp.exe", "image/png"), ("CON", "x/y"), ("<img src=x>", "text/html")],
)  # fmt: skip
def test_name_and_kind_of_the_upload_play_no_part(name: str, kind: str, media_root: Path) -> None:
    upload = InMemoryUploadedFile(io.BytesIO(jpeg()), "pictures", name, kind, 9, None)
    image = store_image(file=upload)
    kept = {path.name for path in media_root.rglob("*") if path.is_file()}
    assert kept == {"source.jpeg", "400.jpeg"}
    assert image.public_id in str(next(media_root.glob("*/*")))
    assert "\x00" not in image.file_name
    assert len(image.file_name) <= 100
