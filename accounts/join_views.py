"""The page behind the link of an invitation."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions, queries, roles
from accounts.answers import user_id_of
from accounts.errors import NotYourInvitation
from accounts.types import Request


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, token: str) -> HttpResponse:
    """What one is invited to; a guest logs in or signs up and comes back here."""
    found = queries.open_invitation(token=token)
    here = reverse("accounts:join", kwargs={"token": token})
    refused = ""
    if request.method == "POST" and request.viewer.profile is not None:
        try:
            brand = actions.accept_invitation(token=token, user_id=user_id_of(request))
        except NotYourInvitation as problem:
            refused = str(problem)
        else:
            messages.success(request, _("Welcome to the team of %(name)s.") % {"name": brand.name})
            return redirect("pages:studio", handle=brand.handle)
    query = urlencode({"next": here})
    context = {
        "brand": found.brand,
        "role": roles.role_words(found.role),
        "refused": refused,
        "here": here,
        "known": request.viewer.profile is not None,
        "own_email": request.viewer.user.email if request.viewer.user else "",
        "log_in": f"{reverse('account_login')}?{query}",
        "sign_up": f"{reverse('account_signup')}?{query}",
    }
    return render(request, "accounts/join.html", context, status=403 if refused else 200)
