"""Counts and touches, to look at."""

from django.contrib import admin

from core.readonly_admin import ReadOnlyAdmin
from tracking.models import ConsentChoice, DailyCount, TouchRow


@admin.register(DailyCount)
class DailyCountAdmin(ReadOnlyAdmin):
    list_display = ["day", "source", "ref", "product", "impressions", "clicks"]
    list_filter = ["source", "day"]
    search_fields = ["=ref", "=product"]


@admin.register(TouchRow)
class TouchRowAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor_id", "kind", "source", "ref", "product"]
    list_filter = ["kind", "source"]
    search_fields = ["=actor_id", "=ref", "=product"]


@admin.register(ConsentChoice)
class ConsentChoiceAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor_id", "purposes"]
    search_fields = ["=actor_id"]
