"""The bag: a page, and three small acts on it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.types import Request
from core import safe_next
from core.errors import DomainError
from core.toasts import see_bag, undo_by
from orders import actions, queries
from orders.quantities import read_quantity
from orders.views.common import country_for, see_other


@require_GET
def page(request: Request) -> HttpResponse:
    """What is in the bag, at the prices of now."""
    return show(request)


def show(request: Request, problem: DomainError | None = None) -> HttpResponse:
    """The page of the bag, on top of it what went wrong."""
    actions.recount(session=request.session)
    country = country_for(request)
    bag = queries.bag_for(viewer=request.viewer, session=request.session, country=country)
    context = {"bag": bag, "country": country, "problem": problem}
    return render(request, "orders/bag.html", context, status=problem.status if problem else 200)


@require_POST
def add(request: Request) -> HttpResponse:
    """Put pieces in. The variant stands in the form or, for Undo, in the address."""
    variant_id = request.POST.get("variant") or request.GET.get("variant") or ""
    asked = request.POST.get("quantity") or request.GET.get("quantity") or "1"
    added = actions.add_to_bag(
        viewer=request.viewer,
        session=request.session,
        variant_id=variant_id[:40],
        quantity=read_quantity(asked),
    )
    text = _("%(title)s is in your bag.") % {"title": added.title}
    if request.headers.get("X-Fragment") == "act":
        return JsonResponse({"text": text, "bag": added.pieces})
    bag, back = reverse("orders:bag"), safe_next(request, reverse("orders:bag"))
    messages.success(request, text, extra_tags="" if back == bag else see_bag(bag))
    return see_other(back)


@require_POST
def line(request: Request) -> HttpResponse:
    """Change how many, or remove (quantity 0) with an Undo."""
    variant_id = (request.GET.get("variant") or request.POST.get("variant") or "")[:40]
    quantity = read_quantity(request.POST.get("quantity", ""), zero=True)
    was = actions.change_line(
        viewer=request.viewer, session=request.session, variant_id=variant_id, quantity=quantity
    )
    if was is not None and quantity == 0:
        back = urlencode({"variant": variant_id, "quantity": was.quantity})
        messages.success(
            request,
            _("%(title)s is out of your bag.") % {"title": was.title},
            extra_tags=undo_by(f"{reverse('orders:bag_add')}?{back}"),
        )
    return see_other(reverse("orders:bag"))
