"""Rows of reviews. Private to the app."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ids import PublicIdField
from core.text import room
from reviews.types import LEAST_STARS, MOST_STARS, TEXT_LIMIT, ReviewState


class Review(models.Model):
    """What the buyer of an order line says of it, once. The line keeps what it was called then.

    Of several by one author about one product, bought again, the newest one that is seen `counts`.
    A deleted one stays for a day, so that its author can take that back.
    """

    public_id = PublicIdField()
    line = models.OneToOneField(
        "orders.OrderLine", models.PROTECT, related_name="+", verbose_name=_("order line")
    )
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, related_name="+", verbose_name=_("product")
    )
    author = models.ForeignKey(  # its index is that of `author` and `id`
        "accounts.Profile",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("author"),
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    text = models.TextField(_("text"), blank=True, max_length=room(TEXT_LIMIT))
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices(), default=ReviewState.VISIBLE.value
    )
    counts = models.BooleanField(_("counts"), default=False)
    created_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    # Of one that was taken down: since when its author had deleted it, if they had.
    deleted_at = models.DateTimeField(_("deleted before"), null=True, blank=True)
    taken_down_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken down by"),
    )
    taken_down_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("product review")
        verbose_name_plural = _("product reviews")
        constraints = [
            models.CheckConstraint(
                name="review_stars", condition=Q(stars__gte=LEAST_STARS, stars__lte=MOST_STARS)
            ),
            models.CheckConstraint(
                name="review_state", condition=Q(state__in=[one.value for one in ReviewState])
            ),
            models.CheckConstraint(
                name="review_hidden_has_date",
                condition=Q(state="visible", hidden_at__isnull=True)
                | Q(state__in=["deleted", "taken_down"], hidden_at__isnull=False),
            ),
            models.CheckConstraint(
                name="review_deleted_before",
                condition=Q(deleted_at__isnull=True) | Q(state="taken_down"),
            ),
            models.CheckConstraint(
                name="review_that_counts_is_seen", condition=Q(counts=False) | Q(state="visible")
            ),
            models.UniqueConstraint(
                fields=["product", "author"],
                condition=Q(counts=True),
                name="review_counts_once",
            ),
        ]
        indexes = [
            models.Index(
                F("product"),
                F("id").desc(),
                condition=Q(state="visible"),
                name="review_of_product",
            ),
            models.Index(F("author"), F("id").desc(), name="review_of_author"),
            models.Index(
                fields=["hidden_at"], condition=Q(state="deleted"), name="review_to_be_dropped"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars}/{MOST_STARS} {self.text[:60]}".strip()
