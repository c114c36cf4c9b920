"""Decoding what strangers send and drawing renditions of it. Knows pixels, not rows.

Only the listed formats are read. The size is taken from the header and refused before any pixel
is decoded. What leaves here was drawn afresh: no EXIF, no GPS, no profile, no comment survives.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pil
from PIL import ImageCms, UnidentifiedImageError

from core.errors import Invalid
from core.picture import WIDTHS

READABLE = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
# These decoders hold the whole canvas several times over.
MAX_PIXELS_OF = {"WEBP": 24_000_000, "AVIF": 24_000_000, "GIF": 24_000_000}
MAX_RATIO = 50
# The clean source that renditions are drawn from: twice the widest, for formats to come.
SOURCE_EDGE = 3_200
# Speed 8 takes five times as long as 9 for a few percent of the bytes: worth it for small ones.
AVIF_SPEED, AVIF_SPEED_WIDE = 8, 9
WIDE = 708
QUALITY = {"jpeg": 80, "webp": 78, "avif": 60}

_SRGB = ImageCms.createProfile("sRGB")

# What phones write; its decoder is no part of ours.
_HEIC = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"))


class ImageRefused(Invalid):
    """The file is no picture that we can show; `code` says why, the message says it kindly."""

    code = "image_refused"


@dataclass(frozen=True)
class Decoded:
    """An upright sRGB picture without any of its former luggage."""

    pixels: Pil.Image
    width: int
    height: int

    @property
    def colour(self) -> str:
        """The most frequent of its few main colours as `#rrggbb`."""
        small = self.pixels.resize((32, 32), Pil.Resampling.BOX).quantize(5)
        _count, index = max(small.getcolors() or [(0, 0)])
        palette = small.getpalette() or [128, 128, 128]
        red, green, blue = palette[index * 3 : index * 3 + 3]  # type: ignore[operator]
        return f"#{red:02x}{green:02x}{blue:02x}"


def refuse(code: str, message: str | Promise) -> ImageRefused:
    return ImageRefused(message, code=code)


def decode(file: BinaryIO | File[bytes], *, edge: int = SOURCE_EDGE) -> Decoded:
    """Read a picture, at most `edge` wide or high; raises ImageRefused with a reason."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if size == 0:
        raise refuse("empty", _("The file is empty."))
    if size > MAX_BYTES:
        raise refuse("too_large", _("The picture is larger than 20 MB."))
    head = file.read(40)
    file.seek(0)
    if head[4:12] in _HEIC:
        raise refuse(
            "heic",
            _(
                "HEIC pictures cannot be shown by every browser. Please save it as a JPEG; an "
                "iPhone does that by itself under Settings, Camera, Formats, Most compatible."
            ),
        )
    _check_webp_header(head)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own pixel limits are above ours
            with Pil.open(file, formats=READABLE) as picture:
                _check_size(*picture.size, str(picture.format))
                return _clean(picture, edge)
    except UnidentifiedImageError as error:
        raise refuse(
            "not_a_picture", _("Please choose a picture: JPEG, PNG, WebP, AVIF or GIF.")
        ) from error
    except ImageRefused:
        raise
    except (OSError, SyntaxError, ValueError, IndexError, struct.error, EOFError) as error:
        # What the decoders raise for damaged files; they agree on no common class.
        raise refuse("damaged", _("The picture is damaged and cannot be opened.")) from error
    except (MemoryError, Pil.DecompressionBombError) as error:
        raise refuse("too_many_pixels", _("The picture has too many pixels.")) from error


def _check_size(width: int, height: int, kind: str) -> None:
    if width < 1 or height < 1:
        raise refuse("damaged", _("The picture is damaged and cannot be opened."))
    most = MAX_PIXELS_OF.get(kind, MAX_PIXELS)
    if width * height > most:
        text = gettext("The picture has more than %(most)d million pixels.")
        raise refuse("too_many_pixels", text % {"most": most // 1_000_000})
    if max(width, height) > MAX_RATIO * min(width, height):
        raise refuse("too_narrow", _("The picture is too long and narrow to be shown."))


def _check_webp_header(head: bytes) -> None:
    """WebP's reader sets aside memory for the whole canvas when it opens: look before it does."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return
    kind = head[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(head[24:27], "little") + 1
        height = int.from_bytes(head[27:30], "little") + 1
    elif kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width = int.from_bytes(head[26:28], "little") & 0x3FFF
        height = int.from_bytes(head[28:30], "little") & 0x3FFF
    else:
        return
    _check_size(width, height, "WEBP")


def _clean(picture: Pil.Image, edge: int) -> Decoded:
    profile = picture.info.get("icc_profile")
    orientation = picture.getexif().get(0x0112, 1)
    if picture.format == "JPEG":
        picture.draft(None, (edge, edge))  # decodes at a half or a quarter where that is enough
    picture.seek(0)
    picture.load()
    clear = picture.info.get("transparency")
    shrink = max(1, max(picture.size) // edge)
    small = (-(-picture.width // shrink), -(-picture.height // shrink))
    fresh = Pil.new("RGB", small)
    # In strips, because each conversion of a whole large picture would hold it a second time.
    rows = shrink * max(1, _STRIP_PIXELS // (picture.width * shrink))
    for top in range(0, picture.height, rows):
        strip = picture.crop((0, top, picture.width, min(picture.height, top + rows)))
        if clear is not None:
            strip.info["transparency"] = clear
        part = _flat_srgb(_eight_bits(strip), profile)
        fresh.paste(part.reduce(shrink) if shrink > 1 else part, (0, top // shrink))
    picture.close()
    fresh.thumbnail((edge, edge), Pil.Resampling.LANCZOS, reducing_gap=2.0)
    fresh = _upright(fresh, orientation)
    fresh.info.clear()
    return Decoded(fresh, *fresh.size)


_STRIP_PIXELS = 1_000_000


def _eight_bits(picture: Pil.Image) -> Pil.Image:
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("1", "F", "YCbCr", "HSV", "LAB"):
        return picture.convert("RGB")
    if picture.mode == "P" or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in _READY_MODES else picture.convert("RGBA")


_READY_MODES = ("RGB", "RGBA", "L", "LA", "CMYK")


def _flat_srgb(picture: Pil.Image, profile: bytes | None) -> Pil.Image:
    """On white, in the colours that the profile meant."""
    if picture.mode in ("RGBA", "LA"):
        seen = picture.convert("RGBA")
        ground = Pil.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        picture = ground
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, meant, _SRGB, outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken or unfitting profile: take the numbers as they are
    return picture.convert("RGB")


_TURNS = {
    2: Pil.Transpose.FLIP_LEFT_RIGHT,
    3: Pil.Transpose.ROTATE_180,
    4: Pil.Transpose.FLIP_TOP_BOTTOM,
    5: Pil.Transpose.TRANSPOSE,
    6: Pil.Transpose.ROTATE_270,
    7: Pil.Transpose.TRANSVERSE,
    8: Pil.Transpose.ROTATE_90,
}


def _upright(picture: Pil.Image, orientation: object) -> Pil.Image:
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    return picture if turn is None else picture.transpose(turn)


def source_bytes(decoded: Decoded) -> bytes:
    """The clean source as it is kept."""
    return _save(decoded.pixels, "JPEG", quality=92, subsampling=0)


def quick_jpeg(decoded: Decoded, width: int) -> bytes:
    """One JPEG at once, so that the picture shows before its renditions are made."""
    return encode(at_width(decoded.pixels, width), "jpeg")


def at_width(pixels: Pil.Image, width: int) -> Pil.Image:
    """Scaled to a width in proportion."""
    if pixels.width == width:
        return pixels
    height = max(1, round(pixels.height * width / pixels.width))
    return pixels.resize((width, height), Pil.Resampling.LANCZOS, reducing_gap=2.0)


def encode(pixels: Pil.Image, fmt: str) -> bytes:
    """One rendition as bytes: `avif`, `webp` or `jpeg`."""
    quality = QUALITY[fmt]
    if fmt == "avif":
        speed = AVIF_SPEED_WIDE if pixels.width > WIDE else AVIF_SPEED
        return _save(pixels, "AVIF", quality=quality, speed=speed, max_threads=1)
    if fmt == "webp":
        return _save(pixels, "WEBP", quality=quality, method=4)
    return _save(pixels, "JPEG", quality=quality, progressive=True, optimize=True)


def _save(pixels: Pil.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    pixels.save(out, kind, **options)
    return out.getvalue()


def fits(pixels: Pil.Image, widths: list[int]) -> Pil.Image:
    """The source no wider than the widest rendition, so that each step scales from little."""
    return at_width(pixels, min(pixels.width, max(*widths, WIDTHS[0])))


__all__ = ["Decoded", "ImageRefused", "decode", "encode", "quick_jpeg", "source_bytes"]
