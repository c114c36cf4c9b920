"""Rows of log-ins: in which browsers somebody is. Private to the app."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField


class LoginSession(models.Model):
    """One browser that logged in. No address and no place is kept: nobody asked to be located."""

    public_id = PublicIdField()
    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="login_sessions", verbose_name=_("user")
    )
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    agent = models.CharField(_("browser"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("logged in"), default=clock.now)
    seen_at = models.DateTimeField(_("last seen"), default=clock.now)

    class Meta:
        verbose_name = _("log-in")
        verbose_name_plural = _("log-ins")
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.agent[:60]}"
