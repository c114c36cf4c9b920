"""The range of the eight studios: what each thing is, how it is drawn, in which colours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from demo.art.scene import Box, Scene

COLOURS = {
    "sand": "#c9b597", "bone": "#ece5d6", "teal": "#2f5b66", "rust": "#b5552f", "moss": "#6f8350",
    "ink": "#2f3338", "clay": "#c07a56", "oxblood": "#7a2f2f", "ochre": "#dca53c", "sage": "#a3b295",
    "pine": "#39574a", "plum": "#5c3346", "sky": "#9db4c4", "blush": "#dfb5a4", "oat": "#d8c9ae",
    "cocoa": "#5b3f30", "camel": "#b8824f", "slate": "#66737c", "lilac": "#b3a6c9", "butter": "#edd390",
    "tomato": "#c94f38", "olive": "#7e8048", "cream": "#f2ead8", "stone": "#a9a294", "navy": "#2c3e5c",
    "amber": "#86501f", "mint": "#b9cdb8", "charcoal": "#44423f", "oak": "#b98a58", "walnut": "#6d4a31",
    "ash": "#d6bb94", "black": "#2a2725", "white": "#f3efe6", "brass": "#c9a053", "orange": "#d9762f",
    "rose": "#c98a8a", "petrol": "#27505a", "tan": "#a9703f", "natural": "#cbb489", "coral": "#dd7f62",
}  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """One colour of a product; ``extra`` overrides how it is drawn."""

    colour: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Product:
    """One thing a studio makes. ``setting`` says which stages suit it, ``size`` its height in cm."""

    studio: str
    key: str
    title: str
    draw: Callable[..., Box]
    variants: tuple[Variant, ...]
    setting: str
    size: float
    params: Mapping[str, Any]

    def variant(self, colour: str) -> Variant:
        return next(v for v in self.variants if v.colour == colour)

    def drawing(self, colour: str) -> Callable[[Scene], Box]:
        """Return what ``Scene.place`` wants, for one colour."""
        variant = self.variant(colour)
        params = {**self.params, **variant.extra}
        return partial(_call, self.draw, COLOURS[colour], params)


def _call(draw: Callable[..., Box], colour: str, params: Mapping[str, Any], s: Scene) -> Box:
    return draw(s, colour, **params)


def product(
    studio: str, key: str, title: str, draw: Callable[..., Box], colours: str, setting: str, size: float,
    /, *, extra: Mapping[str, Mapping[str, Any]] | None = None, **params: Any,
) -> Product:  # fmt: skip
    """Declare a product; ``colours`` are names divided by blanks."""
    extras = extra or {}
    variants = tuple(Variant(name, extras.get(name, {})) for name in colours.split())
    return Product(studio, key, title, draw, variants, setting, size, params)
