"""Operators' view of services. What a service says is its seller's; whether it is shown is also an
operator's to decide, with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from catalog.actions import restore_service, take_down_service
from catalog.models import Service, ServiceImage, ServiceMove, ServicePackage
from core.admin_decisions import Decision, decide
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline


class PackageInline(ReadOnlyInline):
    model = ServicePackage
    fields = ("name", "scope", "price", "revisions", "lead_days")
    money = ("price",)
    currency = "service__currency"


class MoveInline(ReadOnlyInline):
    model = ServiceMove
    fields = ("at", "actor_id", "from_state", "to_state", "reason")


@admin.register(Service)
class ServiceAdmin(ReadOnlyAdmin):
    list_display = (
        "title",
        "seller",
        "pricing",
        "price_from",
        "state",
        "taken_down_at",
        "published_at",
        "public_id",
    )
    money = ("price_from",)
    list_filter = (
        "state",
        ("taken_down_at", admin.EmptyFieldListFilter),
        "pricing",
        "published_at",
    )
    list_select_related = ("seller",)
    search_fields = ("=public_id", "^seller__handle", "title", "seller__name")
    inlines = (PackageInline, MoveInline)
    actions = ("take_down", "restore")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_service")

    @admin.action(description=_("Take down the chosen services"), permissions=["moderate"])
    def take_down(self, request: HttpRequest, queryset: QuerySet[Service]) -> HttpResponse | None:
        """Ask for a reason, then hide."""

        def act(service: Any, reason: str) -> None:
            take_down_service(
                public_id=service.public_id, operator_id=request.user.pk, reason=reason
            )

        warning = _("These services disappear from every page and from search at once.")
        return decide(self, request, queryset, Decision("take_down", _("Take down"), warning, act))

    @admin.action(description=_("Put the chosen services back"), permissions=["moderate"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Service]) -> HttpResponse | None:
        """Ask for a reason, then show again."""

        def act(service: Any, reason: str) -> None:
            restore_service(public_id=service.public_id, operator_id=request.user.pk, reason=reason)

        warning = _("These services are again shown as their sellers left them.")
        return decide(self, request, queryset, Decision("restore", _("Put back"), warning, act))


@admin.register(ServicePackage)
class ServicePackageAdmin(ReadOnlyAdmin):
    list_display = ("name", "service", "price", "revisions", "lead_days")
    money = ("price",)
    currency = "service__currency"
    list_select_related = ("service",)
    search_fields = ("=service__public_id", "name", "service__title")


@admin.register(ServiceImage)
class ServiceImageAdmin(ReadOnlyAdmin):
    list_display = ("service", "position", "alt", "image")
    list_select_related = ("service", "image")
    search_fields = ("=service__public_id", "service__title", "alt")


@admin.register(ServiceMove)
class ServiceMoveAdmin(ReadOnlyAdmin):
    list_display = ("at", "service", "from_state", "to_state", "actor_id", "reason")
    list_filter = ("to_state",)
    list_select_related = ("service",)
    search_fields = ("=service__public_id", "service__title", "reason")
