"""The buy sheet: a page of its own, or the same block for the dialog of another page.

Everything is one form. Reading never reserves; only Pay does, and it says so with `do=pay`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import actions as accounts
from accounts import queries as people
from accounts.types import AddressData, BuyingChanged, Request
from catalog import queries as catalog
from core.errors import DomainError, NotFound
from core.places import COUNTRY_NAMES
from inventory import queries as inventory
from orders import actions
from orders.errors import NotBuyable, PriceChanged, SoldOut
from orders.forms import DetailsForm
from orders.pricing import price_now
from orders.quantities import read_quantity, read_wants, write_wants
from orders.types import Details, Priced, Want
from orders.views.common import (
    after_placing,
    chosen_methods,
    country_for,
    details_for,
    form_key,
    keep_country,
    own_addresses,
    shown_total,
)
from orders.views.for_whom import ForWhom, posted, shown
from orders.views.going import go_on
from payments import queries as payments
from payments.types import MethodData
from tracking import actions as tracking
from tracking import queries as touches

NEW_CARD = "new"
NEW_ADDRESS = "new"


@dataclass(kw_only=True)
class Sheet:
    """What the sheet shows and what its form says."""

    wants: list[Want]
    priced: Priced
    addresses: list[AddressData]
    address: AddressData | None
    cards: list[MethodData]
    card: MethodData | None
    form: DetailsForm
    country: str
    who: ForWhom
    key: str
    token: str
    axes: list[catalog.Axis] = field(default_factory=list)
    problem: DomainError | None = None
    left: dict[int, int] | None = None

    @property
    def quick(self) -> bool:
        """Nothing is left to type: address and card are known."""
        return self.address is not None and self.card is not None

    @property
    def path(self) -> str:
        """The variants as they stand in the address."""
        return write_wants(self.wants)

    @property
    def short(self) -> bool:
        """Fewer are left than wanted."""
        available = self.left or {}
        return any(available.get(x.variant_pk, 0) < x.quantity for x in self.priced.lines)

    @property
    def can_pay(self) -> bool:
        """Whether Pay makes sense; sold out and undeliverable things say so instead."""
        whole = not (self.priced.missing or self.priced.undeliverable or self.priced.away)
        return bool(self.priced.lines) and whole and not self.short


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, variant_ids: str) -> HttpResponse:
    """GET shows, POST changes what is shown or, with `do=pay`, pays."""
    wants = _wants(request, variant_ids)
    if request.method == "POST" and request.POST.get("do") == "pay":
        return _to_the_dialog(request, _pay(request, wants))
    if request.method == "GET":
        _note_click(request)
    return _show(request, _build(request, wants))


def _for_the_dialog(request: Request) -> bool:
    return request.headers.get("X-Fragment") == "sheet"


def _to_the_dialog(request: Request, answer: HttpResponse) -> HttpResponse:
    """A script cannot read where an answer sends it (to the provider, often): it is told."""
    if answer.status_code == 303 and _for_the_dialog(request):
        return JsonResponse({"location": answer["Location"]})
    return answer


def _wants(request: Request, variant_ids: str) -> list[Want]:
    try:
        wants = read_wants(variant_ids)
    except NotBuyable:
        raise NotFound from None
    if len(wants) == 1 and (asked := request.POST.get("quantity")):
        wants = [replace(wants[0], quantity=read_quantity(asked))]
    return wants


def _note_click(request: Request) -> None:
    touch = touches.read_touch(token=request.GET.get("t", "")[:500])
    if touch is not None:
        tracking.record_click(touch=touch, session=request.session, viewer=request.viewer)


def _build(request: Request, wants: list[Want], *, form: DetailsForm | None = None) -> Sheet:
    viewer, post = request.viewer, request.POST
    addresses = own_addresses(viewer)
    address = _address(post.get("address"), addresses)
    country = _country(request, address)
    priced = price_now(
        wants=wants,
        country=country,
        methods=chosen_methods(post),
        refused=viewer.hidden.blocked,
    )
    if not priced.lines:
        raise NotFound
    cards = payments.methods_for(user_id=viewer.user.pk) if viewer.user else []
    good = [card for card in cards if not card.expired]
    details = details_for(request, address)
    email = viewer.user.email if viewer.user else ""
    if form is None:
        initial = DetailsForm.initial_of(details) | {"country": country}
        if address is None:
            initial |= {name: post[name] for name in initial if name in post}
        form = DetailsForm(initial=initial, email=email)
    return Sheet(
        wants=wants,
        priced=priced,
        addresses=addresses,
        address=address,
        cards=good,
        card=_card(post.get("method"), good),
        form=form,
        country=country,
        who=shown(request, otherwise=viewer.buying),
        key=post.get("key") or form_key(viewer=viewer, session=request.session, wants=wants),
        token=(post.get("t") or request.GET.get("t", ""))[:500],
    )


def _address(asked: str | None, addresses: list[AddressData]) -> AddressData | None:
    if asked == NEW_ADDRESS or not addresses:
        return None
    return next((one for one in addresses if one.public_id == asked), addresses[0])


def _card(asked: str | None, cards: list[MethodData]) -> MethodData | None:
    if asked == NEW_CARD or not cards:
        return None
    return next((one for one in cards if one.method_id == asked), cards[0])


def _country(request: Request, address: AddressData | None) -> str:
    if address is not None:
        return address.country
    asked = request.POST.get("country", "")
    if asked in COUNTRY_NAMES:
        keep_country(request, asked)
        return asked
    return country_for(request)


def _pay(request: Request, wants: list[Want]) -> HttpResponse:
    viewer, post = request.viewer, request.POST
    user_id = viewer.user_id
    details, form = _details(request)
    if details is None:
        return _show(request, _build(request, wants, form=form), status=422)
    method = post.get("method")
    try:
        who = posted(request)
        placed = actions.buy_now(
            user_id=user_id,
            session=request.session,
            wants=wants,
            details=details,
            methods=chosen_methods(post),
            shown_total=shown_total(post, post.get("currency", "EUR")[:3]),
            idempotency_key=post.get("key", ""),
            method_id=method if user_id and method and method != NEW_CARD else None,
            refused=request.viewer.hidden.blocked,
            organization_id=who.organization_id,
        )
    except DomainError as problem:
        return _refused(request, wants, form, problem)
    if user_id and not details.address.public_id and not placed.replayed:
        with suppress(DomainError):  # a full address book does not stop what is bought already
            accounts.save_address(user_id=user_id, data=details.address)
    after_placing(request, placed)
    return go_on(request, placed)


def _details(request: Request) -> tuple[Details | None, DetailsForm | None]:
    """Who buys and where it goes: a kept address (of one's own, or 404), or what was typed."""
    user = request.viewer.user
    asked = request.POST.get("address")
    if user is not None and asked and asked != NEW_ADDRESS:
        address = people.address_for(user_id=user.pk, public_id=asked)
        return Details(email=user.email, address=address), None
    form = DetailsForm(request.POST, email=user.email if user else "")
    return (form.details() if form.is_valid() else None), form


def _refused(
    request: Request, wants: list[Want], form: DetailsForm | None, problem: DomainError
) -> HttpResponse:
    if isinstance(problem, NotFound):
        raise problem
    again = _build(request, wants, form=form)
    again.problem = problem
    if isinstance(problem, BuyingChanged):
        again.who = shown(request, otherwise=None, anew=True)
    if not isinstance(problem, PriceChanged | SoldOut):
        # The key may be the trouble (used for something else): the form gets a fresh one.
        again.key = form_key(viewer=request.viewer, session=request.session, wants=wants)
    return _show(request, again, status=problem.status)


def _show(request: Request, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    sheet.left = inventory.available(variant_pks=[x.variant_pk for x in sheet.priced.lines])
    if len(sheet.priced.lines) == 1:
        lead = sheet.priced.lines[0]
        page = catalog.product_page(public_id=lead.product_id, viewer=request.viewer)
        tail = f"?{urlencode({'t': sheet.token})}" if sheet.token else ""
        if page is not None:
            sheet.axes = catalog.axes_of(
                page=page,
                variant=page.variant(lead.variant_id),
                address=lambda one: reverse("orders:buy", args=[one.public_id]) + tail,
            )
    fragment = _for_the_dialog(request)
    template = "orders/_sheet.html" if fragment else "orders/buy.html"
    context = {"sheet": sheet, "countries": COUNTRY_NAMES, "fragment": fragment}
    response = render(request, template, context, status=200 if fragment else status)
    response["Vary"] = "X-Fragment, Cookie, Accept-Language"
    return response
