"""Operators' view of collections: what is in them is their brand's to say."""

from __future__ import annotations

from django.contrib import admin

from catalog.models import Collection, CollectionItem
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline


class ItemInline(ReadOnlyInline):
    model = CollectionItem
    fields = ("position", "product")


@admin.register(Collection)
class CollectionAdmin(ReadOnlyAdmin):
    list_display = ("title", "seller", "kind", "order", "shown", "deleted_at", "public_id")
    list_filter = ("kind", "shown", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("seller",)
    search_fields = ("=public_id", "^seller__handle", "title", "seller__name")
    inlines = (ItemInline,)


@admin.register(CollectionItem)
class CollectionItemAdmin(ReadOnlyAdmin):
    list_display = ("collection", "position", "product")
    list_select_related = ("collection", "product")
    search_fields = ("=product__public_id", "collection__title", "product__title")
