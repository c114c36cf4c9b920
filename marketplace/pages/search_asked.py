"""What an address of the search page asks for, read with care; and addresses that ask for less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.queries import attributes, attributes_asked, category
from catalog.types import EU_COUNTRIES, RATING_STEPS, AttributeData, AttributeKind, CategoryRef
from core.money import MoneyError, parse_money
from core.text import TextRefused, clean_text
from search.queries import MAX_TEXT, ORDERS

CURRENCY = "EUR"
KINDS = ("product", "pin", "brand", "service", "person")
# So many values of one filter are read; nobody ticks more.
MOST = 20
LARGEST = Decimal(10) ** 9
# The one filter of pins: with AI, or without.
AI = {"yes": True, "no": False}
# The filters that every product knows, in the order of the page; attributes follow them.
PLAIN = ("category", "brand", "to", "min", "max", "stock", "rating")


@dataclass(kw_only=True)
class Asked:
    """What was asked, as far as it could be read.

    `parts` is the address by name, as typed and without what means nothing here; `facets` what the
    index is asked for it, of products, and `of_pins` of pins; `problems` by name of the field.
    """

    text: str = ""
    kind: str = ""
    sort: str = ""
    branch: CategoryRef | None = None
    questions: list[AttributeData] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    facets: dict[str, Any] = field(default_factory=dict)
    of_pins: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def narrowed(self) -> bool:
        """Whether a filter of products is on: then only they are found."""
        return bool(self.facets)

    def one(self, name: str) -> str:
        """What was typed into a field, or ''."""
        return self.parts[name][0] if self.parts.get(name) else ""

    def has(self, name: str, value: str) -> bool:
        """Whether a box is ticked."""
        return value in self.parts.get(name, ())

    def address(self, **changes: str | Sequence[str]) -> str:
        """This search with some of its parts changed; empty ones are left out."""
        parts: dict[str, Sequence[str]] = {
            "q": [self.text],
            "kind": [self.kind],
            **self.parts,
            "sort": [self.sort],
        }
        for name, value in changes.items():
            parts[name] = [value] if isinstance(value, str) else value
        pairs = [(name, one) for name, values in parts.items() for one in values if one]
        return f"{reverse('pages:search')}?{urlencode(pairs)}"

    def without(self, name: str, value: str) -> str:
        """This search with one box fewer ticked. Without its category its attributes go, too."""
        changes: dict[str, str | Sequence[str]] = {
            name: [one for one in self.parts.get(name, ()) if one != value]
        }
        if name == "category":
            changes |= {one: "" for one in self.parts if one.startswith("a_")}
        return self.address(**changes)

    def plain(self, **changes: str) -> str:
        """This search without filters and order."""
        return self.address(**(dict.fromkeys(self.parts, "") | {"sort": ""} | changes))


def read(data: QueryDict) -> Asked:
    """`?q=` words, `kind=` one tab, `sort=`; and about products `brand=` handles, `category=` a
    slug, `to=` a country, `min=` and `max=` in euro, `stock=1`, `rating=` stars or more,
    `a_<code>=` slugs of choices or `yes`, `a_<code>_min=` and `a_<code>_max=` numbers. In the tab
    of pins `ai=yes` or `no`.

    Unknown values are left out; a number that is none is a problem of its field, and so is an upper
    end below the lower one.
    """
    kind, sort = data.get("kind", ""), data.get("sort", "")
    asked = Asked(
        text=words_in(data.get("q", "")),
        kind=kind if kind in KINDS else "",
        sort=sort if sort in ORDERS else "",
    )
    asked.branch = category(slug=data.get("category", "")[:60])
    if asked.branch is not None:
        asked.parts["category"] = [asked.branch.slug]
        asked.facets["category"] = [asked.branch.slug]
    if brands := _values(data, "brand"):
        asked.parts["brand"] = asked.facets["seller"] = brands
    country = data.get("to", "").upper()
    if country in EU_COUNTRIES:
        asked.parts["to"] = asked.facets["ships_to"] = [country]
    if data.get("stock") == "1":
        asked.parts["stock"] = ["1"]
        asked.facets["in_stock"] = True
    rating = data.get("rating", "")
    if rating in map(str, RATING_STEPS):
        asked.parts["rating"] = asked.facets["rating"] = [rating]
    _read_prices(asked, data)
    known = attributes_asked(category=asked.branch.slug) if asked.branch else attributes()
    asked.questions = [one for one in known if one.filterable and one.kind != AttributeKind.TEXT]
    for one in asked.questions:
        _read_attribute(asked, data, one)
    if asked.kind == "pin" and not asked.narrowed and (ai := data.get("ai", "")) in AI:
        asked.parts["ai"], asked.of_pins["ai"] = [ai], AI[ai]
    return asked


def words_in(raw: str) -> str:
    """What somebody typed, in the length that is looked for; '' for what is no text."""
    try:
        text = raw.replace("\x00", " ")[:MAX_TEXT]
        return clean_text(text, limit=MAX_TEXT, single_line=True)
    except TextRefused:
        return ""


def _values(data: QueryDict, name: str) -> list[str]:
    values = dict.fromkeys(one.replace("\x00", "")[:60] for one in data.getlist(name)[:MOST])
    return [one for one in values if one]


def _typed(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\x00", "").strip()[:20]


def _read_prices(asked: Asked, data: QueryDict) -> None:
    for name in ("min", "max"):
        if typed := _typed(data, name):
            asked.parts[name] = [typed]
            try:
                asked.facets[f"price_{name}"] = parse_money(typed, CURRENCY).amount
            except MoneyError as error:
                asked.problems[name] = str(error)
    _check_range(asked, "price", field="max")


def _check_range(asked: Asked, facet: str, *, field: str) -> None:
    """Ends that are the wrong way round would find nothing and say nothing: the upper one is a
    problem of its field, like a number that is none.
    """
    least, most = asked.facets.get(f"{facet}_min"), asked.facets.get(f"{facet}_max")
    if least is not None and most is not None and least > most:
        asked.problems[field] = _("“Up to” is less than “from”.")
        del asked.facets[f"{facet}_max"]


def _read_attribute(asked: Asked, data: QueryDict, one: AttributeData) -> None:
    name = one.facet
    if one.kind == AttributeKind.NUMBER:
        for end in (f"{name}_min", f"{name}_max"):
            if typed := _typed(data, end):
                asked.parts[end] = [typed]
                number = number_of(typed)
                if number is None:
                    asked.problems[end] = _("Give a number for “%(name)s”.") % {"name": one.name}
                else:
                    asked.facets[end] = number
        _check_range(asked, name, field=f"{name}_max")
    elif one.kind == AttributeKind.YES_NO:
        if data.get(name) == "yes":
            asked.parts[name], asked.facets[name] = ["yes"], True
    elif chosen := [slug for slug in _values(data, name) if one.choice(slug)]:
        asked.parts[name] = asked.facets[name] = chosen


def number_of(typed: str) -> Decimal | None:
    """A plain number as people type it, with a point or a comma; None for anything else."""
    plain = typed.replace(",", ".", 1)
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit():
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number <= LARGEST else None


def in_words(asked: Asked, *, labels: Mapping[str, str], country: str) -> Iterable[tuple[str, str]]:
    """Every filter that is on, and the address that drops it. `labels` are names of brands by
    handle, `country` is that of the country asked for."""
    if asked.branch is not None:
        yield asked.branch.name, asked.without("category", asked.branch.slug)
    for handle in asked.parts.get("brand", ()):
        yield labels.get(handle, f"@{handle}"), asked.without("brand", handle)
    if country:
        yield _("Ships to %(country)s") % {"country": country}, asked.address(to="")
    for name, words in (("min", _("From €%(n)s")), ("max", _("Up to €%(n)s"))):
        if f"price_{name}" in asked.facets:
            yield words % {"n": asked.one(name)}, asked.address(**{name: ""})
    if "in_stock" in asked.facets:
        yield _("In stock"), asked.address(stock="")
    if rating := asked.one("rating"):
        yield stars_and_up(int(rating)), asked.address(rating="")
    for one in asked.questions:
        yield from _answer_in_words(asked, one)
    if "ai" in asked.of_pins:
        words = _("Made with AI") if asked.of_pins["ai"] else _("Made without AI")
        yield words, asked.address(ai="")


def stars_and_up(stars: int) -> str:
    """From so many stars on, in words."""
    return _("%(stars)s stars and up") % {"stars": stars}


def _answer_in_words(asked: Asked, one: AttributeData) -> Iterable[tuple[str, str]]:
    for slug in asked.parts.get(one.facet, ()):
        choice = one.choice(slug)
        words = choice.name if choice else one.name
        yield words, asked.without(one.facet, slug)
    for end, words in (
        (f"{one.facet}_min", _("%(name)s from %(n)s")),
        (f"{one.facet}_max", _("%(name)s up to %(n)s")),
    ):
        if end in asked.facets:
            number = f"{asked.one(end)} {one.unit}".strip()
            yield words % {"name": one.name, "n": number}, asked.address(**{end: ""})
