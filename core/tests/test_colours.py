"""Colours are what the profile in a file says that they are."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import pytest
from PIL import Image as Pil
from PIL import ImageCms, ImageDraw

from core import files
from core.media import store_image
from core.tests.files import halves, saved
from core.tests.looking import GREEN, RED, Colour, drawn, look_wrong, looks

pytestmark = pytest.mark.django_db


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


# name: (what makes it, colour on the left)
PROFILED: dict[str, tuple[Callable[[], bytes], Colour]] = {
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
    "with a broken profile": (
        lambda: saved(halves(), "JPEG", icc_profile=b"nonsense", quality=95), RED,
    ),
    "with a grey profile on colours": (
        lambda: saved(halves(), "JPEG", icc_profile=GREY_PROFILE, quality=95), RED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROFILED)
def test_a_picture_looks_as_its_profile_says(name: str) -> None:
    make, colour = PROFILED[name]
    image = drawn(make())
    assert image.ready
    assert (image.width, image.height) == (400, 200)
    assert look_wrong(image, colour) == []


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
    make, colour = PROFILED[name]
    image = store_image(file=io.BytesIO(make()))
    shown = Pil.open(files.directory_of(image.public_id) / "source.jpeg")
    assert not looks(shown, (100, 100), colour)
