"""Where a buyer goes once a purchase is written."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.types import Request
from orders import actions, queries
from orders.types import Placed
from orders.views.common import see_other
from payments.types import AnswerConfused


def purchase_address(purchase_id: str) -> str:
    """The confirmation."""
    return reverse("orders:purchase", args=[purchase_id])


def go_on(request: Request, placed: Placed) -> HttpResponse:
    """Ask the provider, and follow its answer: its page, the confirmation, or back to choose."""
    try:
        result = actions.start(placed=placed)
    except AnswerConfused as problem:
        return ask_to_try_again(request, placed.purchase_id, problem)
    if result.redirect_url:
        return see_other(result.redirect_url)
    if result.state in ("authorized", "captured"):
        return see_other(purchase_address(placed.purchase_id))
    return see_other(reverse("orders:checkout_return", args=[placed.purchase_id]))


def ask_to_try_again(request: Request, purchase_id: str, problem: AnswerConfused) -> HttpResponse:
    """The provider's answer is of no use: the buyer asks for another one, of the same payment."""
    purchase = queries.purchase_for(
        viewer=request.viewer, session=request.session, public_id=purchase_id
    )
    context = {"purchase": purchase, "closed": False, "problem": problem}
    return render(request, "orders/checking.html", context, status=problem.status)
