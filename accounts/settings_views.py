"""Settings: one page a topic."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, queries
from accounts.errors import HandleRefused, NameRefused
from accounts.kept_aside import keep_aside, kept_aside
from accounts.models import Profile
from accounts.settings_forms import AddressForm, ProfileForm
from accounts.types import AddressBefore, AddressData, Request
from core.errors import NotFound
from core.media import ImageRefused, describe_image, store_image
from core.toasts import undo_by

# Inside of the session: the address before it was written or removed.
_BEFORE = "address_before"


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    """What can be set, a line each."""
    return render(request, "accounts/settings.html", {"at": ""})


@require_http_methods(["GET", "POST"])
@login_required
def profile(request: Request) -> HttpResponse:
    """What others read of whoever the viewer acts for: themselves, or a brand they own."""
    row = _editable(request)
    if request.method == "POST":
        queries.check_acting(request=request)
    form = ProfileForm(request.POST or None, request.FILES or None, profile=row)
    before = actions.profile_token(profile_id=row.pk) if request.method == "POST" else ""
    if (
        request.method == "POST"
        and form.is_valid()
        and _save_profile(form, user_id=_user_id(request))
    ):
        undo = reverse("accounts:profile_undo", kwargs={"token": before})
        messages.success(request, _("Your profile is saved."), extra_tags=undo_by(undo))
        return redirect("accounts:profile")
    context = {"form": form, "at": "profile"}
    return render(request, "accounts/profile_edit.html", context, status=_status(form))


@require_POST
@login_required
def profile_undo(request: Request, token: str) -> HttpResponse:
    """The profile says again what it said before it was saved."""
    row = _editable(request)
    try:
        actions.restore_profile(profile_id=row.pk, token=token, actor_id=_user_id(request))
    except (HandleRefused, NameRefused) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your profile is as it was."))
    return redirect("accounts:profile")


def _editable(request: Request) -> Profile:
    viewer = request.viewer
    if viewer.acting is None:
        raise NotFound(_("There is no such page."))
    brand = viewer.acting_brand
    if brand is not None and brand.role not in ("owner", "catalogue"):
        raise NotFound(_("There is no such page."))
    return Profile.objects.select_related("picture", "cover").get(pk=viewer.acting.id)


def _save_profile(form: ProfileForm, *, user_id: int) -> bool:
    data = form.cleaned_data
    try:
        fresh = {name: _stored(form, name) for name in ("picture", "cover")}
        actions.update_profile(
            profile_id=form.profile.pk,
            name=data["name"],
            handle=data["handle"],
            bio=data["bio"],
            links=form.links,
            picture_id=fresh["picture"],
            cover_id=fresh["cover"],
            actor_id=user_id,
        )
        for name, image in form.pictures:
            describe_image(
                public_id=image.public_id, owner_id=form.profile.pk, focus=form.focus_of(name)
            )
    except ImageRefused as error:
        form.add_error(error.data.get("field", "picture"), str(error))
    except HandleRefused as error:
        form.add_error("handle", str(error))
    except NameRefused as error:
        form.add_error("name", str(error))
    return not form.errors


def _stored(form: ProfileForm, name: str) -> int | None:
    """The primary key of a picture that was sent, taken in; None when there was none."""
    file = form.cleaned_data[name]
    if not file:
        return None
    try:
        return store_image(file=file, alt=form.cleaned_data["name"], owner_id=form.profile.pk).pk
    except ImageRefused as error:
        error.data["field"] = name
        raise


def _status(form: ProfileForm | AddressForm) -> int:
    return 422 if form.is_bound and form.errors else 200


@require_safe
@login_required
def addresses(request: Request) -> HttpResponse:
    """The address book."""
    found = queries.addresses_for(user_id=_user_id(request))
    return render(request, "accounts/addresses.html", {"addresses": found, "at": "addresses"})


@require_http_methods(["GET", "POST"])
@login_required
def address(request: Request, public_id: str = "") -> HttpResponse:
    """One address: a new one, or one of the viewer's own."""
    user_id = _user_id(request)
    now = queries.address_for(user_id=user_id, public_id=public_id) if public_id else None
    if now:
        form = AddressForm(request.POST or None, initial=now.__dict__)
    else:
        initial = {"name": request.viewer.profile.name} if request.viewer.profile else {}
        form = AddressForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_address(user_id=user_id, data=form.data_for(public_id))
        back = _keep_aside(request, saved)
        messages.success(request, _("The address is saved."), extra_tags=undo_by(back))
        return redirect("accounts:addresses")
    context = {"form": form, "at": "addresses", "public_id": public_id}
    return render(request, "accounts/address.html", context, status=_status(form))


@require_POST
@login_required
def address_delete(request: Request, public_id: str) -> HttpResponse:
    """Remove an address; what was sent there stays as it was."""
    removed = actions.delete_address(user_id=_user_id(request), public_id=public_id)
    back = _keep_aside(request, removed)
    messages.success(request, _("The address is removed."), extra_tags=undo_by(back))
    return redirect("accounts:addresses")


def _keep_aside(request: Request, before: AddressBefore) -> str:
    """Remember the last address that was written or removed; returns where it is brought back."""
    keep_aside(request.session, name=_BEFORE, before=before)
    return reverse("accounts:address_undo")


def _as_before(kept: dict[str, Any]) -> AddressBefore:
    was = kept.pop("was")
    return AddressBefore(was=AddressData(**was) if was else None, **kept)


@require_POST
@login_required
def address_undo(request: Request) -> HttpResponse:
    """The last address that was written or removed here, and which is first, are as before."""
    before = kept_aside(request.session, name=_BEFORE, read=_as_before)
    if before is None:
        messages.info(request, _("There is no address to bring back. Nothing changed."))
    else:
        actions.restore_address(user_id=_user_id(request), before=before)
        messages.success(request, _("Your addresses are as they were."))
    request.session.pop(_BEFORE, None)
    return redirect("accounts:addresses")


@require_POST
@login_required
def address_default(request: Request, public_id: str) -> HttpResponse:
    """Use an address first from now on."""
    first = actions.make_default_address(user_id=_user_id(request), public_id=public_id)
    undo = reverse("accounts:address_default", kwargs={"public_id": first}) if first else ""
    messages.success(request, _("That address is used first now."), extra_tags=undo_by(undo))
    return redirect("accounts:addresses")


@require_safe
@login_required
def account(request: Request) -> HttpResponse:
    """How the viewer logs in."""
    waiting = EmailAddress.objects.get_new(request.user)
    context = {
        "at": "login",
        "waiting": waiting.email if waiting else "",
        "rows": queries.providers_of(user_id=_user_id(request)),
        "has_password": bool(request.viewer.user and request.viewer.user.has_usable_password()),
    }
    return render(request, "accounts/account.html", context)


def _user_id(request: Request) -> int:
    user = request.viewer.user
    if user is None:  # only a session that ended between two looks at it
        raise NotFound(_("There is no such page."))
    return user.pk
