"""Rows of whom and what somebody does not want to meet. Part of `accounts.models`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.text import room

# As long as the address of a topic, which is muted by it.
WORD_LIMIT = 60


class Block(models.Model):
    """Neither of two profiles sees the other, whichever of them asked for it."""

    blocker = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="+", verbose_name=_("blocker")
    )
    blocked = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="+", verbose_name=_("blocked")
    )
    created_at = models.DateTimeField(_("since"), default=clock.now)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint("blocker", "blocked", name="accounts_block_once"),
            models.CheckConstraint(name="accounts_block_other", condition=~Q(blocker=F("blocked"))),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} ⊘ {self.blocked_id}"


class Mute(models.Model):
    """A profile, or a word, that is left out of what somebody is shown; perhaps until a day."""

    muter = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="+", verbose_name=_("muter")
    )
    muted = models.ForeignKey(
        "accounts.Profile",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("muted"),
    )
    word = models.CharField(_("word"), max_length=room(WORD_LIMIT), blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(_("since"), default=clock.now)

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = [
            models.CheckConstraint(
                name="accounts_mute_one_thing",
                condition=Q(muted__isnull=False, word="") | (Q(muted__isnull=True) & ~Q(word="")),
            ),
            models.CheckConstraint(
                name="accounts_mute_other", condition=Q(muted__isnull=True) | ~Q(muter=F("muted"))
            ),
            models.UniqueConstraint(
                "muter", "muted", condition=Q(word=""), name="accounts_mute_profile_once"
            ),
            models.UniqueConstraint(
                "muter", "word", condition=~Q(word=""), name="accounts_mute_word_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.muter_id} - {self.word or self.muted_id}"
