"""Questions, for operators who look into a complaint."""

from __future__ import annotations

from django.contrib import admin

from core.readonly_admin import ReadOnlyAdmin
from messaging.models import Brief, Enquiry


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "name", "email", "kind", "title", "to", "answered_at"]
    list_select_related = ["to"]
    list_filter = ["kind", "answered_at"]
    search_fields = ["=public_id", "^email", "^to__handle", "name", "title", "text"]


@admin.register(Brief)
class BriefAdmin(ReadOnlyAdmin):
    list_display = ["enquiry", "quantity", "unit", "budget", "destination", "needed_by"]
    money = ["budget"]
    list_select_related = ["enquiry"]
    search_fields = ["=enquiry__public_id", "^enquiry__email", "enquiry__title", "destination"]
