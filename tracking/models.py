"""Counts that name nobody, and the touches of those who agreed to be remembered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core import clock


class DailyCount(models.Model):
    """How often something was seen and clicked on one day, by nobody in particular."""

    day = models.DateField()
    source = models.CharField(max_length=10)
    ref = models.CharField(max_length=80)
    # Empty where no product is involved: a unique constraint does not hold over NULL.
    product = models.CharField(max_length=12, blank=True)
    impressions = models.BigIntegerField(default=0)
    clicks = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "ref", "product", "day"], name="tracking_count_once"
            ),
            models.CheckConstraint(
                condition=Q(impressions__gte=0) & Q(clicks__gte=0), name="tracking_count_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "day"], name="tracking_count_day"),
            models.Index(fields=["product", "day"], name="tracking_count_product"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.ref}, {self.day}"


class TouchRow(models.Model):
    """A touch of somebody who allowed it to be kept. `actor_id` is a user, by id."""

    class Kind(models.TextChoices):
        SEEN = "seen"
        CLICKED = "clicked"

    actor_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source = models.CharField(max_length=10)
    ref = models.CharField(max_length=80)
    product = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "touch"
        verbose_name_plural = "touches"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["seen", "clicked"]), name="tracking_touch_kind"
            )
        ]
        indexes = [
            models.Index(fields=["actor_id", "-at"], name="tracking_touch_actor"),
            models.Index(fields=["at"], name="tracking_touch_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source} {self.ref}"


class ConsentChoice(models.Model):
    """What a member agreed to at one moment; the newest row counts. `actor_id` is a user, by id."""

    actor_id = models.BigIntegerField()
    purposes = ArrayField(models.CharField(max_length=20), blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "choice"
        verbose_name_plural = "choices"
        indexes = [models.Index(fields=["actor_id", "-id"], name="tracking_choice_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id}: {', '.join(self.purposes) or 'nothing'}"
