"""Report something, with or without an account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import count_try
from accounts.types import Request
from moderation import actions
from moderation.forms import ReportForm
from moderation.subjects import subject_for


@require_http_methods(["GET", "POST"])
def report(request: Request, kind: str, public_id: str) -> HttpResponse:
    """The form; what it is about stands above it."""
    viewer = request.viewer
    subject = subject_for(kind=kind, ref=public_id, viewer=viewer)
    form = ReportForm(request.POST or None, is_member=viewer.acting is not None)
    if request.method == "POST":
        count_try(name="report", request=request)
        if form.is_valid():
            reference = actions.file_report(
                subject=subject,
                reason=form.cleaned_data["reason"],
                text=form.cleaned_data["text"],
                reporter_id=viewer.acting_id,
                email=form.cleaned_data.get("email", "").lower(),
            )
            return redirect("moderation:receipt", reference=reference)
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "moderation/report.html", {"form": form, "subject": subject}, status=status
    )


@require_safe
def receipt(request: Request, reference: str) -> HttpResponse:
    """Thanks, and the reference. It tells nothing that the address does not."""
    return render(request, "moderation/receipt.html", {"reference": reference})
