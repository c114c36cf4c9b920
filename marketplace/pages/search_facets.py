"""The filters beside the results: what products say, with how many of them say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.queries import attributes_asked, categories
from catalog.types import RATING_STEPS, AttributeData, AttributeKind, CategoryRef
from core.money import Money
from core.places import country_name
from marketplace import figures
from marketplace.pages.search_asked import CURRENCY, Asked, stars_and_up
from search.types import Hit, Page, Spread, Tally, TallyOf

_OF_PRODUCTS = TallyOf(
    kind="product",
    names={"seller": "seller_name", "category": "", "ships_to": "", "in_stock": "", "rating": ""},
    prefix="a_",
    spread="price",
)
_OF_PINS = TallyOf(kind="pin", names={"ai": ""})
# So many values stand open; the rest behind a fold.
OPEN = 6
HEIGHT = 44
_NONE = Tally()


def counted_of(*, kinds: Sequence[str]) -> TallyOf | None:
    """What the index counts besides where these kinds are asked for; None where nothing narrows."""
    if "product" in kinds:
        return _OF_PRODUCTS
    return _OF_PINS if list(kinds) == ["pin"] else None


@dataclass(frozen=True, kw_only=True)
class Box:
    """A value to tick. `deep` is how far below the root a category stands."""

    value: str
    name: str
    count: int
    on: bool
    swatch: str = ""
    deep: int = 0


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One fold of the filters: boxes, or two ends of a number when `ends` are given."""

    name: str
    title: str
    boxes: Sequence[Box] = ()
    ends: Sequence[tuple[str, str, str, str]] = ()
    unit: str = ""
    folded: bool = False

    @property
    def shown(self) -> Sequence[Box]:
        """What stands open: the first ones, and all that are ticked."""
        return [one for at, one in enumerate(self.boxes) if at < OPEN or one.on]

    @property
    def more(self) -> Sequence[Box]:
        return [one for at, one in enumerate(self.boxes) if at >= OPEN and not one.on]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Products from one price up to the next: its place in the drawing, and the same in words.

    `on` when the prices asked for reach into it."""

    x: int
    y: int
    height: int
    words: str
    count: int
    on: bool
    address: str


@dataclass(frozen=True, kw_only=True)
class Histogram:
    """Prices of what answers, ready to draw."""

    bars: Sequence[Bar]
    summary: str

    @property
    def width(self) -> int:
        return 10 * len(self.bars)


@dataclass(frozen=True, kw_only=True)
class Facets:
    """All that the page shows beside the results."""

    categories: Sequence[Box]
    brands: Filter
    countries: Sequence[Box]
    in_stock: int
    ratings: Sequence[Box]
    prices: Histogram | None
    answers: Sequence[Filter]


def facets(asked: Asked, page: Page[Hit]) -> Facets:
    """The filters of what was found. No query."""
    sellers = page.tallies.get("seller", _NONE)
    handles = dict.fromkeys([*asked.parts.get("brand", ()), *sellers.values])
    countries = page.tallies.get("ships_to", _NONE).values
    return Facets(
        categories=list(_categories(asked, page.tallies.get("category", _NONE))),
        brands=Filter(
            name="brand",
            title=_("Brand"),
            boxes=[
                Box(
                    value=handle,
                    name=sellers.labels.get(handle, f"@{handle}"),
                    count=sellers.values.get(handle, 0),
                    on=asked.has("brand", handle),
                )
                for handle in sorted(handles, key=lambda one: -sellers.values.get(one, 0))
            ],
        ),
        countries=sorted(
            (
                Box(value=code, name=country_name(code), count=count, on=asked.has("to", code))
                for code, count in {
                    **dict.fromkeys(asked.parts.get("to", ()), 0),
                    **countries,
                }.items()
            ),
            key=lambda one: one.name,
        ),
        in_stock=page.tallies.get("in_stock", _NONE).values.get("true", 0),
        ratings=_ratings(asked, page.tallies.get("rating", _NONE)),
        prices=_histogram(asked, page.spread),
        answers=[_answer(asked, one, page.tallies) for one in _questions(asked, page)],
    )


def ways_made(asked: Asked, page: Page[Hit]) -> list[tuple[str, str, bool]]:
    """How pins were made, with how many of each: text, address, whether it is chosen. Nothing where
    there is nothing to choose."""
    counts = page.tallies.get("ai", _NONE).values
    chosen = asked.one("ai")
    if len(counts) < 2 and not chosen:
        return []
    names = {
        "": _("However made"),
        "no": _("Made without AI (%(n)s)") % {"n": figures.number(counts.get("false", 0))},
        "yes": _("Made with AI (%(n)s)") % {"n": figures.number(counts.get("true", 0))},
    }
    return [(text, asked.address(ai=value), value == chosen) for value, text in names.items()]


def _ratings(asked: Asked, tally: Tally) -> list[Box]:
    """From how many stars on, where anything has so many."""
    boxes = [
        Box(
            value=str(step),
            name=stars_and_up(step),
            count=tally.values.get(str(step), 0),
            on=asked.has("rating", str(step)),
        )
        for step in RATING_STEPS
    ]
    return boxes if any(box.count or box.on for box in boxes) else []


def _categories(asked: Asked, tally: Tally) -> Any:
    """The roots; below the way to the chosen one also what is under it. Only where something is."""
    chosen = asked.branch
    path = set(chosen.path) if chosen else set()
    for one in categories():
        inside = one.parent_id is None or (chosen is not None and _near(one, chosen, path))
        on = chosen is not None and chosen.id == one.id
        if inside and (tally.values.get(one.slug) or on):
            yield Box(
                value=one.slug,
                name=one.name,
                count=tally.values.get(one.slug, 0),
                on=on,
                deep=len(one.path) - 1,
            )


def _near(one: CategoryRef, chosen: CategoryRef, path: set[str]) -> bool:
    """On the way to the chosen category, beside it, or directly below it."""
    return one.parent_id in (chosen.id, chosen.parent_id) or set(one.path) <= path


def _questions(asked: Asked, page: Page[Hit]) -> list[AttributeData]:
    """The attributes of the category, or without one those that all categories found ask; only
    what somebody answers, and what is filtered by."""
    known = asked.questions
    if asked.branch is None:
        found = page.tallies.get("category", _NONE).values
        roots = [one.slug for one in categories() if one.parent_id is None and one.slug in found]
        sets = [{one.code for one in attributes_asked(category=root)} for root in roots]
        shared = set.intersection(*sets) if sets else set()
        known = [one for one in known if one.code in shared or _filtered(asked, one)]
    return [one for one in known if one.facet in page.tallies or _filtered(asked, one)]


def _filtered(asked: Asked, one: AttributeData) -> bool:
    return any(f"{one.facet}{end}" in asked.parts for end in ("", "_min", "_max"))


def _answer(asked: Asked, one: AttributeData, tallies: Any) -> Filter:
    tally: Tally = tallies.get(one.facet, _NONE)
    if one.kind == AttributeKind.NUMBER:
        low, high = (
            f"{end.normalize():f}" if end is not None else "" for end in (tally.low, tally.high)
        )
        ends = [
            (f"{one.facet}_min", _("%(name)s, at least") % {"name": one.name}, low),
            (f"{one.facet}_max", _("%(name)s, at most") % {"name": one.name}, high),
        ]
        return Filter(
            name=one.facet,
            title=one.name,
            ends=[(name, label, hint, asked.one(name)) for name, label, hint in ends],
            unit=one.unit,
            folded=not _filtered(asked, one),
        )
    if one.kind == AttributeKind.YES_NO:
        yes = Box(
            value="yes",
            name=one.name,
            count=tally.values.get("true", 0),
            on=asked.has(one.facet, "yes"),
        )
        return Filter(name=one.facet, title=one.name, boxes=[yes], folded=not yes.on)
    boxes = [
        Box(
            value=choice.slug,
            name=choice.name,
            count=tally.values.get(choice.slug, 0),
            on=asked.has(one.facet, choice.slug),
            swatch=choice.swatch,
        )
        for choice in one.choices
    ]
    shown = [box for box in boxes if box.count or box.on]
    return Filter(name=one.facet, title=one.name, boxes=sorted(shown, key=lambda box: -box.count))


def _histogram(asked: Asked, spread: Spread) -> Histogram | None:
    """None for prices that do not differ: there is nothing to draw."""
    if len(spread.counts) < 2 or not spread.step:
        return None
    counts = dict(spread.counts)
    lows = range(min(counts), max(counts) + 1, spread.step)
    top = max(counts.values())
    least = asked.facets.get("price_min", 0)
    most = asked.facets.get("price_max", max(counts) + spread.step)
    bars = [
        _bar(asked, place, low, spread.step, counts.get(low, 0), top, (least, most))
        for place, low in enumerate(lows)
    ]
    fullest = max(bars, key=lambda bar: bar.count)
    summary = _("Prices: %(total)s products, most of them %(where)s.") % {
        "total": figures.number(sum(counts.values())),
        "where": fullest.words,
    }
    return Histogram(bars=bars, summary=summary)


def _bar(
    asked: Asked, place: int, low: int, step: int, count: int, top: int, ends: tuple[int, int]
) -> Bar:
    # What there is at all is seen, however little it is beside the fullest.
    height = max(3, round(count / top * HEIGHT)) if count else 0
    start, end = Money(low, CURRENCY), Money(low + step - 1, CURRENCY)
    words = _("%(low)s to %(high)s") % {
        "low": figures.money(start, whole=True),
        "high": figures.money(end),
    }
    return Bar(
        x=place * 10,
        y=HEIGHT - height,
        height=height,
        words=words,
        count=count,
        on=low + step > ends[0] and low <= ends[1],
        address=asked.address(min=_plain(low), max=_plain(low + step - 1)),
    )


def _plain(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
