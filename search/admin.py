"""The index as staff see it: to look, not to edit. Its owners write it."""

from django.contrib import admin
from django.db.models import Func, Q, TextField, Value

from core.readonly_admin import ReadOnlyAdmin
from search.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["kind", "public_id", "title", "popularity", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["=public_id", "plain_title"]

    def condition(self, path: str, word: str) -> Q | None:
        """Any part of a title is found by the index that the market's own search has."""
        if path != "plain_title":
            return super().condition(path, word)
        plain = Func(Value(word), function="search_plain", output_field=TextField())
        return Q(plain_title__contains=plain)
