"""What a brand earned: each capture and refund, less our fee, as it stands in the books."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.queries import require_brand_role, work_of
from accounts.types import Request
from core.listing import Column, Filter, Listing, Shown
from payments.queries import payout_account, seller_balance, seller_moves
from payments.types import MoveKind, SellerMove

ROLES = {"finance"}
_KINDS: dict[str, str | Promise] = {
    MoveKind.CAPTURE: _("Sold and sent"),
    MoveKind.REFUND: _("Given back"),
}

BALANCE: Listing[SellerMove] = Listing(
    name="balance",
    caption=_("Earned and given back"),
    key=lambda row: str(row.id),
    search=_("Search by order"),
    filters=(Filter(name="kind", label=_("Kind"), choices={"": _("All"), **_KINDS}),),
    sorts={"newest": _("Newest first"), "oldest": _("Oldest first"), "largest": _("Largest first")},
    columns=(
        Column(key="order", label=_("Order"), value=lambda row: row.reference, place="lead"),
        Column(key="kind", room=10, label=_("Kind"), value=lambda row: _KINDS[row.kind]),
        Column(key="at", room=8, label=_("When"), value=lambda row: row.at),
        Column(key="paid", room=7, label=_("Paid"), value=lambda row: row.paid, number=True),
        Column(key="fee", room=7, label=_("Our fee"), value=lambda row: row.fee, number=True),
        Column(key="amount", room=7, label=_("Yours"), value=lambda row: row.amount, number=True),
        Column(
            key="currency",
            label=_("Currency"),
            value=lambda row: row.amount.currency,
            on_page=False,
        ),
    ),
)


@require_safe
def balance(request: Request, handle: str) -> HttpResponseBase:
    """What is owed to the brand, where it goes, and what it comes from."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES, protected=True)

    def page(shown: Shown[SellerMove]) -> HttpResponse:
        context = {
            "brand": brand.profile,
            "list": shown,
            "owed": seller_balance(seller_id=brand.profile.id),
            "account": payout_account(seller_id=brand.profile.id),
            "is_owner": brand.role == "owner",
            "kinds": _KINDS,
        }
        return render(request, "pages/studio_balance.html", context)

    return BALANCE.answer(
        request,
        by=work_of(viewer=request.viewer, role=brand),
        read=BALANCE.reads(seller_moves, seller_id=brand.profile.id),
        page=page,
    )
