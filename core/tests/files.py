"""Files as strangers send them, made byte by byte where a library would be too well-behaved."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image as Pil
from PIL import ImageDraw


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
