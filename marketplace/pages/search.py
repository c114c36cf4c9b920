"""One box over products, pins, brands and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.types import Request
from catalog.queries import categories, service_cards
from catalog.types import ProductCard
from core.media import Picture
from core.money import Money, MoneyError, parse_money
from core.text import TextRefused, clean_text
from feed.queries import pins_and_products
from search.queries import ORDERS, find
from search.types import Hit
from tracking.queries import touch_token

MAX_TEXT = 200
CURRENCY = "EUR"
PAGE = 24
# In the view of everything one list is asked for, and then parted by kind.
TOGETHER = 72
PINS, PROFILES = 12, 6
KINDS = ("product", "pin", "brand", "service", "person")


@dataclass(kw_only=True)
class Asked:
    """What was asked, as far as it could be read; `problems` by field."""

    text: str = ""
    kind: str = ""
    least: str = ""
    most: str = ""
    stock: bool = False
    sort: str = ""
    facets: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def narrowed(self) -> bool:
        return bool(self.facets)

    def address(self, **changes: str) -> str:
        """This search with some of its parts changed; empty ones are left out."""
        parts = {
            "q": self.text,
            "kind": self.kind,
            "min": self.least,
            "max": self.most,
            "stock": "1" if self.stock else "",
            "sort": self.sort,
        } | changes
        return f"{reverse('pages:search')}?{urlencode({k: v for k, v in parts.items() if v})}"


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A brand or person among the results, and pictures of what else was found of theirs."""

    handle: str
    name: str
    kind: str
    verified: bool
    picture: str
    tagline: str
    pictures: list[Picture]


@dataclass(frozen=True, kw_only=True)
class Work:
    """A service among the results, as the index knows it."""

    public_id: str
    slug: str
    title: str
    seller: str
    pricing: str
    price: Money | None

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("pages:service", kwargs={"public_id": self.public_id, "slug": self.slug})


@require_safe
def search(request: Request) -> HttpResponse:
    """`?q=` words, `kind=` one tab, `min=`, `max=` and `stock=` narrow products, `sort=` orders
    them, `page=` goes on.

    Everything: one query for what answers, two for cards of pins and products. Brands, people and
    services are shown from the index alone; the tab of services asks for their cards instead.
    """
    asked = _asked(request)
    kinds = ["product"] if asked.narrowed else [asked.kind] if asked.kind else list(KINDS)
    page = find(
        text=asked.text,
        kinds=kinds,
        limit=PAGE if len(kinds) == 1 else TOGETHER,
        offset_token=request.GET.get("page") if len(kinds) == 1 else None,
        facets=asked.facets,
        without=request.viewer.hidden.owners,
        order=asked.sort if kinds == ["product"] else "",
    )
    together = len(kinds) > 1
    pin_ids = _ids(page.items, "pin", PINS if together else PAGE)
    product_ids = _ids(page.items, "product", PAGE)
    pins, products = pins_and_products(
        pin_ids=pin_ids, product_ids=product_ids, viewer=request.viewer
    )
    context = {
        "asked": asked,
        "search_text": asked.text,
        "tabs_of": _tabs(asked),
        "products": products,
        "touches": _touches(asked.text, products),
        "pins": pins,
        "works": _works(page.items) if together else [],
        "services": service_cards(public_ids=_ids(page.items, "service", PAGE))
        if not together
        else [],
        "sorts": _sorts(asked) if kinds == ["product"] else [],
        "brands": _people(page.items, "brand", products, PROFILES if together else PAGE),
        "people": _people(page.items, "person", products, PROFILES if together else PAGE),
        "found": bool(page.items),
        "total": page.total,
        "together": together,
        "next": asked.address(page=page.next) if page.next and not together else "",
        "cuts": _cuts(asked),
        "shorter": _shorter(asked) if not page.items else [],
        "topics": [one for one in categories() if one.parent_id is None],
    }
    return render(request, "pages/search.html", context, status=400 if asked.problems else 200)


def _asked(request: Request) -> Asked:
    asked = Asked(least=_short(request, "min"), most=_short(request, "max"))
    raw = request.GET.get("q", "").replace("\x00", " ")[: MAX_TEXT * 2]
    try:
        asked.text = clean_text(raw[:MAX_TEXT], limit=MAX_TEXT, single_line=True)
    except TextRefused:
        asked.text = ""
    kind = request.GET.get("kind", "")
    asked.kind = kind if kind in KINDS else ""
    asked.stock = request.GET.get("stock") == "1"
    sort = request.GET.get("sort", "")
    asked.sort = sort if sort in ORDERS else ""
    if asked.stock:
        asked.facets["in_stock"] = True
    for name, typed in (("min", asked.least), ("max", asked.most)):
        if not typed:
            continue
        try:
            asked.facets[f"price_{name}"] = parse_money(typed, CURRENCY).amount
        except MoneyError as error:
            asked.problems[name] = str(error)
    return asked


def _short(request: Request, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:20]


def _ids(hits: list[Hit], kind: str, limit: int) -> list[str]:
    return [hit.public_id for hit in hits if hit.kind == kind][:limit]


def _people(hits: list[Hit], kind: str, products: list[ProductCard], limit: int) -> list[Somebody]:
    pictures: dict[str, list[Picture]] = {}
    for card in products:
        if card.picture is not None:
            pictures.setdefault(card.seller.handle, []).append(card.picture)
    return [
        Somebody(
            handle=str(hit.facets["handle"]),
            name=str(hit.facets.get("name") or hit.title),
            kind=kind,
            verified=bool(hit.facets.get("verified")),
            picture=str(hit.facets.get("picture") or ""),
            tagline=str(hit.facets.get("tagline") or ""),
            pictures=pictures.get(str(hit.facets["handle"]), [])[:3],
        )
        for hit in hits
        if hit.kind == kind and "handle" in hit.facets
    ][:limit]


def _touches(text: str, products: list[ProductCard]) -> dict[str, str]:
    """Tokens that say: found by searching for this."""
    return {
        card.public_id: touch_token(source="search", ref=text, product=card.public_id)
        for card in products
    }


def _tabs(asked: Asked) -> list[tuple[str, str, bool, None]]:
    names = {
        "": _("All"),
        "product": _("Products"),
        "pin": _("Pins"),
        "brand": _("Brands"),
        "service": _("Services"),
        "person": _("People"),
    }
    plain = {"min": "", "max": "", "stock": "", "sort": ""}
    at = "product" if asked.narrowed else asked.kind
    return [
        (
            text,
            asked.address(kind=kind, **({} if kind == "product" else plain)),
            kind == at,
            None,
        )
        for kind, text in names.items()
    ]


def _sorts(asked: Asked) -> list[tuple[str, str, bool]]:
    """In which order products may stand, with the address of each."""
    names = {
        "": _("Best match"),
        "price": _("Price, low to high"),
        "-price": _("Price, high to low"),
        "newest": _("Newest"),
    }
    return [(text, asked.address(sort=sort), sort == asked.sort) for sort, text in names.items()]


def _works(hits: list[Hit]) -> list[Work]:
    """Services among the results of all kinds, from the index alone."""
    found = []
    for hit in hits:
        if hit.kind == "service":
            price, currency = hit.facets.get("price"), str(hit.facets.get("currency") or CURRENCY)
            found.append(
                Work(
                    public_id=hit.public_id,
                    slug=str(hit.facets.get("slug") or "-"),
                    title=hit.title,
                    seller=str(hit.facets.get("seller_name") or ""),
                    pricing=str(hit.facets.get("pricing") or ""),
                    price=Money(price, currency) if isinstance(price, int) else None,
                )
            )
    return found[:PROFILES]


def _cuts(asked: Asked) -> list[tuple[str, str]]:
    """Filters that are on, each with the address that drops it."""
    cuts = []
    if "price_min" in asked.facets:
        cuts.append((_("From €%(price)s") % {"price": asked.least}, asked.address(min="")))
    if "price_max" in asked.facets:
        cuts.append((_("Up to €%(price)s") % {"price": asked.most}, asked.address(max="")))
    if asked.stock:
        cuts.append((_("In stock"), asked.address(stock="")))
    return cuts


def _shorter(asked: Asked) -> list[tuple[str, str]]:
    """The same search with one word less, for when nothing answers."""
    words = asked.text.split()[:4]
    if len(words) < 2:
        return []
    rest = [" ".join(words[:at] + words[at + 1 :]) for at in range(len(words))]
    return [(text, asked.address(q=text)) for text in dict.fromkeys(rest)]
