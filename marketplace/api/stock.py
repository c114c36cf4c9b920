"""Operations on a brand's stock: what lies on its shelves, and what became of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.queries import require_brand_role, user_names
from accounts.types import Call
from api.fields import (
    Choice,
    CursorAsked,
    FindAsked,
    Id,
    In,
    Instant,
    Out,
    PictureField,
    Text,
    Whole,
)
from api.operations import Results, operation
from catalog.queries import seller_variants
from catalog.types import Availability, VariantRow
from core.errors import NotFound
from inventory.actions import SAID_BY_PEOPLE, Sheet, book_sheet
from inventory.queries import movements, stock_levels
from inventory.types import MovementKind, StockLevel
from inventory.words import LOW_AT, MOST_LOW_AT

ROLES = {"owner", "catalogue"}
TAG = "Studio: stock"
MOST = 1_000_000
MOST_LINES = 120


class ShelfAsked(FindAsked):
    """Words of a product, a variant or the beginning of an SKU; and how it stands."""

    availability = Choice(choices=[(one, one) for one in Availability.values], required=False)


class ShelfOut(Out):
    """A variant with its pieces: counted, promised, and free; at `low_at` it counts as low."""

    variant_id = serializers.CharField()
    product_id = serializers.CharField()
    product = serializers.CharField()
    title = serializers.CharField()
    sku = serializers.CharField()
    picture = PictureField(allow_null=True)
    availability = serializers.ChoiceField(choices=Availability.values)
    on_sale = serializers.BooleanField()
    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    available = serializers.IntegerField()
    low_at = serializers.IntegerField()


class MovementOut(Out):
    """One change to a count: signed, with what was on hand after it."""

    at = Instant()
    kind = serializers.ChoiceField(choices=MovementKind.values)
    quantity = serializers.IntegerField()
    after = serializers.IntegerField()
    reason = serializers.CharField()
    by = serializers.CharField(help_text="Who did it; empty for the market itself.")


class SheetLineIn(In):
    """Pieces of a variant, never below zero, or at how many it counts as low, or both."""

    variant_id = Id()
    pieces = Whole(min_value=0, max_value=MOST, required=False)
    low_at = Whole(min_value=0, max_value=MOST_LOW_AT, required=False)


class SheetIn(In):
    """What happened to all of these variants. `counted` says what lies there now."""

    kind = Choice(choices=[(one.value, one.value) for one in SAID_BY_PEOPLE])
    reason = Text(limit=200, required=False, allow_blank=True, default="")
    lines = serializers.ListField(child=SheetLineIn(), allow_empty=False, max_length=MOST_LINES)

    def validate(self, attrs: Any) -> Any:
        """Each variant once; and nothing is written off without a reason."""
        ids = [one["variant_id"] for one in attrs["lines"]]
        if len(set(ids)) < len(ids):
            raise serializers.ValidationError({"lines": [_("Name each variant once.")]})
        pieces = any("pieces" in one for one in attrs["lines"])
        if attrs["kind"] == MovementKind.WRITTEN_OFF and pieces and not attrs["reason"]:
            raise serializers.ValidationError({"reason": [_("Say why pieces are written off.")]})
        return attrs


def _brand_id(call: Call, handle: str) -> int:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES).profile.id


def _shelf(variants: list[VariantRow]) -> list[dict[str, Any]]:
    levels = stock_levels(variant_pks=[one.id for one in variants])
    return [_line(one, levels.get(one.id)) for one in variants]


def _line(variant: VariantRow, level: StockLevel | None) -> dict[str, Any]:
    return {
        "variant_id": variant.public_id,
        "product_id": variant.product_id,
        "product": variant.product_title,
        "title": variant.title,
        "sku": variant.sku,
        "picture": variant.picture,
        "availability": variant.availability,
        "on_sale": variant.on_sale,
        "on_hand": level.on_hand if level else 0,
        "reserved": level.reserved if level else 0,
        "available": level.available if level else 0,
        "low_at": level.low_at if level else LOW_AT,
    }


@operation(
    id="studio_shelf_list",
    tag=TAG,
    scope="catalog:read",
    asks=ShelfAsked,
    gives=ShelfOut,
    many=True,
)
def list_shelf(call: Call, handle: str) -> Results:
    """Every variant that the brand has not archived, with its pieces."""
    page = seller_variants(
        seller_id=_brand_id(call, handle),
        text=call.query["find"],
        availability=call.query.get("availability", ""),
        cursor=call.query["cursor"],
    )
    return Results(items=_shelf(page.rows), next={"cursor": page.next} if page.next else None)


@operation(
    id="studio_shelf_book",
    tag=TAG,
    scope="catalog:write",
    takes=SheetIn,
    gives=ShelfOut,
    many=True,
    example={
        "kind": "counted",
        "reason": "Stocktaking",
        "lines": [{"variant_id": "k7m2p9qtxw4z", "pieces": 12, "low_at": 2}],
    },
)
def book(call: Call, handle: str) -> Results:
    """Say what was counted, received, returned or written off: all lines, or none of them.

    Answers with these variants as they then are."""
    seller_id, lines = _brand_id(call, handle), call.data["lines"]
    ids = [one["variant_id"] for one in lines]
    keys = {one.public_id: one.id for one in _variants(seller_id, ids)}
    book_sheet(
        sheet=Sheet(
            kind=MovementKind(call.data["kind"]),
            reason=call.data["reason"],
            pieces={keys[one["variant_id"]]: one["pieces"] for one in lines if "pieces" in one},
            marks={keys[one["variant_id"]]: one["low_at"] for one in lines if "low_at" in one},
        ),
        actor_id=call.user_id,
    )
    return Results(items=_shelf(_variants(seller_id, ids)))


@operation(
    id="studio_shelf_history_list",
    tag=TAG,
    scope="catalog:read",
    asks=CursorAsked,
    gives=MovementOut,
    many=True,
)
def list_history(call: Call, handle: str, variant_id: str) -> Results:
    """Every change to the count of one variant, newest first."""
    variant = _variants(_brand_id(call, handle), [variant_id])[0]
    page = movements(variant_id=variant.id, cursor=call.query["cursor"])
    names = user_names(ids=[one.actor_id for one in page.rows if one.actor_id is not None])
    rows = [
        {
            "at": one.at,
            "kind": one.kind,
            "quantity": one.quantity,
            "after": one.after,
            "reason": one.reason,
            "by": names.get(one.actor_id, "") if one.actor_id is not None else "",
        }
        for one in page.rows
    ]
    return Results(items=rows, next={"cursor": page.next} if page.next else None)


def _variants(seller_id: int, public_ids: list[str]) -> list[VariantRow]:
    """All of these variants of the seller's. Raises NotFound when one is not theirs."""
    found = seller_variants(seller_id=seller_id, public_ids=public_ids).rows
    if len(found) != len(set(public_ids)):
        raise NotFound
    return found
