"""A brand's team in its back office: who is on it, who is asked, who goes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, queries, roles
from accounts.actions import count_try
from accounts.answers import user_id_of
from accounts.errors import AlreadyOnTeam, ProtectFirst, TooManyInvitations, WrongState
from accounts.studio_views import OWNERS
from accounts.team_forms import InviteForm, RoleForm
from accounts.team_list import COLLEAGUES, TEAM
from accounts.types import BrandRole, Request, TeamRow
from core.errors import NotFound
from core.listing import Asked, Listing, Shown, Slice, undo_of_one
from core.toasts import undo_by


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Request, handle: str) -> HttpResponseBase:
    """Everybody on the team; an owner also sees who is asked, asks, and gives roles."""
    if request.method != "POST":
        return _list(request, queries.require_brand_role(viewer=request.viewer, handle=handle))
    brand = _owners(request, handle)
    if "do" in request.POST or "undo" in request.GET:
        return _list(request, brand)
    count_try(name="invite", request=request)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, brand, form)
    email = form.cleaned_data["email"]
    try:
        actions.invite(
            brand_id=brand.profile.id,
            actor_id=user_id_of(request),
            email=email,
            role=form.cleaned_data["role"],
        )
    except ProtectFirst as refused:
        form.add_error("role", str(refused))
        return _show(request, brand, form)
    except (AlreadyOnTeam, TooManyInvitations) as refused:
        form.add_error("email", str(refused))
        return _show(request, brand, form)
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": email})
    return _back(brand)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: Request, handle: str, person_id: str) -> HttpResponse:
    """One member: their role, or that they go."""
    brand = _owners(request, handle)
    found = _member(brand, person_id)
    form = RoleForm(request.POST or None, initial={"role": found.role})
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        try:
            was = actions.change_role(
                brand_id=brand.profile.id,
                person_id=person_id,
                role=role,
                actor_id=user_id_of(request),
            )
        except (ProtectFirst, WrongState) as refused:
            form.add_error("role", str(refused))
        else:
            said = _("%(name)s is %(role)s now.")
            named = {"name": found.person.name, "role": roles.name_of(role)}
            path = reverse("accounts:studio_team", kwargs={"handle": brand.profile.handle})
            # Who gave their own role away has no right to take it back.
            own = found.user_id == user_id_of(request)
            back = f"role:{was}" if was != role and not own else ""
            undo = undo_of_one(path=path, back=back, key=person_id)
            messages.success(request, said % named, extra_tags=undo)
            return _back(brand)
    context = {"brand": brand.profile, "member": found, "form": form, "roles": roles.ROLES}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/studio_member.html", context, status=status)


@require_POST
def remove(request: Request, handle: str, person_id: str) -> HttpResponse:
    """Take somebody off the team; Undo puts them back."""
    brand = _owners(request, handle)
    found = _member(brand, person_id)
    _take_off(request, brand, found, _("%(name)s is off the team.") % {"name": found.person.name})
    return _back(brand)


@require_POST
def leave(request: Request, handle: str) -> HttpResponse:
    """Go oneself. There is no way back but an invitation."""
    brand = queries.require_brand_role(viewer=request.viewer, handle=handle)
    try:
        actions.remove_member(
            brand_id=brand.profile.id, user_id=user_id_of(request), actor_id=user_id_of(request)
        )
    except WrongState as refused:
        messages.error(request, str(refused))
        return _back(brand)
    messages.success(request, _("You left the team of %(name)s.") % {"name": brand.profile.name})
    return redirect("pages:studio_home")


@require_POST
def undo(request: Request, handle: str, token: str) -> HttpResponse:
    """Put back who was taken off a moment ago."""
    brand = _owners(request, handle)
    actions.restore_member(brand_id=brand.profile.id, token=token, actor_id=user_id_of(request))
    messages.success(request, _("They are back on the team."))
    return _back(brand)


@require_POST
def resend(request: Request, handle: str, public_id: str) -> HttpResponse:
    """A new link for somebody who was asked; the older one dies."""
    brand = _owners(request, handle)
    count_try(name="invite", request=request)
    try:
        email = actions.resend_invitation(
            brand_id=brand.profile.id, actor_id=user_id_of(request), public_id=public_id
        )
    except ProtectFirst as refused:
        messages.error(request, str(refused))
        return _back(brand)
    messages.success(request, _("A new link is on its way to %(email)s.") % {"email": email})
    return _back(brand)


@require_POST
def withdraw(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Make an invitation worthless."""
    brand = _owners(request, handle)
    email = actions.withdraw_invitation(
        brand_id=brand.profile.id, actor_id=user_id_of(request), public_id=public_id
    )
    messages.success(request, _("%(email)s is no longer invited.") % {"email": email})
    return _back(brand)


def _list(request: Request, brand: BrandRole) -> HttpResponseBase:
    listing = _listing(brand)

    def read(asked: Asked) -> Slice[TeamRow]:
        rows = queries.team_of(
            brand_id=brand.profile.id,
            role=asked.chosen["role"],
            text=asked.text,
            by_email=_rules(brand),
        )
        return Slice(rows=rows, next=None)

    return listing.answer(
        request,
        by=queries.work_of(viewer=request.viewer, role=brand),
        read=read,
        page=lambda shown: _page(request, brand, shown),
        may_act=_rules(brand),
    )


def _listing(brand: BrandRole) -> Listing[TeamRow]:
    return TEAM if _rules(brand) else COLLEAGUES


def _rules(brand: BrandRole) -> bool:
    return brand.role in OWNERS


def _show(request: Request, brand: BrandRole, form: InviteForm) -> HttpResponse:
    rows = queries.team_of(brand_id=brand.profile.id)
    shown = _listing(brand).shown(request, Slice(rows=rows, next=None))
    return _page(request, brand, shown, form)


def _page(
    request: Request, brand: BrandRole, shown: Shown[TeamRow], form: InviteForm | None = None
) -> HttpResponse:
    is_owner = _rules(brand)
    context = {
        "brand": brand.profile,
        "is_owner": is_owner,
        "own_id": user_id_of(request),
        "list": shown,
        "invited": queries.invitations_of(brand_id=brand.profile.id) if is_owner else [],
        "form": form or InviteForm(initial={"role": "catalogue"}),
        "roles": roles.ROLES,
        "names": roles.NAMES,
    }
    return render(request, "accounts/studio_team.html", context, status=422 if form else 200)


def _take_off(request: Request, brand: BrandRole, found: TeamRow, said: str) -> None:
    try:
        token = actions.remove_member(
            brand_id=brand.profile.id, user_id=found.user_id, actor_id=user_id_of(request)
        )
    except WrongState as refused:
        messages.error(request, str(refused))
        return
    back = reverse(
        "accounts:studio_team_undo", kwargs={"handle": brand.profile.handle, "token": token}
    )
    own = found.user_id == user_id_of(request)
    messages.success(request, said, extra_tags=undo_by("" if own else back))


def _member(brand: BrandRole, person_id: str) -> TeamRow:
    for one in queries.team_of(brand_id=brand.profile.id):
        if one.person.public_id == person_id:
            return one
    raise NotFound(_("There is nobody of that name on the team."))


def _owners(request: Request, handle: str) -> BrandRole:
    return queries.require_brand_role(viewer=request.viewer, handle=handle, roles=OWNERS)


def _back(brand: BrandRole) -> HttpResponse:
    return redirect("accounts:studio_team", handle=brand.profile.handle)
