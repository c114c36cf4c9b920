"""Questions to a brand. Private to the app."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField


class Enquiry(models.Model):
    """One question, with what it is about as it was called on that day."""

    class Kind(models.TextChoices):
        PIN = "pin", _("pin")
        PRODUCT = "product", _("product")
        BRAND = "brand", _("storefront")
        ORDER = "order", _("order")

    public_id = PublicIdField()
    kind = models.CharField(_("about"), max_length=10, choices=Kind)
    # The public id of the thing, of whichever app; an order's number.
    ref = models.CharField(_("id"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=400)
    to = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="enquiries", verbose_name=_("to")
    )
    asker = models.ForeignKey(
        "accounts.Profile",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asker"),
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), max_length=254)
    text = models.TextField(_("question"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked"), default=clock.now)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [models.Index(fields=["to", "-id"], name="messaging_enquiry_list")]
        constraints = [
            models.CheckConstraint(
                name="messaging_enquiry_kind",
                condition=Q(kind__in=["pin", "product", "brand", "order"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.title}"
