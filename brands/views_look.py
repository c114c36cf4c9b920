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
from brands.actions import dress_storefront
from brands.look_forms import LookForm
from brands.look_preview import strips
from catalog import actions
from catalog.queries import brand_style, collections_of, last_save, last_undone, storefront
from catalog.types import DEFAULT_SECTIONS, LookInput, LookOvertaken, StorefrontData
from core.errors import DomainError, NotFound
from core.ids import is_public_id
from core.media import Image, ImageRefused, store_image
from core.ratelimit import hit
from core.toasts import undo_by

ROLES = {"catalogue"}
_COLOURS = re.compile(r"([0-9a-f]{6}|none)-([0-9a-f]{6}|none)")
_SAVE = re.compile(r"[0-9]{1,18}", re.ASCII)
PICTURES_PER_HOUR = 400
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
    """Words, colours, sections and cover of the storefront; `do` (preview, or a section that moves)
    shows them and keeps nothing but a fresh picture."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    seller_id = brand.profile.id
    front, collections = storefront(profile_id=seller_id), collections_of(seller_id=seller_id)
    form = LookForm(
        request.POST or None,
        request.FILES or None,
        initial=LookForm.initial_of(front, collections),
        collections=collections,
    )
    file = brand_file(profile_id=seller_id)
    shown = _stored_look(front)
    cover = Image.objects.filter(pk=file.cover_id).first() if file and file.cover_id else None
    form.move(request.POST.get("do", ""))
    if request.method == "POST" and form.is_valid():
        shown, cover = form.look(), _cover(request, brand, form) or cover
        focus = None if request.FILES else form.focus()
        if cover and focus:  # what the preview shows; nothing is saved by it
            cover.focus_x, cover.focus_y = focus
        wanted = not form.errors and not request.POST.get("do")
        if wanted and _save(request, brand, form, shown, cover, focus):
            return redirect("brands:look", handle=brand.profile.handle)
    context = {
        "brand": brand.profile,
        "owns": brand.role == "owner",
        "front": front,
        "form": form,
        "shown": shown,
        "cover": cover,
        "strips": strips(seller_id=seller_id, viewer=request.viewer, look=shown, names=form.names),
        "preview": bool(request.POST.get("do")) and not form.errors,
        "last": last_save(profile_id=seller_id),
        "undone": last_undone(profile_id=seller_id),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "brands/look.html", context, status=status)


def _stored_look(front: StorefrontData | None) -> LookInput:
    return LookInput(
        story=front.story if front else "",
        accent=front.accent if front else "",
        ground=front.ground if front else "",
        typeface=front.typeface if front else "",
        sections=front.sections if front else DEFAULT_SECTIONS,
    )


def _cover(request: Request, brand: BrandRole, form: LookForm) -> Image | None:
    """A fresh cover, stored at once so that a preview does not ask for it again, or the one that
    the page carries along from there."""
    upload = form.cleaned_data["cover"]
    if upload:
        hit(key=f"picture:{brand.profile.id}", limit=PICTURES_PER_HOUR, per_seconds=3600)
        try:
            return store_image(file=upload, alt=brand.profile.name, owner_id=brand.profile.id)
        except ImageRefused as error:
            form.add_error("cover", str(error))
            return None
    kept = request.POST.get("kept_cover", "")
    if not is_public_id(kept):
        return None
    return Image.objects.filter(public_id=kept, owner_id=brand.profile.id).first()


def _save(
    request: Request,
    brand: BrandRole,
    form: LookForm,
    data: LookInput,
    cover: Image | None,
    focus: tuple[int, int] | None,
) -> bool:
    try:
        dress_storefront(
            brand_id=brand.profile.id,
            actor_id=request.viewer.user_id,
            look=data,
            cover_id=cover.pk if cover else None,
            focus=focus,
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    undo = reverse("brands:look_undo", kwargs={"handle": brand.profile.handle})
    last = last_save(profile_id=brand.profile.id)
    undo += f"?save={last.id}" if last else ""
    messages.success(request, _("Your storefront is saved."), extra_tags=undo_by(undo))
    return True


@require_POST
@login_required
def undo(request: Request, handle: str) -> HttpResponse:
    """Bring back the look before the save that the button named; pressed twice, once."""
    profile = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES).profile
    try:
        actions.undo_look(
            profile_id=profile.id, actor_id=request.viewer.user_id, save_id=_named(request)
        )
    except LookOvertaken as overtaken:
        messages.info(request, str(overtaken))
    else:
        back = reverse("brands:look_redo", kwargs={"handle": profile.handle})
        back += f"?save={last_undone(profile_id=profile.id)}"
        text = _("Your storefront looks as before.")
        messages.success(request, text, extra_tags=f"redo:{back}")
    return redirect("brands:look", handle=profile.handle)


@require_POST
@login_required
def redo(request: Request, handle: str) -> HttpResponse:
    """Put back what the Undo took back that the button named; pressed twice, once."""
    profile = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES).profile
    try:
        actions.redo_look(
            profile_id=profile.id, actor_id=request.viewer.user_id, save_id=_named(request)
        )
    except LookOvertaken:
        messages.info(request, _("That is not to be put back any more. Nothing else changed."))
    else:
        undo = reverse("brands:look_undo", kwargs={"handle": profile.handle})
        last = last_save(profile_id=profile.id)
        undo += f"?save={last.id}" if last else ""
        messages.success(request, _("It is back as you had it."), extra_tags=undo_by(undo))
    return redirect("brands:look", handle=profile.handle)


def _named(request: Request) -> int:
    """The save in the address; 0, which is none, for anything else."""
    named = request.GET.get("save", "")
    return int(named) if _SAVE.fullmatch(named) else 0
