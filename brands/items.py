"""What a brand needs before it is let in, as a rule. Pure: no rows, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.types import BrandFile
from brands.types import Item, ItemState, PapersData
from catalog.types import DeliveryTerms, StorefrontData
from core.media import Picture
from core.places import country_name
from payments.types import PayoutData

CODES = (
    "trader",
    "phone",
    "email",
    "register",
    "vat",
    "payout",
    "declaration",
    "policies",
    "delivery",
    "pictures",
)
# The items that the law wants to be seen beside every offer: checked anew when they change.
TRADER_CODES = ("trader", "phone", "email", "register", "vat")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that is known of a brand when its list is drawn up."""

    file: BrandFile
    papers: PapersData
    front: StorefrontData | None
    delivery: tuple[DeliveryTerms, ...]
    payout: PayoutData


@dataclass(frozen=True)
class _Finding:
    """What an item holds, in words, and what is missing, awaited, or wrong with it."""

    said: str
    missing: str = ""
    awaited: bool = False
    wrong: bool = False
    mark: str = ""  # what tells it from another, where the words do not, or depend on the reader
    pictures: tuple[Picture, ...] = ()


def checklist_items(
    evidence: Evidence, *, refused: Mapping[str, tuple[str, str]]
) -> tuple[Item, ...]:
    """The list. `refused` maps a code to the fingerprint and the reason of its last refusal.

    An item that is still what was refused needs a change; once it is another, it is done again.
    """
    return tuple(_item(code, _FINDERS[code](evidence), refused.get(code)) for code in CODES)


def titles() -> dict[str, str]:
    """How people call the items."""
    return {
        "trader": _("Legal name and address"),
        "phone": _("Phone"),
        "email": _("Contact e-mail"),
        "register": _("Register number"),
        "vat": _("VAT number"),
        "payout": _("Payout account"),
        "declaration": _("Declaration"),
        "policies": _("Returns and delivery policy"),
        "delivery": _("Delivery method"),
        "pictures": _("Picture and cover"),
    }


def _item(code: str, finding: _Finding, refused: tuple[str, str] | None) -> Item:
    mark = hashlib.sha256(f"{code}\n{finding.mark or finding.said}".encode()).hexdigest()
    state: ItemState = "done"
    words = ""
    if finding.missing:
        state, words = "missing", finding.missing
        if finding.awaited or finding.wrong:
            state = "waiting" if finding.awaited else "change"
    elif refused is not None and refused[0] == mark:
        state, words = "change", refused[1]
    return Item(
        code=code,
        title=titles()[code],
        state=state,
        words=words,
        said=finding.said,
        fingerprint=mark,
        pictures=finding.pictures,
    )


def _trader(evidence: Evidence) -> _Finding:
    trader = evidence.file.trader
    parts = [
        part
        for part in (trader.name, trader.line1, trader.line2, trader.postcode, trader.city)
        if part
    ]
    country = [country_name(trader.country)] if trader.country else []
    needed = (trader.name, trader.line1, trader.postcode, trader.city, trader.country)
    missing = "" if all(needed) else _("Who sells, by law, and where letters reach them.")
    mark = ", ".join([*parts, trader.country] if trader.country else parts)
    town = f"{trader.postcode} {trader.city}".strip()
    shown = [trader.name, trader.line1, trader.line2, town, *country]
    return _Finding(", ".join(part for part in shown if part), missing, mark=mark)


def _phone(evidence: Evidence) -> _Finding:
    phone = evidence.file.trader.phone
    return _Finding(phone, "" if phone else _("A number under which customers reach you."))


def _email(evidence: Evidence) -> _Finding:
    email = evidence.file.trader.email
    if not email:
        return _Finding("", _("An address under which customers reach you."))
    if evidence.papers.confirmed_email != email:
        return _Finding(email, _("Confirm it with the code that we send there."))
    return _Finding(email)


def _register(evidence: Evidence) -> _Finding:
    number = evidence.file.trader.registration_number
    if number:
        return _Finding(number)
    if evidence.papers.unregistered:
        return _Finding(_("In no register"))
    return _Finding("", _("Your number in the trade register, or that you are in none."))


def _vat(evidence: Evidence) -> _Finding:
    number = evidence.file.trader.vat_id
    if number:
        return _Finding(number)
    if evidence.papers.vat_exempt:
        return _Finding(_("No VAT number"))
    return _Finding("", _("Your VAT number, or that you have none."))


def _payout(evidence: Evidence) -> _Finding:
    payout = evidence.payout
    said = (
        _("Account ending in %(last4)s") % {"last4": payout.iban_last4} if payout.iban_last4 else ""
    )
    words = {
        "verified": "",
        "pending": _("The bank is looking at your account. This takes a moment."),
        "restricted": _("The bank did not accept the account. Name another one."),
    }
    missing = words.get(payout.state, _("The bank account to which we pay what you earn."))
    return _Finding(
        said,
        missing,
        awaited=payout.state == "pending",
        wrong=payout.state == "restricted",
    )


def _declaration(evidence: Evidence) -> _Finding:
    papers = evidence.papers
    if papers.declared_at is None:
        return _Finding("", _("That you offer only what complies with the law."))
    day = timezone.localdate(papers.declared_at)
    said = {"name": papers.declared_name, "day": date_format(day, "j F Y")}
    return _Finding(
        _("%(name)s, %(day)s") % said, mark=f"{papers.declared_name}, {day.isoformat()}"
    )


def _policies(evidence: Evidence) -> _Finding:
    front = evidence.front
    if front is None or not (front.delivery_policy and front.returns_policy):
        return _Finding("", _("How parcels leave, and how they may come back."))
    days = _("Returns within %(days)s days") % {"days": front.return_days}
    return _Finding(f"{days}. {front.returns_policy} {front.delivery_policy}")


def _delivery(evidence: Evidence) -> _Finding:
    said = "; ".join(f"{terms.name}, {terms.zone}" for terms in evidence.delivery)
    return _Finding(said, "" if said else _("At least one way for your parcels."))


def _pictures(evidence: Evidence) -> _Finding:
    file = evidence.file
    if not (file.picture_id and file.cover_id):
        return _Finding("", _("What people recognise you by: a square one and a wide one."))
    return _Finding(
        _("A picture and a cover"),
        mark=f"{file.picture_id} {file.cover_id}",
        pictures=tuple(one for one in (file.ref.picture, file.cover) if one),
    )


_FINDERS: dict[str, Callable[[Evidence], _Finding]] = {
    "trader": _trader,
    "phone": _phone,
    "email": _email,
    "register": _register,
    "vat": _vat,
    "payout": _payout,
    "declaration": _declaration,
    "policies": _policies,
    "delivery": _delivery,
    "pictures": _pictures,
}
