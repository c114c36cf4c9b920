"""Notices, mails, and what each person wants of them."""

from django.db import models
from django.db.models import Q

from core import clock
from core.ids import PublicIdField


class Notice(models.Model):
    """Something a person was told in the app. Once per event, kind and person."""

    public_id = PublicIdField()
    profile = models.ForeignKey(
        "accounts.Profile", on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=60)
    group = models.CharField(max_length=20)
    event_key = models.CharField(max_length=100)
    sub = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    action = models.CharField(max_length=60, blank=True)
    image = models.ForeignKey("core.Image", null=True, blank=True, on_delete=models.SET_NULL)
    # Who did what the notice tells of: it goes when they and the reader part.
    actor = models.ForeignKey(
        "accounts.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_key", "kind", "profile", "sub"], name="notifications_notice_once"
            )
        ]
        indexes = [
            models.Index(fields=["profile", "-id"], name="notifications_notice_list"),
            models.Index(
                fields=["profile", "group"],
                condition=Q(read_at__isnull=True),
                name="notifications_notice_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Mail(models.Model):
    """A mail that was written. It may go out twice after a crash, with the same Message-ID."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=60)
    event_key = models.CharField(max_length=100)
    sub = models.CharField(max_length=40, blank=True)
    profile = models.ForeignKey(
        "accounts.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    address = models.EmailField()
    name = models.CharField(max_length=100, blank=True)
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_key", "kind", "address", "sub"], name="notifications_mail_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Preference(models.Model):
    """What a person changed from what a kind does by itself."""

    profile = models.ForeignKey(
        "accounts.Profile", on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=60)
    in_app = models.BooleanField()
    email = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind"], name="notifications_preference_once"
            )
        ]

    def __str__(self) -> str:
        return self.kind
