"""Operators may read which touch earned an order; nobody edits it."""

from __future__ import annotations

from django.contrib import admin

from core.readonly_admin import ReadOnlyAdmin
from insights.models import Conversion


@admin.register(Conversion)
class ConversionAdmin(ReadOnlyAdmin):
    list_display = (
        "order_number",
        "seller",
        "source",
        "ref",
        "total",
        "state",
        "by_team",
    )
    money = ("total",)
    list_filter = ("state", "by_team", "source", "created_at")
    list_select_related = ("seller",)
    search_fields = ("=order_number", "=ref", "^seller__handle", "seller__name")
