import io
import os
import struct
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image as Pil
from PIL import ImageCms, ImageDraw

from core import clock, files
from core.housekeeping import remove_orphan_files
from core.media import (
    PICTURE_FIELDS,
    WIDTHS,
    Image,
    ImageNotKept,
    ImageRefused,
    Picture,
    picture_fields,
    store_image,
)
from core.models import OutboxEvent
from core.picture import bucket_for, widths_for
from core.testing import deliver_all, picture_file

pytestmark = pytest.mark.django_db


def saved(picture: Pil.Image, fmt: str, **options) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, fmt, **options)
    file.seek(0)
    return file


def halves(width: int = 400, height: int = 200) -> Pil.Image:
    """Red on the left, blue on the right."""
    picture = Pil.new("RGB", (width, height), "red")
    ImageDraw.Draw(picture).rectangle([width // 2, 0, width, height], fill="blue")
    return picture


def files_of(image: Image) -> dict[str, bytes]:
    directory = files.directory_of(image.public_id)
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


def opened(data: bytes) -> Pil.Image:
    return Pil.open(io.BytesIO(data))


def looks(pixel, colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(pixel[:3], colour, strict=True))


def test_shows_at_once_and_has_all_renditions_later(client):
    image = store_image(file=picture_file(width=900, height=1125), alt="A vase", owner_id=5)
    assert (image.width, image.height, image.bucket, image.state) == (900, 1125, "r-125", "pending")
    assert image.colour == "#aa5533"
    assert image.src(1080, "avif") == image.src(236) == image.srcset("webp").split()[0]
    assert client.get(image.src(474)).status_code == 200

    deliver_all()
    image.refresh_from_db()
    assert image.ready
    assert image.widths == [236, 354, 474, 708, 900]
    for fmt in ("avif", "webp", "jpeg"):
        for width in image.widths:
            answer = client.get(image.src(width, fmt))
            assert answer.status_code == 200
            assert answer["Content-Type"] == f"image/{fmt}"
            picture = opened(answer.content)
            assert picture.format == fmt.upper()
            assert picture.width == width
            assert abs(picture.height - width * 1.25) <= 1
    assert image.src(500) == image.src(708)
    assert image.src(5_000) == image.src(900)
    assert image.srcset("avif").count(",") == 4


def test_served_for_ever_and_harmless(client):
    image = store_image(file=picture_file())
    answer = client.get(image.src(80))
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.mark.parametrize(
    "path",
    [
        "/media/aa/aabbccddeeff/236.jpeg",
        "/media/aa/bbbbccddeeff/236.jpeg",
        "/media/aa/aabbccddeeff/source.jpeg",
        "/media/../manage.py",
        "/media/aa/..%2f..%2fsecret/1.jpeg",
        "/media/",
        "/media/aa/",
    ],
)
def test_nothing_else_is_served(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("width", ["5000", "9" * 300, "0"])
def test_a_width_that_nobody_drew_is_not_there(client, width):
    image = store_image(file=picture_file())
    path = f"/media/{image.public_id[:2]}/{image.public_id}/{width}.jpeg"
    assert client.get(path).status_code == 404


def test_the_source_is_not_served(client):
    image = store_image(file=picture_file())
    base = image.src(80).rsplit("/", 1)[0]
    assert client.get(f"{base}/source.jpeg").status_code == 404
    assert client.get(f"{base}/").status_code == 404


def gps_jpeg(orientation: int = 6) -> io.BytesIO:
    exif = Pil.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "SECRETWORD by me"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (48.0, 12.0, 30.0)
    gps[3], gps[4] = "E", (16.0, 22.0, 10.0)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRETWORD</x:xmpmeta>'
    return saved(halves(), "JPEG", exif=exif, xmp=xmp, comment=b"SECRETWORD", quality=95)


def test_upright_and_without_a_trace_of_where_it_was_taken():
    upload = gps_jpeg(orientation=6)
    assert b"SECRETWORD" in upload.getvalue()
    image = store_image(file=upload)
    deliver_all()
    assert (image.width, image.height) == (200, 400)
    stored = files_of(image)
    assert "source.jpeg" in stored
    assert len(stored) == 1 + 3 * 1
    for data in stored.values():
        picture = opened(data)
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)
        assert b"SECRETWORD" not in data
        top, bottom = (
            picture.convert("RGB").getpixel((50, 10)),
            picture.convert("RGB").getpixel((50, picture.height - 10)),
        )
        assert looks(top, (255, 0, 0))
        assert looks(bottom, (0, 0, 255))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_the_right_way(orientation):
    turned = halves()
    undo = {
        2: Pil.Transpose.FLIP_LEFT_RIGHT,
        3: Pil.Transpose.ROTATE_180,
        4: Pil.Transpose.FLIP_TOP_BOTTOM,
        5: Pil.Transpose.TRANSPOSE,
        6: Pil.Transpose.ROTATE_90,
        7: Pil.Transpose.TRANSVERSE,
        8: Pil.Transpose.ROTATE_270,
    }
    if orientation in undo:
        turned = turned.transpose(undo[orientation])
    exif = Pil.Exif()
    exif[0x0112] = orientation
    image = store_image(file=saved(turned, "JPEG", exif=exif, quality=95))
    assert (image.width, image.height) == (400, 200)
    shown = opened(files_of(image)["source.jpeg"])
    assert looks(shown.getpixel((20, 100)), (255, 0, 0))
    assert looks(shown.getpixel((380, 100)), (0, 0, 255))


def ordinary(name: str) -> tuple[io.BytesIO, tuple[int, int, int]]:  # noqa: C901 - a list
    """An ordinary odd file and what its left half must look like."""
    red, white = (255, 0, 0), (255, 255, 255)
    picture = halves()
    if name == "RGBA":
        clear = Pil.new("RGBA", (400, 200), (0, 0, 0, 0))
        return saved(clear, "PNG"), white
    if name == "palette":
        return saved(picture.quantize(8), "PNG"), red
    if name == "palette with a clear colour":
        frame = Pil.new("P", (400, 200), 0)
        frame.putpalette([0, 0, 0, 255, 0, 0])
        return saved(frame, "PNG", transparency=0), white
    if name == "16 bit":
        return saved(Pil.new("I;16", (400, 200), 65535), "PNG"), white
    if name == "grey with alpha":
        return saved(Pil.new("LA", (400, 200), (0, 0)), "PNG"), white
    if name == "black and white":
        return saved(Pil.new("1", (400, 200), 1), "PNG"), white
    if name == "CMYK":
        return saved(picture.convert("CMYK"), "JPEG", quality=95), red
    if name == "animated GIF":
        return saved(picture, "GIF", save_all=True, append_images=[Pil.new("RGB", (400, 200))]), red
    if name == "animated WebP":
        frames = [Pil.new("RGB", (400, 200))]
        return saved(picture, "WEBP", save_all=True, append_images=frames, lossless=True), red
    if name == "AVIF":
        return saved(picture, "AVIF"), red
    if name == "with a profile":
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        return saved(picture, "JPEG", icc_profile=profile, quality=95), red
    if name == "with a broken profile":
        return saved(picture, "JPEG", icc_profile=b"nonsense", quality=95), red
    raise AssertionError(name)


@pytest.mark.parametrize(
    "name",
    [
        "RGBA",
        "palette",
        "palette with a clear colour",
        "16 bit",
        "grey with alpha",
        "black and white",
        "CMYK",
        "animated GIF",
        "animated WebP",
        "AVIF",
        "with a profile",
        "with a broken profile",
    ],
)
def test_ordinary_oddities_look_right(name):
    file, colour = ordinary(name)
    image = store_image(file=file)
    deliver_all()
    image.refresh_from_db()
    assert image.ready
    for fmt in ("source.jpeg", "400.webp", "400.avif", "400.jpeg"):
        shown = opened(files_of(image)[fmt]).convert("RGB")
        assert looks(shown.getpixel((100, 100)), colour), fmt


def bomb(width: int = 30_000, height: int = 30_000) -> io.BytesIO:
    """A PNG of a few kilobytes that would be 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def webp_bomb() -> io.BytesIO:
    file = saved(halves(), "WEBP", save_all=True, append_images=[Pil.new("RGB", (400, 200))])
    data = bytearray(file.getvalue())
    assert data[12:16] == b"VP8X"
    data[24:30] = (16_382).to_bytes(3, "little") * 2
    return io.BytesIO(bytes(data))


def hostile(name: str) -> io.BytesIO:
    picture = saved(halves(), "JPEG").getvalue()
    return {
        "empty": io.BytesIO,
        "text": lambda: io.BytesIO(b"hello"),
        "svg": lambda: io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        "html that says it is a gif": lambda: io.BytesIO(b"GIF89a<script>alert(1)</script>"),
        "pdf": lambda: io.BytesIO(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3"),
        "postscript": lambda: io.BytesIO(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        "bmp": lambda: saved(halves(), "BMP"),
        "tiff": lambda: saved(halves(), "TIFF"),
        "truncated": lambda: io.BytesIO(picture[: len(picture) // 3]),
        "broken": lambda: io.BytesIO(picture[:40] + b"\xff" * 500 + picture[540:]),
        "png bomb": bomb,
        "webp bomb": webp_bomb,
        "a thread": lambda: saved(Pil.new("RGB", (6_000, 100)), "PNG"),
        "no width": lambda: bomb(0, 10),
    }[name]()


@pytest.mark.parametrize(
    "name",
    [
        "empty",
        "text",
        "svg",
        "html that says it is a gif",
        "pdf",
        "postscript",
        "bmp",
        "tiff",
        "truncated",
        "broken",
        "png bomb",
        "webp bomb",
        "a thread",
        "no width",
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(name, media_root):
    with pytest.raises(ImageRefused) as refused:
        store_image(file=hostile(name))
    assert refused.value.status == 422
    assert str(refused.value)
    assert not Image.objects.exists()
    assert not OutboxEvent.objects.exists()
    assert list(media_root.rglob("*")) == []


def test_the_size_of_the_file_is_limited():
    with pytest.raises(ImageRefused) as refused:
        store_image(file=io.BytesIO(b"x" * (20 * 1024 * 1024 + 1)))
    assert refused.value.code == "too_large"


def test_the_name_of_the_upload_plays_no_part(media_root):
    upload = SimpleUploadedFile("../../evil.php\x00.png", picture_file().getvalue())
    image = store_image(file=upload)
    assert {path.name for path in media_root.rglob("*") if path.is_file()} == {
        "source.jpeg",
        "80.jpeg",
    }
    assert image.public_id in str(next(media_root.glob("*/*")))


def test_a_page_with_a_picture_inside_is_stored_as_a_picture_only():
    polyglot = io.BytesIO(saved(halves(), "PNG").getvalue() + b"<script>alert(1)</script>")
    image = store_image(file=polyglot)
    deliver_all()
    assert all(b"<script" not in data for data in files_of(image).values())


def test_a_full_disk_stores_nothing(monkeypatch, media_root):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ImageNotKept) as refused:
        store_image(file=picture_file())
    assert refused.value.status == 503
    assert not Image.objects.exists()
    assert [path for path in media_root.rglob("*") if path.is_file()] == []


def test_files_of_a_lost_transaction_are_removed_after_an_hour(media_root):
    kept = store_image(file=picture_file())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _lost = store_image(file=picture_file()) and 1 // 0
    directories = list(media_root.glob("*/*"))
    assert len(directories) == 2
    assert remove_orphan_files() == 0
    for directory in directories:
        _age(directory)
    assert remove_orphan_files() == 1
    assert [path.name for path in media_root.glob("*/*")] == [kept.public_id]


def _age(directory: Path) -> None:
    then = clock.now().timestamp() - timedelta(hours=2).total_seconds()
    os.utime(directory, (then, then))


def test_making_renditions_again_changes_nothing():
    image = store_image(file=picture_file(width=300, height=300))
    deliver_all()
    before = files_of(image)
    from core.media import ImageStored, make_renditions

    make_renditions(ImageStored(image_id=image.pk))
    assert files_of(image) == before


def test_a_page_needs_no_model_instance(django_assert_num_queries):
    image = store_image(file=picture_file(), alt="A")
    with django_assert_num_queries(1):
        row = Image.objects.values_list(*PICTURE_FIELDS).get()
    picture = Picture.from_row(*row)
    assert picture.src(236) == image.src(236)
    assert (picture.alt, picture.ready) == ("A", False)
    assert picture_fields("cover")[0] == "cover__public_id"
    assert Picture.from_nullable_row(*[None] * len(PICTURE_FIELDS)) is None


@pytest.mark.parametrize(
    ("size", "bucket"),
    [
        ((1, 1), "r-100"),
        ((4, 5), "r-125"),
        ((2, 3), "r-150"),
        ((1, 9), "r-150"),
        ((9, 1), "r-78"),
    ],
)
def test_buckets_are_those_of_the_style_sheet(size, bucket):
    assert bucket_for(*size) == bucket
    assert f".{bucket}" in (Path(__file__).parents[2] / "static/css/wall.css").read_text()


def test_never_wider_than_the_picture():
    assert widths_for(4_000) == list(WIDTHS)
    assert widths_for(1_600) == list(WIDTHS)
    assert widths_for(800) == [236, 354, 474, 708, 800]
    assert widths_for(100) == [100]
