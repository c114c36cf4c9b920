"""The index as staff see it: to look, not to edit. Its owners write it."""

from django.contrib import admin

from core.readonly_admin import ReadOnlyAdmin
from search.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["kind", "public_id", "title", "popularity", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["=public_id", "title"]
    ordering = ["-id"]
