"""Where a buyer goes once a purchase is written."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from orders import actions
from orders.types import Placed
from orders.views.common import see_other


def purchase_address(purchase_id: str) -> str:
    """The confirmation."""
    return reverse("orders:purchase", args=[purchase_id])


def go_on(placed: Placed) -> HttpResponse:
    """Ask the provider, and follow its answer: its page, the confirmation, or back to choose."""
    result = actions.start(placed=placed)
    if result.redirect_url:
        return see_other(result.redirect_url)
    if result.state in ("authorized", "captured"):
        return see_other(purchase_address(placed.purchase_id))
    return see_other(reverse("orders:checkout_return", args=[placed.purchase_id]))
