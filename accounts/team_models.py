"""Rows of a brand's team: what its members did."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock


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
