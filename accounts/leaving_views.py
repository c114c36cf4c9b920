"""The way out: delete an account, close a brand. Both ask again who is in front."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, queries
from accounts.errors import BrandNeedsOwner
from accounts.types import BrandRole, Request
from core.errors import DomainError, NotFound


class SureForm(forms.Form):
    """One box: what follows cannot be undone."""

    sure = forms.BooleanField(
        label=gettext_lazy("I understand that this cannot be undone"),
        error_messages={
            "required": gettext_lazy("Tick the box, so that nobody leaves by mistake.")
        },
    )


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def delete_account(request: Request) -> HttpResponse:
    """What goes, what stays and why; then the end of it."""
    viewer = request.viewer
    if viewer.user is None or viewer.profile is None:
        raise NotFound(_("There is no such page."))
    form = SureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_account(user_id=viewer.user.pk)
        except BrandNeedsOwner as error:
            form.add_error(None, str(error.message))
        else:
            logout(request)
            return redirect("accounts:goodbye")
    context = {
        "at": "data",
        "form": form,
        "brands": queries.brands_without_another_owner(user_id=viewer.user.pk),
    }
    wrong = form.is_bound and form.errors
    return render(request, "accounts/delete.html", context, status=422 if wrong else 200)


@require_safe
def goodbye(request: Request) -> HttpResponse:
    """What somebody reads who has just left."""
    return render(request, "accounts/goodbye.html")


@require_http_methods(["GET", "POST"])
@login_required
def close_brand(request: Request, public_id: str) -> HttpResponse:
    """End a brand that the viewer owns; strangers are not even asked for their password."""
    answer: HttpResponse = _close_brand(request, _owned(request, public_id))
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _close_brand(request: Request, brand: BrandRole) -> HttpResponse:
    form = SureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_brand(brand_id=brand.profile.id, actor_id=request.viewer.user.pk)  # type: ignore[union-attr]
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("%(name)s is closed.") % {"name": brand.profile.name})
            return redirect("accounts:settings")
    context = {"at": "", "form": form, "brand": brand.profile}
    wrong = form.is_bound and form.errors
    return render(request, "accounts/close_brand.html", context, status=422 if wrong else 200)


def _owned(request: Request, public_id: str) -> BrandRole:
    for brand in request.viewer.brands:
        if brand.profile.public_id == public_id and brand.role == "owner":
            return brand
    raise NotFound(_("There is no such page."))
