"""Collections of a brand, and the products in them.

A rule is asked when it is read: what it finds is never older than the products themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection as Keys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value, Window

from catalog.models import Collection, CollectionItem, Product
from catalog.queries.attributes import matching
from catalog.queries.cards import CARD_COLUMNS, card_of
from catalog.queries.categories import category_tree_ids
from catalog.rows import PICTURE_WIDTH, picture_columns, picture_of
from catalog.types import (
    AttributeFilter,
    Availability,
    CardPage,
    Collectable,
    CollectionGlance,
    CollectionKind,
    CollectionMatch,
    CollectionOrder,
    CollectionPage,
    CollectionRef,
    CollectionRows,
    CollectionRule,
    CollectionShelf,
    OwnCollection,
    ProductState,
)
from core import clock
from core.finding import each_word
from core.ids import is_public_id
from core.paging import NEWEST, Order, words

PAGE_SIZE = 24
MATCHES = 8
FOUND = 24
_PLAIN = (
    "id",
    "public_id",
    "slug",
    "title",
    "description",
    "kind",
    "order",
    "shown",
    "seller__handle",
)
_COLUMNS = (*_PLAIN, *picture_columns("cover"), "rule")
_COLLECTABLE = ("public_id", "title", "state", "taken_down_at", *picture_columns("cover"))
_POSITION = re.compile(r"[0-9]{1,4}")
# The column that an order goes by, and whether it counts down; the primary key decides ties.
_ORDERS: dict[str, tuple[str, bool]] = {
    CollectionOrder.HAND: ("collected__position", False),
    CollectionOrder.NEWEST: ("published_at", True),
    CollectionOrder.CHEAPEST: ("price_from", False),
    CollectionOrder.DEAREST: ("price_from", True),
    CollectionOrder.TITLE: ("title", False),
}


def collections_of(*, seller_id: int) -> list[CollectionGlance]:
    """Every collection that a brand shows, by title, with how much is on sale in it and a picture:
    its cover, or that of its first product. Two queries."""
    rows = Collection.objects.public().filter(seller_id=seller_id)
    return _glances(rows.order_by("title", "pk"), seller_id)


COLLECTION_SORTS = {
    "title": Order(field="title", read=words, descending=False),
    "newest": NEWEST,
    "oldest": Order(descending=False),
}


def seller_collections(
    *,
    seller_id: int,
    state: str = "",
    kind: str = "",
    text: str = "",
    cursor: str | None = None,
    sort: str = "title",
    size: int = 30,
) -> CollectionRows:
    """A page of the seller's collections, by title or as one of COLLECTION_SORTS; `state` is
    "published" or "draft", `text` narrows by words of the title. Two queries.
    """
    rows = Collection.objects.kept().filter(seller_id=seller_id)
    if state:
        rows = rows.filter(shown=state == "published")
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.filter(each_word(text, "title__icontains"))
    order = COLLECTION_SORTS.get(sort, COLLECTION_SORTS["title"])
    found = _glances(order.sorted(rows, cursor)[: size + 1], seller_id)
    last = found[size - 1].ref if len(found) > size else None
    return CollectionRows(
        rows=found[:size],
        next=order.cursor(tie=last.id, value=last.title) if last else None,
    )


def collection_standings(*, seller_id: int, public_ids: Keys[str]) -> dict[str, tuple[str, str]]:
    """Title and state ("published", "draft") of the seller's own collections by public id. One
    query."""
    rows = Collection.objects.kept().filter(seller_id=seller_id, public_id__in=list(public_ids))
    return {
        one: (title, "published" if shown else "draft")
        for one, title, shown in rows.values_list("public_id", "title", "shown")
    }


def collection_shelves(
    *, seller_id: int, public_ids: Sequence[str], limit: int = 6
) -> dict[str, CollectionShelf]:
    """Shown collections of the brand by public id, each with its first products on sale; what is
    not shown or has nothing on sale is left out. Two queries, none for no ids."""
    if not public_ids:
        return {}
    rows = Collection.objects.public().filter(seller_id=seller_id, public_id__in=public_ids)
    found = list(rows.values_list(*_COLUMNS))
    parts = [
        _products_in(row, seller_id)
        .annotate(of=Value(row[0]))
        .values_list("of", *CARD_COLUMNS)[:limit]
        for row in found
    ]
    cards: dict[int, list[Any]] = {}
    for one in _together(parts):
        cards.setdefault(one[0], []).append(card_of(one[1:]))
    return {
        ref.public_id: CollectionShelf(ref=ref, cards=cards[ref.id])
        for ref in map(_ref, found)
        if ref.id in cards
    }


def collection_page(
    *, seller_id: int, slug: str, cursor: str | None = None, limit: int = PAGE_SIZE
) -> CollectionPage | None:
    """A collection that the brand shows, with a page of what is on sale in it; None for none.

    Two queries, three behind a cursor. Products that come or go between two pages, also the one
    that ended the first, are neither missed nor shown twice; one that moves to another place (a new
    price, another order by hand, several taken out in front of it) may be. An unreadable cursor
    starts from the top.
    """
    rows = Collection.objects.public().filter(seller_id=seller_id, slug=slug)
    row = rows.values_list(*_COLUMNS).first()
    if row is None:
        return None
    ref = _ref(row)
    by_hand = ref.order == CollectionOrder.HAND
    place = F("collected__position") if by_hand else Value(0)
    products = _products_in(row, seller_id, cursor=cursor).annotate(place=place)
    found = list(products.values_list(*CARD_COLUMNS, "place")[: limit + 1])
    cards = [card_of(one) for one in found[:limit]]
    following = None
    if len(found) > limit:
        following = cards[-1].public_id
        if by_hand:
            following = f"{found[limit - 1][-1]}.{following}"
    return CollectionPage(ref=ref, page=CardPage(cards=cards, next=following))


def rule_matches(
    *, seller_id: int, rule: CollectionRule, order: str = CollectionOrder.NEWEST
) -> CollectionMatch:
    """What a rule would find now among what the brand has on sale. One query."""
    by = order if order in _ORDERS and order != CollectionOrder.HAND else CollectionOrder.NEWEST
    rows = _sorted(_on_sale(seller_id).filter(_condition(rule)), by)
    found = list(
        rows.annotate(n=Window(Count("pk"))).values_list(*CARD_COLUMNS, "n")[:MATCHES],
    )
    return CollectionMatch(
        count=found[0][-1] if found else 0, cards=[card_of(row) for row in found]
    )


def collection_for_seller(*, seller_id: int, public_id: str) -> OwnCollection | None:
    """A collection of this seller, shown or not, with what was put into it by hand. Two queries."""
    rows = Collection.objects.kept().filter(seller_id=seller_id, public_id=public_id)
    row = rows.values_list(*_COLUMNS, "cover_id", "version").first()
    if row is None:
        return None
    items = CollectionItem.objects.filter(collection_id=row[0]).order_by("position", "pk")
    columns = [f"product__{name}" for name in _COLLECTABLE]
    return OwnCollection(
        ref=_ref(row),
        rule=_rule(row[len(_COLUMNS) - 1]),
        products=tuple(_collectable(one) for one in items.values_list(*columns)),
        cover_id=row[-2],
        version=row[-1],
    )


def collectables(
    *, seller_id: int, public_ids: Sequence[str] | None = None, text: str = ""
) -> list[Collectable]:
    """Products of the seller that can be put into a collection: these, in their order, or else the
    newest whose title has all words of `text`. Archived ones are left out of the latter. One query.
    """
    rows = Product.objects.filter(seller_id=seller_id)
    if public_ids is not None:
        ids = [one for one in public_ids if is_public_id(one)]
        found = {
            one[0]: _collectable(one)
            for one in rows.filter(public_id__in=ids).values_list(*_COLLECTABLE)
        }
        return [found[one] for one in dict.fromkeys(ids) if one in found]
    rows = rows.exclude(state=ProductState.ARCHIVED)
    rows = rows.filter(each_word(text, "title__icontains"))
    return [_collectable(one) for one in rows.order_by("-pk").values_list(*_COLLECTABLE)[:FOUND]]


def last_collection_id() -> int:
    """The newest primary key: how far a map of all collections goes."""
    return Collection.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def collection_addresses(*, after: int, upto: int) -> list[tuple[str, datetime | None]]:
    """Paths and dates of shown collections with a primary key in this range. One query."""
    rows = Collection.objects.public().filter(id__gt=after, id__lte=upto).order_by("id")
    return [
        (f"/@{handle}/collections/{slug}/", at)
        for handle, slug, at in rows.values_list("seller__handle", "slug", "updated_at")
    ]


# --- the products in it --------------------------------------------------------------------------


def _on_sale(seller_id: int) -> QuerySet[Product]:
    return Product.objects.public().filter(seller_id=seller_id)


def _products_in(row: Any, seller_id: int, *, cursor: str | None = None) -> QuerySet[Product]:
    """What is on sale in the collection of this row, in its order, behind the cursor."""
    ref, rule = _ref(row), _rule(row[len(_COLUMNS) - 1])
    behind = _behind(ref, cursor)
    if ref.kind == CollectionKind.RULE:
        rows = _on_sale(seller_id).filter(_condition(rule) & behind)
    else:
        # In one filter: the item that puts it in is the item whose position counts.
        rows = _on_sale(seller_id).filter(Q(collected__collection_id=ref.id) & behind)
    return _sorted(rows, ref.order)


def _sorted(rows: QuerySet[Product], order: str) -> QuerySet[Product]:
    column, down = _ORDERS[order]
    return rows.order_by(F(column).desc() if down else F(column).asc(), "-pk" if down else "pk")


def _behind(ref: CollectionRef, cursor: str | None) -> Q:
    """What stands behind the product that the last page ended with: a public id, by hand with its
    position in front."""
    if ref.order == CollectionOrder.HAND:
        return _behind_by_hand(ref, cursor or "")
    if not cursor or not is_public_id(cursor):
        return Q()
    column, down = _ORDERS[ref.order]
    last = Product.objects.filter(public_id=cursor).values_list(column, "pk").first()
    if last is None or last[0] is None:
        return Q()
    value, pk = last
    way = "lt" if down else "gt"
    return Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"pk__{way}": pk})


def _behind_by_hand(ref: CollectionRef, cursor: str) -> Q:
    position, _dot, public_id = cursor.partition(".")
    if not _POSITION.fullmatch(position) or not is_public_id(public_id):
        return Q()
    items = CollectionItem.objects.filter(collection_id=ref.id, product__public_id=public_id)
    now = items.values_list("position", flat=True).first()
    if now is None:  # taken out since: what followed it has its position
        return Q(collected__position__gte=int(position))
    return Q(collected__position__gt=now)


def _condition(rule: CollectionRule) -> Q:
    """A rule without conditions finds nothing, rather than everything."""
    parts = list(_parts(rule))
    if not parts:
        return Q(pk__in=[])
    condition = parts[0]
    for part in parts[1:]:
        condition = condition & part if rule.every else condition | part
    return condition


def _parts(rule: CollectionRule) -> list[Q]:
    parts = []
    if rule.category:
        parts.append(Q(category_id__in=category_tree_ids(slugs=[rule.category])))
    price = Q()
    if rule.least is not None:
        price &= Q(price_from__gte=rule.least)
    if rule.most is not None:
        price &= Q(price_from__lte=rule.most)
    if price:
        parts.append(price)
    if rule.in_stock:
        parts.append(~Q(availability=Availability.SOLD_OUT))
    if rule.new_days is not None:
        parts.append(Q(published_at__gte=clock.now() - timedelta(days=rule.new_days)))
    if rule.words:
        parts.append(each_word(rule.words, "title__icontains", "description__icontains"))
    for code, said in rule.answers:
        wanted = AttributeFilter(yes=True) if said == ("yes",) else AttributeFilter(choices=said)
        parts.append(matching(filters={code: wanted}))
    return parts


def _rule(data: dict[str, Any]) -> CollectionRule:
    """The rule in a row's JSON; the empty one of a collection by hand."""
    answers = tuple((code, tuple(said)) for code, said in data.get("answers", ()))
    return CollectionRule(**{**data, "answers": answers})


# --- values --------------------------------------------------------------------------------------


def _glances(rows: QuerySet[Collection], seller_id: int) -> list[CollectionGlance]:
    """These collections in their order, each with what is on sale in it."""
    found = list(rows.values_list(*_COLUMNS))
    parts = [
        _products_in(row, seller_id)
        .annotate(of=Value(row[0]), n=Window(Count("pk")))
        .values_list("of", "n", *picture_columns("cover"))[:1]
        for row in found
    ]
    first = {one[0]: one for one in _together(parts)}
    return [_glance(_ref(row), first.get(row[0])) for row in found]


def _glance(ref: CollectionRef, first: Any) -> CollectionGlance:
    if first is None:
        return CollectionGlance(ref=ref, count=0, picture=ref.cover)
    return CollectionGlance(ref=ref, count=first[1], picture=ref.cover or picture_of(first[2:]))


def _together(parts: Sequence[QuerySet[Any, Any]]) -> list[Any]:
    """The rows of several questions in one statement, each question's in its own order."""
    if not parts:
        return []
    return list(parts[0].union(*parts[1:], all=True))


def _ref(row: Any) -> CollectionRef:
    plain = dict(zip(_PLAIN, row, strict=False))
    handle = plain.pop("seller__handle")
    cover = picture_of(row[len(_PLAIN) : len(_PLAIN) + PICTURE_WIDTH])
    return CollectionRef(**plain, seller_handle=handle, cover=cover)


def _collectable(row: Any) -> Collectable:
    public_id, title, state, taken_down_at = row[:4]
    return Collectable(
        public_id=public_id,
        title=title,
        picture=picture_of(row[4:]),
        state=state,
        taken_down=taken_down_at is not None,
    )
