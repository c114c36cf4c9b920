"""Questions to a brand. Private to the app."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField
from core.text import room


class Enquiry(models.Model):
    """One question, with what it is about as it was called on that day."""

    class Kind(models.TextChoices):
        PIN = "pin", _("pin")
        PRODUCT = "product", _("product")
        SERVICE = "service", _("service")
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
    name = models.CharField(_("name"), max_length=room(80))
    email = models.EmailField(_("e-mail"), max_length=254)
    text = models.TextField(_("question"))
    # Of all that was sent (`actions.enquiries`): by it a form that is sent again is known.
    digest = models.CharField(max_length=64, default="", db_default="", editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked"), default=clock.now)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["to", "-id"], name="messaging_enquiry_list"),
            # Few are open among many that were answered.
            models.Index(
                fields=["to", "-id"], name="messaging_enquiry_open", condition=Q(answered_at=None)
            ),
            models.Index(fields=["digest"], name="messaging_enquiry_again"),
            # Whoever leaves is looked for by their address.
            models.Index(Lower("email"), name="messaging_enquiry_email"),
        ]
        constraints = [
            models.CheckConstraint(
                name="messaging_enquiry_kind",
                condition=Q(kind__in=["pin", "product", "service", "brand", "order"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.title}"


class Brief(models.Model):
    """A question that asks for a quote: what is wanted, as far as it can be told in fields.

    The question itself says what, from whom and to whom.
    """

    enquiry = models.OneToOneField(
        Enquiry, models.CASCADE, primary_key=True, related_name="brief", verbose_name=_("question")
    )
    package = models.CharField(_("package"), max_length=room(60), blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=room(40), blank=True)
    # Minor units, VAT included.
    budget = models.BigIntegerField(_("budget"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    destination = models.CharField(_("where"), max_length=room(120), blank=True)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    # Public ids: pins are of another floor and may go.
    pins = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    pictures = models.ManyToManyField(
        "core.Image", related_name="+", blank=True, verbose_name=_("pictures")
    )

    class Meta:
        verbose_name = _("request for a quote")
        verbose_name_plural = _("requests for quotes")
        constraints = [
            models.CheckConstraint(
                name="messaging_brief_quantity",
                condition=Q(quantity__isnull=True) | Q(quantity__gte=1),
            ),
            models.CheckConstraint(
                name="messaging_brief_budget",
                condition=Q(budget__isnull=True) | Q(budget__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}"
