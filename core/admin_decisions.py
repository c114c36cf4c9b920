"""Decisions in the administration: chosen rows, a page that asks for the reason, then the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from core.errors import DomainError
from core.forms import TextField_

_KEPT = gettext_lazy("Kept with the decision; whoever it concerns reads it.")


class ReasonForm(forms.Form):
    """Why. It is kept with the decision; `read_by` says who reads it."""

    def __init__(self, *args: Any, limit: int, read_by: str | Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = TextField_(
            label=gettext_lazy("Reason"),
            limit=limit,
            multiline=True,
            help_text=read_by,
        )


@dataclass(frozen=True)
class Decision:
    """One kind of decision: the admin action's name, its words, and what it does to a row."""

    name: str
    title: str | Promise
    warning: str | Promise
    # Row and reason; a DomainError says why this row cannot be decided so.
    apply: Callable[[Any, str], None]
    # Letters of a reason: as many as the column has in which it ends.
    limit: int = 1000
    # What the form promises of the reason.
    read_by: str | Promise = _KEPT


def decide(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    queryset: QuerySet[Any],
    decision: Decision,
) -> TemplateResponse | None:
    """Ask for the reason first; with one, do it to each row and log it. None when done."""
    typed = request.POST if "confirmed" in request.POST else None
    form = ReasonForm(typed, limit=decision.limit, read_by=decision.read_by)
    if not form.is_valid():
        context = {
            **model_admin.admin_site.each_context(request),
            "title": decision.title,
            "decision": decision,
            "form": form,
            "rows": queryset,
            "opts": model_admin.opts,
        }
        return TemplateResponse(request, "admin/decide.html", context)
    reason = form.cleaned_data["reason"]
    count = 0
    for row in queryset:
        try:
            decision.apply(row, reason)
        except DomainError as error:
            model_admin.message_user(request, f"{row}: {error}", messages.ERROR)
        else:
            model_admin.log_change(request, row, f"{decision.title}: {reason}")
            count += 1
    if count:
        done = ngettext("Decided for %(n)s row.", "Decided for %(n)s rows.", count) % {"n": count}
        model_admin.message_user(request, f"{decision.title}. {done}", messages.SUCCESS)
    return None
