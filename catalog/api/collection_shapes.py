"""What is sent about collections, and how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import (
    Choice,
    FindAsked,
    Flag,
    Id,
    In,
    Out,
    PictureField,
    Text,
    Whole,
    Word,
    sort_field,
)
from catalog.actions.collections import (
    DESCRIPTION_LIMIT,
    MOST_NEW_DAYS,
    MOST_PRODUCTS,
    WORDS_LIMIT,
)
from catalog.collection_models import TITLE_LIMIT
from catalog.queries.collections import COLLECTION_SORTS
from catalog.shapes import ProductCardOut
from catalog.types import CollectionKind, CollectionOrder, CollectionRule
from core.money import LARGEST

MOST_ANSWERS = 50


class OwnCollectionsAsked(FindAsked):
    """A state, a kind, and words of the title."""

    state = Choice(choices=[(one, one) for one in ("published", "draft")], required=False)
    kind = Choice(choices=[(one, one) for one in CollectionKind.values], required=False)
    sort = sort_field(COLLECTION_SORTS, default="title")


class CollectionOut(Out):
    """A collection; `cover` is null where its brand chose none."""

    id = serializers.CharField(source="public_id")
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    url = serializers.CharField()
    kind = serializers.ChoiceField(choices=CollectionKind.values)
    order = serializers.ChoiceField(choices=CollectionOrder.values)
    shown = serializers.BooleanField()
    cover = PictureField(allow_null=True)


class GlanceOut(Out):
    """A collection among others: how many products on sale it has, and a picture for it."""

    collection = CollectionOut(source="ref")
    count = serializers.IntegerField()
    picture = PictureField(allow_null=True)


class MatchOut(Out):
    """How many products a rule finds now, and the first of them."""

    count = serializers.IntegerField()
    products = ProductCardOut(source="cards", many=True)


class CollectedOut(Out):
    """A product that was put in by hand."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    picture = PictureField(allow_null=True)
    on_sale = serializers.BooleanField()


class RuleOut(Out):
    """Conditions of which `every` one, or any, must hold. Prices are in minor units."""

    every = serializers.BooleanField()
    category = serializers.CharField()
    answers = serializers.SerializerMethodField()
    least = serializers.IntegerField(allow_null=True)
    most = serializers.IntegerField(allow_null=True)
    in_stock = serializers.BooleanField()
    new_days = serializers.IntegerField(allow_null=True)
    words = serializers.CharField()

    @extend_schema_field(
        {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    )
    def get_answers(self, rule: Any) -> dict[str, list[str]]:
        """Choices by the code of an attribute; any of them will do."""
        return {code: list(said) for code, said in rule.answers}


class OwnCollectionOut(Out):
    """All that the brand itself sees of a collection; `products` only of one by hand."""

    id = serializers.CharField(source="ref.public_id")
    collection = CollectionOut(source="ref")
    rule = RuleOut()
    products = CollectedOut(many=True)
    version = serializers.IntegerField()


class RuleIn(In):
    """Conditions of which `every` one, or any, must hold; what is left out is not asked.

    Prices are in minor units and lie inside. An answer is `["yes"]`, or choices of an attribute.
    """

    every = Flag(required=False, default=True)
    category = Word(most=80, required=False, allow_blank=True, default="")
    answers = serializers.DictField(
        child=serializers.ListField(
            child=Word(most=80), allow_empty=False, max_length=MOST_ANSWERS
        ),
        required=False,
        default=dict,
    )
    least = Whole(min_value=0, max_value=LARGEST, required=False, allow_null=True, default=None)
    most = Whole(min_value=0, max_value=LARGEST, required=False, allow_null=True, default=None)
    in_stock = Flag(required=False, default=False)
    new_days = Whole(
        min_value=1, max_value=MOST_NEW_DAYS, required=False, allow_null=True, default=None
    )
    words = Text(limit=WORDS_LIMIT, required=False, allow_blank=True, default="")


class CollectionIn(In):
    """A collection, whole. `products` count for one by hand, in their order; `rule` for one by a
    rule. Without a cover a product's picture stands there."""

    title = Text(limit=TITLE_LIMIT)
    description = Text(
        limit=DESCRIPTION_LIMIT, multiline=True, required=False, allow_blank=True, default=""
    )
    kind = Choice(
        choices=[(one, one) for one in CollectionKind.values],
        required=False,
        default=CollectionKind.HAND.value,
    )
    order = Choice(
        choices=[(one, one) for one in CollectionOrder.values],
        required=False,
        default=CollectionOrder.NEWEST.value,
    )
    shown = Flag(required=False, default=True)
    rule = RuleIn(required=False, default=dict)
    products = serializers.ListField(
        child=Id(), required=False, default=list, max_length=MOST_PRODUCTS
    )
    cover_id = Id(required=False, allow_null=True, default=None)
    version = Whole(min_value=1, max_value=2**31 - 1, required=False, allow_null=True, default=None)


def rule_of(data: Mapping[str, Any]) -> CollectionRule:
    """The rule as the catalogue takes it."""
    answers = tuple((code, tuple(said)) for code, said in data.get("answers", {}).items())
    return CollectionRule(**{**data, "answers": answers})
