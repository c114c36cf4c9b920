"""The queue of reports, the oldest first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin_decisions import Decision, decide
from core.admin_home import Queue, register
from core.readonly_admin import ReadOnlyAdmin
from moderation import actions
from moderation.models import Report

register(
    Queue(
        says=_("Reports to decide"),
        model=Report,
        where={"state": Report.State.OPEN.value},
        since="created_at",
        link={},  # the list is that queue
    )
)


class StateFilter(admin.SimpleListFilter):
    """Open reports unless somebody asks for others: this page is a queue."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Report.State.choices[1:], ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        [everything, *rest] = super().choices(changelist)
        return [{**everything, "display": _("open")}, *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        state = self.value()
        if state == "all":
            return queryset
        return queryset.filter(state=state or Report.State.OPEN)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "kind", "page", "author", "reason", "text", "state"]
    list_select_related = ["author"]
    list_filter = [StateFilter, "kind", "reason"]
    search_fields = ["=public_id", "=ref", "^author__handle", "title", "text"]
    ordering = ["created_at", "id"]
    fields = [
        "public_id",
        "kind",
        "ref",
        "page",
        "author",
        "reason",
        "text",
        "reporter",
        "email",
        "created_at",
        "state",
        "decision",
        "decided_by",
        "decided_at",
    ]
    readonly_fields = ["public_id", "page"]
    actions = ["take_down", "dismiss"]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A report as it came in, with the decisions of the list below while it is open."""
        report = self.get_object(request, object_id)
        may = self.get_actions(request)
        labels = {
            "take_down": _("Take down what was reported"),
            "dismiss": _("Dismiss the report"),
        }
        context = {
            **(extra_context or {}),
            "decisions": [
                (name, label)
                for name, label in labels.items()
                if name in may and report is not None and report.state == Report.State.OPEN
            ],
        }
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description=_("page"), ordering="title")
    def page(self, report: Report) -> SafeString:
        """A link to what was reported."""
        return format_html('<a href="{}">{}</a>', report.url, report.title)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Who may decide about reports."""
        return request.user.has_perm("moderation.change_report")

    @admin.action(description=_("Take down what was reported"), permissions=["decide"])
    def take_down(self, request: HttpRequest, rows: QuerySet[Report]) -> TemplateResponse | None:
        chosen = set(rows.values_list("public_id", flat=True))
        decided: set[str] = set()

        def act(row: Report, reason: str) -> None:
            # Chosen with another about the same thing: it was decided a moment ago.
            if row.public_id not in decided:
                operator = request.user.pk or 0
                decided.update(
                    actions.uphold(public_id=row.public_id, operator_id=operator, reason=reason)
                )

        warning = _(
            "Pins, products, services, comments, notes and reviews vanish from every page; "
            "profiles are suspended. All open reports about the same thing are decided with it."
        )
        page = decide(self, request, rows, Decision("take_down", _("Take down"), warning, act))
        if more := len(decided - chosen):
            said = ngettext(
                "%(n)s more report about the same was decided with it.",
                "%(n)s more reports about the same were decided with it.",
                more,
            )
            self.message_user(request, said % {"n": more})
        return page

    @admin.action(description=_("Dismiss the chosen reports"), permissions=["decide"])
    def dismiss(self, request: HttpRequest, rows: QuerySet[Report]) -> TemplateResponse | None:
        def act(row: Report, reason: str) -> None:
            actions.dismiss(
                public_id=row.public_id, operator_id=request.user.pk or 0, reason=reason
            )

        warning = _(
            "What was reported stays where it is. Other reports about it stay open, for they may "
            "say something else."
        )
        return decide(self, request, rows, Decision("dismiss", _("Dismiss"), warning, act))
