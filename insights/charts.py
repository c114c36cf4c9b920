"""Charts as plain numbers for SVG: no drawing library, no script, and a table beside each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, log10, sqrt

WIDTH = 700
HEIGHT = 236
FUNNEL_HEIGHT = 118
BANDS = 3
LABELS = 5


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The highest day; `x` and `y` are percent of the box."""

    x: float
    y: float
    value: str
    when: str


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """Two polylines over the same days, with axis labels and the rows of the table."""

    now_points: str
    before_points: str
    ticks: tuple[str, ...]
    days: tuple[str, ...]
    peak: Peak | None
    rows: tuple[tuple[str, str, str], ...]
    summary: str


@dataclass(frozen=True, kw_only=True)
class FunnelStep:
    name: str
    count: str
    rate: str


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Bands between steps; heights grow with the square root of the counts."""

    steps: tuple[FunnelStep, ...]
    paths: tuple[str, ...]
    cuts: tuple[int, ...]
    summary: str


def round_up(value: int) -> int:
    """The next number that reads well on an axis: 1, 1.5, 2, 3, 5 or 7.5 times a power of ten."""
    if value <= 0:
        return 100
    power: int = 10 ** int(log10(value))
    return next(ceil(step * power) for step in (1, 1.5, 2, 3, 5, 7.5, 10) if step * power >= value)


def line_chart(
    *,
    days: Sequence[date],
    now: Sequence[int],
    before: Sequence[int],
    money: Callable[[int], str],
    day: Callable[[date], str],
    summary: str,
) -> LineChart:
    """Daily amounts in minor units beside those of the period before (same length)."""
    top = round_up(max([*now, *before, 0]))
    highest = max(range(len(now)), key=lambda index: now[index]) if any(now) else None
    marks = sorted({round(index * (len(days) - 1) / (LABELS - 1)) for index in range(LABELS)})
    return LineChart(
        now_points=_points(now, top),
        before_points=_points(before, top) if any(before) else "",
        ticks=tuple(money(top * band // BANDS) for band in range(BANDS, -1, -1)),
        days=tuple(day(days[index]) for index in marks),
        peak=None
        if highest is None
        else Peak(
            x=highest / max(1, len(days) - 1) * 100,
            y=(1 - now[highest] / top) * 100,
            value=money(now[highest]),
            when=day(days[highest]),
        ),
        rows=tuple(
            (day(when), money(value), money(old))
            for when, value, old in zip(days, now, before, strict=True)
        ),
        summary=summary,
    )


def _points(values: Sequence[int], top: int) -> str:
    step = WIDTH / max(1, len(values) - 1)
    return " ".join(
        f"{index * step:.1f},{HEIGHT - value / top * HEIGHT:.1f}"
        for index, value in enumerate(values)
    )


def funnel(*, steps: Sequence[FunnelStep], counts: Sequence[int], summary: str) -> Funnel:
    """Bands from each step to the next; the last one runs on level."""
    top = max([*counts, 1])
    half = [max(1.5, sqrt(count / top) * (FUNNEL_HEIGHT / 2 - 3)) for count in counts]
    width = WIDTH // len(counts)
    middle = FUNNEL_HEIGHT / 2
    paths = []
    for index, size in enumerate(half):
        following = half[index + 1] if index + 1 < len(half) else size
        left, right, bend = index * width, (index + 1) * width, index * width + width / 2
        paths.append(
            f"M{left} {middle - size:.1f} C{bend} {middle - size:.1f} {bend}"
            f" {middle - following:.1f} {right} {middle - following:.1f}"
            f" V{middle + following:.1f} C{bend} {middle + following:.1f} {bend}"
            f" {middle + size:.1f} {left} {middle + size:.1f}Z"
        )
    return Funnel(
        steps=tuple(steps),
        paths=tuple(paths),
        cuts=tuple(index * width for index in range(1, len(counts))),
        summary=summary,
    )
