"""Operators' view of the catalogue. What a product says is its seller's; whether it is shown is
also an operator's to decide, with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog import collection_admin as collection_admin  # registers what it holds
from catalog import service_admin as service_admin  # registers what it holds
from catalog.actions import (
    ask_standard,
    attribute_changed,
    category_changed,
    restore_product,
    take_down_product,
)
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeValue,
    Category,
    CategoryAttribute,
    DeliveryMethod,
    Option,
    OptionValue,
    PriceRecord,
    Product,
    ProductImage,
    ProductMove,
    Storefront,
    StorefrontVersion,
    Variant,
)
from core.admin_lists import LargeListAdmin
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline


@admin.register(Category)
class CategoryAdmin(LargeListAdmin):
    """The tree. A slug stays once it is chosen: addresses, rules of collections, interests and the
    index name the category by it."""

    list_display = ("name", "slug", "parent", "position")
    list_select_related = ("parent",)
    search_fields = ("name", "slug")
    ordering = ["position", "name"]
    raw_id_fields = ("image",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Category | None = None
    ) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Category | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("name",)}

    @transaction.atomic
    def save_model(
        self, request: HttpRequest, obj: Category, form: forms.ModelForm[Category], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        moved = not {"name", "parent"}.isdisjoint(form.changed_data)
        category_changed(slug=obj.slug, in_search=change and moved)
        # A branch that becomes a root leaves behind what the root above it asked.
        if obj.parent_id is None and (not change or "parent" in form.changed_data):
            ask_standard(category=obj.slug)


class ChoiceInline(admin.TabularInline[AttributeChoice, Attribute]):
    """Choices may be added, renamed and ordered; one that products have cannot be deleted."""

    model = AttributeChoice
    extra = 1
    prepopulated_fields = {"slug": ("name",)}


class AskedByInline(admin.TabularInline[CategoryAttribute, Attribute]):
    """Categories that ask it, and with them all below."""

    model = CategoryAttribute
    extra = 1


@admin.register(Attribute)
class AttributeAdmin(LargeListAdmin):
    """What categories ask. Code and kind stay once they are chosen: products answer them."""

    list_display = ("name", "code", "kind", "unit", "filterable", "position")
    list_filter = ("kind", "filterable")
    search_fields = ("name", "code", "choices__name")
    ordering = ["position", "id"]
    inlines = (ChoiceInline, AskedByInline)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Attribute | None = None
    ) -> tuple[str, ...]:
        return ("code", "kind") if obj else ()

    @transaction.atomic
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        attribute_changed(attribute_id=form.instance.pk)


@admin.register(AttributeValue)
class AttributeValueAdmin(ReadOnlyAdmin):
    list_display = ("product", "attribute", "variant", "choice", "number", "yes", "text")
    list_filter = ("kind",)
    list_select_related = ("product", "attribute", "variant", "choice")
    search_fields = ("=product__public_id", "=attribute__code", "product__title", "choice__name")


class VariantInline(ReadOnlyInline):
    model = Variant
    fields = ("sku", "title", "price", "availability", "active", "version")
    money = ("price",)
    currency = "product__currency"


class MoveInline(ReadOnlyInline):
    model = ProductMove
    fields = ("at", "actor_id", "from_state", "to_state", "reason")


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    list_display = (
        "title",
        "seller",
        "state",
        "taken_down_at",
        "availability",
        "price_from",
        "published_at",
        "public_id",
    )
    money = ("price_from", "price_to")
    list_filter = (
        "state",
        ("taken_down_at", admin.EmptyFieldListFilter),
        "availability",
        "published_at",
    )
    list_select_related = ("seller",)
    search_fields = ("=public_id", "^seller__handle", "^variants__sku", "title", "seller__name")
    inlines = (VariantInline, MoveInline)
    actions = ("take_down", "restore")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_product")

    @admin.action(
        description=gettext_lazy("Take down the chosen products"), permissions=["moderate"]
    )
    def take_down(self, request: HttpRequest, queryset: QuerySet[Product]) -> HttpResponse | None:
        return self._decide(
            request,
            queryset,
            action="take_down",
            title=_("Take down"),
            explanation=_("These products disappear from every page and from search at once."),
            act=take_down_product,
        )

    @admin.action(
        description=gettext_lazy("Put the chosen products back"), permissions=["moderate"]
    )
    def restore(self, request: HttpRequest, queryset: QuerySet[Product]) -> HttpResponse | None:
        return self._decide(
            request,
            queryset,
            action="restore",
            title=_("Put back"),
            explanation=_("These products are again shown as their sellers left them."),
            act=restore_product,
        )

    def _decide(
        self,
        request: HttpRequest,
        queryset: QuerySet[Product],
        *,
        action: str,
        title: str | Promise,
        explanation: str | Promise,
        act: Callable[..., None],
    ) -> HttpResponse | None:
        """Ask for a reason on a page of its own; without one nothing happens."""
        reason = request.POST.get("reason", "").replace("\x00", "").strip()[:500]
        rows = list(queryset.select_related("seller"))
        if not reason:
            context = {
                **self.admin_site.each_context(request),
                "title": title,
                "explanation": explanation,
                "rows": rows,
                "action": action,
                "asked": "confirmed" in request.POST,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/catalog/product/decide.html", context)
        for product in rows:
            act(public_id=product.public_id, operator_id=request.user.pk, reason=reason)
            self.log_change(request, product, f"{title}: {reason}")
        self.message_user(
            request,
            ngettext("%(n)d product: done.", "%(n)d products: done.", len(rows)) % {"n": len(rows)},
            messages.SUCCESS,
        )
        return None


@admin.register(Variant)
class VariantAdmin(ReadOnlyAdmin):
    list_display = ("sku", "product", "title", "price", "availability", "active")
    money = ("price",)
    currency = "product__currency"
    list_filter = ("availability", "active")
    list_select_related = ("product",)
    search_fields = ("=public_id", "^sku", "^seller__handle", "product__title")


@admin.register(Storefront)
class StorefrontAdmin(ReadOnlyAdmin):
    list_display = ("profile", "return_days", "returns_free", "reply_hours")
    list_select_related = ("profile",)
    search_fields = ("^profile__handle", "profile__name")


@admin.register(DeliveryMethod)
class DeliveryMethodAdmin(ReadOnlyAdmin):
    list_display = ("name", "seller", "zone", "price", "min_days", "max_days", "active")
    money = ("price", "free_from")
    list_filter = ("active",)
    list_select_related = ("seller",)
    search_fields = ("^seller__handle", "name", "zone")


@admin.register(ProductImage)
class ProductImageAdmin(ReadOnlyAdmin):
    list_display = ("product", "position", "alt", "image")
    list_select_related = ("product", "image")
    search_fields = ("=product__public_id", "product__title", "alt")


@admin.register(Option)
class OptionAdmin(ReadOnlyAdmin):
    list_display = ("name", "product", "position")
    list_select_related = ("product",)
    search_fields = ("name", "product__title")


@admin.register(OptionValue)
class OptionValueAdmin(ReadOnlyAdmin):
    list_display = ("name", "option", "position")
    list_select_related = ("option",)
    search_fields = ("name", "option__product__title")


@admin.register(PriceRecord)
class PriceRecordAdmin(ReadOnlyAdmin):
    list_display = ("at", "variant", "price")
    money = ("price",)
    list_select_related = ("variant",)
    search_fields = ("^variant__sku", "variant__product__title")
    list_filter = ("at",)


@admin.register(ProductMove)
class ProductMoveAdmin(ReadOnlyAdmin):
    list_display = ("at", "product", "from_state", "to_state", "actor_id", "reason")
    list_filter = ("to_state",)
    list_select_related = ("product",)
    search_fields = ("=product__public_id", "product__title", "reason")


@admin.register(StorefrontVersion)
class StorefrontVersionAdmin(ReadOnlyAdmin):
    list_display = ["storefront", "at", "accent", "ground", "saved_by"]
    list_select_related = ["storefront", "saved_by"]
    search_fields = ["^storefront__profile__handle", "storefront__profile__name", "story"]
