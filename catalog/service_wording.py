"""What of a service as typed can be accepted: pure checks that answer with all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from catalog.models import PRICE_LIMIT, TITLE_LIMIT
from catalog.service_models import AREA_LIMIT, MAX_LEAD_DAYS
from catalog.types import (
    EU_COUNTRIES,
    SERVICE_LANGUAGES,
    PackageData,
    Pricing,
    Problem,
    ServiceData,
)
from core.text import clean_text

MAX_PACKAGES = 5
MAX_PICTURES = 12
MAX_REVISIONS = 50
TEXT_LIMIT = 5000
SCOPE_LIMIT = 500


def cleaned(data: ServiceData) -> ServiceData:
    """The same service with its texts normalised, and without what its pricing does not use.

    Raises core.text.TextRefused.
    """
    priced = data.pricing in (Pricing.FIXED, Pricing.HOURLY)
    return replace(
        data,
        title=clean_text(data.title, limit=TITLE_LIMIT, single_line=True),
        description=clean_text(data.description, limit=TEXT_LIMIT),
        area=clean_text(data.area, limit=AREA_LIMIT, single_line=True),
        price=data.price if priced else None,
        packages=[
            replace(
                one,
                name=clean_text(one.name, limit=60, single_line=True),
                scope=clean_text(one.scope, limit=SCOPE_LIMIT),
            )
            for one in data.packages
        ]
        if data.pricing == Pricing.PACKAGES
        else [],
        pictures=[
            replace(one, alt=clean_text(one.alt, limit=140, single_line=True))
            for one in data.pictures
        ],
    )


def problems_of(data: ServiceData) -> list[Problem]:
    """Everything that is wrong with a cleaned service, in the order of the form."""
    return [*_words(data), *_prices(data), *_places(data)]


def _words(data: ServiceData) -> Iterator[Problem]:
    if not data.title:
        yield Problem(field="title", message=_("Give the service a title."))
    if len(data.pictures) > MAX_PICTURES:
        yield Problem(
            field="pictures",
            message=_("A service shows %(n)d pictures at most.") % {"n": MAX_PICTURES},
        )


def _prices(data: ServiceData) -> Iterator[Problem]:
    if data.pricing not in Pricing.values:
        yield Problem(field="pricing", message=_("Choose how you count."))
    if data.pricing in (Pricing.FIXED, Pricing.HOURLY):
        if data.price is None:
            yield Problem(field="price", message=_("Say what it costs."))
        elif not 0 < data.price.amount <= PRICE_LIMIT or data.price.currency != data.currency:
            yield Problem(field="price", message=_("Give a price above zero."))
    if data.pricing == Pricing.PACKAGES:
        if not data.packages:
            yield Problem(field="packages", message=_("Describe one package at least."))
        if len(data.packages) > MAX_PACKAGES:
            text = _("Offer %(n)d packages at most.") % {"n": MAX_PACKAGES}
            yield Problem(field="packages", message=text)
        for index, one in enumerate(data.packages):
            yield from _package(index, one, data.currency)


def _package(index: int, one: PackageData, currency: str) -> Iterator[Problem]:
    if not one.name:
        yield Problem(field="name", index=index, message=_("Name the package."))
    if not 0 < one.price.amount <= PRICE_LIMIT or one.price.currency != currency:
        yield Problem(field="price", index=index, message=_("Give a price above zero."))
    if one.revisions is not None and not 0 <= one.revisions <= MAX_REVISIONS:
        text = _("From 0 to %(n)d rounds of changes.") % {"n": MAX_REVISIONS}
        yield Problem(field="revisions", index=index, message=text)
    if not 0 <= one.lead_days <= MAX_LEAD_DAYS:
        yield Problem(field="days", index=index, message=_days())


def _places(data: ServiceData) -> Iterator[Problem]:
    if not set(data.countries) <= set(EU_COUNTRIES):
        yield Problem(field="countries", message=_("Choose countries of the European Union."))
    if not set(data.languages) <= set(SERVICE_LANGUAGES):
        yield Problem(field="languages", message=_("Choose languages from the list."))
    if not 0 <= data.lead_days <= MAX_LEAD_DAYS:
        yield Problem(field="lead_days", message=_days())


def _days() -> str:
    return _("Say how many working days, from 0 to %(n)d.") % {"n": MAX_LEAD_DAYS}
