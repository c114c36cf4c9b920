"""Rows of accounts elsewhere that open an account here. Private to the app."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField


class ProviderLogIn(models.Model):
    """Somebody's account at a provider.

    Issuer and subject together name it for ever; its e-mail is only for its owner to know it by.
    Nothing else that a provider tells is kept.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="provider_log_ins", verbose_name=_("user")
    )
    issuer = models.CharField(_("issuer"), max_length=300)
    subject = models.CharField(_("subject"), max_length=255)
    email = models.CharField(_("known there as"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("connected"), default=clock.now)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("log-in by a provider")
        verbose_name_plural = _("log-ins by providers")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="accounts_providerlogin_opens_one_account"
            ),
            models.UniqueConstraint(
                fields=["user", "issuer"], name="accounts_providerlogin_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer}: {self.email or self.subject}"
