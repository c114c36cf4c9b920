"""Services: the wall with its filters, and a service's own page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.types import Request
from catalog.queries import (
    categories,
    category,
    category_tree_ids,
    service_page,
    services_wall,
)
from catalog.types import (
    EU_COUNTRIES,
    SERVICES,
    CategoryRef,
    Pricing,
    ServiceFilter,
    ServicePage,
)
from core.errors import NotFound
from core.money import Money, MoneyError, parse_money, plain_amount
from core.places import country_name
from feed.queries import pins_with_service
from marketplace.pages.product import record_arrival
from marketplace.pages.saved import services_saved_of

CURRENCY = "EUR"
PINS = 12
# Waits that people ask for, in working days.
WAITS = (2, 5, 10, 20)


@dataclass(kw_only=True)
class Asked:
    """What the wall is narrowed to, as far as it could be read; `problems` by field."""

    category: CategoryRef | None = None
    country: str = ""
    pricing: str = ""
    typed_budget: str = ""
    budget: Money | None = None
    days: int | None = None
    problems: dict[str, str] = field(default_factory=dict)

    def address(self, **changes: str) -> str:
        """This wall with some of its filters changed; empty ones are left out."""
        parts = {
            "category": self.category.slug if self.category else "",
            "country": self.country,
            "pricing": self.pricing,
            "budget": self.typed_budget,
            "days": str(self.days) if self.days is not None else "",
        } | changes
        query = urlencode({name: value for name, value in parts.items() if value})
        return reverse("pages:services") + (f"?{query}" if query else "")

    def cuts(self) -> list[tuple[str, str]]:
        """Filters that are on, each with the address that drops it."""
        found = []
        if self.category:
            found.append((self.category.name, self.address(category="")))
        if self.country:
            found.append((country_name(self.country), self.address(country="")))
        if self.pricing:
            found.append((str(Pricing(self.pricing).label), self.address(pricing="")))
        if self.budget is not None:
            text = _("Up to €%(price)s") % {"price": self.typed_budget}
            found.append((text, self.address(budget="")))
        if self.days is not None:
            text = _("Within %(n)d days") % {"n": self.days}
            found.append((text, self.address(days="")))
        return found


@require_safe
def services(request: Request) -> HttpResponse:
    """`?category=`, `country=`, `pricing=`, `budget=` in euro, `days=`; `cursor=` goes on.

    One query for a guest, the cards with their sellers; two for who acts, who may have saved them.
    """
    asked = _asked(request)
    page = services_wall(
        wanted=ServiceFilter(
            categories=category_tree_ids(slugs=[asked.category.slug]) if asked.category else (),
            country=asked.country,
            pricing=asked.pricing,
            budget=asked.budget,
            lead_days=asked.days,
            hidden_sellers=sorted(request.viewer.hidden.ids),
        ),
        cursor=request.GET.get("cursor"),
    )
    context = {
        "asked": asked,
        "cards": page.cards,
        "saved_services": services_saved_of(request, (card.public_id for card in page.cards)),
        "more": asked.address(cursor=page.next) if page.next else "",
        "cuts": asked.cuts(),
        "topics": _topics(),
        "countries": [(code, country_name(code)) for code in EU_COUNTRIES],
        "pricings": Pricing.choices,
        "waits": WAITS,
    }
    status = 400 if asked.problems else 200
    return render(request, "pages/services.html", context, status=status)


def _topics() -> list[CategoryRef]:
    """The branch of services where the market has one, else every root."""
    inside = [one for one in categories() if one.parent_slug == SERVICES]
    return inside or [one for one in categories() if one.parent_id is None]


def _asked(request: Request) -> Asked:
    asked = Asked(category=category(slug=request.GET.get("category", "")[:60]))
    country = request.GET.get("country", "").upper()
    asked.country = country if country in EU_COUNTRIES else ""
    pricing = request.GET.get("pricing", "")
    asked.pricing = pricing if pricing in Pricing.values else ""
    days = request.GET.get("days", "")
    asked.days = int(days) if days in {str(one) for one in WAITS} else None
    asked.typed_budget = request.GET.get("budget", "").replace("\x00", "").strip()[:20]
    if asked.typed_budget:
        try:
            asked.budget = parse_money(asked.typed_budget, CURRENCY)
        except MoneyError as error:
            asked.problems["budget"] = str(error)
    return asked


# --- one service ---------------------------------------------------------------------------------


@require_safe
def service(request: Request, public_id: str, slug: str) -> HttpResponse:
    """`?image=` chooses a picture."""
    page = service_page(public_id=public_id, viewer=request.viewer)
    if page is None:
        raise NotFound
    if slug != page.slug:
        tail = request.META.get("QUERY_STRING", "")
        return redirect(f"{page.url}?{tail}" if tail else page.url)
    record_arrival(request)
    shown = _picture_number(request.GET.get("image", ""), page)
    return render(
        request,
        "pages/service.html",
        {
            "page": page,
            "shown": shown,
            "thumbnails": [
                (number, f"{page.url}?image={number + 1}", number == shown)
                for number in range(len(page.pictures))
            ],
            "saved_services": services_saved_of(request, [page.public_id]),
            "pins": pins_with_service(service_id=page.id, viewer=request.viewer, limit=PINS),
            "places": [country_name(code) for code in page.countries],
            "languages": [_language(code) for code in page.languages],
            "trader_country": country_name(page.trader.country) if page.trader else "",
            "may_edit": request.viewer.works_for(page.seller.id, roles={"catalogue"}),
            "site_url": settings.SITE_URL,
            "data": _stated(page) if page.public else None,
        },
    )


def _stated(page: ServicePage) -> dict[str, Any]:
    """The service as schema.org states it: each package is an offer, else its one price."""
    offers = [_offer(one.price) | {"name": one.name} for one in page.packages]
    if page.price and not offers:
        offers = [_hourly(page.price) if page.pricing == Pricing.HOURLY else _offer(page.price)]
    return {
        "@type": "Service",
        "name": page.title,
        "description": page.description[:500],
        "serviceType": page.category.name,
        "url": f"{settings.SITE_URL}{page.url}",
        "image": [f"{settings.SITE_URL}{one.src(1080, 'jpeg')}" for one in page.pictures],
        "provider": {
            "@type": "Organization",
            "name": page.seller.name,
            "url": f"{settings.SITE_URL}{page.seller.url}",
        },
        "areaServed": [{"@type": "Country", "name": code} for code in page.countries],
        "offers": offers,
    }


def _offer(price: Money) -> dict[str, Any]:
    return {"@type": "Offer", "price": plain_amount(price), "priceCurrency": price.currency}


def _hourly(price: Money) -> dict[str, Any]:
    each = _offer(price) | {"@type": "UnitPriceSpecification", "unitCode": "HUR"}
    return {"@type": "Offer", "priceSpecification": each}


def _picture_number(text: str, page: ServicePage) -> int:
    known = text.isascii() and text.isdigit() and len(text) < 4
    return int(text) - 1 if known and 0 < int(text) <= len(page.pictures) else 0


def _language(code: str) -> str:
    """The language's name in the reader's; the code itself for an unknown one."""
    reader = Locale.parse(translation.to_locale(translation.get_language() or "en"))
    return str(reader.languages.get(code, code))
