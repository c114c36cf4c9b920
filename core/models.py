"""Rows of the ground: facts and their deliveries, answered requests, counted tries, images."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core import clock
from core.ids import PublicIdField
from core.picture import Renditions
from core.text import room


class OutboxEvent(models.Model):
    """A fact, written in the transaction that made it true."""

    type = models.CharField(max_length=100)
    data = models.JSONField()
    request_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class Delivery(models.Model):
    """The duty to tell one receiver of one fact."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    receiver = models.CharField(max_length=200)
    queue = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    # Tries in a row that began and did not end, neither well nor badly.
    starts = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Not before this moment; moves on after a failure.
    due_at = models.DateTimeField(default=clock.now)
    # When it was last handed to the broker, and how often the sweeper had to do that.
    sent_at = models.DateTimeField(default=clock.now)
    sweeps = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "receiver"], name="core_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "done", "dead"]), name="core_delivery_state"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="core_delivery_due"),
            models.Index(fields=["id"], condition=Q(state="dead"), name="core_delivery_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} of event {self.event_id}"


class IdempotencyKey(models.Model):
    """An edge request that was answered, so that its repetition gets the same answer."""

    principal = models.CharField(max_length=100)
    route = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    body_hash = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["principal", "route", "key"], name="core_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class TryCount(models.Model):
    """Tries within one window of time, counted here while the cache is away."""

    key = models.CharField(max_length=200)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="core_tries_once")]

    def __str__(self) -> str:
        return self.key


class Image(Renditions, models.Model):
    """A picture that somebody gave us. Its files lie under its public id (`core.files`)."""

    class State(models.TextChoices):
        PENDING = "pending"
        READY = "ready"
        FAILED = "failed"

    public_id = PublicIdField()
    # A profile, by id: this floor knows none.
    owner_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    colour = models.CharField(max_length=7)
    bucket = models.CharField(max_length=5)
    widths = ArrayField(models.PositiveIntegerField(), default=list)
    alt = models.CharField(max_length=room(500), blank=True)
    # What a crop must keep in view, in percent of width and height.
    focus_x = models.PositiveSmallIntegerField(default=50)
    focus_y = models.PositiveSmallIntegerField(default=50)
    # What its owner called the file: told apart by it in a list, and no description.
    file_name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "ready", "failed"]), name="core_image_state"
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="core_image_has_size"
            ),
            models.CheckConstraint(
                condition=Q(focus_x__lte=100) & Q(focus_y__lte=100), name="core_image_focus_on_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}, {self.width} x {self.height}"
