"""One order in a brand's back office: pack, ship, cancel."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries as accounts
from accounts.types import BrandRole, Request
from core.places import COUNTRY_NAMES
from core.toasts import undo_by
from orders import actions, queries, sources
from orders.errors import BadQuantity
from orders.forms import CancelForm, ShipForm
from orders.quantities import read_quantity
from orders.rows import merged_history
from orders.states import Actor
from orders.types import OrderPage
from orders.views.common import see_other
from orders.views.selling import DOERS, READERS, may_act


@require_safe
def detail(request: Request, handle: str, number: str) -> HttpResponse:
    """One order: what is in it, where it goes, what to do."""
    role = accounts.require_brand_role(viewer=request.viewer, handle=handle, roles=READERS)
    found = queries.order_for_seller(seller_id=role.profile.id, number=number)
    return _show(request, role, found)


@require_POST
def pack(request: Request, handle: str) -> HttpResponse:
    """Mark one order or several as packed; of one, its page offers the way back."""
    role = _doer(request, handle)
    numbers = request.POST.getlist("order")[:100]
    packed = actions.mark_packed(
        numbers=numbers, seller_id=role.profile.id, actor_user_id=_user_id(request, role)
    )
    done = ngettext("%(count)d order is packed.", "%(count)d orders are packed.", len(packed))
    if len(numbers) == 1 and request.POST.get("back") == "order":
        back = reverse("orders:studio_unpack", args=[handle, numbers[0]])
        messages.success(
            request, done % {"count": len(packed)}, extra_tags=undo_by(back if packed else "")
        )
        return see_other(reverse("orders:studio_order", args=[handle, numbers[0]]))
    messages.success(request, done % {"count": len(packed)})
    return see_other(reverse("orders:studio_orders", args=[handle]))


@require_POST
def unpack(request: Request, handle: str, number: str) -> HttpResponse:
    """One order is to be packed again."""
    role = _doer(request, handle)
    actions.take_packed_back(
        numbers=[number], seller_id=role.profile.id, actor_user_id=_user_id(request, role)
    )
    messages.success(request, _("Order %(number)s is to be packed.") % {"number": number})
    return see_other(reverse("orders:studio_order", args=[handle, number]))


@require_http_methods(["GET", "HEAD", "POST"])
def ship(request: Request, handle: str, number: str) -> HttpResponse:
    """Send a parcel: everything that is left, unless numbers were changed."""
    role = _doer(request, handle)
    found = queries.order_for_seller(seller_id=role.profile.id, number=number)
    if request.method != "POST":
        return see_other(reverse("orders:studio_order", args=[handle, found.number]) + "#ship")
    form = ShipForm(request.POST)
    if not form.is_valid():
        return _show(request, role, found, ship_form=form, status=422)
    try:
        quantities = _quantities(request, found)
    except BadQuantity as problem:
        form.add_error(None, str(problem))
        return _show(request, role, found, ship_form=form, status=422)
    actions.ship(
        number=found.number,
        seller_id=role.profile.id,
        actor_user_id=_user_id(request, role),
        carrier=form.cleaned_data["carrier"],
        tracking=form.cleaned_data["tracking"],
        quantities=quantities,
    )
    messages.success(
        request,
        _("Order %(number)s: the parcel is on its way, and %(buyer)s has been told.")
        % {"number": found.number, "buyer": found.details.address.name},
    )
    if request.POST.get("back") == "list":
        return see_other(reverse("orders:studio_orders", args=[handle]))
    return see_other(reverse("orders:studio_order", args=[handle, found.number]))


@require_POST
def cancel(request: Request, handle: str, number: str) -> HttpResponse:
    """Cancel what cannot be delivered, with a reason."""
    role = _doer(request, handle)
    found = queries.order_for_seller(seller_id=role.profile.id, number=number)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _show(request, role, found, cancel_form=form, status=422)
    actions.cancel_order(
        number=found.number,
        actor=Actor.SELLER,
        actor_user_id=_user_id(request, role),
        reason=form.cleaned_data["reason"],
        seller_id=role.profile.id,
    )
    messages.success(
        request,
        _("Order %(number)s is cancelled, and the buyer gets everything back.")
        % {"number": found.number},
    )
    return see_other(reverse("orders:studio_order", args=[handle, found.number]))


def _show(
    request: Request,
    role: BrandRole,
    found: OrderPage,
    *,
    ship_form: ShipForm | None = None,
    cancel_form: CancelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "brand": role.profile,
        "may_act": may_act(role),
        "order": found,
        "source": sources.labels([found.touch])[0],
        "history": merged_history([found]),
        "ship_form": ship_form or ShipForm(),
        "cancel_form": cancel_form or CancelForm(),
        "cancelling": cancel_form is not None,
        "countries": COUNTRY_NAMES,
    }
    return render(request, "orders/studio_order.html", context, status=status)


def _quantities(request: Request, found: OrderPage) -> dict[str, int] | None:
    """Numbers per line when the form has them; a press on "Mark shipped" alone has none."""
    names = {f"line-{line.public_id}": line.public_id for line in found.lines}
    posted = {names[name]: request.POST[name] for name in request.POST if name in names}
    if not posted:
        return None
    return {line: read_quantity(text, zero=True) for line, text in posted.items()}


def _doer(request: Request, handle: str) -> BrandRole:
    return accounts.require_brand_role(viewer=request.viewer, handle=handle, roles=DOERS)


def _user_id(request: Request, role: BrandRole) -> int:
    return accounts.work_of(viewer=request.viewer, role=role).actor_id
