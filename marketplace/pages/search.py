"""One box over products, pins, brands and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.types import Request
from catalog.queries import categories, service_cards
from catalog.types import ProductCard
from core.media import Picture
from core.money import Money
from core.places import country_name
from feed import guest
from feed.queries import early_owners, pins_and_products
from marketplace.pages.saved import services_saved_of
from marketplace.pages.search_asked import CURRENCY, KINDS, Asked, in_words, read
from marketplace.pages.search_facets import counted_of, facets, ways_made
from marketplace.pages.search_mine import MINE, search_mine
from marketplace.pages.search_tabs import counted, kinds_of_results
from search.queries import find, spelt
from search.types import Hit, Page
from tracking.queries import touch_token

PAGE = 24
# In the view of everything each kind has places of its own: as many as leave the page light, with
# filters beside them. The tabs have the rest.
TOGETHER, EACH = 100, 10
PINS, PROFILES = 10, 6


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
    """What `search_asked.read` reads; `page=` goes on in a list of one kind. What somebody keeps
    themselves (`kind=mine`) is a page of its own.

    One query for what answers and the counts of all filters, two for cards of pins and products;
    where a tab begins one more, for how many the others hold.
    Brands, people and services are shown from the index alone; the tab of services asks for their
    cards instead.
    """
    if request.GET.get("kind") == MINE:
        return search_mine(request)
    asked = read(request.GET)
    kinds = ["product"] if asked.narrowed else [asked.kind] if asked.kind else list(KINDS)
    together, goods = len(kinds) > 1, "product" in kinds
    page = find(
        text=asked.text,
        kinds=kinds,
        limit=TOGETHER if together else PAGE,
        each=EACH if together else None,
        offset_token=None if together else request.GET.get("page"),
        facets=asked.facets or asked.of_pins,
        without=request.viewer.hidden.owners,
        early=early_owners(viewer=request.viewer),
        order=asked.sort if kinds == ["product"] else "",
        tally=counted_of(kinds=kinds),
    )
    of_kind = dict(page.of_kind)
    # Filters are about products alone, and who reads on has seen the tabs.
    if asked.kind and not (asked.narrowed or asked.of_pins or request.GET.get("page")):
        of_kind |= _of_others(request, asked)
    pins, products, saved = pins_and_products(
        pin_ids=_ids(page.items, "pin", PINS if together else PAGE),
        product_ids=_ids(page.items, "product", PAGE),
        viewer=request.viewer,
        with_saved=True,
    )
    services = [] if together else service_cards(public_ids=_ids(page.items, "service", PAGE))
    labels = page.tallies["seller"].labels if "seller" in page.tallies else {}
    cuts = list(in_words(asked, labels=labels, country=_country(asked)))
    # Where nothing answers there is nothing to narrow; what is on, or mistyped, can be mended.
    filterable = bool(page.items or cuts or asked.problems)
    context = {
        "asked": asked,
        "search_text": asked.text,
        "tabs_of": kinds_of_results(asked, of_kind=of_kind, viewer=request.viewer),
        "facets": facets(asked, page) if goods and asked.text and filterable else None,
        "products": products,
        "saved_products": saved
        | guest.guest_products(viewer=request.viewer, session=request.session),
        "touches": _touches(asked.text, products),
        "pins": pins,
        "works": _works(page.items) if together else [],
        "services": services,
        "saved_services": services_saved_of(request, (card.public_id for card in services)),
        "ways_made": ways_made(asked, page) if kinds == ["pin"] else [],
        "sorts": _sorts(asked) if kinds == ["product"] else [],
        "brands": _people(page.items, "brand", products, PROFILES if together else PAGE),
        "people": _people(page.items, "person", products, PROFILES if together else PAGE),
        "found": bool(page.items),
        "counted": _counted(page.of_kind),
        "product_count": page.of_kind.get("product", 0),
        "product_counted": counted(page.of_kind.get("product", 0)),
        "together": together,
        "next": asked.address(page=page.next) if page.next and not together else "",
        "cuts": cuts,
        "meant": _meant(asked, page),
        "shorter": _shorter(asked) if not page.items else [],
        "topics": [one for one in categories() if one.parent_id is None],
    }
    return render(request, "pages/search.html", context, status=400 if asked.problems else 200)


def _of_others(request: Request, asked: Asked) -> dict[str, int]:
    """How many of each other kind answer than is asked for. One query."""
    page = find(
        text=asked.text,
        kinds=[one for one in KINDS if one != asked.kind],
        limit=1,
        without=request.viewer.hidden.owners,
        early=early_owners(viewer=request.viewer),
    )
    return dict(page.of_kind)


def _country(asked: Asked) -> str:
    code = asked.one("to")
    return country_name(code) if code else ""


def _counted(of_kind: Mapping[str, int]) -> str:
    """How many of each kind answer, in words: 42 products, 3 brands."""
    n = {kind: of_kind.get(kind, 0) for kind in KINDS}
    words = {
        "product": ngettext("%(num)s product", "%(num)s products", n["product"]),
        "brand": ngettext("%(num)s brand", "%(num)s brands", n["brand"]),
        "pin": ngettext("%(num)s pin", "%(num)s pins", n["pin"]),
        "service": ngettext("%(num)s service", "%(num)s services", n["service"]),
        "person": ngettext("%(num)s person", "%(num)s people", n["person"]),
    }
    parts = [text % {"num": counted(n[kind])} for kind, text in words.items() if n[kind]]
    return ", ".join(parts)


def _meant(asked: Asked, page: Page[Hit]) -> tuple[str, str]:
    """Another spelling where a word stands nowhere, and its address; both '' without one."""
    if not page.unknown:
        return "", ""
    text = spelt(text=asked.text, unknown=page.unknown, titles=[one.title for one in page.items])
    return (text, asked.address(q=text)) if text else ("", "")


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


def _shorter(asked: Asked) -> list[tuple[str, str]]:
    """The same search without its quotes, or with one word less, for when nothing answers."""
    if '"' in asked.text:
        text = " ".join(asked.text.replace('"', " ").split())
        return [(text, asked.address(q=text))] if text else []
    words = asked.text.split()[:4]
    if len(words) < 2:
        return []
    rest = [" ".join(words[:at] + words[at + 1 :]) for at in range(len(words))]
    return [(text, asked.address(q=text)) for text in dict.fromkeys(rest)]
