"""Files as strangers send them: what must be refused leaves nothing, what is ordinary looks right.

Every file is made here, byte by byte where a library would be too well-behaved.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from PIL import Image as Pil
from PIL import ImageCms, ImageDraw, PngImagePlugin

from core import files
from core.media import Image, ImageRefused, store_image
from core.models import OutboxEvent
from core.testing import deliver_all

pytestmark = pytest.mark.django_db

RED, BLUE, WHITE, GREY = (255, 0, 0), (0, 0, 255), (255, 255, 255), (128, 128, 128)
GREEN = (0, 255, 0)
SECRET = b"SECRETWORD"
LUGGAGE = {"exif", "xmp", "comment", "icc_profile", "XML:com.adobe.xmp", "Author"}


@pytest.fixture(autouse=True)
def media_root(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def halves(width: int = 400, height: int = 200) -> Pil.Image:
    """Red on the left, blue on the right."""
    picture = Pil.new("RGB", (width, height), "red")
    ImageDraw.Draw(picture).rectangle([width // 2, 0, width, height], fill="blue")
    return picture


def saved(picture: Pil.Image, fmt: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, fmt, **options)
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, body: bytes, *, depth: int = 8, kind: int = 2) -> bytes:
    """A PNG whose header says what we want it to say."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(body))
        + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    return saved(halves(), "JPEG", quality=95)


def webp_bomb() -> bytes:
    frames = [Pil.new("RGB", (400, 200))]
    data = bytearray(saved(halves(), "WEBP", save_all=True, append_images=frames))
    data[24:30] = (16_382).to_bytes(3, "little") * 2
    return bytes(data)


def gif_bomb() -> bytes:
    data = bytearray(saved(halves(), "GIF"))
    data[6:10] = struct.pack("<HH", 60_000, 60_000)
    return bytes(data)


def jpeg_bomb() -> bytes:
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("picture.png", b"\x00" * 5_000_000)
    return file.getvalue()


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def ftyp(brand: bytes) -> bytes:
    return box(b"ftyp", brand + b"\x00\x00\x00\x00" + brand + b"mif1") + box(b"meta", b"\x00" * 64)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%b</svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n%%EOF\n"
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

# name: (what makes it, the code of the refusal)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "one byte": (lambda: b"\xff", "not_a_picture"),
    "zero bytes for a megabyte": (lambda: b"\x00" * 1_000_000, "not_a_picture"),
    "text": (lambda: b"hello", "not_a_picture"),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "not_a_picture"),
    "javascript": (lambda: b"alert(document.cookie)", "not_a_picture"),
    "php": (lambda: b"<?php system($_GET['c']); ?>", "not_a_picture"),
    "svg": (lambda: SVG % b"", "not_a_picture"),
    "svg with a script": (lambda: SVG % b"<script>alert(1)</script>", "not_a_picture"),
    "svg with an entity": (lambda: XXE + SVG % b"&x;", "not_a_picture"),
    "svgz": (lambda: gzip.compress(SVG % b"<script/>"), "not_a_picture"),
    "pdf": (lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "not_a_picture"),
    "postscript": (lambda: EPS, "not_a_picture"),
    "postscript with a preview": (
        lambda: struct.pack("<IIIIIII", 0xC6D3D0C5, 30, len(EPS), 0, 0, 0, 0) + b"\x00\x00" + EPS,
        "not_a_picture",
    ),
    "psd": (lambda: b"8BPS\x00\x01" + b"\x00" * 6 + b"\x00\x03" + b"\x00" * 40, "not_a_picture"),
    "ico": (lambda: saved(halves(64, 64), "ICO"), "not_a_picture"),
    "bmp": (lambda: saved(halves(), "BMP"), "not_a_picture"),
    "tiff": (lambda: saved(halves(), "TIFF"), "not_a_picture"),
    "ppm": (lambda: saved(halves(), "PPM"), "not_a_picture"),
    "tga": (lambda: saved(halves(), "TGA"), "not_a_picture"),
    "pcx": (lambda: saved(halves(), "PCX"), "not_a_picture"),
    "jpeg 2000": (lambda: saved(halves(), "JPEG2000"), "not_a_picture"),
    "emf": (lambda: b"\x01\x00\x00\x00" + b"\x00" * 36 + b" EMF" + b"\x00" * 40, "not_a_picture"),
    "fits": (lambda: b"SIMPLE  =                    T" + b" " * 2850, "not_a_picture"),
    "mp4": (lambda: ftyp(b"isom") + b"\x00" * 500, "not_a_picture"),
    "heic": (lambda: ftyp(b"heic"), "heic"),
    "heic of a burst": (lambda: ftyp(b"hevc"), "heic"),
    "elf": (lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "not_a_picture"),
    "zip": (zip_bomb, "not_a_picture"),
    "gzip bomb": (lambda: gzip.compress(b"\x00" * 5_000_000), "not_a_picture"),
    "html that says it is a gif": (lambda: b"GIF89a<script>alert(1)</script>", "damaged"),
    "script that says it is a gif": (lambda: b"GIF89a=1;alert(1)//" + b"/" * 200, "damaged"),
    "jpeg cut off": (lambda: jpeg()[: len(jpeg()) // 3], "damaged"),
    "jpeg with a hole": (lambda: jpeg()[:40] + b"\xff" * 500 + jpeg()[540:], "damaged"),
    "jpeg that only begins": (lambda: b"\xff\xd8\xff\xe0", "damaged"),
    "png cut off": (lambda: saved(halves(), "PNG")[:80], "damaged"),
    "png with a broken sum": (
        lambda: saved(halves(), "PNG").replace(b"IDAT", b"IDAU", 1), "damaged",
    ),
    "png of nothing": (lambda: png(10, 10, b""), "damaged"),
    "png without width": (lambda: png(0, 10, b"\x00"), "damaged"),
    "webp cut off": (lambda: saved(halves(), "WEBP")[:60], "damaged"),
    "gif cut off": (lambda: saved(halves(), "GIF")[:30], "damaged"),
    "avif cut off": (lambda: saved(halves(), "AVIF")[:120], "damaged"),
    "png bomb": (lambda: png(30_000, 30_000, b"\x00" * 100_000), "too_many_pixels"),
    "png bomb of one bit": (
        lambda: png(60_000, 60_000, b"\x00" * 100_000, depth=1, kind=0), "too_many_pixels",
    ),
    "png of four thousand million": (
        lambda: png(2**31 - 1, 2**31 - 1, b"\x00" * 99), "too_many_pixels",
    ),
    "jpeg bomb": (jpeg_bomb, "too_many_pixels"),
    "gif bomb": (gif_bomb, "too_many_pixels"),
    "webp bomb": (webp_bomb, "too_many_pixels"),
    "a thread": (lambda: saved(Pil.new("RGB", (6_000, 100)), "PNG"), "too_narrow"),
    "a thread upright": (lambda: saved(Pil.new("RGB", (10, 6_000)), "PNG"), "too_narrow"),
    "a hundred megabytes": (lambda: b"\xff\xd8\xff" + b"\x00" * 100_000_000, "too_large"),
    "just too many bytes": (lambda: jpeg() + b"\x00" * (20 * 1024 * 1024), "too_large"),
}  # fmt: skip


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
    assert list(media_root.iterdir()) == []


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
        assert not {"exif", "xmp", "comment", "icc_profile", "XML:com.adobe.xmp"} & set(
            picture.info
        )
        assert looks(picture, (100, 100), RED), file_name


# --- ordinary oddities ---------------------------------------------------------------------------


def looks(picture: Pil.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    pixel = picture.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 45 for one, other in zip(pixel, colour, strict=True))


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


SRGB_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# A profile that fits no colours: its header says that it is for grey.
GREY_PROFILE = SRGB_PROFILE.replace(b"RGB ", b"GRAY", 1)


def fixed(*values: float) -> bytes:
    """Numbers as profiles hold them."""
    return b"".join(struct.pack(">i", round(value * 65_536)) for value in values)


def with_primaries(**tags: tuple[float, float, float]) -> bytes:
    """The profile of sRGB whose red, green and blue are other colours."""
    profile = bytearray(SRGB_PROFILE)
    (count,) = struct.unpack_from(">I", profile, 128)
    for number in range(count):
        kind, at, _size = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        if kind.decode() in tags:
            profile[at + 8 : at + 20] = fixed(*tags[kind.decode()])
    assert bytes(profile) != SRGB_PROFILE
    return bytes(profile)


# What newer phones and screens write.
DISPLAY_P3 = with_primaries(
    rXYZ=(0.51512, 0.2412, -0.00105), gXYZ=(0.29198, 0.69225, 0.04189),
    bXYZ=(0.1571, 0.06657, 0.78407),
)  # fmt: skip
# No camera's: what it calls red is what others call blue.
SWAPPED = with_primaries(rXYZ=(0.14307, 0.06061, 0.7141), bXYZ=(0.43607, 0.22249, 0.01392))


def odd_inks() -> bytes:
    """A profile of four inks by which cyan prints red, magenta prints blue, and all else black."""
    white, red, blue, black = (255, 128, 128), (138, 209, 198), (75, 196, 16), (0, 128, 128)
    colours = {0b0000: white, 0b1000: red, 0b0100: blue}
    table = b"".join(bytes(colours.get(inks, black)) for inks in range(16))
    straight = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    lut += straight * 4 + table + straight * 3
    name = b"desc" + bytes(4) + struct.pack(">I", 5) + b"inks\0" + bytes(78)
    paper = b"XYZ " + bytes(4) + fixed(0.9642, 1, 0.8249)
    parts = {b"desc": name, b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": paper, b"A2B0": lut}
    index, body = b"", b""
    start = 128 + 4 + 12 * len(parts)
    for kind, part in parts.items():
        index += struct.pack(">4sII", kind, start + len(body), len(part))
        body += part + bytes(-len(part) % 4)
    header = struct.pack(
        ">I4sI4s4s4s", start + len(body), b"", 0x02400000, b"prtr", b"CMYK", b"Lab "
    )
    header += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    header += fixed(0.9642, 1, 0.8249)
    return header + bytes(128 - len(header)) + struct.pack(">I", len(parts)) + index + body


def inked() -> bytes:
    """Cyan on the left, magenta on the right: red and blue, says the profile."""
    picture = Pil.new("CMYK", (400, 200), (255, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle([200, 0, 400, 200], fill=(0, 255, 0, 0))
    return saved(picture, "JPEG", icc_profile=odd_inks(), quality=95, subsampling=0)


def swapped() -> bytes:
    """Blue on the left, as the numbers say; red, says the profile."""
    picture = halves().transpose(Pil.Transpose.FLIP_LEFT_RIGHT)
    return saved(picture, "JPEG", icc_profile=SWAPPED, quality=95, subsampling=0)


def profiled() -> bytes:
    profile = SRGB_PROFILE
    return saved(halves(), "JPEG", icc_profile=profile, quality=95)


def sixteen_in_colour() -> bytes:
    red, blue = b"\xff\xff\0\0\0\0", b"\0\0\0\0\xff\xff"
    return png(400, 200, (b"\0" + red * 200 + blue * 200) * 200, depth=16)


def sixteen(value: int) -> bytes:
    return saved(Pil.new("I;16", (400, 200), value), "PNG")


# name: (what makes it, colour on the left)
ORDINARY: dict[str, tuple[Callable[[], bytes], tuple[int, int, int]]] = {
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
    "with a profile": (profiled, RED),
    # The numbers of what sRGB calls pure green.
    "display p3 jpeg": (
        lambda: saved(Pil.new("RGB", (400, 200), (117, 251, 76)), "JPEG", icc_profile=DISPLAY_P3,
                      quality=95), GREEN,
    ),
    "display p3 png": (
        lambda: saved(Pil.new("RGBA", (400, 200), (117, 251, 76, 255)), "PNG",
                      icc_profile=DISPLAY_P3), GREEN,
    ),
    "jpeg whose profile swaps red and blue": (swapped, RED),
    "cmyk jpeg with a profile": (inked, RED),
    "sixteen bit colours": (sixteen_in_colour, RED),
    "with a broken profile": (
        lambda: saved(halves(), "JPEG", icc_profile=b"nonsense", quality=95), RED,
    ),
    "with a grey profile on colours": (
        lambda: saved(halves(), "JPEG", icc_profile=GREY_PROFILE, quality=95), RED,
    ),
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


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_oddities_look_right(name: str) -> None:
    make, colour = ORDINARY[name]
    image = store_image(file=io.BytesIO(make()))
    deliver_all()
    image.refresh_from_db()
    assert image.ready
    assert (image.width, image.height) == (400, 200)
    for file_name in ("source.jpeg", "400.webp", "400.avif", "400.jpeg"):
        shown = Pil.open(files.directory_of(image.public_id) / file_name)
        assert looks(shown, (100, 100), colour), file_name
        if colour == RED and name != "png with a clear colour":
            assert looks(shown, (300, 100), BLUE), f"{file_name} on the right"


@pytest.mark.parametrize(
    "name",
    [
        "display p3 jpeg",
        "display p3 png",
        "jpeg whose profile swaps red and blue",
        "cmyk jpeg with a profile",
    ],
)
def test_control_without_its_profile_it_looks_wrong(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageCms, "profileToProfile", lambda *_args, **_more: None)
    make, colour = ORDINARY[name]
    image = store_image(file=io.BytesIO(make()))
    shown = Pil.open(files.directory_of(image.public_id) / "source.jpeg")
    assert not looks(shown, (100, 100), colour)


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


# --- what decoding costs ---------------------------------------------------------------------

_MEASURE = """
import io, json, re, sys
from pathlib import Path
import django
django.setup()
from core import imaging
data = sys.stdin.buffer.read()
try:
    imaging.decode(io.BytesIO(data))
    code = "ok"
except imaging.ImageRefused as error:
    code = error.code
# Not getrusage: its peak is inherited from whoever started this process.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([code, int(peak[1]) // 1024]))
"""


def big(mode: str, fmt: str, width: int, height: int, **options: Any) -> bytes:
    return saved(Pil.new(mode, (width, height)), fmt, **options)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("png in 16 bit", lambda: big("I;16", "PNG", 7_900, 5_000)),
        ("png with alpha", lambda: big("RGBA", "PNG", 7_900, 5_000)),
        ("jpeg", lambda: big("RGB", "JPEG", 7_900, 5_000)),
        ("cmyk jpeg", lambda: big("CMYK", "JPEG", 7_900, 5_000)),
        ("progressive jpeg", lambda: big("RGB", "JPEG", 7_900, 5_000, progressive=True)),
        ("webp", lambda: big("RGBA", "WEBP", 5_990, 4_000, lossless=True)),
        ("gif", lambda: big("P", "GIF", 5_990, 4_000)),
        ("avif", lambda: big("RGB", "AVIF", 5_990, 4_000, speed=10)),
        ("png bomb", HOSTILE["png bomb"][0]),
        ("webp bomb", webp_bomb),
        ("a hundred megabytes", HOSTILE["a hundred megabytes"][0]),
    ],
)
def test_no_file_takes_half_a_gigabyte(name: str, make: Callable[[], bytes]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE],
        input=make(),
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        check=True,
        timeout=120,
    )
    code, megabytes = json.loads(done.stdout)
    assert (code == "ok") is ("bomb" not in name and "hundred" not in name)
    assert megabytes < 512, f"{name} took {megabytes} MB"
