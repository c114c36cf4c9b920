"""Purchases for operators: found by number or e-mail, read only, cancelled with a confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from core.admin_decisions import Decision, decide
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline
from orders import actions
from orders.models import (
    Bag,
    BagLine,
    Checkout,
    Customer,
    Fulfilment,
    FulfilmentLine,
    Order,
    OrderEvent,
    OrderLine,
    Purchase,
)
from orders.states import Actor

REASON_LIMIT = 500  # of an order's `cancel_reason`
TOTALS = ("items_total", "delivery_total", "tax_total", "total")


class BagLineInline(ReadOnlyInline):
    model = BagLine
    fields = ("title", "quantity", "price", "added_at")
    money = ("price",)


class OrderLineInline(ReadOnlyInline):
    model = OrderLine
    fields = ("title", "variant_title", "sku", "quantity", "shipped", "unit_price", "total", "tax")
    money = ("unit_price", "total", "tax")
    currency = "order__currency"


class FulfilmentInline(ReadOnlyInline):
    model = Fulfilment
    fields = ("public_id", "carrier", "tracking", "amount", "shipped_at")
    money = ("amount",)
    currency = "order__currency"


class OrderEventInline(ReadOnlyInline):
    model = OrderEvent
    fields = ("at", "from_state", "to_state", "actor", "actor_user", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("actor_user")


class FulfilmentLineInline(ReadOnlyInline):
    model = FulfilmentLine
    fields = ("line", "quantity")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("line")


@admin.register(Bag)
class BagAdmin(ReadOnlyAdmin):
    list_display = ("id", "user", "version", "updated_at")
    list_select_related = ("user",)
    search_fields = ("^user__email",)
    inlines = (BagLineInline,)


@admin.register(BagLine)
class BagLineAdmin(ReadOnlyAdmin):
    list_display = ("title", "quantity", "price", "added_at")
    money = ("price",)
    search_fields = ("^bag__user__email", "^title")


@admin.register(Checkout)
class CheckoutAdmin(ReadOnlyAdmin):
    list_display = ("id", "state", "email", "total", "hold_until", "created_at")
    money = TOTALS
    list_filter = ("state",)
    search_fields = ("=public_id", "^email", "^name")


@admin.register(Purchase)
class PurchaseAdmin(ReadOnlyAdmin):
    list_display = ("id", "email", "organization", "total", "placed_at", "paid_at", "failed_at")
    money = ("total",)
    list_select_related = ("organization",)
    search_fields = ("=public_id", "=orders__number", "^email", "^name", "organization__name")


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ("number", "seller", "buyer_name", "state", "total", "placed_at")
    money = (*TOTALS, "given_back")
    list_filter = ("state",)
    list_select_related = ("seller",)
    search_fields = (
        "=number",
        "^purchase__email",
        "^seller__handle",
        "^buyer_name",
        "seller__name",
    )
    inlines = (OrderLineInline, FulfilmentInline, OrderEventInline)
    actions = ("cancel_orders",)

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        """Who may end a sale and send its money back; to look at orders is less."""
        return request.user.has_perm("orders.change_order")

    @admin.action(
        description=gettext_lazy("Cancel and give the money back…"), permissions=["cancel"]
    )
    def cancel_orders(
        self, request: HttpRequest, queryset: QuerySet[Order]
    ) -> TemplateResponse | None:
        def act(row: Order, reason: str) -> None:
            actions.cancel_order(
                number=row.number,
                actor=Actor.OPERATOR,
                actor_user_id=request.user.pk,
                reason=reason,
            )

        title = gettext_lazy("Cancel these orders")
        warning = gettext_lazy(
            "The buyers are told and get all of their money back. This cannot be undone."
        )
        decision = Decision("cancel_orders", title, warning, act, limit=REASON_LIMIT)
        return decide(self, request, queryset, decision)


@admin.register(OrderLine)
class OrderLineAdmin(ReadOnlyAdmin):
    list_display = ("title", "variant_title", "quantity", "shipped", "total", "order")
    money = ("unit_price", "total", "tax")
    currency = "order__currency"
    list_select_related = ("order",)
    search_fields = ("=order__number", "^sku", "^title")


@admin.register(Fulfilment)
class FulfilmentAdmin(ReadOnlyAdmin):
    list_display = ("public_id", "order", "carrier", "tracking", "amount", "shipped_at")
    money = ("amount",)
    currency = "order__currency"
    list_select_related = ("order",)
    search_fields = ("=public_id", "=tracking", "=order__number")
    inlines = (FulfilmentLineInline,)


@admin.register(FulfilmentLine)
class FulfilmentLineAdmin(ReadOnlyAdmin):
    list_display = ("fulfilment", "line", "quantity")
    list_select_related = ("fulfilment", "line")
    search_fields = ("=fulfilment__public_id", "=line__order__number")


@admin.register(Customer)
class CustomerAdmin(ReadOnlyAdmin):
    list_display = ("seller", "first", "last", "orders", "spent")
    money = ("spent",)
    list_select_related = ("seller", "first", "last")
    search_fields = ("=first__number", "=last__number", "^seller__handle", "seller__name")


@admin.register(OrderEvent)
class OrderEventAdmin(ReadOnlyAdmin):
    list_display = ("order", "from_state", "to_state", "actor", "actor_user", "at")
    list_filter = ("to_state", "actor")
    list_select_related = ("order", "actor_user")
    search_fields = ("=order__number", "note")
