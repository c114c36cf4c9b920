"""What the box of every page proposes while somebody types.

What somebody searched before is not here: it stays in their browser (docs/adr/0028).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.types import ProfileRef, Request, Viewer
from catalog.types import ProductCard
from core.money import Money
from core.ratelimit import hit
from core.text import TextRefused, clean_text
from feed.queries import early_owners, pins_and_products
from feed.types import PinCard
from search.queries import MAX_TEXT, completions, counted, spelt, suggest, words_of
from search.types import Hit, Suggested
from tracking.queries import touch_token

SEARCHES, PRODUCTS, PINS, BRANDS, SERVICES, PEOPLE = 3, 3, 2, 2, 2, 2
# More products than are shown: the words of their titles complete what is typed.
POOL = 24
# Somebody who types without a pause sends five a second; several share an address.
PER_MINUTE = {"member": 300, "address": 900}


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A brand or a person, and what of theirs was found."""

    name: str
    handle: str
    kind: str
    picture: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Work:
    """A service, as the index knows it."""

    title: str
    url: str
    picture: str
    pricing: str
    price: Money | None


@dataclass(frozen=True, kw_only=True)
class Words:
    """A search to go on with: what is typed, the rest of it, and how many products it finds."""

    typed: str
    rest: str
    count: int

    @property
    def text(self) -> str:
        return self.typed + self.rest

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """Everything that is proposed for `text`. `meant` is how a word that stands nowhere may have
    been meant."""

    text: str
    meant: Words | None
    searches: list[Words]
    products: list[ProductCard]
    pins: list[PinCard]
    brands: list[Somebody]
    services: list[Work]
    people: list[Somebody]
    touches: dict[str, str]


def suggestions(*, text: str, viewer: Viewer) -> Suggestions:
    """What goes on from `text`. Four queries: the index, pins, products, and how much the searches
    would find. Pins and products leave out what left the market since the index was written."""
    most = {
        "product": POOL,
        "pin": PINS,
        "brand": BRANDS,
        "service": SERVICES,
        "person": PEOPLE,
    }
    answer = suggest(
        text=text,
        most=most,
        without=viewer.hidden.owners,
        early=early_owners(viewer=viewer),
    )
    found = answer.of_kind
    goods = found["product"]
    pins, products, _saved = pins_and_products(
        pin_ids=[one.public_id for one in found["pin"]],
        product_ids=[one.public_id for one in goods],
        viewer=viewer,
    )
    titles = [one.title for one in products]
    meant = _meant(text, answer, titles)
    whole = [] if meant else completions(text=text, titles=titles, limit=SEARCHES)
    asked = [*whole, *filter(None, [meant])]
    count = dict(
        zip(asked, counted(texts=asked, kind="product", without=viewer.hidden.owners), strict=True)
    )
    products = products[:PRODUCTS]
    return Suggestions(
        text=text,
        meant=Words(typed="", rest=meant, count=count[meant]) if meant else None,
        searches=[
            Words(typed=one[: len(text)], rest=one[len(text) :], count=count[one]) for one in whole
        ],
        products=products,
        pins=pins,
        brands=_brands(found["brand"], goods, [one.seller for one in products]),
        services=[_work(one) for one in found["service"]],
        people=[_somebody(one) for one in found["person"]],
        touches={
            one.public_id: touch_token(source="search", ref=text, product=one.public_id)
            for one in products
        },
    )


@require_safe
def suggest_page(request: Request) -> HttpResponse:
    """`?q=` what is in the box: options for its list, as a fragment. Without words nothing but the
    frame of the list. Raises TooMany."""
    _count(request)
    found = suggestions(text=_text(request.GET.get("q", "")), viewer=request.viewer)
    return render(request, "pages/_suggest.html", {"found": found})


def _meant(text: str, answer: Suggested, titles: list[str]) -> str:
    """The text with each word that stands nowhere as it may be meant, the last one gone on with
    where it stands somewhere; '' where there is nothing to mend or nothing like it."""
    others = [
        one.title for hits in answer.of_kind.values() for one in hits if one.kind != "product"
    ]
    meant = spelt(text=text, unknown=answer.unknown, titles=[*titles, *others])
    if not meant or words_of(text=text)[-1] in answer.unknown:
        return meant
    return next(iter(completions(text=meant, titles=titles, limit=1)), meant)


def _count(request: Request) -> None:
    """A guest is counted by address: looking for something must not give them a session."""
    viewer = request.viewer
    who = "address" if viewer.user is None else "member"
    name = viewer.limit_key
    hit(key=f"suggest:{name}", limit=PER_MINUTE[who], per_seconds=60)


def _text(raw: str) -> str:
    try:
        return clean_text(raw.replace("\x00", " ")[:MAX_TEXT], limit=MAX_TEXT, single_line=True)
    except TextRefused:
        return ""


def _brands(
    named: Sequence[Hit], goods: Sequence[Hit], sellers: list[ProfileRef]
) -> list[Somebody]:
    """Brands of that name first, then those whose products answer."""
    count: dict[str, int] = {}
    for one in goods:
        handle = str(one.facets.get("seller", ""))
        count[handle] = count.get(handle, 0) + 1
    found = {one.handle: one for one in map(_somebody, named)}
    for seller in sellers:
        picture = seller.picture
        found.setdefault(
            seller.handle,
            Somebody(
                name=seller.name,
                handle=seller.handle,
                kind="brand",
                picture=picture.src(236, "webp" if picture.ready else "jpeg") if picture else "",
                note=_products(count.get(seller.handle, 0), all_=len(goods) < POOL),
            ),
        )
    return list(found.values())[:BRANDS]


def _products(count: int, *, all_: bool) -> str:
    """How many of theirs were found; nothing where more may exist than were looked at."""
    words = ngettext("%(num)s product", "%(num)s products", count) % {"num": count}
    return words if count and all_ else ""


def _somebody(hit_: Hit) -> Somebody:
    known = hit_.facets
    return Somebody(
        name=str(known.get("name") or hit_.title),
        handle=str(known.get("handle") or ""),
        kind=hit_.kind,
        picture=str(known.get("picture") or ""),
        note="@" + str(known.get("handle") or ""),
    )


def _work(hit_: Hit) -> Work:
    known = hit_.facets
    price, slug = known.get("price"), str(known.get("slug") or "-")
    where = {"public_id": hit_.public_id, "slug": slug}
    return Work(
        title=hit_.title,
        url=reverse("pages:service", kwargs=where),
        picture=str(known.get("picture") or ""),
        pricing=str(known.get("pricing") or ""),
        price=Money(price, str(known.get("currency") or "EUR")) if isinstance(price, int) else None,
    )
