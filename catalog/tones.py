"""A brand's own colours, and the tones of them that everybody can read. Pure.

A brand may choose any colour. What a page draws with is a tone of it: the same hue, made lighter or
darker in OKLCH, where lightness is what eyes see, until text on it (or of it) keeps the contrast
that WCAG AA asks for. Both themes get tones of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

# Text below 24 px needs this ratio to its ground.
AA = 4.5
# The pages' own papers and inks, light and dark, as `static/css/tokens.css` names them.
SURFACE = {"light": "#ffffff", "dark": "#161e1b"}
PAPER = {"light": "#f5f7f3", "dark": "#0d1311"}
INK = {"light": "#14201b", "dark": "#eef2ec"}
# Quiet words on the ground of a storefront: the weakest ink that stands there.
QUIET = {"light": "#47544d", "dark": "#b4c0b8"}
THEMES = ("light", "dark")
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 24

Rgb = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Tones:
    """What one theme draws with: `accent` as ground with `on_accent` upon it, `link` as text on
    paper and surface, `ground` behind the storefront's head with the page's own inks upon it."""

    accent: str
    on_accent: str
    link: str
    ground: str


def is_colour(text: str) -> bool:
    """Whether it is a colour as browsers' pickers give it: #rrggbb in lower case."""
    return bool(_HEX.fullmatch(text))


def tones(*, accent: str, ground: str, theme: str) -> Tones:
    """The tones of a brand's two colours for one theme; '' leaves the page's own ground.

    Every pair that text is drawn with keeps at least 4.5:1. A colour that keeps it already is left
    as it was chosen.
    """

    def on_pages(tone: str) -> float:
        return min(contrast(tone, PAPER[theme]), contrast(tone, SURFACE[theme]))

    # Black or white reaches 4.58 on any colour: the last of the three always fits.
    inks = ("#ffffff", "#14201b", "#000000")
    return Tones(
        accent=accent,
        on_accent=next(ink for ink in inks if contrast(ink, accent) >= AA),
        link=_moved(accent, on_pages, theme),
        ground=_ground(ground, theme) if ground else PAPER[theme],
    )


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21, as WCAG 2 counts it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ground(colour: str, theme: str) -> str:
    """The colour as a ground on which the page's inks can be read."""
    return _moved(
        colour,
        lambda tone: min(contrast(tone, INK[theme]), contrast(tone, QUIET[theme])),
        "dark" if theme == "light" else "light",
    )


def _moved(colour: str, score: Callable[[str], float], theme: str) -> str:
    """The nearest tone, darker for what stands on light and lighter on dark, that scores AA."""
    lightness, chroma, hue = _to_oklch(_rgb(colour))
    end = 0.0 if theme == "light" else 1.0
    if score(colour) >= AA:
        return colour
    for step in range(1, _STEPS):
        tone = _hex(_from_oklch(lightness + (end - lightness) * step / _STEPS, chroma, hue))
        if score(tone) >= AA:
            return tone
    return "#000000" if theme == "light" else "#ffffff"


# --- arithmetic of colours: sRGB, linear light, OKLCH ---------------------------------------------


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(parts: Rgb) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in parts)


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _curved(part: float) -> float:
    return float(12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)


def _to_oklch(parts: Rgb) -> tuple[float, float, float]:
    red, green, blue = (_linear(part) for part in parts)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    first = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    second = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(first, second), math.atan2(second, first)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """The colour in sRGB, with as much of the chroma as a screen can show at that lightness."""
    for part in range(20, 0, -1):
        found = _unclipped(lightness, chroma * part / 20, hue)
        if all(-0.0005 <= one <= 1.0005 for one in found):
            return found
    return _unclipped(lightness, 0.0, hue)


def _unclipped(lightness: float, chroma: float, hue: float) -> Rgb:
    first, second = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * first + 0.2158037573 * second) ** 3
    medium = (lightness - 0.1055613458 * first - 0.0638541728 * second) ** 3
    short = (lightness - 0.0894841775 * first - 1.2914855480 * second) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return _curved(red), _curved(green), _curved(blue)
