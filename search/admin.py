"""The index as staff see it: to look, not to edit. Its owners write it."""

from django.contrib import admin
from django.http import HttpRequest

from search.models import Document


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    list_display = ["kind", "public_id", "title", "popularity", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["public_id", "title"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False
