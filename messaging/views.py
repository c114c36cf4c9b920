"""Ask a brand; read what was asked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import count_try
from accounts.queries import require_brand_role
from accounts.types import Request
from core import safe_next
from messaging import actions, queries
from messaging.actions.asking import ANSWERING_ROLES
from messaging.forms import AskForm
from messaging.subjects import subject_for
from messaging.types import Asker


@require_http_methods(["GET", "POST"])
def ask(request: Request, kind: str, public_id: str) -> HttpResponse:
    """A form about one thing; what it is about stands above it."""
    subject = subject_for(kind=kind, ref=public_id, viewer=request.viewer, session=request.session)
    form = AskForm(request.POST or None, known=_known(request))
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


def _known(request: Request) -> Asker | None:
    viewer = request.viewer
    if viewer.user is None or viewer.acting is None:
        return None
    return Asker(name=viewer.acting.name, email=viewer.user.email, profile_id=viewer.acting.id)


@require_safe
@login_required
def studio_questions(request: Request, handle: str) -> HttpResponse:
    """What the brand was asked, newest first."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ANSWERING_ROLES)
    only_open = request.GET.get("show") != "all"
    page = queries.enquiries_for(
        brand_id=brand.profile.id, cursor=request.GET.get("cursor", ""), open_only=only_open
    )
    context = {"brand": brand.profile, "page": page, "only_open": only_open, "at": "questions"}
    return render(request, "messaging/studio_questions.html", context)


@require_POST
@login_required
def studio_answered(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Tick a question off (`answered=1`) or put it back (`answered=0`)."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ANSWERING_ROLES)
    answered = request.POST.get("answered", "1") == "1"
    actions.mark_answered(
        public_id=public_id,
        brand_id=brand.profile.id,
        actor_id=request.user.pk,
        answered=answered,
    )
    messages.success(request, _("Ticked off.") if answered else _("It is open again."))
    return HttpResponseRedirect(safe_next(request, f"/studio/{brand.profile.handle}/questions/"))
