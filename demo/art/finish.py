"""From SVG to a WebP picture with the grain and the soft light of the house."""

import io
import zlib
from typing import Any

import numpy as np
import resvg_py
from PIL import Image, ImageFilter

Pixels = Any  # a numpy array of float32; the market's tools do not need numpy installed
BUDGET = 22_000  # bytes of an ordinary picture


def rasterise(svg: str) -> Image.Image:
    """Render an SVG document to an RGB image."""
    data = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(data))).convert("RGB")


def _blur(pixels: Pixels, radius: float) -> Pixels:
    image = Image.fromarray((np.clip(pixels, 0, 1) * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), dtype=np.float32) / 255


def grade(image: Image.Image, *, seed: str, grain: float = 0.011) -> Image.Image:
    """Bloom, vignette and film grain; the same for the same seed."""
    pixels = np.asarray(image, dtype=np.float32) / 255
    height, width = pixels.shape[:2]
    bloom = _blur(np.clip(pixels - 0.72, 0, 1) * 2, 22)
    pixels = 1 - (1 - pixels) * (1 - bloom * 0.16)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    pixels = pixels * (1 - 0.1 * np.clip(x * x + y * y - 0.55, 0, 1))[..., None]
    # A breath of contrast, and shadows a little warmer than the lights.
    pixels = pixels + (pixels - 0.5) * (1 - np.abs(pixels - 0.5) * 2) * 0.12
    generator = np.random.default_rng(zlib.crc32(seed.encode()))
    noise = generator.normal(0, 1, (height, width)).astype(np.float32)
    coarse = generator.normal(0, 1, (height // 2 + 1, width // 2 + 1)).astype(np.float32)
    coarse = np.kron(coarse, np.ones((2, 2), np.float32))[:height, :width]
    pixels = pixels + ((noise * 0.5 + coarse * 0.7) * grain)[..., None]
    return Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))


def encode(image: Image.Image, *, budget: int = BUDGET) -> bytes:
    """Return WebP bytes at the best quality that stays within the budget."""
    out = io.BytesIO()
    for radius in (0.0, 0.6, 0.9, 1.3, 2.0):  # busy cloth first loses its finest threads
        soft = image.filter(ImageFilter.GaussianBlur(radius)) if radius else image
        for quality in (86, 80, 74, 66, 58, 50):
            out = io.BytesIO()
            soft.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= budget:
                return out.getvalue()
    return out.getvalue()


def dominant(image: Image.Image) -> str:
    """The colour a placeholder should have while the picture loads."""
    small = image.resize((24, 24)).quantize(5)
    counts = small.getcolors() or []
    palette = small.getpalette() or [128, 128, 128]
    _, index = max(counts)
    start = int(str(index)) * 3
    return "#" + "".join(f"{v:02x}" for v in palette[start : start + 3])
