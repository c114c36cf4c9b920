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
from catalog.queries import categories
from catalog.types import ProductCard
from core.media import Picture
from core.money import MoneyError, parse_money
from core.text import TextRefused, clean_text
from feed.queries import pins_and_products
from search.queries import find
from search.types import Hit
from tracking.queries import touch_token

MAX_TEXT = 200
CURRENCY = "EUR"
PAGE = 24
# In the view of everything one list is asked for, and then parted by kind.
TOGETHER = 72
PINS, PROFILES = 12, 6
KINDS = ("product", "pin", "brand", "person")


@dataclass(kw_only=True)
class Asked:
    """What was asked, as far as it could be read; `problems` by field."""

    text: str = ""
    kind: str = ""
    least: str = ""
    most: str = ""
    stock: bool = False
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


@require_safe
def search(request: Request) -> HttpResponse:
    """`?q=` words, `kind=` one tab, `min=`, `max=` and `stock=` narrow products, `page=` goes on.

    Everything: one query for what answers, two for cards of pins and products. Brands and people
    are shown from the index alone.
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
        "person": _("People"),
    }
    plain = {"min": "", "max": "", "stock": ""}
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
