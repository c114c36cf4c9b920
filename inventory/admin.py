"""Inventory in the admin: to look at. Counting goes through the studio."""

from django.contrib import admin
from django.http import HttpRequest

from inventory.models import Reservation, Stock, StockMovement


class ReadOnly(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Stock)
class StockAdmin(ReadOnly):
    list_display = ["variant", "on_hand", "reserved", "updated_at"]
    list_select_related = ["variant__product"]
    search_fields = ["variant__sku", "variant__product__title"]


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnly):
    list_display = ["at", "stock_id", "kind", "quantity", "reference", "reason"]
    list_filter = ["kind"]
    search_fields = ["=reference", "stock__variant__sku"]
    date_hierarchy = "at"


@admin.register(Reservation)
class ReservationAdmin(ReadOnly):
    list_display = ["reference", "stock_id", "quantity", "consumed", "released", "state"]
    list_filter = ["state"]
    search_fields = ["=reference", "stock__variant__sku"]
