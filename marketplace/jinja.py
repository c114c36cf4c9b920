"""The Jinja2 environment of our own pages: what every template and macro may call.

Everything here is pure presentation: it reads no database and no request, so that macros can be
imported without context and a wall of cards stays cheap.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.forms import BoundField, EmailField, IntegerField
from django.templatetags.static import static as static_url
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup

from core import clock
from core.forms import PublicUrlField, shown_host
from core.places import country_name
from marketplace import stylesheets
from marketplace.figures import (
    compact,
    date,
    date_and_time,
    days,
    isotime,
    money,
    naturaltime,
    number,
    percent,
    rating,
    time_of_day,
)
from marketplace.linked import linked_data
from marketplace.pictures import picture

CORE_JS = ("keys", "act", "toast", "forms", "suggest", "live")
EXTRA_JS = (
    "passkey",
    "sheet",
    "impressions",
    "more",
    "timer",
    "checkout",
    "upload",
    "look",
    "uploads",
    "pick",
    "focal",
    "order",
    "grid",
    "list",
    "editor",
    "tagger",
    "variants",
    "sticky",
    "arrange",
    "share",
    "mention",
    "facets",
    "htmx",
)
# What another script imports when it is first needed.
LATER_JS = ("answered", "blur", "kept", "keyshelp")


def environment(**options: Any) -> Environment:
    """Build the environment named in TEMPLATES; a missing variable is an error, not silence."""
    options["autoescape"] = True
    options["undefined"] = StrictUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(  # noqa: S701 - the options switch autoescape on
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        _=words,
        gettext=words,
        kept=kept,
        static=static,
        url=url,
        has_url=has_url,
        now=clock.now,
        timezone_name=timezone.get_current_timezone_name,
        money=money,
        days=days,
        number=number,
        rating=rating,
        percent=percent,
        icon=icon,
        css=css,
        core_css=core_css,
        js=js,
        core_js=core_js,
        picture=picture,
        spot=spot,
        spark_points=spark_points,
        error_text=error_text,
        wrong_words=wrong_words,
        site_name=settings.SITE_NAME,
        site_url=settings.SITE_URL,
        linked_data=linked_data,
        # What the site's context fills in; a page rendered without a request is a guest's.
        request=None,
        csrf_input="",
        messages=(),
        viewer=None,
        theme="",
        keys_off=False,
        live_url="",
        demo_logins=(),
        here="/",
    )
    env.filters.update(
        date=date,
        time=time_of_day,
        datetime=date_and_time,
        naturaltime=naturaltime,
        isotime=isotime,
        money=money,
        number=number,
        compact=compact,
        host=shown_host,
        country_name=country_name,
    )
    return env


def language() -> str | None:
    """Which language the page speaks. Where there is one, nobody asks: a page would 200 times."""
    return settings.LANGUAGE_CODE if len(settings.LANGUAGES) == 1 else translation.get_language()


@pass_eval_context
def words(page: EvalContext, message: str, /, **variables: object) -> str:
    """A translated text with its variables escaped where the page is HTML: what Jinja2's own would
    answer, remembered.

    A page says a hundred of them, and almost all are the same on every page.
    """
    text = _words(message, language())
    if not page.autoescape:
        return str(text) % variables if variables or "%" in message else str(text)
    return Markup(text % variables) if variables or "%" in message else text  # noqa: S704 - escaped


@lru_cache(maxsize=4096)
def _words(message: str, _language: str | None) -> Markup:
    return Markup(gettext(message))  # noqa: S704 - texts of ours


# Rendered cards by all that decides how they look; emptied when it is full.
_kept: dict[tuple[object, ...], Markup] = {}
KEPT_CARDS = 2_000
_EAGER = 15


def kept(macro: Macro, card: object, index: int, level: int) -> Markup:
    """`macro(card, index, level)`, rendered once for equal cards: what they show is all in them.

    So a price that changes makes another card, and nothing has to be forgotten.
    """
    place = index if index == 0 else 1 if index < _EAGER else _EAGER
    key = (macro.name, language(), card, place, level)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEPT_CARDS:
            _kept.clear()
        found = _kept[key] = Markup(macro(card, place, level))  # noqa: S704 - a macro escapes
    return found


@lru_cache(maxsize=512)
def static(path: str) -> str:
    """Public address of a static file, with its content hash where the storage adds one."""
    return static_url(path)


def url(name: str, /, **kwargs: object) -> str:
    """Reverse a URL name with keyword arguments only: `url('feed:pin', public_id=...)`."""
    pattern = _pattern(name, tuple(kwargs))
    if pattern and all(_PLAIN.fullmatch(one) for one in kwargs.values() if isinstance(one, str)):
        return pattern.format_map(kwargs)
    return reverse(name, kwargs=kwargs or None)


# What every converter of ours takes and no address has to quote.
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")


@lru_cache(maxsize=512)
def _pattern(name: str, names: tuple[str, ...]) -> str:
    """The address with places for its arguments; '' where only letters and figures do not fit."""
    marks = {one: f"qz{number}zq" for number, one in enumerate(names)}
    try:
        address = reverse(name, kwargs=marks or None)
    except NoReverseMatch:
        return ""
    address = address.replace("{", "{{").replace("}", "}}")
    for one, mark in marks.items():
        address = address.replace(mark, f"{{{one}}}")
    return address


@lru_cache(maxsize=512)
def has_url(name: str, /, **kwargs: object) -> bool:
    """Whether the name reverses, so that a shared template links only to what exists."""
    try:
        reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return False
    return True


# --- markup that every page repeats ----------------------------------------------------------


@lru_cache(maxsize=1)
def _icon_names() -> frozenset[str]:
    sprite = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite))


@lru_cache(maxsize=512)
def icon(name: str, small: bool = False, label: str = "") -> Markup:
    """One icon of the sprite. It is decoration unless a `label` says what it means."""
    if name not in _icon_names():
        raise ValueError(f"no such icon: {name}")
    shape = Markup('<use href="{}#{}"/>').format(static("img/icons.svg"), name)
    size = "i s" if small else "i"
    if label:
        return Markup('<svg class="{}" role="img" aria-label="{}">{}</svg>').format(
            size, label, shape
        )
    return Markup('<svg class="{}" aria-hidden="true">{}</svg>').format(size, shape)


def core_css() -> Markup:
    """The style sheets of every page, first in the head because they declare the layer order."""
    return _link(stylesheets.CORE)


def css(*names: str) -> Markup:
    """The style sheets of the named components, each once, in the order they refine each other."""
    unknown = set(names) - set(stylesheets.EXTRA)
    if unknown:
        raise ValueError(f"no such style sheet: {', '.join(sorted(unknown))}")
    return _link(tuple(name for name in stylesheets.EXTRA if name in names))


def _link(names: tuple[str, ...]) -> Markup:
    return _cached_link(names) if not settings.DEBUG else _cached_link.__wrapped__(names)


@lru_cache(maxsize=256)
def _cached_link(names: tuple[str, ...]) -> Markup:
    return Markup('<link rel="stylesheet" href="{}">\n').format(stylesheets.address(names))


def core_js() -> Markup:
    """The small modules of every page."""
    return _scripts(CORE_JS)


def js(*names: str) -> Markup:
    """Further modules by name; `htmx` is the library, for a page that swaps fragments with it."""
    unknown = set(names) - set(EXTRA_JS)
    if unknown:
        raise ValueError(f"no such script: {', '.join(sorted(unknown))}")
    return _scripts(tuple(name for name in EXTRA_JS if name in names))


@lru_cache(maxsize=128)
def _scripts(names: tuple[str, ...]) -> Markup:
    lines = []
    for name in names:
        if name == "htmx":
            lines.append(
                Markup('<script src="{}" defer></script>\n').format(
                    static("django_htmx/htmx-2.min.js")
                )
            )
        else:
            lines.append(
                Markup('<script type="module" src="{}"></script>\n').format(static(f"js/{name}.js"))
            )
    return Markup("").join(lines)


def error_text(bound: BoundField) -> str:
    """The first error of a field, the same words for the summary and the line beside the field.

    A field that was left empty is named, because "this field" says nothing in a list at the top.
    """
    problem = bound.errors.as_data()[0]
    if problem.code == "required":
        return _missing(bound, str(problem.message))
    return str(bound.errors[0])


def _missing(bound: BoundField, said: str) -> str:
    if said != gettext("This field is required."):
        return said
    words = gettext("Choose “%(label)s”") if bound.use_fieldset else gettext("Fill in “%(label)s”")
    return words % {"label": bound.label}


def wrong_words(bound: BoundField) -> dict[str, str]:
    """Attributes with what a form says of an answer that a browser can see to be wrong.

    They are named after `ValidityState`; blur.js shows them when the field is left.
    """
    field, found = bound.field, {}
    said = {
        **{getattr(one, "code", ""): getattr(one, "message", "") for one in field.validators},
        **field.error_messages,
    }
    if field.required:
        found["value-missing"] = _missing(bound, str(said["required"]))
    if isinstance(field, EmailField):
        found["type-mismatch"] = str(said["invalid"])
    if isinstance(field, PublicUrlField):
        found["type-mismatch"] = str(said["address"])
    if isinstance(field, IntegerField):  # and numbers with a point
        found["bad-input"] = str(said["invalid"])
        for what, code in (("underflow", "min_value"), ("overflow", "max_value")):
            limit = getattr(field, code)
            if limit is not None:
                found[f"range-{what}"] = str(said[code]) % {"limit_value": limit}
    return {f"data-{name}": words for name, words in found.items()}


def spot(x: float, y: float) -> str:
    """Classes that place a mark at a percentage of its picture, without an inline style."""
    return " ".join(["spot", *_digits("x", x), *_digits("y", y)])


def _digits(axis: str, value: float) -> list[str]:
    """A whole percentage as tens and ones; a nought needs no class."""
    percent = min(100, max(0, round(value)))
    ones = percent % 10
    return [f"{axis}-{part}" for part in (percent - ones, ones) if part]


def spark_points(
    values: list[float] | list[int], width: float, height: float, pad: float = 2
) -> str:
    """Points of a polyline over evenly spaced values, scaled to the box."""
    if not values:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = (width - 2 * pad) / max(1, len(values) - 1)
    return " ".join(
        f"{pad + index * step:.1f},{height - pad - (value - low) / span * (height - 2 * pad):.1f}"
        for index, value in enumerate(values)
    )
