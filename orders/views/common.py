"""What several views of buying share."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts import queries as accounts
from accounts.types import AddressData, Request, Viewer
from core.ids import new_secret_id
from core.money import Money
from core.places import COUNTRY_NAMES, country_of_language
from orders import queries
from orders.quantities import MAX_LINES
from orders.session import COUNTRY, known_purchases, remember_purchase
from orders.types import Details, Placed, Want

NOBODY = AddressData(name="", line1="", postcode="", city="", country="")


def country_for(request: HttpRequest) -> str:
    """Where this visitor is taken to be: as chosen before, else as their browser says."""
    chosen = request.session.get(COUNTRY)
    if chosen in COUNTRY_NAMES:
        return str(chosen)
    return country_of_language(request.headers.get("Accept-Language", ""))


def keep_country(request: HttpRequest, country: str) -> None:
    """Remember a chosen country; writes the session only when it differs."""
    if country in COUNTRY_NAMES and country != country_for(request):
        request.session[COUNTRY] = country


def own_addresses(viewer: Viewer) -> list[AddressData]:
    """Addresses of somebody who is signed in, to countries that parcels go to. One query."""
    if viewer.user is None:
        return []
    found = accounts.addresses_for(user_id=viewer.user.pk)
    return [one for one in found if one.country in COUNTRY_NAMES]


def details_for(request: Request, address: AddressData | None) -> Details:
    """What is known before anything was typed: of who has no address yet, their name."""
    viewer = request.viewer
    email = viewer.user.email if viewer.user is not None else ""
    if address is None:
        name = viewer.profile.name if viewer.profile else ""
        address = replace(NOBODY, name=name, country=country_for(request))
    return Details(email=email, address=address)


def chosen_methods(data: Mapping[str, str]) -> frozenset[str]:
    """The delivery methods chosen in the fields `ship1`, `ship2`, … of a form."""
    names = [f"ship{number}" for number in range(1, MAX_LINES + 1)]
    return frozenset(data[name][:40] for name in names if data.get(name))


def shown_total(data: Mapping[str, str], currency: str) -> Money:
    """The total that the form says it showed; nonsense is a total that nothing costs."""
    text = data.get("total", "")
    readable = text.isascii() and text.isdigit() and len(text) <= 15
    return Money(int(text), currency) if readable else Money(-1, currency)


def read_version(data: Mapping[str, str]) -> int:
    """The version that the form says it showed; 0, which never is, for nonsense."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else 0


def form_key(*, viewer: Viewer, session: SessionBase, wants: Sequence[Want]) -> str:
    """The idempotency key of a buy form.

    Two tabs of one person for the same pieces get the same key, until something was bought: a
    second tab then answers with the order of the first instead of buying again.
    """
    pieces = ",".join(sorted(want.variant_id for want in wants))
    if viewer.user is not None:
        newest = queries.latest_purchase_id(user_id=viewer.user.pk)
        name = f"u:{viewer.user.pk}:{newest}:{pieces}"
    elif session.session_key:
        known = known_purchases(session)
        name = f"s:{session.session_key}:{known[-1] if known else ''}:{pieces}"
    else:
        return new_secret_id()
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).hexdigest()[:48]


def after_placing(request: Request, placed: Placed) -> None:
    """Let a guest's session see what it bought."""
    if request.viewer.user is None:
        remember_purchase(request.session, placed.purchase_id)


def see_other(address: str) -> HttpResponse:
    """POST, redirect, GET."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
