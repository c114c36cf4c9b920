"""Settings: the companies somebody buys for, and the switch that says for whom."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, queries
from accounts.answers import done, log_in_first, user_id_of
from accounts.errors import TooManyOrganizations
from accounts.kept_aside import keep_aside, kept_aside
from accounts.organization_forms import OrganizationForm
from accounts.types import OrganizationBefore, OrganizationData, Request
from core.errors import Conflict, NotFound
from core.toasts import undo_by

# Inside of the session: the company before it was written or left.
_BEFORE = "organization_before"


@require_safe
@login_required
def organizations(request: Request) -> HttpResponse:
    """All that the viewer may buy for, those behind their brands among them."""
    found = queries.organizations_of(user_id=user_id_of(request))
    context = {"organizations": found, "at": "organizations"}
    return render(request, "accounts/organizations.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def organization(request: Request, public_id: str = "") -> HttpResponse:
    """One company: a new one, or one that the viewer may buy for."""
    user_id = user_id_of(request)
    now = None
    if public_id:
        now = queries.organization_of(user_id=user_id, public_id=public_id)
        if now.brand:  # changed in the brand's papers, where operators look at it
            raise NotFound(_("There is no such company."))
    form = OrganizationForm(request.POST or None, initial=asdict(now.data) if now else {})
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_organization(
                user_id=user_id, data=form.organization(), public_id=public_id
            )
        except TooManyOrganizations as problem:
            form.add_error(None, str(problem))
        else:
            back = _keep_aside(request, saved)
            messages.success(request, _("The company is saved."), extra_tags=undo_by(back))
            return redirect("accounts:organizations")
    context = {"form": form, "at": "organizations", "public_id": public_id}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "accounts/organization.html", context, status=status)


@require_POST
@login_required
def leave(request: Request, public_id: str) -> HttpResponse:
    """Buy for a company no more; what was bought for it stays as it was."""
    left = actions.leave_organization(user_id=user_id_of(request), public_id=public_id)
    name = left.was.name if left.was else ""
    text = _("You no longer buy for %(name)s.") % {"name": name}
    messages.success(request, text, extra_tags=undo_by(_keep_aside(request, left)))
    return redirect("accounts:organizations")


def _keep_aside(request: Request, before: OrganizationBefore) -> str:
    """Remember what was written or left last; returns where it is brought back."""
    keep_aside(request.session, name=_BEFORE, before=before)
    return reverse("accounts:organization_undo")


def _as_before(kept: dict[str, Any]) -> OrganizationBefore:
    for name in ("was", "now"):
        kept[name] = OrganizationData(**kept[name]) if kept[name] else None
    return OrganizationBefore(**kept)


@require_POST
@login_required
def undo(request: Request) -> HttpResponse:
    """The company that was last written or left here is as it was before."""
    before = kept_aside(request.session, name=_BEFORE, read=_as_before)
    if before is None:
        messages.info(request, _("There is no company to bring back. Nothing changed."))
    else:
        try:
            actions.restore_organization(user_id=user_id_of(request), before=before)
        except Conflict as changed:
            messages.info(request, str(changed))
        else:
            messages.success(request, _("Your companies are as they were."))
    request.session.pop(_BEFORE, None)
    return redirect("accounts:organizations")


@require_POST
def buy_for(request: Request) -> HttpResponse:
    """Buy for the company named by `for` from now on, or for oneself again."""
    if request.viewer.profile is None:
        return log_in_first(request)
    chosen = actions.switch_buying(viewer=request.viewer, public_id=request.POST.get("for", ""))
    if chosen is None:
        return done(request, _("You buy for yourself now."))
    return done(request, _("You buy for %(name)s now.") % {"name": chosen.name})
