"""Operators' view of reviews. Taking one down asks for a reason first."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.admin_decisions import Decision, decide
from core.readonly_admin import ReadOnlyAdmin
from reviews.actions import put_back_review, take_down_review
from reviews.models import Review


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "author", "product", "state", "counts", "created_at", "public_id")
    list_filter = ("state", "stars", "created_at")
    list_select_related = ("author", "product")
    search_fields = (
        *("=public_id", "=author__handle", "=line__order__number"),
        *("product__title", "text"),
    )
    actions = ("take_down", "put_back")

    @admin.action(description=_("Take down the chosen reviews"), permissions=["moderate"])
    def take_down(self, request: HttpRequest, rows: QuerySet[Review]) -> HttpResponse | None:
        def act(row: Review, reason: str) -> None:
            take_down_review(public_id=row.public_id, operator_id=request.user.pk, reason=reason)

        warning = _("They vanish from every page and figure, and their authors read why.")
        return decide(self, request, rows, Decision("take_down", _("Take down"), warning, act))

    @admin.action(description=_("Put the chosen reviews back"), permissions=["moderate"])
    def put_back(self, request: HttpRequest, rows: QuerySet[Review]) -> None:
        for row in rows:
            put_back_review(public_id=row.public_id)
            self.log_change(request, row, "Put back")
        self.message_user(request, _("Done."), messages.SUCCESS)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.change_review")
