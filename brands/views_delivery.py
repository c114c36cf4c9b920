"""The delivery editor: how a brand's parcels travel, and what a buyer would be told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import require_brand_role
from accounts.types import BrandRole, Request
from brands.delivery_forms import MethodForm, TryForm, VacationForm
from catalog import actions
from catalog.queries import delivery_options, methods_of, storefront
from catalog.types import DeliveryOption, DeliveryTerms
from core import clock
from core.errors import DomainError, NotFound
from core.toasts import undo_by

ROLES = {"catalogue"}
PAGE = "brands:delivery"


@require_safe
@login_required
def methods(request: Request, handle: str) -> HttpResponse:
    """All methods in their order, and the answer to a basket."""
    brand = _brand(request, handle)
    found = methods_of(seller_id=brand.profile.id)
    form = TryForm.of(request.GET)
    context = {
        "brand": brand.profile,
        "methods": found,
        "any_on": any(one.active for one in found),
        "form": form,
        "options": _answer(brand, form),
    }
    return render(request, "brands/delivery.html", context)


def _answer(brand: BrandRole, form: TryForm) -> list[DeliveryOption] | None:
    """What a buyer would be offered; None while the basket makes no sense."""
    if not form.is_valid():
        return None
    seller_id = brand.profile.id
    return delivery_options(
        seller_ids=[seller_id],
        country=form.cleaned_data["to"],
        subtotals={seller_id: form.subtotal},
        lead_days={seller_id: 1},
        today=timezone.localdate(clock.now()),
    )[seller_id]


@require_http_methods(["GET", "POST"])
@login_required
def method(request: Request, handle: str, method_id: str = "") -> HttpResponse:
    """One method: a new one, or one of the brand's own."""
    brand = _brand(request, handle)
    now = _own(brand, method_id) if method_id else None
    form = MethodForm(request.POST or None, initial=MethodForm.initial_of(now))
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, brand, method_id, form)
        except DomainError as error:
            field = str(error.data.get("field", ""))
            form.add_error(field if field in form.fields else None, str(error))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect(PAGE, handle=brand.profile.handle)
    context: dict[str, Any] = {"brand": brand.profile, "form": form, "method": now}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "brands/delivery_method.html", context, status=status)


def _save(request: Request, brand: BrandRole, method_id: str, form: MethodForm) -> None:
    seller_id, actor_id, data = brand.profile.id, request.viewer.user_id, form.terms()
    if method_id:
        actions.update_delivery_method(
            seller_id=seller_id, method_id=method_id, data=data, actor_id=actor_id
        )
    else:
        actions.create_delivery_method(seller_id=seller_id, data=data, actor_id=actor_id)


@require_POST
@login_required
def switch(request: Request, handle: str, method_id: str) -> HttpResponse:
    """Offer a method (`on=1`) or stop offering it (`on=0`)."""
    brand = _brand(request, handle)
    terms = _own(brand, method_id)
    on = (request.POST.get("on") or request.GET.get("on")) == "1"
    try:
        actions.switch_delivery_method(
            seller_id=brand.profile.id, method_id=method_id, on=on, actor_id=request.viewer.user_id
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = _("%(name)s is offered again.") if on else _("%(name)s is switched off.")
        messages.success(
            request, words % {"name": terms.name}, extra_tags=_undo(brand, method_id, on)
        )
    return redirect(PAGE, handle=brand.profile.handle)


def _undo(brand: BrandRole, method_id: str, on: bool) -> str:
    """The button that takes the switch back: it carries no field of its own."""
    kwargs = {"handle": brand.profile.handle, "method_id": method_id}
    return undo_by(f"{reverse('brands:delivery_switch', kwargs=kwargs)}?on={int(not on)}")


@require_POST
@login_required
def move(request: Request, handle: str, method_id: str) -> HttpResponse:
    """One place up or down."""
    brand = _brand(request, handle)
    to = request.POST.get("to")
    if to not in ("up", "down"):
        raise NotFound
    actions.move_delivery_method(
        seller_id=brand.profile.id,
        method_id=method_id,
        to="up" if to == "up" else "down",
        actor_id=request.user.pk,
    )
    return redirect(PAGE, handle=brand.profile.handle)


@require_http_methods(["GET", "POST"])
@login_required
def vacation(request: Request, handle: str) -> HttpResponse:
    """Close the shop for some days; what was ordered goes on."""
    brand = _brand(request, handle)
    front = storefront(profile_id=brand.profile.id)
    now: dict[str, Any] = {}
    if front is not None:
        now = {"first": front.away_first, "last": front.away_last, "note": front.away_note}
    form = VacationForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_away(
                seller_id=brand.profile.id, actor_id=request.viewer.user_id, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error("last", str(error))
        else:
            messages.success(request, _("Your vacation is set. The shop opens again by itself."))
            return redirect("brands:vacation", handle=brand.profile.handle)
    context = {"brand": brand.profile, "form": form, "front": front}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "brands/vacation.html", context, status=status)


@require_POST
@login_required
def vacation_end(request: Request, handle: str) -> HttpResponse:
    """Back earlier, or not away at all."""
    brand = _brand(request, handle)
    actions.come_back(seller_id=brand.profile.id, actor_id=request.viewer.user_id)
    messages.success(request, _("Your shop is open."))
    return redirect("brands:vacation", handle=brand.profile.handle)


def _brand(request: Request, handle: str) -> BrandRole:
    return require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)


def _own(brand: BrandRole, method_id: str) -> DeliveryTerms:
    for terms in methods_of(seller_id=brand.profile.id):
        if terms.method_id == method_id:
            return terms
    raise NotFound
