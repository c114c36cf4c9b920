"""A brand's overview: what it sold, what waits for it, which pins earned it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.queries import require_brand_role
from accounts.types import BrandRole, Request
from brands.queries import checklist
from catalog.queries import public_ids_of, seller_products, seller_services
from core import clock
from feed.pin_desks import ROLES
from feed.queries import earning_pins
from insights.queries import seller_dashboard
from insights.types import Dashboard
from marketplace.charts import Funnel, LineChart, funnel, line_chart
from marketplace.figures import money, number, percent
from marketplace.pages.studio_words import wordless
from orders.queries import seller_orders
from orders.sources import labels
from orders.views.selling import READERS

ORDERS = "orders:studio_orders"
CATALOGUE = ("feed:studio_pins", "feed:studio_pin_new", "pages:studio_products")
# Who sees what was earned: those who read orders, and ads, whose campaigns it is for.
EARNINGS = {*READERS, "ads"}
DAYS = (7, 30, 90)
TO_HANDLE = 6


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A figure of the period beside the one before; `direction` is up, down or ''."""

    label: str
    value: str
    change: str
    direction: str
    versus: str
    points: list[int]


@require_safe
def chooser(request: Request) -> HttpResponse:
    """/studio/: straight to the only brand, or a choice."""
    brands = request.viewer.brands
    if len(brands) == 1:
        return redirect("pages:studio", handle=brands[0].profile.handle)
    return render(request, "pages/studio_home.html", {"brands": brands})


@require_safe
def overview(request: Request, handle: str) -> HttpResponse:
    """The last 7, 30 or 90 days beside those before them."""
    member = require_brand_role(viewer=request.viewer, handle=handle)
    if not member.is_public:
        return _start(request, member)
    brand, doors = member.profile, _doors(member.role)
    days = next((one for one in DAYS if str(one) == request.GET.get("days")), 30)
    ever_published = public_ids_of(seller_id=brand.id)
    dashboard = seller_dashboard(
        seller_id=brand.id,
        product_ids=ever_published,
        last=timezone.localdate(clock.now()),
        days=days,
    )
    waiting = seller_orders(seller_id=brand.id, tab="open") if ORDERS in doors else None
    first = waiting.orders[:TO_HANDLE] if waiting else []
    refs = [pin.ref for pin in dashboard.pins]
    earning = earning_pins(public_ids=refs, author_id=brand.id, viewer=request.viewer)
    cards = {card.public_id: card for card in earning}
    return render(
        request,
        "pages/studio.html",
        {
            "brand": brand,
            "days": days,
            "choices": DAYS,
            "dashboard": dashboard,
            "kpis": _kpis(dashboard),
            "chart": _chart(dashboard),
            "funnel": _funnel(dashboard),
            "finding": _finding(dashboard),
            "doors": doors,
            "first_step": _first_step(brand.id, brand.handle)
            if "pages:studio_products" in doors and not ever_published
            else None,
            "wordless": wordless(brand_id=brand.id, handle=brand.handle)
            if "pages:studio_products" in doors
            else None,
            "earnings": member.role in {"owner", *EARNINGS},
            "waiting": waiting.counts["open"] if waiting else 0,
            "orders": list(zip(first, labels([order.touch for order in first]), strict=True)),
            "pins": [(pin, cards[pin.ref]) for pin in dashboard.pins if pin.ref in cards],
        },
    )


def _start(request: Request, member: BrandRole) -> HttpResponse:
    """A brand that was not let in yet has no figures: it sees what is to do."""
    context = {
        "brand": member.profile,
        "list": checklist(brand_id=member.profile.id),
        "owner": member.role == "owner",
    }
    return render(request, "brands/start.html", context)


def _first_step(brand_id: int, handle: str) -> tuple[str, str] | None:
    """What a brand does first that has never published a product, and where; None for one that
    offers services instead. Two queries, one where there is a draft."""
    here = {"handle": handle}
    if seller_products(seller_id=brand_id, size=1).rows:
        return _("Publish your first product"), reverse("pages:studio_products", kwargs=here)
    if seller_services(seller_id=brand_id, size=1).rows:
        return None
    return _("Add your first product"), reverse("pages:studio_product_new", kwargs=here)


def _doors(role: str) -> set[str]:
    """URL names of the rooms that this page leads to, as far as the role opens them."""
    orders, catalogue = role in ("owner", *READERS), role in ROLES
    return {*({ORDERS} if orders else ()), *(CATALOGUE if catalogue else ())}


def _kpis(dashboard: Dashboard) -> list[Kpi]:
    now, before = dashboard.now, dashboard.before
    opened = dashboard.funnel[1].count
    sales = [amount for _day, amount, _orders in now.days]
    orders = [count for _day, _amount, count in now.days]
    return [
        _kpi(_("Sales"), now.sales.amount, before.sales.amount, sales, money_of=now.sales.currency),
        _kpi(_("Orders"), now.orders, before.orders, orders),
        _kpi(
            _("Average order"),
            now.average.amount,
            before.average.amount,
            [amount // count if count else 0 for _day, amount, count in now.days],
            money_of=now.sales.currency,
        ),
        Kpi(
            label=_("Orders from pins"),
            value=number(now.from_pins),
            change=percent(now.from_pins / opened) if opened else "",
            direction="",
            versus=_("of %(count)s opened") % {"count": number(opened)} if opened else "",
            points=[],
        ),
    ]


def _kpi(label: str, now: int, before: int, points: list[int], *, money_of: str = "") -> Kpi:
    words = (lambda amount: money(amount, money_of, whole=True)) if money_of else number
    change, direction = "", ""
    if before and now != before:
        change = percent(abs(now - before) / before, 0)
        direction = "up" if now > before else "down"
    versus = _("vs %(before)s") % {"before": words(before)}
    return Kpi(
        label=label,
        value=words(now),
        change=change,
        direction=direction,
        versus=versus,
        points=points if any(points) else [],
    )


def _chart(dashboard: Dashboard) -> LineChart:
    now, before = dashboard.now, dashboard.before
    return line_chart(
        days=[day for day, _amount, _orders in now.days],
        values=[amount for _day, amount, _orders in now.days],
        before=[amount for _day, amount, _orders in before.days],
        show=lambda amount: money(amount, now.sales.currency, whole=True),
        least=100_00,
    )


def _funnel(dashboard: Dashboard) -> Funnel:
    words = {
        "seen": (_("Seen"), _("open")),
        "opened": (_("Opened"), _("start")),
        "checkout": (_("Checkout"), _("pay")),
        "bought": (_("Bought"), _("overall")),
    }
    return funnel(
        steps=[(words[step.code][0], step.count, words[step.code][1]) for step in dashboard.funnel]
    )


def _finding(dashboard: Dashboard) -> tuple[str, str, str, str] | None:
    """The weakest step: headline, what it means, what to do, and the URL name that does it."""
    counts = {step.code: step.count for step in dashboard.funnel}
    if counts["seen"] < 100:
        return None
    rates = {
        "opened": counts["opened"] / counts["seen"] * 5,
        "checkout": counts["checkout"] / counts["opened"] * 10 if counts["opened"] else 1,
        "bought": counts["bought"] / counts["checkout"] if counts["checkout"] else 1,
    }
    match min(rates, key=lambda code: rates[code]):
        case "opened":
            lost = counts["seen"] - counts["opened"]
            return (
                _("Most loss is between seen and opened."),
                _left(lost),
                _("Make a pin"),
                "feed:studio_pin_new",
            )
        case "checkout":
            lost = counts["opened"] - counts["checkout"]
            return (
                _("Most loss is between opened and checkout."),
                _left(lost),
                _("Look at your products"),
                "pages:studio_products",
            )
        case _:
            lost = counts["checkout"] - counts["bought"]
            return (
                _("Most loss is between checkout and bought."),
                _left(lost),
                _("See the orders"),
                "orders:studio_orders",
            )


def _left(lost: int) -> str:
    # Links and bookmarks lead past the earlier steps: fewer than nobody cannot have left.
    lost = max(lost, 0)
    text = ngettext("%(n)s person left there.", "%(n)s people left there.", lost)
    return text % {"n": number(lost)}
