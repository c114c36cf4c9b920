"""Where what was typed into the product editor is not what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.types import ProductPage
from core.money import format_money
from marketplace.pages.product_form import SCHEDULED, ProductForm, initial_of
from marketplace.pages.product_grid import Row, rows_of
from marketplace.pages.product_pictures import Shown

# Longer values are named and not shown.
SHORT = 40
_ELSEWHERE = ("pictures", "version", "to", "publish_at")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference: what it is about, what is stored and what was typed, in words."""

    what: str
    was: str = ""
    now: str = ""

    @property
    def short(self) -> bool:
        """Whether both can be shown beside each other."""
        return bool(self.was or self.now) and max(len(self.was), len(self.now)) <= SHORT


def of_product(
    form: ProductForm, rows: Sequence[Row], pictures: Sequence[Shown], stored: ProductPage
) -> list[Change]:
    """Everything that saving would change, in the order of the page."""
    return [
        *of_form(form, stored),
        *_of_pictures(pictures, stored),
        *_of_grid(rows, stored),
        *_of_state(form, stored),
    ]


def of_form(form: ProductForm, stored: ProductPage) -> list[Change]:
    """Of the fields that are one value each, and of the options."""
    theirs = initial_of(stored)
    names = [*form.fields, *(one for one in theirs if one.startswith(("option_", "values_")))]
    found = []
    for name in dict.fromkeys(names):
        if name in _ELSEWHERE:
            continue
        field = form.fields.get(name)
        mine = _plain(form[name].value()) if field else ""
        if mine != _plain(theirs.get(name)):
            label = _label(form, name, theirs)
            saved = _named(field, theirs.get(name))
            typed = _named(field, form[name].value()) if field else ""
            found.append(Change(what=label, was=saved, now=typed))
    return found


def _label(form: ProductForm, name: str, theirs: Mapping[str, Any]) -> str:
    """What a field is called; the values of an option go by the option's name."""
    if name.startswith(("option_", "values_")):
        option = name.replace("values_", "option_")
        typed = form[option].value() if option in form.fields else ""
        return _("Option %(name)s") % {"name": typed or theirs.get(option) or ""}
    return str(form.fields[name].label)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(one).strip() for one in value if str(one).strip()))
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _named(field: Any, value: Any) -> str:
    """A value as people read it: choices by their names."""
    names = {str(key): str(name) for key, name in getattr(field, "choices", ())}
    if isinstance(value, list | tuple):
        return ", ".join(names.get(str(one), str(one)) for one in value if str(one).strip())
    return names.get(str(value), _plain(value)) if value else ""


# --- variants ------------------------------------------------------------------------------------


def of_grid(rows: Sequence[Row], stored: ProductPage) -> list[tuple[str, str]]:
    """Where SKU or price in the grid is not what somebody else saved: which, and theirs."""
    mine = {row.values: row for row in rows}
    found = []
    for theirs in rows_of(stored, {}):
        row = mine.get(theirs.values)
        name = theirs.title or _("The product")
        if row is None:
            found.append((name, _("is there")))
        elif (row.sku, row.money()) != (theirs.sku, theirs.money()):
            price = f"€ {theirs.price}" if theirs.price else ""
            found.append((name, ", ".join(filter(None, [theirs.sku, price])) or _("nothing")))
    return found


def _of_grid(rows: Sequence[Row], stored: ProductPage) -> list[Change]:
    before = {row.values: row for row in rows_of(stored, {})}
    found: list[Change] = []
    for row in rows:
        old = before.pop(row.values, None)
        if old is None:
            found.append(Change(what=_("New: %(name)s") % {"name": _name(row)}))
        else:
            found += _of_row(row, old)
    gone = [Change(what=_("Gone: %(name)s") % {"name": _name(old)}) for old in before.values()]
    return _together(found, len(rows)) + gone


def _of_row(row: Row, old: Row) -> list[Change]:
    """The columns of one variant; a count is compared with the one that the page showed."""
    named = {"name": _name(row)}
    found = []
    if row.money() != old.money():
        what = _("Price of %(name)s") % named
        found.append(Change(what=what, was=_price(old), now=_price(row)))
    if row.sku != old.sku:
        found.append(Change(what=_("SKU of %(name)s") % named, was=old.sku, now=row.sku))
    if row.count() != row.was:
        what = _("Stock of %(name)s") % named
        found.append(Change(what=what, was="" if row.was is None else str(row.was), now=row.stock))
    if row.picture != old.picture:
        found.append(Change(what=_("Picture of %(name)s") % named))
    if row.active != old.active:
        words = _("%(name)s goes on sale") if row.active else _("%(name)s goes off sale")
        found.append(Change(what=words % named))
    return found


def _name(row: Row) -> str:
    return row.title or _("the product")


def _price(row: Row) -> str:
    money = row.money()
    return format_money(money, get_language() or "en") if money else row.price


def _together(found: list[Change], rows: int) -> list[Change]:
    """One line for a price or count that all variants were given alike."""
    for now in dict.fromkeys((one.was, one.now) for one in found if one.now):
        alike = [one for one in found if (one.was, one.now) == now]
        if rows > 2 and len(alike) == rows:
            one = Change(what=_("All variants"), was=now[0], now=now[1])
            at = found.index(alike[0])
            rest = [other for other in found if other not in alike]
            found = [*rest[:at], one, *rest[at:]]
    return found


# --- pictures and state --------------------------------------------------------------------------


def _of_pictures(pictures: Sequence[Shown], stored: ProductPage) -> list[Change]:
    was = [one.public_id for one in stored.pictures]
    now = [one.image.public_id for one in pictures]
    found = []
    if was and now and was[0] != now[0]:
        found.append(Change(what=_("Cover picture")))
    elif [one for one in was if one in now] != [one for one in now if one in was]:
        found.append(Change(what=_("Order of the pictures")))
    added, dropped = len(set(now) - set(was)), len(set(was) - set(now))
    if added:
        found.append(Change(what=_("Pictures added: %(n)d") % {"n": added}))
    if dropped:
        found.append(Change(what=_("Pictures removed: %(n)d") % {"n": dropped}))
    words: Mapping[str, str] = {one.public_id: one.alt for one in stored.pictures}
    for number, one in enumerate(pictures, start=1):
        if words.get(one.image.public_id, one.alt) != one.alt:
            found.append(Change(what=_("Words of picture %(n)d") % {"n": number}))
        if one.focus not in (None, (one.image.focus_x, one.image.focus_y)):
            found.append(Change(what=_("Focal point of picture %(n)d") % {"n": number}))
    return found


def _of_state(form: ProductForm, stored: ProductPage) -> list[Change]:
    theirs = initial_of(stored)
    to = form["to"].value() or theirs["to"]
    names = {"draft": _("Draft"), "published": _("Published"), "archived": _("Archived")}
    names[SCHEDULED] = _("From a date")
    if to != theirs["to"]:
        return [Change(what=_("State"), was=names[theirs["to"]], now=names.get(to, ""))]
    at = form.cleaned_data.get("publish_at") if form.is_bound else None
    if to == SCHEDULED and at != stored.publish_at:
        return [Change(what=_("Day and hour"))]
    return []
