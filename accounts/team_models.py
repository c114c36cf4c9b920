"""Rows of a brand's team: whom it invited, and what its members did."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField


class BrandAct(models.Model):
    """One line of a brand's log: who did what to what, and when. Never changed, never deleted.

    A trigger refuses both; only the actor becomes nobody when their account is deleted.
    """

    brand = models.ForeignKey(
        "accounts.Profile", models.PROTECT, related_name="acts", verbose_name=_("brand")
    )
    actor = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    act = models.CharField(_("act"), max_length=60)
    subject = models.CharField(_("what"), max_length=200, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("act of a team")
        verbose_name_plural = _("acts of teams")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["brand", "-id"], name="accounts_log"),
            models.Index(fields=["brand", "actor", "-id"], name="accounts_log_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.subject}"


class Invitation(models.Model):
    """Somebody is asked to join a brand's team. Its link is kept as a digest only.

    Open while it is neither accepted nor withdrawn; it counts until `expires_at`.
    """

    public_id = PublicIdField()
    brand = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="invitations", verbose_name=_("brand")
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=9)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("created"), default=clock.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "brand",
                "email",
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_one_open",
            ),
            models.CheckConstraint(
                name="accounts_invitation_role",
                condition=Q(role__in=["owner", "catalogue", "orders", "chat", "ads", "finance"]),
            ),
            models.CheckConstraint(
                name="accounts_invitation_one_end",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"
