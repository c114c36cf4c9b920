"""Arithmetic of the charts: numbers in, points of an SVG and words for those who hear it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10, sqrt

from django.utils.translation import gettext as _

from marketplace import figures

WIDTH, HEIGHT = 700, 236
FUNNEL_HEIGHT = 118
INTERVALS = 3


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The highest day: where it is, in percent of the plot, and what it says."""

    x: float
    y: float
    value: str
    when: str


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """A series per day against the period before, ready for `components/chart.html`."""

    now_points: str
    before_points: str
    ticks: list[str]
    days: list[str]
    peak: Peak | None
    summary: str
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a funnel in words."""

    name: str
    count: str
    rate: str


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Steps whose heights are square roots of their counts, so that the last one is still seen."""

    steps: list[Step]
    paths: list[str]
    cuts: list[int]
    summary: str


def line_chart(
    *,
    days: Sequence[date],
    values: Sequence[int],
    before: Sequence[int] = (),
    show: Callable[[int], str] = figures.number,
    least: int = INTERVALS,
) -> LineChart:
    """Lay out a value per day; `show` writes a value (pass money for amounts in minor units).

    The scale goes up to `least` where nothing happened: each of its steps is a value that can be.
    """
    top = _round_up(max([*values, *before, 0]) or least)
    now_points = _points(values, top)
    peak = _peak(days, values, top, show)
    return LineChart(
        now_points=now_points,
        before_points=_points(before, top) if any(before) else "",
        ticks=[show(top * step // INTERVALS) for step in range(INTERVALS, -1, -1)],
        days=[figures.date(days[index], "short") for index in _spread(len(days), 5)],
        peak=peak,
        summary=_line_summary(days, values, peak, show),
        rows=[
            (figures.date(day), show(value), show(before[index]) if index < len(before) else "")
            for index, (day, value) in enumerate(zip(days, values, strict=True))
        ],
    )


def funnel(*, steps: Sequence[tuple[str, int, str]]) -> Funnel:
    """Lay out (name, count, word of the rate), from the first step to the last.

    Each step's rate is its share of the next step's; the last one is the overall rate.
    """
    counts = [count for _name, count, _word in steps]
    top = max([1, *counts])
    halves = [max(2.0, sqrt(count / top) * (FUNNEL_HEIGHT / 2 - 3)) for count in counts]
    halves.append(max(1.2, halves[-1] * 0.9))
    width = WIDTH // max(1, len(counts))
    return Funnel(
        steps=[
            Step(name=name, count=figures.number(count), rate=_rate(counts, index, word))
            for index, (name, count, word) in enumerate(steps)
        ],
        paths=[
            _band(index * width, width, halves[index], halves[index + 1])
            for index in range(len(counts))
        ],
        cuts=[index * width for index in range(1, len(counts))],
        summary=_("Funnel: %(steps)s.")
        % {"steps": ", ".join(f"{name} {figures.number(count)}" for name, count, _word in steps)},
    )


def _rate(counts: Sequence[int], index: int, word: str) -> str:
    last = index == len(counts) - 1
    whole = counts[0] if last else counts[index]
    part = counts[index] if last else counts[index + 1]
    if part > whole:
        return "-"  # links and bookmarks lead past the earlier steps: a share would say nothing
    return f"{figures.percent(part / whole if whole else 0)} {word}"


def _points(values: Sequence[int], top: int) -> str:
    step = WIDTH / max(1, len(values) - 1)
    return " ".join(
        f"{index * step:.1f},{HEIGHT - value / top * HEIGHT:.1f}"
        for index, value in enumerate(values)
    )


def _band(x: int, width: int, left: float, right: float) -> str:
    """One step of the funnel: from its own height to the next one's, in a soft curve."""
    middle, half, end = FUNNEL_HEIGHT / 2, x + width / 2, x + width
    return (
        f"M{x} {middle - left:.1f} C{half:.1f} {middle - left:.1f} {half:.1f} {middle - right:.1f} "
        f"{end} {middle - right:.1f} V{middle + right:.1f} C{half:.1f} {middle + right:.1f} "
        f"{half:.1f} {middle + left:.1f} {x} {middle + left:.1f}Z"
    )


def _peak(
    days: Sequence[date], values: Sequence[int], top: int, show: Callable[[int], str]
) -> Peak | None:
    if not any(values):
        return None
    index = max(range(len(values)), key=values.__getitem__)
    return Peak(
        x=index / max(1, len(values) - 1) * 100,
        y=100 - values[index] / top * 100,
        value=show(values[index]),
        when=figures.date(days[index]),
    )


def _line_summary(
    days: Sequence[date], values: Sequence[int], peak: Peak | None, show: Callable[[int], str]
) -> str:
    if not peak:
        return _("Line chart. Nothing in this period yet.")
    return _(
        "Line chart from %(first)s to %(last)s: %(start)s on the first day, "
        "%(end)s on the last, at most %(peak)s on %(when)s."
    ) % {
        "first": figures.date(days[0]),
        "last": figures.date(days[-1]),
        "start": show(values[0]),
        "end": show(values[-1]),
        "peak": peak.value,
        "when": peak.when,
    }


def _round_up(value: int) -> int:
    """The next value that divides into the chart's three intervals without odd numbers."""
    unit = int(10 ** max(0, floor(log10(value)) - 1)) * INTERVALS
    return ceil(value / unit) * unit


def _spread(length: int, count: int) -> list[int]:
    if length <= count:
        return list(range(length))
    return [round(index * (length - 1) / (count - 1)) for index in range(count)]
