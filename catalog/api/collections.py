"""Operations on collections: those that a brand shows, and its own with what puts them together."""

from __future__ import annotations

from accounts.queries import profile_by_handle, require_brand_role
from accounts.types import Call
from api.fields import CursorAsked
from api.operations import Results, operation
from api.pictures import own_pictures
from catalog import actions, queries
from catalog.api.collection_shapes import (
    CollectionIn,
    CollectionOut,
    GlanceOut,
    MatchOut,
    OwnCollectionOut,
    OwnCollectionsAsked,
    RuleIn,
    rule_of,
)
from catalog.shapes import ProductCardOut
from catalog.types import CollectionInput, CollectionMatch, CollectionRef, OwnCollection
from core.errors import NotFound

TAG, STUDIO = "Collections", "Studio: collections"
ROLES = {"owner", "catalogue"}
_RULE = {"category": "vases", "most": 8000, "in_stock": True}
_COLLECTION = {
    "title": "Small vases",
    "kind": "rule",
    "order": "newest",
    "rule": _RULE,
    "shown": True,
}


def _brand_id(call: Call, handle: str) -> int:
    found = profile_by_handle(handle=handle, viewer=call.viewer)
    if found is None or found.ref.kind != "brand":
        raise NotFound
    return found.ref.id


@operation(
    id="profile_collections_list",
    tag=TAG,
    scope="catalog:read",
    who="anybody",
    gives=GlanceOut,
    many=True,
)
def list_shown(call: Call, handle: str) -> Results:
    """Every collection that a brand shows, by title."""
    return Results(items=queries.collections_of(seller_id=_brand_id(call, handle)))


@operation(
    id="collection_products_list",
    tag=TAG,
    scope="catalog:read",
    who="anybody",
    asks=CursorAsked,
    gives=ProductCardOut,
    many=True,
)
def list_products(call: Call, handle: str, slug: str) -> Results:
    """What is on sale in a shown collection, in its order."""
    found = queries.collection_page(
        seller_id=_brand_id(call, handle), slug=slug, cursor=call.query["cursor"]
    )
    if found is None:
        raise NotFound
    page = found.page
    return Results(items=page.cards, next={"cursor": page.next} if page.next else None)


@operation(id="collection_read", tag=TAG, scope="catalog:read", who="anybody", gives=CollectionOut)
def read_shown(call: Call, handle: str, slug: str) -> CollectionRef:
    """A collection that a brand shows: its words and its cover."""
    found = queries.collection_page(seller_id=_brand_id(call, handle), slug=slug, limit=1)
    if found is None:
        raise NotFound
    return found.ref


# --- a brand's own -------------------------------------------------------------------------------


def _seller_id(call: Call, handle: str) -> int:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES).profile.id


def _own(seller_id: int, public_id: str) -> OwnCollection:
    found = queries.collection_for_seller(seller_id=seller_id, public_id=public_id)
    if found is None:
        raise NotFound
    return found


@operation(
    id="studio_collections_list",
    tag=STUDIO,
    scope="catalog:read",
    asks=OwnCollectionsAsked,
    gives=GlanceOut,
    many=True,
)
def list_own(call: Call, handle: str) -> Results:
    """The brand's collections, those that it keeps to itself too; by title where no other order is
    asked for."""
    asked = call.query
    page = queries.seller_collections(
        seller_id=_seller_id(call, handle),
        state=asked.get("state", ""),
        kind=asked.get("kind", ""),
        text=asked["find"],
        sort=asked["sort"],
        cursor=asked["cursor"],
    )
    return Results(items=page.rows, next={"cursor": page.next} if page.next else None)


@operation(
    id="studio_collection_create",
    tag=STUDIO,
    scope="catalog:write",
    takes=CollectionIn,
    gives=OwnCollectionOut,
    status=201,
    example=_COLLECTION,
)
def create(call: Call, handle: str) -> OwnCollection:
    """Put products together, by hand or by a rule. What is wrong stands in `errors`."""
    return _saved(call, _seller_id(call, handle), public_id=None)


@operation(id="studio_collection_read", tag=STUDIO, scope="catalog:read", gives=OwnCollectionOut)
def read_own(call: Call, handle: str, public_id: str) -> OwnCollection:
    """One collection of the brand, with its rule or what was put into it by hand."""
    return _own(_seller_id(call, handle), public_id)


@operation(
    id="studio_collection_change",
    tag=STUDIO,
    scope="catalog:write",
    takes=CollectionIn,
    gives=OwnCollectionOut,
    example=_COLLECTION,
)
def change(call: Call, handle: str, public_id: str) -> OwnCollection:
    """State a collection anew. With the `version` that was read, nobody's change is overwritten:
    `collection_overtaken` says that somebody was faster."""
    seller_id = _seller_id(call, handle)
    _own(seller_id, public_id)
    return _saved(call, seller_id, public_id=public_id)


@operation(id="studio_collection_delete", tag=STUDIO, scope="catalog:write")
def delete(call: Call, handle: str, public_id: str) -> None:
    """Take a collection away; its products stay. For a day it can be brought back."""
    seller_id = _seller_id(call, handle)
    actions.delete_collection(seller_id=seller_id, actor_id=call.user_id, public_id=public_id)


@operation(
    id="studio_collection_restore", tag=STUDIO, scope="catalog:write", gives=OwnCollectionOut
)
def restore(call: Call, handle: str, public_id: str) -> OwnCollection:
    """Bring back what was taken away within a day, as it was."""
    seller_id = _seller_id(call, handle)
    actions.restore_collection(seller_id=seller_id, actor_id=call.user_id, public_id=public_id)
    return _own(seller_id, public_id)


@operation(
    id="studio_collection_try",
    tag=STUDIO,
    scope="catalog:write",
    takes=RuleIn,
    gives=MatchOut,
    example=_RULE,
)
def try_rule(call: Call, handle: str) -> CollectionMatch:
    """What a rule would find now among what the brand has on sale; nothing is kept."""
    return queries.rule_matches(seller_id=_seller_id(call, handle), rule=rule_of(call.data))


def _saved(call: Call, seller_id: int, *, public_id: str | None) -> OwnCollection:
    data = dict(call.data)
    version, cover = data.pop("version"), data.pop("cover_id")
    pictures = own_pictures(owner_id=seller_id, public_ids={cover} - {None})
    stated = CollectionInput(
        **{**data, "rule": rule_of(data["rule"])}, cover_id=pictures.get(cover)
    )
    made = actions.save_collection(
        seller_id=seller_id,
        actor_id=call.user_id,
        data=stated,
        public_id=public_id,
        version=version,
    )
    return _own(seller_id, made)
