"""Search, and what a newcomer likes: the index, the catalogue and the feed together."""

from __future__ import annotations

from typing import Any

from accounts import actions as accounts
from accounts.queries import brands_to_follow
from accounts.types import Call
from api.operations import Limit, Results, operation
from catalog.queries import attributes, categories, service_cards
from catalog.types import AttributeData, AttributeKind, ProductCard, ServiceCard
from core.text import TextRefused, clean_text
from feed.queries import early_owners, pins_and_products
from feed.types import PinCard
from marketplace.api.serializers import (
    KINDS,
    HitOut,
    InterestsIn,
    InterestsOut,
    SearchAsked,
    SearchCountsOut,
    SuggestAsked,
    SuggestionsOut,
)
from marketplace.pages.search_asked import AI, number_of
from marketplace.pages.search_facets import counted_of
from marketplace.pages.suggestions import Suggestions, suggestions
from search.queries import find, spelt
from search.types import Hit, Tally
from tracking.queries import touch_token

PAGE = 24
_NONE = Tally()
Cards = dict[tuple[str, str], PinCard | ProductCard | ServiceCard]


@operation(
    id="search_list",
    tag="Search",
    scope="catalog:read",
    who="anybody",
    asks=SearchAsked,
    gives=HitOut,
    many=True,
)
def search(call: Call) -> Results:
    """Products, pins, services, brands and people that answer some words, the best first.

    Every filter but `ai`, and `sort`, is about products: with one of them only products are found.
    With `ai` only pins are.
    """
    text = _text(call.query["q"])
    page = find(
        limit=PAGE,
        offset_token=call.query["cursor"],
        order=call.query.get("sort", ""),
        **_question(call),
    )
    pins, products, _saved = pins_and_products(
        pin_ids=[hit.public_id for hit in page.items if hit.kind == "pin"],
        product_ids=[hit.public_id for hit in page.items if hit.kind == "product"],
        viewer=call.viewer,
    )
    services = service_cards(
        public_ids=[hit.public_id for hit in page.items if hit.kind == "service"]
    )
    cards: Cards = {
        **{("pin", one.public_id): one for one in pins},
        **{("product", one.public_id): one for one in products},
        **{("service", one.public_id): one for one in services},
    }
    shown = [one for hit in page.items if (one := _shown(hit, cards, text))]
    return Results(items=shown, next={"cursor": page.next} if page.next else None)


def _question(call: Call) -> dict[str, Any]:
    """What the index is asked, however much of the answer is shown."""
    asked = call.query
    facets = _facets(asked)
    narrowed = facets or "sort" in asked
    kinds = ["product"] if narrowed else [asked["kind"]] if "kind" in asked else list(KINDS)
    if "ai" in asked:
        kinds = [kind for kind in kinds if kind == "pin"]
        facets["ai"] = AI[asked["ai"]]
    return {
        "text": _text(asked["q"]),
        "kinds": kinds,
        "facets": facets,
        "without": call.viewer.hidden.owners,
        "early": early_owners(viewer=call.viewer),
    }


@operation(
    id="search_counts_read",
    tag="Search",
    scope="catalog:read",
    who="anybody",
    asks=SearchAsked,
    gives=SearchCountsOut,
)
def count(call: Call) -> dict[str, Any]:
    """How many answers there are, and how many of the products each filter would leave; of pins,
    where they alone are asked for, how many are made with AI and without.

    A filter is counted under all others, not under its own.
    """
    question = _question(call)
    page = find(limit=PAGE, tally=counted_of(kinds=question["kinds"]), **question)
    titles = [one.title for one in page.items]
    sellers = page.tallies.get("seller", _NONE)
    known = {one.facet: one for one in attributes()}
    return {
        "kinds": [
            {"value": kind, "count": page.of_kind.get(kind, 0)} for kind in question["kinds"]
        ],
        "meant": spelt(text=question["text"], unknown=page.unknown, titles=titles) or None,
        "categories": _counts(page.tallies.get("category", _NONE)),
        "brands": [
            {"handle": handle, "name": sellers.labels.get(handle, ""), "count": n}
            for handle, n in sellers.values.items()
        ],
        "ships_to": _counts(page.tallies.get("ships_to", _NONE)),
        "in_stock": page.tallies.get("in_stock", _NONE).values.get("true", 0),
        "ratings": _counts(page.tallies.get("rating", _NONE)),
        "ai": _yes_no(page.tallies.get("ai", _NONE)),
        "attributes": [
            {"code": one.code, "values": _answers(one, tally), "low": tally.low, "high": tally.high}
            for name, tally in page.tallies.items()
            if (one := known.get(name)) is not None
        ],
        "prices": [
            {"price_min": low, "price_max": low + page.spread.step - 1, "count": n}
            for low, n in page.spread.counts
        ],
    }


def _counts(tally: Tally) -> list[dict[str, Any]]:
    return [{"value": value, "count": n} for value, n in tally.values.items()]


def _answers(attribute: AttributeData, tally: Tally) -> list[dict[str, Any]]:
    """As `attribute` takes them; a number is told by its ends."""
    if attribute.kind == AttributeKind.NUMBER:
        return []
    if attribute.kind == AttributeKind.YES_NO:
        return _yes_no(tally)
    return _counts(tally)


def _yes_no(tally: Tally) -> list[dict[str, Any]]:
    named = {"true": "yes", "false": "no"}
    return [{**one, "value": named.get(one["value"], "")} for one in _counts(tally)]


def _text(raw: str) -> str:
    try:
        return clean_text(raw, limit=200, single_line=True)
    except TextRefused:
        return ""


@operation(
    id="search_suggestions",
    tag="Search",
    scope="catalog:read",
    who="anybody",
    asks=SuggestAsked,
    gives=SuggestionsOut,
    limit=Limit(name="suggest", times=300, seconds=60),
)
def suggest(call: Call) -> Suggestions:
    """What goes on from words whose last one is still being typed.

    Of fewer than two letters nothing is made. What somebody searched before is not kept here.
    """
    return suggestions(text=_text(call.query["q"]), viewer=call.viewer)


def _facets(query: dict[str, Any]) -> dict[str, Any]:
    bounds = ("price_min", "price_max")
    facets: dict[str, Any] = {name: query[name] for name in bounds if name in query}
    lists = {"seller": query.get("brand", []), "category": [], "ships_to": []}
    for name in ("category", "ships_to"):
        lists[name] = [query[name]] if query.get(name) else []
    facets |= {name: values for name, values in lists.items() if values}
    if query["in_stock"]:
        facets["in_stock"] = True
    if "rating_min" in query:
        facets["rating"] = [query["rating_min"]]
    known = {one.code: one for one in attributes()}
    for said in query.get("attribute", []):
        code, _, value = said.partition(":")
        _add_attribute(facets, f"a_{code}", value, known.get(code))
    return facets


def _add_attribute(
    facets: dict[str, Any], name: str, value: str, attribute: AttributeData | None
) -> None:
    """One attribute; an unknown one finds nothing, nor does a value that is none of its own."""
    if attribute is None:
        facets[name] = []
    elif attribute.kind == AttributeKind.YES_NO:
        facets[name] = {"yes": True, "no": False}.get(value, [])
    elif attribute.kind == AttributeKind.NUMBER:
        least, joint, most = value.partition("..")
        ends = {"_min": least, "_max": most if joint else least}
        for end, typed in ends.items():
            if typed and facets.get(name + end) != []:
                number = number_of(typed)
                facets[name + end] = [] if number is None else number
    else:
        # The bound of another attribute may stand under the same name.
        before = facets.get(name)
        facets[name] = [*before, value] if isinstance(before, list) else [value]


def _shown(hit: Hit, cards: Cards, text: str) -> dict[str, Any] | None:
    """None for what is in the index still, but no longer to be seen."""
    empty: dict[str, Any] = {"kind": hit.kind, "touch": ""}
    empty |= dict.fromkeys(("product", "pin", "service", "profile"))
    if hit.kind in ("brand", "person"):
        known = hit.facets
        profile = {
            "handle": known.get("handle", ""),
            "name": known.get("name") or hit.title,
            "verified": bool(known.get("verified")),
            "tagline": known.get("tagline") or "",
        }
        return {**empty, "profile": profile}
    card = cards.get((hit.kind, hit.public_id))
    if card is None:
        return None
    product = hit.public_id if hit.kind == "product" else None
    touch = touch_token(source="search", ref=text, product=product)
    return {**empty, hit.kind: card, "touch": touch}


@operation(
    id="interests_change",
    tag="People",
    scope="profile",
    takes=InterestsIn,
    gives=InterestsOut,
    example={"interests": ["vases", "lighting"]},
)
def change_interests(call: Call) -> dict[str, Any]:
    """Say what you like; Home follows it. Unknown topics are left out."""
    known = {one.slug for one in categories()}
    liked = [slug for slug in call.data["interests"] if slug in known]
    kept = accounts.choose_interests(profile_id=call.profile_id, slugs=liked)
    return {"interests": kept, "brands": brands_to_follow(profile_id=call.profile_id)}
