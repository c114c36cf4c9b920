"""Rows of tokens: what programs of people log in with. Private to the app."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField
from core.text import room


class ApiToken(models.Model):
    """A key that a person made for a program of theirs: only its hash is kept."""

    public_id = PublicIdField()
    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="api_tokens", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=room(60))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("begins with"), max_length=16)
    scopes = ArrayField(models.CharField(max_length=30), verbose_name=_("scopes"))
    created_at = models.DateTimeField(_("made"), default=clock.now)
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.CheckConstraint(
                name="accounts_apitoken_ends", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="accounts_apitoken_for_something", condition=Q(scopes__len__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name
