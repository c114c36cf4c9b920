"""Rows of collections. `catalog.models` offers them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from catalog.collection_types import CollectionKind, CollectionOrder
from core import clock
from core.ids import PublicIdField
from core.text import room

TITLE_LIMIT = 80


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Rules about many collections."""

    def kept(self) -> CollectionQuerySet:
        """Not taken away; what was can come back for a day."""
        return self.filter(deleted_at=None)

    def public(self) -> CollectionQuerySet:
        """Seen by everybody: shown by an approved brand."""
        return self.kept().filter(shown=True, seller__state="approved")


class Collection(models.Model):
    """Products of one brand put together by hand, or by a rule that is asked when it is read."""

    public_id = PublicIdField()
    seller = models.ForeignKey(
        "accounts.Profile", on_delete=models.CASCADE, related_name="collections"
    )
    title = models.CharField(max_length=room(TITLE_LIMIT))
    # Follows the title until somebody may have seen the address, and stays from then on.
    slug = models.SlugField(max_length=90)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=4, choices=CollectionKind.choices)
    order = models.CharField(max_length=8, choices=CollectionOrder.choices)
    # The fields of CollectionRule; empty for one by hand.
    rule = models.JSONField(default=dict, blank=True)
    cover = models.ForeignKey(
        "core.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shown = models.BooleanField(default=True)
    first_shown_at = models.DateTimeField(null=True, blank=True)
    # Counts up with each save.
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("seller", "slug"),
                condition=Q(deleted_at=None),
                name="collection_slug_per_seller",
            ),
            models.UniqueConstraint(
                "seller",
                Lower("title"),
                condition=Q(deleted_at=None),
                name="collection_title_per_seller",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CollectionKind.values), name="collection_kind"
            ),
            models.CheckConstraint(
                condition=Q(order__in=CollectionOrder.values)
                & (Q(kind=CollectionKind.HAND) | ~Q(order=CollectionOrder.HAND)),
                name="collection_order",
            ),
            models.CheckConstraint(
                condition=Q(kind=CollectionKind.RULE) | Q(rule={}), name="collection_rule"
            ),
            models.CheckConstraint(
                condition=Q(shown=False) | Q(first_shown_at__isnull=False),
                name="collection_shown_since",
            ),
        )

    def __str__(self) -> str:
        return self.title


class CollectionItem(models.Model):
    """A product that was put into a collection by hand."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.CASCADE, related_name="collected"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("collection", "product"), name="product_once_per_collection"
            ),
        )

    def __str__(self) -> str:
        return f"{self.collection_id}/{self.position}"
