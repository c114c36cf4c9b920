"""Pages on which an owner begins a brand and keeps its papers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import brand_file, require_brand_role
from accounts.types import BrandRole, Request, TraderDetails
from brands import actions, queries
from brands.forms import (
    CodeForm,
    DeclarationForm,
    DomainForm,
    FoundForm,
    PicturesForm,
    PoliciesForm,
    TraderForm,
)
from brands.types import Incomplete
from catalog.queries import storefront
from core.errors import DomainError, NotFound
from core.media import Image, ImageRefused, store_image
from core.ratelimit import hit
from payments.actions import ask_payout, open_payout_page
from payments.queries import payout_account
from payments.types import PayoutUnavailable

PICTURES_PER_HOUR = 60
FOUNDED_PER_DAY = 10


@require_http_methods(["GET", "POST"])
@login_required
def found(request: Request) -> HttpResponse:
    """`/studio/new/`: a name and a handle, and the brand is there as a draft."""
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user_id = _user_id(request)
        hit(key=f"found:{request.viewer.limit_key}", limit=FOUNDED_PER_DAY, per_seconds=24 * 3600)
        try:
            brand = actions.found_brand(user_id=user_id, **form.cleaned_data)
        except DomainError as error:
            _refuse(form, error, {"handle_refused": "handle", "name_refused": "name"})
        else:
            messages.success(request, _("%(name)s is begun.") % {"name": brand.name})
            return redirect("pages:studio", handle=brand.handle)
    context = {"form": form, "fee_rate": settings.PLATFORM_FEE_RATE}
    return render(request, "brands/found.html", context, status=_status(form))


@require_safe
@login_required
def papers(request: Request, handle: str) -> HttpResponse:
    """The checklist, and what operators said so far."""
    brand = _own(request, handle)
    context = {
        "brand": brand.profile,
        "list": queries.checklist(brand_id=brand.profile.id),
        "domain": queries.domain_of(brand_id=brand.profile.id),
        "documents": queries.documents_of(brand_id=brand.profile.id),
    }
    return render(request, "brands/papers.html", context)


@require_POST
@login_required
def submit(request: Request, handle: str) -> HttpResponse:
    """The papers go to the operators."""
    brand = _own(request, handle)
    try:
        actions.submit_papers(brand_id=brand.profile.id, user_id=_user_id(request))
    except Incomplete as error:
        missing = ", ".join(error.items)
        messages.error(request, _("Still missing: %(items)s.") % {"items": missing})
    else:
        messages.success(request, _("Submitted. Our team looks at it and writes to you."))
    return redirect("pages:studio", handle=brand.profile.handle)


@require_http_methods(["GET", "POST"])
@login_required
def trader(request: Request, handle: str) -> HttpResponse:
    """Who answers for the brand."""
    brand = _own(request, handle)
    form = TraderForm(request.POST or None, initial=_trader_now(brand))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_trader_data(
                brand_id=brand.profile.id,
                actor_id=_user_id(request),
                data=form.organization(),
                unregistered=form.cleaned_data["unregistered"],
                vat_exempt=form.cleaned_data["vat_exempt"],
            )
        except DomainError as error:
            _refuse(form, error)
        else:
            return _saved(request, brand)
    return _page(request, brand, "brands/trader.html", form)


def _trader_now(brand: BrandRole) -> dict[str, Any]:
    file = brand_file(profile_id=brand.profile.id)
    declared = queries.papers_of(brand_id=brand.profile.id)
    now = {name: getattr(file.trader, name) for name in TraderForm.LEGAL} if file else {}
    return {**now, "unregistered": declared.unregistered, "vat_exempt": declared.vat_exempt}


@require_http_methods(["GET", "POST"])
@login_required
def email(request: Request, handle: str) -> HttpResponse:
    """Confirm the contact address with a code."""
    brand = _own(request, handle)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_code(
                brand_id=brand.profile.id,
                actor_id=_user_id(request),
                code=form.cleaned_data["code"],
            )
        except DomainError as error:
            form.add_error("code", str(error))
        else:
            return _saved(request, brand, _("The address is confirmed."))
    file = brand_file(profile_id=brand.profile.id)
    more = {
        "address": file.trader.email if file else "",
        "papers": queries.papers_of(brand_id=brand.profile.id),
    }
    return _page(request, brand, "brands/email.html", form, **more)


@require_POST
@login_required
def send_code(request: Request, handle: str) -> HttpResponse:
    """Mail the code."""
    brand = _own(request, handle)
    address = actions.send_code(brand_id=brand.profile.id)
    messages.success(request, _("A code is on its way to %(email)s.") % {"email": address})
    return redirect("brands:email", handle=brand.profile.handle)


@require_safe
@login_required
def payout(request: Request, handle: str) -> HttpResponse:
    """How the payout account stands; who comes back from the bank's page is told at once."""
    brand = _own(request, handle, protected=True)
    if "back" in request.GET:
        ask_payout(seller_id=brand.profile.id)
    context = {
        "brand": brand.profile,
        "account": payout_account(seller_id=brand.profile.id),
        "trader_first": _trader_of(brand) is None,
    }
    return render(request, "brands/payout.html", context)


def _trader_of(brand: BrandRole) -> TraderDetails | None:
    """What the bank asks for of the brand's trader details; None while that is not written."""
    file = brand_file(profile_id=brand.profile.id)
    return file.trader if file and file.trader.name and file.trader.country else None


@require_POST
@login_required
def payout_open(request: Request, handle: str) -> HttpResponse:
    """To the provider's page, where the account is named."""
    brand = _own(request, handle, protected=True)
    trader = _trader_of(brand)
    if trader is None:
        messages.error(request, _("Write the trader details first: the bank asks for them."))
        return redirect("brands:trader", handle=brand.profile.handle)
    path = reverse("brands:payout", kwargs={"handle": brand.profile.handle})
    try:
        address = open_payout_page(
            seller_id=brand.profile.id,
            name=trader.name,
            country=trader.country,
            return_url=f"{settings.SITE_URL}{path}?back=1",
            actor_id=request.viewer.user_id,
        )
    except PayoutUnavailable as error:
        messages.error(request, str(error))
        return redirect("brands:payout", handle=brand.profile.handle)
    return HttpResponseRedirect(address, status=303)


@require_http_methods(["GET", "POST"])
@login_required
def declaration(request: Request, handle: str) -> HttpResponse:
    """A person declares that the brand obeys the law."""
    brand = _own(request, handle)
    person = request.viewer.profile
    form = DeclarationForm(request.POST or None, initial={"name": person.name if person else ""})
    if request.method == "POST" and form.is_valid():
        actions.declare(
            brand_id=brand.profile.id,
            user_id=_user_id(request),
            name=form.cleaned_data["name"],
        )
        return _saved(request, brand)
    declared = queries.papers_of(brand_id=brand.profile.id)
    return _page(request, brand, "brands/declaration.html", form, papers=declared)


@require_http_methods(["GET", "POST"])
@login_required
def policies(request: Request, handle: str) -> HttpResponse:
    """How parcels leave and come back; `?from=storefront` leads back to that editor."""
    brand = _own(request, handle)
    front = storefront(profile_id=brand.profile.id)
    form = PoliciesForm(request.POST or None, initial=PoliciesForm.initial_of(front))
    if request.method == "POST" and form.is_valid():
        actions.save_policies(
            brand_id=brand.profile.id, actor_id=_user_id(request), data=form.policies()
        )
        if request.GET.get("from") == "storefront":
            messages.success(request, _("Saved."))
            return redirect("brands:look", handle=brand.profile.handle)
        return _saved(request, brand)
    return _page(request, brand, "brands/policies.html", form)


@require_http_methods(["GET", "POST"])
@login_required
def pictures(request: Request, handle: str) -> HttpResponse:
    """Picture and cover."""
    brand = _own(request, handle)
    form = PicturesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        picture, cover = (_stored(form, name, brand) for name in ("picture", "cover"))
        if not form.errors:
            actions.save_pictures(
                brand_id=brand.profile.id,
                actor_id=_user_id(request),
                picture_id=picture.pk if picture else None,
                cover_id=cover.pk if cover else None,
            )
            return _saved(request, brand)
    file = brand_file(profile_id=brand.profile.id)
    return _page(request, brand, "brands/pictures.html", form, file=file)


def _stored(form: PicturesForm, name: str, brand: BrandRole) -> Image | None:
    upload = form.cleaned_data[name]
    if not upload:
        return None
    hit(key=f"picture:{brand.profile.id}", limit=PICTURES_PER_HOUR, per_seconds=3600)
    try:
        return store_image(file=upload, alt=brand.profile.name, owner_id=brand.profile.id)
    except ImageRefused as error:
        form.add_error(name, str(error))
        return None


@require_http_methods(["GET", "POST"])
@login_required
def domain(request: Request, handle: str) -> HttpResponse:
    """Claim a domain; how to prove it stands below."""
    brand = _own(request, handle)
    claim = queries.domain_of(brand_id=brand.profile.id)
    form = DomainForm(request.POST or None, initial={"domain": claim.domain if claim else ""})
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim_domain(
                brand_id=brand.profile.id,
                actor_id=_user_id(request),
                domain=form.cleaned_data["domain"],
            )
        except DomainError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Now put the token there, and let us look."))
            return redirect("brands:domain", handle=brand.profile.handle)
    more = {"claim": claim, "list": queries.checklist(brand_id=brand.profile.id)}
    return _page(request, brand, "brands/domain.html", form, **more)


@require_POST
@login_required
def domain_look(request: Request, handle: str) -> HttpResponse:
    """Look for the token at the domain."""
    brand = _own(request, handle)
    try:
        verified = actions.prove_domain(brand_id=brand.profile.id, actor_id=_user_id(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = _("Proved. Your brand is verified now.") if verified else _("The domain is proved.")
        messages.success(request, words)
    return redirect("brands:domain", handle=brand.profile.handle)


# --- what they share -----------------------------------------------------------------------------


def _own(request: Request, handle: str, *, protected: bool = False) -> BrandRole:
    """The brand, for its owners; for everybody else there is no such page.

    What leads to money is `protected`: an owner with a password only adds a second factor first.
    """
    return require_brand_role(
        viewer=request.viewer, handle=handle, roles=set(), protected=protected
    )


def _user_id(request: Request) -> int:
    user = request.viewer.user
    if user is None:  # only a session that ended between two looks at it
        raise NotFound(_("There is no such page."))
    return user.pk


def _refuse(form: Form, error: DomainError, fields: dict[str, str] | None = None) -> None:
    """Put a refusal beside the field that it is about."""
    field = (fields or {}).get(error.code) or str(error.data.get("field", ""))
    form.add_error(field if field in form.fields else None, str(error))


def _saved(request: Request, brand: BrandRole, words: str = "") -> HttpResponse:
    """Back to the list, which shows the next thing to do."""
    messages.success(request, words or _("Saved."))
    name = "brands:papers" if brand.is_public else "pages:studio"
    return redirect(name, handle=brand.profile.handle)


def _page(
    request: Request, brand: BrandRole, template: str, form: Form, **more: Any
) -> HttpResponse:
    context = {"brand": brand.profile, "form": form, **more}
    return render(request, template, context, status=_status(form))


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200
