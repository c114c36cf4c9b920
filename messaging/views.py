"""Ask a brand; read what was asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import count_try
from accounts.queries import require_brand_role, work_of
from accounts.types import Request
from core.listing import Shown
from messaging import actions, queries
from messaging.actions import ANSWERING_ROLES
from messaging.asking import known_asker
from messaging.forms import AskForm
from messaging.question_list import QUESTIONS
from messaging.subjects import subject_for
from messaging.types import EnquiryRow


@require_http_methods(["GET", "POST"])
def ask(request: Request, kind: str, public_id: str) -> HttpResponse:
    """A form about one thing; what it is about stands above it."""
    subject = subject_for(kind=kind, ref=public_id, viewer=request.viewer, session=request.session)
    form = AskForm(request.POST or None, known=known_asker(viewer=request.viewer))
    if request.method == "POST":
        count_try(name="enquiry", request=request)
        if form.is_valid():
            actions.ask(subject=subject, asker=form.asker, text=form.cleaned_data["text"])
            said = _("Your question is on its way to %(name)s. The answer comes to %(email)s.")
            messages.success(request, said % {"name": subject.to.name, "email": form.asker.email})
            return HttpResponseRedirect(subject.url)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "subject": subject, "known": form.known}
    return render(request, "messaging/ask.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def studio_questions(request: Request, handle: str) -> HttpResponseBase:
    """What the brand was asked, open ones first; ticked off and opened again many at a time."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ANSWERING_ROLES)

    def page(shown: Shown[EnquiryRow]) -> HttpResponse:
        context = {"brand": brand.profile, "list": shown}
        return render(request, "messaging/studio_questions.html", context)

    return QUESTIONS.answer(
        request,
        by=work_of(viewer=request.viewer, role=brand),
        read=QUESTIONS.reads(queries.enquiries_for, brand_id=brand.profile.id),
        page=page,
    )
