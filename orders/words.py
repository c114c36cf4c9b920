"""What the states of an order are called. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.states import OrderState

STATE_NAMES: Mapping[str, str | Promise] = {
    OrderState.PENDING: _("Waiting for payment"),
    OrderState.PAID: _("Paid"),
    OrderState.PACKED: _("Packed"),
    OrderState.PARTIALLY_SHIPPED: _("Partly shipped"),
    OrderState.SHIPPED: _("Shipped"),
    OrderState.COMPLETED: _("Delivered"),
    OrderState.CANCELLED: _("Cancelled"),
}
