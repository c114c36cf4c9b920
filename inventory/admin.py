"""Inventory in the admin: to look at. Counting goes through the studio."""

from django.contrib import admin

from core.readonly_admin import ReadOnlyAdmin
from inventory.models import Reservation, Stock, StockMovement


@admin.register(Stock)
class StockAdmin(ReadOnlyAdmin):
    list_display = ["variant", "on_hand", "reserved", "updated_at"]
    list_select_related = ["variant__product"]
    search_fields = ["^variant__sku", "variant__product__title"]


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin):
    list_display = ["at", "stock_id", "kind", "quantity", "reference", "reason"]
    list_filter = ["kind", "at"]
    search_fields = ["=reference", "^stock__variant__sku"]


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    list_display = ["reference", "stock_id", "quantity", "consumed", "released", "state"]
    list_filter = ["state"]
    search_fields = ["=reference", "^stock__variant__sku"]
