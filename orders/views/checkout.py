"""The checkout session: its page, and the ways back from the provider."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.types import BuyingChanged, Request
from core.errors import DomainError, NotFound
from core.places import COUNTRY_NAMES
from orders import actions, queries
from orders.errors import BagChanged, NotDeliverable, PriceChanged, SoldOut
from orders.forms import DetailsForm
from orders.pricing import DEFAULT_CURRENCY
from orders.session import remember_purchase
from orders.types import CheckoutPage, Placed
from orders.views import bag as bag_views
from orders.views.common import (
    after_placing,
    chosen_methods,
    details_for,
    keep_country,
    own_addresses,
    read_version,
    see_other,
    shown_total,
)
from orders.views.for_whom import FIELD, ForWhom, chosen_in, posted, shown
from orders.views.going import ask_to_try_again, go_on, purchase_address
from payments import queries as payments
from payments.types import AnswerConfused, failure_message


@require_POST
def start(request: Request) -> HttpResponse:
    """From the bag: hold its pieces and open the session's own page."""
    addresses = own_addresses(request.viewer)
    shown = shown_total(request.POST, DEFAULT_CURRENCY) if "total" in request.POST else None
    try:
        public_id = actions.start_checkout(
            viewer=request.viewer,
            session=request.session,
            version=read_version(request.POST),
            details=details_for(request, addresses[0] if addresses else None),
            shown_items=shown,
        )
    except (BagChanged, PriceChanged, SoldOut, NotDeliverable) as problem:
        return bag_views.show(request, problem)
    return see_other(reverse("orders:checkout", args=[public_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, public_id: str) -> HttpResponse:
    """Details, delivery and the total; POST keeps them, renews the hold, or pays."""
    checkout = queries.checkout_for(viewer=request.viewer, public_id=public_id)
    if checkout.state == "completed" and checkout.purchase_id:
        return see_other(purchase_address(checkout.purchase_id))
    if request.method != "POST":
        return _show(request, checkout)
    if request.POST.get("do") == "renew":
        try:
            actions.renew_checkout(viewer=request.viewer, public_id=public_id)
        except DomainError as problem:
            return _show(request, checkout, problem=problem)
        return see_other(reverse("orders:checkout", args=[public_id]))
    return _post(request, checkout)


def _post(request: Request, checkout: CheckoutPage) -> HttpResponse:
    paying = request.POST.get("do") == "pay"
    if checkout.purchase_id is not None:
        return _go_on_paying(request, checkout)
    form = _form(request, checkout, data=True)
    country = request.POST.get("country", "")
    methods = chosen_methods(request.POST)
    chosen = country if country in COUNTRY_NAMES else None
    if chosen:
        keep_country(request, chosen)
    if not paying:
        # Only the total is asked for; nothing is judged and nothing is kept but on the page.
        now = queries.checkout_for(
            viewer=request.viewer, public_id=checkout.public_id, country=chosen, methods=methods
        )
        return _show(request, now, form=_form(request, checkout, data=True, judged=False))
    if not form.is_valid():
        now = queries.checkout_for(
            viewer=request.viewer, public_id=checkout.public_id, country=chosen, methods=methods
        )
        return _show(request, now, form=form, status=422)
    try:
        placed = _pay(request, checkout, form, methods, posted(request))
    except DomainError as problem:
        if isinstance(problem, NotFound):
            raise
        fresh = queries.checkout_for(viewer=request.viewer, public_id=checkout.public_id)
        if fresh.purchase_id is not None:
            # A twin of this request was faster.
            return _go_on_paying(request, fresh)
        return _show(request, fresh, form=form, problem=problem)
    after_placing(request, placed)
    return go_on(request, placed)


def _pay(
    request: Request,
    checkout: CheckoutPage,
    form: DetailsForm,
    methods: frozenset[str],
    who: ForWhom,
) -> Placed:
    kept = actions.update_checkout(
        viewer=request.viewer,
        public_id=checkout.public_id,
        version=read_version(request.POST),
        details=form.details(),
        methods=methods,
        organization_id=who.organization_id,
    )
    return actions.place_order(
        viewer=request.viewer,
        session=request.session,
        checkout_public_id=checkout.public_id,
        shown_total=shown_total(request.POST, checkout.priced.currency),
        version=kept,
        idempotency_key=request.POST.get("key", ""),
        method_id=request.POST.get("method") or None,
        shown_for=who.organization_id,
    )


def _go_on_paying(request: Request, checkout: CheckoutPage) -> HttpResponse:
    """Pay was pressed again, or in a second tab: there is one payment, so go on with that one.

    Not from a form that showed another buyer than the payment that is under way is for.
    """
    if checkout.purchase_id is None:
        raise NotFound
    if FIELD in request.POST:
        try:
            same = chosen_in(request) == checkout.buying_for
        except BuyingChanged:
            same = False
        if not same:
            return _show(request, checkout, problem=BuyingChanged())
    if request.viewer.user is None:
        remember_purchase(request.session, checkout.purchase_id)
    payment = payments.payment(reference=checkout.purchase_id)
    if payment is not None and payment.state == "requires_action" and payment.redirect_url:
        return see_other(payment.redirect_url)
    return see_other(reverse("orders:checkout_return", args=[checkout.purchase_id]))


def _form(
    request: Request, checkout: CheckoutPage, *, data: bool = False, judged: bool = True
) -> DetailsForm:
    user = request.viewer.user
    email = user.email if user is not None else ""
    if data and judged:
        return DetailsForm(request.POST, email=email)
    initial = DetailsForm.initial_of(checkout.details)
    if data:
        initial |= {name: request.POST.get(name, "") for name in initial}
    return DetailsForm(initial=initial, email=email)


def _show(
    request: Request,
    checkout: CheckoutPage,
    *,
    form: DetailsForm | None = None,
    problem: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = request.viewer
    paying = None
    if checkout.purchase_id is not None:
        paying = payments.payment(reference=checkout.purchase_id)
    context = {
        "checkout": checkout,
        "form": form or _form(request, checkout),
        "who": _who(request, checkout, problem),
        "problem": problem,
        "problem_was": _was(problem),
        "methods": payments.methods_for(user_id=viewer.user.pk) if viewer.user else [],
        "method": request.POST.get("method"),
        # The same in two tabs that show the same; another one after a payment that failed.
        "key": f"{checkout.public_id}.{checkout.version}.{checkout.updated_at:%y%m%d%H%M%S%f}",
        "paying": paying,
        "countries": COUNTRY_NAMES,
        "failure_text": failure_message,
    }
    return render(
        request, "orders/checkout.html", context, status=problem.status if problem else status
    )


def _who(request: Request, checkout: CheckoutPage, problem: DomainError | None) -> ForWhom:
    """For whom it says it buys: what was kept (by a program, or by a try to pay that failed), and
    before that whom the session buys for."""
    tried = any(one.code == "payment_failed" for one in checkout.messages)
    kept = checkout.buying_for
    otherwise = kept if tried or kept else request.viewer.buying
    return shown(request, otherwise=otherwise, anew=isinstance(problem, BuyingChanged))


def _was(problem: DomainError | None) -> int | None:
    return problem.data.get("was") if isinstance(problem, PriceChanged) else None


@require_GET
def come_back(request: Request, public_id: str) -> HttpResponse:
    """Where the provider sends the buyer back to, whatever happened there."""
    viewer, session = request.viewer, request.session
    now = queries.purchase_standing(viewer=viewer, session=session, public_id=public_id)
    if now.payment in ("checking", "open") or (now.payment == "failed" and not now.recorded):
        # What is paid is settled by a worker at the same moment; the rest is looked after here.
        try:
            actions.catch_up(purchase_id=public_id, ask=True)
        except AnswerConfused as problem:
            return ask_to_try_again(request, public_id, problem)
        now = queries.purchase_standing(viewer=viewer, session=session, public_id=public_id)
    if now.payment == "paid":
        return see_other(purchase_address(public_id))
    if now.payment == "failed" and now.checkout_id:
        return see_other(reverse("orders:checkout", args=[now.checkout_id]))
    purchase = queries.purchase_for(viewer=viewer, session=session, public_id=public_id)
    closed = request.GET.get("closed") == "1"
    context = {"purchase": purchase, "closed": closed, "problem": None}
    return render(request, "orders/checking.html", context)


@require_POST
def stop(request: Request, public_id: str) -> HttpResponse:
    """Close a payment that is under way, so that the order can be changed."""
    actions.stop_payment(viewer=request.viewer, public_id=public_id)
    return see_other(reverse("orders:checkout", args=[public_id]))
