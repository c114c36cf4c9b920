"""What somebody bought: the list, an order, a purchase, and the few acts of a buyer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.types import Request, Viewer
from catalog.queries import product_cards
from core.places import COUNTRY_NAMES
from orders import actions, queries, said
from orders.links import purchase_token, read_purchase_token
from orders.rows import merged_history
from orders.session import remember_purchase
from orders.states import Actor
from orders.types import OrderPage
from orders.views.common import see_other


@require_safe
def listing(request: Request) -> HttpResponse:
    """All orders across brands; a guest sees those of this session, and how to find others."""
    viewer, asked = request.viewer, request.GET.get("for", "")[:40]
    left = queries.companies_left(viewer=viewer)
    if viewer.user is not None:
        found = queries.orders_asked(
            viewer=viewer, asked=asked, left=left, cursor=request.GET.get("after")
        )
    else:
        found = queries.guest_orders(session=request.session)
    context = {"found": found, "asked": asked, "companies": [*viewer.organizations, *left]}
    return render(request, "orders/list.html", context)


@require_safe
def order(request: Request, number: str) -> HttpResponse:
    """One order with its timeline; what a fellow bought for the same company is only read."""
    found = queries.order_for(
        viewer=request.viewer, session=request.session, number=number, even_of_fellows=True
    )
    if found.number != number:
        return HttpResponseRedirect(reverse("orders:order", args=[found.number]))
    return render(request, "orders/order.html", _context(found, request.viewer))


@require_safe
def track(request: Request, number: str) -> HttpResponse:
    """Follow the parcels: the order at its parcels."""
    found = queries.order_for(viewer=request.viewer, session=request.session, number=number)
    return HttpResponseRedirect(reverse("orders:order", args=[found.number]) + "#parcels")


@require_safe
def purchase(request: Request, public_id: str) -> HttpResponse:
    """The confirmation: one payment, its orders, what happens next."""
    actions.recount(session=request.session)
    found = queries.purchase_for(
        viewer=request.viewer, session=request.session, public_id=public_id
    )
    if found.payment == "failed" and found.checkout_id:
        return HttpResponseRedirect(reverse("orders:checkout", args=[found.checkout_id]))
    if found.payment != "paid":
        return HttpResponseRedirect(reverse("orders:checkout_return", args=[public_id]))
    context = {
        "purchase": found,
        "history": merged_history(found.orders),
        "token": purchase_token(public_id) if found.user_id is None else "",
        "countries": COUNTRY_NAMES,
    }
    return render(request, "orders/purchase.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: Request, token: str) -> HttpResponse:
    """A guest's link. GET lets this session see the purchase; POST puts it into an account."""
    user = request.viewer.user
    if request.method == "POST" and user is not None:
        purchase_id = actions.claim_orders(token=token, user_id=user.pk)
        messages.success(request, _("These orders are now in your account."))
        return see_other(reverse("orders:purchase", args=[purchase_id]))
    purchase_id = read_purchase_token(token)
    remember_purchase(request.session, purchase_id)
    return HttpResponseRedirect(reverse("orders:purchase", args=[purchase_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, number: str) -> HttpResponse:
    """The buyer is asked, then cancels; possible until the seller packs."""
    found = queries.order_for(viewer=request.viewer, session=request.session, number=number)
    if request.method != "POST":
        if not found.cancellable:
            # Its own page says why.
            return HttpResponseRedirect(reverse("orders:order", args=[found.number]))
        return render(request, "orders/cancel.html", {"order": found})
    user = request.viewer.user
    actions.cancel_order(
        number=found.number, actor=Actor.BUYER, actor_user_id=user.pk if user else None
    )
    messages.success(
        request,
        _("Order %(number)s is cancelled. You get all of it back.") % {"number": found.number},
    )
    return see_other(reverse("orders:order", args=[found.number]))


@require_POST
def received(request: Request, number: str) -> HttpResponse:
    """The buyer says that everything arrived."""
    found = queries.order_for(viewer=request.viewer, session=request.session, number=number)
    user = request.viewer.user
    actions.confirm_delivery(
        number=found.number, actor=Actor.BUYER, actor_user_id=user.pk if user else None
    )
    messages.success(request, _("Thank you. Enjoy it."))
    return see_other(reverse("orders:order", args=[found.number]))


def _offered(found: OrderPage, viewer: Viewer) -> dict[str, str]:
    """Where the products of an order are that are still sold, by their ids. One query."""
    if found.seller.id in viewer.hidden.blocked:
        return {}
    cards = product_cards(public_ids=[line.product_id for line in found.lines])
    return {card.public_id: card.url for card in cards}


def _context(found: OrderPage, viewer: Viewer) -> dict[str, object]:
    guest = found.user_id is None
    reviewable = found.mine and not guest and any(line.shipped for line in found.lines)
    return {
        "order": found,
        # None where nobody can review: guests, and who only reads what a fellow bought.
        "reviewed": said.of_lines(number=found.number) if reviewable else None,
        # Nobody says more of what their own brand sells.
        "may_review": found.seller.id not in viewer.own_ids,
        "offered": _offered(found, viewer),
        "history": merged_history([found]),
        "token": purchase_token(found.purchase_id) if guest else "",
        "countries": COUNTRY_NAMES,
    }
