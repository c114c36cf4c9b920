"""Who bought from a brand, and what there is between the two: orders and questions.

Nothing here is told that the brand does not read on its orders and questions anyway.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.queries import require_brand_role, work_of
from accounts.types import Request
from core.listing import Column, Filter, Listing, Shown
from core.places import COUNTRY_NAMES
from messaging.actions import ANSWERING_ROLES
from messaging.queries import enquiries_from
from orders.queries import customer as read_customer
from orders.queries import customers as read_customers
from orders.types import Customer
from orders.views.selling import READERS

CUSTOMERS: Listing[Customer] = Listing(
    name="customers",
    caption=_("Customers"),
    key=lambda row: row.number,
    search=_("Find a customer by name or e-mail"),
    placeholder=_("Name, e-mail"),
    filters=(
        Filter(
            name="kind",
            label=_("Which customers"),
            choices={"": _("All"), "again": _("Came back"), "once": _("Bought once")},
        ),
    ),
    sorts={
        "last": _("Bought last"),
        "spent": _("Spent most"),
        "orders": _("Most orders"),
    },
    columns=(
        Column(
            key="name",
            label=_("Customer"),
            value=lambda row: _("Account deleted") if row.gone else row.name,
            place="lead",
        ),
        Column(key="email", label=_("E-mail"), value=lambda row: row.email, on_page=False),
        Column(
            key="country",
            room=8,
            label=_("Country"),
            value=lambda row: COUNTRY_NAMES.get(row.country, row.country),
        ),
        Column(
            key="follows",
            room=9,
            label=_("Follows you"),
            value=lambda row: _("Yes") if row.follows else _("No"),
        ),
        Column(key="last", room=7, label=_("Last order"), value=lambda row: row.last_at),
        Column(key="first", label=_("First order"), value=lambda row: row.first_at, on_page=False),
        Column(key="orders", room=5, label=_("Orders"), value=lambda row: row.orders, number=True),
        Column(key="spent", room=7, label=_("Spent"), value=lambda row: row.spent, number=True),
        Column(
            key="currency",
            label=_("Currency"),
            value=lambda row: row.spent.currency,
            on_page=False,
        ),
    ),
)


@require_safe
def customers(request: Request, handle: str) -> HttpResponseBase:
    """Everybody who bought, with how often, for how much and when last."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=READERS)

    def page(shown: Shown[Customer]) -> HttpResponse:
        context = {"brand": brand.profile, "list": shown}
        return render(request, "pages/studio_customers.html", context)

    return CUSTOMERS.answer(
        request,
        by=work_of(viewer=request.viewer, role=brand),
        read=CUSTOMERS.reads(read_customers, seller_id=brand.profile.id),
        page=page,
    )


@require_safe
def customer(request: Request, handle: str, number: str) -> HttpResponse:
    """One customer, named by an order of theirs; questions for those who answer them."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=READERS)
    found = read_customer(seller_id=brand.profile.id, number=number)
    one = found.customer
    answers = brand.role in {"owner", *ANSWERING_ROLES} and not one.gone
    questions = (
        enquiries_from(brand_id=brand.profile.id, user_id=one.user_id, email=one.email)
        if answers
        else []
    )
    context = {
        "brand": brand.profile,
        "customer": one,
        "orders": found.orders,
        "questions": questions,
        "answers": answers,
        "country": COUNTRY_NAMES.get(one.country, one.country),
    }
    return render(request, "pages/studio_customer.html", context)
