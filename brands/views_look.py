"""The storefront editor, and the style sheet of a brand's colours."""

from __future__ import annotations

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import brand_file, require_brand_role
from accounts.types import BrandRole, Request
from brands.look_forms import LookForm
from catalog import actions
from catalog.queries import brand_style, has_earlier_look, storefront
from catalog.types import LookInput
from core.errors import DomainError, NotFound

ROLES = {"catalogue"}
_COLOURS = re.compile(r"([0-9a-f]{6}|none)-([0-9a-f]{6}|none)")
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def style(_request: Request, colours: str) -> HttpResponse:
    """The tones of two colours. The address is all it depends on, so it may be kept for ever."""
    found = _COLOURS.fullmatch(colours)
    if found is None:
        raise NotFound
    accent, ground = ("" if one == "none" else f"#{one}" for one in found.groups())
    response = HttpResponse(brand_style(accent=accent, ground=ground), content_type="text/css")
    response["Cache-Control"] = FOR_EVER
    return response


@require_http_methods(["GET", "POST"])
@login_required
def look(request: Request, handle: str) -> HttpResponse:
    """Words, colours and sections of the storefront; `do=preview` shows them and keeps nothing."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    front = storefront(profile_id=brand.profile.id)
    form = LookForm(request.POST or None, initial=LookForm.initial_of(front))
    shown = LookInput(
        story=front.story if front else "",
        accent=front.accent if front else "",
        ground=front.ground if front else "",
        sections=front.sections if front else (),
    )
    if request.method == "POST" and form.is_valid():
        shown = form.look()
        if request.POST.get("do") != "preview" and _save(request, brand, form, shown):
            return redirect("brands:look", handle=brand.profile.handle)
    context = {
        "brand": brand.profile,
        "file": brand_file(profile_id=brand.profile.id),
        "form": form,
        "shown": shown,
        "preview": request.POST.get("do") == "preview" and not form.errors,
        "can_undo": has_earlier_look(profile_id=brand.profile.id),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "brands/look.html", context, status=status)


def _save(request: Request, brand: BrandRole, form: LookForm, data: LookInput) -> bool:
    try:
        actions.save_look(profile_id=brand.profile.id, data=data, actor_id=_actor(request))
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    undo = reverse("brands:look_undo", kwargs={"handle": brand.profile.handle})
    messages.success(request, _("Your storefront is saved."), extra_tags=f"undo:{undo}")
    return True


@require_POST
@login_required
def undo(request: Request, handle: str) -> HttpResponse:
    """Bring back the look before the last save."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    actions.undo_look(profile_id=brand.profile.id, actor_id=_actor(request))
    messages.success(request, _("Your storefront looks as before."))
    return redirect("brands:look", handle=brand.profile.handle)


def _actor(request: Request) -> int | None:
    return request.viewer.user.pk if request.viewer.user else None
