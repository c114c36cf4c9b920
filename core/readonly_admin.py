"""Rows that only actions write: operators may search and read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin_lists import LargeListAdmin
from core.admin_money import with_amounts


class ReadOnlyAdmin(LargeListAdmin):
    """Searchable and unchangeable. `money` names the columns that hold minor units, and `currency`
    the path to their ISO code: what lies on it belongs into `list_select_related`."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    money: Sequence[str] = ()
    currency = "currency"

    def get_list_display(self, request: HttpRequest) -> Any:
        return self._shown(super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self._shown(super().get_fields(request, obj))

    def _shown(self, columns: Sequence[Any]) -> Sequence[Any]:
        return with_amounts(
            columns,
            model=self.model,
            money=self.money,
            currency=self.currency,
            empty=self.get_empty_value_display(),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    """Parts of a row, to look at. Name them in `fields`; `money` and `currency` are as above."""

    extra = 0
    can_delete = False
    money: Sequence[str] = ()
    currency = "currency"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what lies on the path to the currency, so that no row asks for it by itself."""
        way, _, _ = self.currency.rpartition("__")
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related(way) if self.money and way else rows

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return with_amounts(
            super().get_fields(request, obj),
            model=self.model,
            money=self.money,
            currency=self.currency,
            empty=self.get_empty_value_display(),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A form would be made of the others, and some columns cannot be in any.
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
