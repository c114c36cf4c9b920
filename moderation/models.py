"""Reports of content. Private to the app."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import PublicIdField


class Report(models.Model):
    """Somebody says that something should not be here; an operator decides."""

    class Kind(models.TextChoices):
        PIN = "pin", _("pin")
        PRODUCT = "product", _("product")
        SERVICE = "service", _("service")
        PROFILE = "profile", _("profile")
        COMMENT = "comment", _("comment")
        NOTE = "note", _("note")
        REVIEW = "review", _("review")

    class Reason(models.TextChoices):
        ILLEGAL = "illegal", _("It is illegal, or sold illegally")
        UNSAFE = "unsafe", _("It is dangerous")
        DECEIT = "deceit", _("It deceives: wrong claims, a fake, somebody else's name")
        RIGHTS = "rights", _("It uses what belongs to me or somebody else")
        HATE = "hate", _("It insults or threatens people")
        SPAM = "spam", _("It is spam")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("taken down")
        DISMISSED = "dismissed", _("dismissed")

    # Doubles as the reference on the reporter's receipt.
    public_id = PublicIdField()
    kind = models.CharField(_("about"), max_length=7, choices=Kind)
    ref = models.CharField(_("id"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=400)
    author = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="+", verbose_name=_("author")
    )
    reason = models.CharField(_("reason"), max_length=7, choices=Reason)
    text = models.TextField(_("what is wrong"), blank=True)
    reporter = models.ForeignKey(
        "accounts.Profile",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reporter"),
    )
    email = models.EmailField(_("e-mail of the reporter"), max_length=254, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    decision = models.TextField(_("decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    created_at = models.DateTimeField(_("reported"), default=clock.now)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(
                fields=["created_at", "id"],
                condition=Q(state="open"),
                name="moderation_report_queue",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="moderation_report_state",
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=["upheld", "dismissed"], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_report_kind",
                condition=Q(
                    kind__in=[
                        *("pin", "product", "service", "profile", "comment", "note", "review")
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
