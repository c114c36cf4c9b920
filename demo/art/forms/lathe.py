"""Everything that is thrown or turned: a profile spun about its axis."""

import math
from dataclasses import dataclass, field

from demo.art.colour import dark, light, luminance
from demo.art.scene import Box, Scene

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Finish:
    """How a turned thing looks: glaze, bands, ribs."""

    texture: str | None = "clay"
    gloss: float = 0.3
    dip: tuple[str, float] | None = None  # colour, share of the height from the top
    foot: tuple[str, float] | None = None  # colour, share of the height from the foot
    bands: tuple[tuple[float, float, str], ...] = ()  # from, to (shares from the foot), colour
    ribs: int = 0  # upright flutes
    rings: int = 0  # throwing lines
    inside: str | None = None


PLAIN = Finish()


@dataclass
class Profile:
    """A smooth outline: radius by height, sampled from a few points (height, radius)."""

    points: Points
    sharp: bool = False
    samples: Points = field(init=False)

    def __post_init__(self) -> None:
        self.samples = self.points if self.sharp else _smooth(self.points)

    @property
    def height(self) -> float:
        return self.points[-1][0]

    def radius(self, height: float) -> float:
        for (h1, r1), (h2, r2) in zip(self.samples, self.samples[1:], strict=False):
            if h1 <= height <= h2:
                return r1 + (r2 - r1) * ((height - h1) / (h2 - h1) if h2 > h1 else 0)
        return self.samples[-1][1]

    def widest(self) -> float:
        return max(r for _, r in self.samples)

    def path(self, low: float, high: float, tilt: float) -> str:
        """Outline of the slice between two heights, with round lower and upper edges."""
        inner = [(h, r) for h, r in self.samples if low < h < high]
        side = [(low, self.radius(low)), *inner, (high, self.radius(high))]
        right = " ".join(f"L{r:.1f} {-h:.1f}" for h, r in side)
        left = " ".join(f"L{-r:.1f} {-h:.1f}" for h, r in reversed(side))
        r0 = max(side[0][1], 0.1)
        r1 = max(side[-1][1], 0.1)
        return (
            f"M{-r0:.1f} {-low:.1f} A{r0:.1f} {r0 * tilt:.1f} 0 0 0 {r0:.1f} {-low:.1f} {right} "
            f"A{r1:.1f} {r1 * tilt:.1f} 0 0 1 {-r1:.1f} {-high:.1f} {left}Z"
        )

    def line(self, share: float, low: float, high: float) -> str:
        """An upright line over the surface, ``share`` (-1..1) of the radius off the axis."""
        marks = [(h, r) for h, r in self.samples if low <= h <= high]
        return "M" + " L".join(f"{r * share:.1f} {-h:.1f}" for h, r in marks)


def _smooth(points: Points, steps: int = 9) -> Points:
    result: Points = []
    for i in range(len(points) - 1):
        p0, p1 = points[max(i - 1, 0)], points[i]
        p2, p3 = points[i + 1], points[min(i + 2, len(points) - 1)]
        for step in range(steps):
            t = step / steps
            h = p1[0] + (p2[0] - p1[0]) * t
            r = 0.5 * (
                2 * p1[1]
                + (p2[1] - p0[1]) * t
                + (2 * p0[1] - 5 * p1[1] + 4 * p2[1] - p3[1]) * t * t
                + (3 * p1[1] - p0[1] - 3 * p2[1] + p3[1]) * t**3
            )
            result.append((h, max(r, 0.5)))
    return [*result, points[-1]]


def spin(
    s: Scene,
    colour: str,
    points: Points,
    *,
    finish: Finish = PLAIN,
    open_top: bool = True,
    tilt: float = 0.13,
    sharp: bool = False,
    occlusion: float = 0.2,
) -> Box:
    """Draw a turned form standing on the origin."""
    p = Profile(points, sharp=sharp)
    low, top = p.points[0][0], p.height
    span = top - low
    outline = p.path(low, top, tilt)
    s.body(outline, colour, texture=finish.texture, occlusion=occlusion)
    slices = [(low + span * a, low + span * b, c) for a, b, c in finish.bands]
    if finish.dip:
        slices.append((top - span * finish.dip[1], top, finish.dip[0]))
    if finish.foot:
        slices.append((low, low + span * finish.foot[1], finish.foot[0]))
    for start, end, band in slices:
        s.body(p.path(start, end, tilt), band, texture=finish.texture, occlusion=0)
    _lines(s, p, colour, finish, tilt)
    if finish.gloss:
        shine = p.line(s.lit * 0.58, low + span * 0.25, low + span * 0.8)
        s.line(shine, "#ffffff", p.widest() * 0.11, opacity=finish.gloss, blur="b2")
    if open_top:
        _mouth(s, p, colour, finish, tilt)
    wide = p.widest()
    return Box(-wide, -top - p.radius(top) * tilt, wide, -low)


def _lines(s: Scene, p: Profile, colour: str, finish: Finish, tilt: float) -> None:
    low, top = p.points[0][0], p.height
    for i in range(1, finish.ribs):
        share = -math.cos(math.pi * i / finish.ribs)
        s.line(p.line(share, low, top), dark(colour, 0.5), 2.2, opacity=0.34)
        s.line(p.line(share + 0.02, low, top), light(colour, 0.5), 1.4, opacity=0.3)
    for i in range(1, finish.rings):
        h = low + (top - low) * i / finish.rings
        r = p.radius(h)
        arc = f"M{-r:.1f} {-h:.1f} A{r:.1f} {r * tilt:.1f} 0 0 0 {r:.1f} {-h:.1f}"
        s.line(arc, dark(colour, 0.5), 1.6, opacity=0.22)


def _mouth(s: Scene, p: Profile, colour: str, finish: Finish, tilt: float) -> None:
    top = p.height
    r = p.radius(top)
    rim = finish.dip[0] if finish.dip else colour
    inside = finish.inside or dark(rim, 0.3 if luminance(rim) > 0.5 else 0.5)
    s.ellipse(0, -top, r, r * tilt, light(rim, 0.28))
    s.ellipse(0, -top + r * 0.012, r * 0.9, r * tilt * 0.86, inside)
    shade = s.gradient([(0, "#120c08"), (1, "#120c08")], x2=0, y2=1, opacities=[0.5, 0.05])
    s.ellipse(0, -top + r * 0.012, r * 0.9, r * tilt * 0.86, shade)


def handle(s: Scene, colour: str, path: str, width: float) -> None:
    """Draw a pulled handle; call before the body it is joined to."""
    s.tube(path, colour, width)
