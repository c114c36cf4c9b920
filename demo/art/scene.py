"""A scene: an SVG document that knows where its light comes from.

Things are drawn in a frame of their own: the origin is the middle of their foot, y runs
downwards (so everything that stands has negative y), and one unit is about one pixel of
a product picture. ``Scene.place`` then moves, scales and grounds them with a shadow.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from demo.art.colour import dark, light, luminance

Stops = list[tuple[float, str]]

# Filters are defined once a document. Noise is clipped to the shape it is applied to.
_NOISE = (
    '<filter id="{id}" color-interpolation-filters="sRGB"><feTurbulence type="fractalNoise" '
    'baseFrequency="{freq}" numOctaves="{octaves}" seed="{seed}"/><feColorMatrix '
    'values="0 0 0 0 {tone} 0 0 0 0 {tone} 0 0 0 0 {tone} {gain} 0 0 0 {bias}"/>'
    '<feComposite in2="SourceAlpha" operator="in"/></filter>'
)
_RELIEF = (
    '<filter id="{id}" color-interpolation-filters="sRGB"><feTurbulence type="fractalNoise" '
    'baseFrequency="{freq}" numOctaves="{octaves}" seed="{seed}" result="n"/>'
    '<feDiffuseLighting in="n" surfaceScale="{scale}" lighting-color="#ffffff" result="l">'
    '<feDistantLight azimuth="225" elevation="55"/></feDiffuseLighting>'
    '<feComponentTransfer in="l" result="k"><feFuncR type="linear" slope="1" intercept=".18"/>'
    '<feFuncG type="linear" slope="1" intercept=".18"/>'
    '<feFuncB type="linear" slope="1" intercept=".18"/></feComponentTransfer>'
    '<feBlend in="SourceGraphic" in2="k" mode="multiply"/>'
    '<feComposite in2="SourceAlpha" operator="in"/></filter>'
)
_NOISES: dict[str, dict[str, float | str]] = {
    "speckle": {"freq": ".33", "octaves": 2, "tone": 0.14, "gain": 11, "bias": -7.5},
    "clay": {"freq": ".7", "octaves": 2, "tone": 0.1, "gain": 0.9, "bias": -0.36},
    "grain": {"freq": ".006 .11", "octaves": 3, "tone": 0.1, "gain": 1.2, "bias": -0.52},
    "grain-up": {"freq": ".11 .006", "octaves": 3, "tone": 0.1, "gain": 1.2, "bias": -0.52},
    "weave": {"freq": ".9 .06", "octaves": 2, "tone": 0.1, "gain": 0.8, "bias": -0.32},
    "weave-up": {"freq": ".06 .9", "octaves": 2, "tone": 0.1, "gain": 0.8, "bias": -0.32},
    "cloud": {"freq": ".009", "octaves": 3, "tone": 0.08, "gain": 1.4, "bias": -0.6},
    "pale": {"freq": ".02", "octaves": 4, "tone": 1, "gain": 2.0, "bias": -0.95},
}
_RELIEFS: dict[str, dict[str, float | str]] = {
    "boucle": {"freq": ".15", "octaves": 2, "scale": 3},
    "wool": {"freq": ".35", "octaves": 2, "scale": 1.6},
    "leather": {"freq": ".28", "octaves": 2, "scale": 0.9},
    "plaster": {"freq": ".03", "octaves": 4, "scale": 2.2},
}
_BLURS = {"b1": 2, "b2": 5, "b3": 12, "b4": 26, "b5": 46}


@dataclass(frozen=True)
class Box:
    """What a thing covers, in the units of its surroundings."""

    left: float
    top: float
    right: float
    bottom: float = 0.0

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


Drawing = Callable[["Scene"], Box]


class Scene:
    """An SVG under construction. ``lit`` is -1 with light from the left, 1 from the right."""

    def __init__(self, *, width: int, height: int, seed: int, lit: int = -1) -> None:
        self.width, self.height, self.lit = width, height, lit
        self.random = random.Random(seed)
        self._defs: list[str] = []
        self._known: set[str] = set()
        self._out: list[str] = []
        self._ids = 0
        self._seed = seed % 97
        for name, deviation in _BLURS.items():
            self._define(
                name,
                f'<filter id="{name}" x="-80%" y="-80%" width="260%" height="260%">'
                f'<feGaussianBlur stdDeviation="{deviation}"/></filter>',
            )
        self._define(
            "cast",
            '<filter id="cast" x="-40%" y="-40%" width="180%" height="180%">'
            '<feColorMatrix values="0 0 0 0 .07 0 0 0 0 .05 0 0 0 0 .04 0 0 0 1 0"/>'
            '<feGaussianBlur stdDeviation="9"/></filter>',
        )

    # ---- plumbing -------------------------------------------------------------------

    def _define(self, name: str, markup: str) -> None:
        if name not in self._known:
            self._known.add(name)
            self._defs.append(markup)

    def new_id(self) -> str:
        self._ids += 1
        return f"i{self._ids}"

    def add(self, markup: str) -> None:
        """Append markup to whatever is being drawn now."""
        self._out.append(markup)

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" '
            f'height="{self.height}" viewBox="0 0 {self.width} {self.height}">'
            f"<defs>{''.join(self._defs)}</defs>{''.join(self._out)}</svg>"
        )

    def texture(self, name: str) -> str:
        """Return the id of a noise or relief filter, defining it on first use."""
        if name in _NOISES:
            self._define(name, _NOISE.format(id=name, seed=self._seed, **_NOISES[name]))
        else:
            self._define(name, _RELIEF.format(id=name, seed=self._seed, **_RELIEFS[name]))
        return name

    def gradient(
        self, stops: Stops, *, x2: float = 1, y2: float = 0, opacities: list[float] | None = None
    ) -> str:
        """Define a linear gradient over the shape's box and return its ``url(#...)``."""
        name = self.new_id()
        x1, y1 = (0.0, 0.0) if x2 >= 0 else (1.0, 0.0)
        x2 = x2 if x2 >= 0 else 1 + x2
        marks = ""
        for index, (offset, colour) in enumerate(stops):
            fade = f' stop-opacity="{opacities[index]}"' if opacities else ""
            marks += f'<stop offset="{offset}" stop-color="{colour}"{fade}/>'
        self._defs.append(
            f'<linearGradient id="{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
            f"{marks}</linearGradient>"
        )
        return f"url(#{name})"

    def radial(self, colour: str, opacity: float, *, fade: float = 1.0) -> str:
        """Define a glow: ``colour`` in the middle, nothing at the rim."""
        name = self.new_id()
        marks = "".join(
            f'<stop offset="{o * fade:.2f}" stop-color="{colour}" stop-opacity="{opacity * k:.3f}"/>'
            for o, k in ((0, 1), (0.25, 0.74), (0.5, 0.36), (0.75, 0.1), (1, 0))
        )
        self._defs.append(f'<radialGradient id="{name}">{marks}</radialGradient>')
        return f"url(#{name})"

    def clip(self, path: str) -> str:
        """Define a clip path and return its id."""
        name = self.new_id()
        self._defs.append(f'<clipPath id="{name}"><path d="{path}"/></clipPath>')
        return name

    # ---- shading --------------------------------------------------------------------

    def _shade(self, colour: str, form: str) -> str:
        glow = 0.22 if luminance(colour) < 0.75 else 0.5
        if form == "round":
            stops: Stops = [
                (0, light(colour, glow * 0.35)),
                (0.2, light(colour, glow)),
                (0.48, colour),
                (0.86, dark(colour, 0.42)),
                (1, dark(colour, 0.33)),
            ]
            return self.gradient(self._turn(stops), x2=1, y2=0.1)
        if form == "soft":
            stops = [(0, light(colour, glow * 0.8)), (0.5, colour), (1, dark(colour, 0.3))]
            return self.gradient(self._turn(stops), x2=1, y2=0.35)
        stops = [(0, light(colour, glow * 0.45)), (1, dark(colour, 0.16))]
        return self.gradient(self._turn(stops), x2=0.8, y2=0.6)

    def _turn(self, stops: Stops) -> Stops:
        return stops if self.lit < 0 else [(1 - o, c) for o, c in reversed(stops)]

    def body(
        self,
        path: str,
        colour: str,
        *,
        form: str = "round",
        texture: str | None = None,
        occlusion: float = 0.2,
    ) -> None:
        """Fill a path as a lit solid: ``form`` is round, soft or flat."""
        fill = self._shade(colour, form)
        if texture in _RELIEFS:
            self.add(f'<path d="{path}" fill="{fill}" filter="url(#{self.texture(texture)})"/>')
        else:
            self.add(f'<path d="{path}" fill="{fill}"/>')
            if texture:
                self.add(f'<path d="{path}" filter="url(#{self.texture(texture)})"/>')
        if occlusion:
            fade = self.gradient(
                [(0.35, "#120c08"), (1, "#120c08")], x2=0, y2=1, opacities=[0, occlusion]
            )
            self.add(f'<path d="{path}" fill="{fade}"/>')

    def fill(self, path: str, colour: str, *, opacity: float = 1, blur: str = "") -> None:
        """Fill a path flatly, softened by one of the blurs b1..b5 if named."""
        soft = f' filter="url(#{blur})"' if blur else ""
        fade = f' opacity="{opacity}"' if opacity < 1 else ""
        self.add(f'<path d="{path}" fill="{colour}"{fade}{soft}/>')

    def line(
        self, path: str, colour: str, width: float, *, opacity: float = 1, dash: str = "",
        blur: str = "",
    ) -> None:  # fmt: skip
        """Stroke a path with round ends."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        extra += f' filter="url(#{blur})"' if blur else ""
        extra += f' opacity="{opacity}"' if opacity < 1 else ""
        self.add(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-linecap="round" stroke-linejoin="round"{extra}/>'
        )

    def tube(self, path: str, colour: str, width: float) -> None:
        """Stroke a path so that it reads as a round rod: handles, legs, arms of lamps."""
        self.line(path, dark(colour, 0.34), width)
        self.add(f'<g transform="translate({self.lit * width * 0.1} {-width * 0.06})">')
        self.line(path, colour, width * 0.72)
        self.add("</g>")
        self.add(f'<g transform="translate({self.lit * width * 0.2} {-width * 0.12})">')
        self.line(path, light(colour, 0.3), width * 0.22, opacity=0.75)
        self.add("</g>")

    def ellipse(
        self, cx: float, cy: float, rx: float, ry: float, colour: str, *, opacity: float = 1,
        blur: str = "",
    ) -> None:  # fmt: skip
        soft = f' filter="url(#{blur})"' if blur else ""
        fade = f' opacity="{opacity}"' if opacity < 1 else ""
        self.add(
            f'<ellipse cx="{cx:.1f}" cy="{cy:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" '
            f'fill="{colour}"{fade}{soft}/>'
        )

    def glow(self, cx: float, cy: float, radius: float, colour: str, opacity: float) -> None:
        """Lay soft light around a point."""
        self.ellipse(cx, cy, radius, radius, self.radial(colour, opacity))

    # ---- placing --------------------------------------------------------------------

    def draw(self, drawing: Drawing) -> tuple[str, Box]:
        """Run a drawing aside and return its markup with the box it says it covers."""
        kept, self._out = self._out, []
        box = drawing(self)
        markup, self._out = "".join(self._out), kept
        return markup, box

    def place(
        self,
        drawing: Drawing,
        *,
        x: float,
        y: float,
        width: float = 0,
        height: float = 0,
        shadow: str = "stand",
        turn: float = 0,
        depth: float = 0.42,
    ) -> Box:
        """Put a drawing with its foot at (x, y) and return the box it covers in pixels.

        Give ``width``, ``height`` or both (then it fits inside both). ``shadow`` is
        ``stand`` (on a floor), ``wall`` (hung), ``flat`` (lying) or ``none``.
        """
        markup, box = self.draw(drawing)
        scales = [w / b for w, b in ((width, box.width), (height, box.height)) if w and b]
        scale = min(scales) if scales else 1.0
        cx, _ = box.centre
        px = x - cx * scale if shadow in {"wall", "flat"} else x
        move = f"translate({px:.1f} {y:.1f})" + (f" rotate({turn:.1f})" if turn else "")
        move += f" scale({scale:.4f})"
        self._cast(markup, box, shadow=shadow, move=move, depth=depth)
        self.add(f'<g transform="{move}">{markup}</g>')
        return Box(
            px + box.left * scale, y + box.top * scale, px + box.right * scale,
            y + box.bottom * scale,
        )  # fmt: skip

    def _cast(self, markup: str, box: Box, *, shadow: str, move: str, depth: float) -> None:
        away = -self.lit
        if shadow == "stand":
            self.add(
                f'<g transform="{move}"><g transform="matrix(1 0 {-0.62 * away} {depth * 0.6} 0 2)" '
                f'opacity=".24" filter="url(#cast)">{markup}</g></g>'
            )
            foot = min(box.width / 2, box.height * 2)
            cx = (box.left + box.right) / 2
            self.add(f'<g transform="{move}">')
            self.ellipse(cx + away * foot * 0.25, -2, foot * 1.02, max(7, foot * 0.14),
                         "#120c08", opacity=0.34, blur="b3")  # fmt: skip
            self.ellipse(cx, 0, foot * 0.8, max(4, foot * 0.07), "#120c08", opacity=0.5, blur="b2")
            self.add("</g>")
        elif shadow in {"wall", "flat"}:
            reach = 16 if shadow == "wall" else 9
            self.add(
                f'<g transform="translate({away * reach} {reach * 1.15:.0f})"><g transform="{move}" '
                f'opacity=".4" filter="url(#cast)">{markup}</g></g>'
            )
