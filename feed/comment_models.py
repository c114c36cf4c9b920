"""Rows of what people say under a pin, and of what they like."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from core.ids import PublicIdField
from feed.types import CommentState


class PinLike(models.Model):
    """Somebody likes a pin; once each."""

    pin = models.ForeignKey("feed.Pin", on_delete=models.CASCADE, related_name="likes")
    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pin", "profile"], name="pin_like_once"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} likes {self.pin_id}"


class Comment(models.Model):
    """Words under a pin. Replies have a `parent`; a parent never has one itself.

    A deleted one stays as a row, so that its author can take that back and its replies keep their
    place; after a day its words are gone for good.
    """

    public_id = PublicIdField()
    pin = models.ForeignKey("feed.Pin", on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey("accounts.Profile", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    # The very one that was answered, which may be a reply, too.
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Forms count what a reader sees as one sign; a column counts code points.
    text = models.TextField(blank=True, max_length=5000)
    state = models.CharField(
        max_length=10, choices=CommentState.choices(), default=CommentState.VISIBLE
    )
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Who deleted it: the author or the pin's owner. Nobody else may bring it back.
    hidden_by = models.ForeignKey(
        "accounts.Profile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_down_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_down_reason = models.CharField(max_length=500, blank=True)
    likes_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CommentState]),
                name="comment_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="visible", hidden_at__isnull=True)
                | Q(state__in=["deleted", "taken_down"], hidden_at__isnull=False),
                name="comment_hidden_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="visible") | ~Q(text=""), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="comment_not_of_itself"
            ),
        ]
        indexes = [
            models.Index(
                F("pin"),
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(parent__isnull=True),
                name="comment_by_pin",
            ),
            models.Index(fields=["parent", "created_at", "id"], name="comment_by_parent"),
            models.Index(
                fields=["hidden_at"], condition=Q(state="deleted"), name="comment_to_be_wiped"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.public_id

    def get_absolute_url(self) -> str:
        return f"/comment/{self.public_id}/"


class CommentMention(models.Model):
    """Somebody whom a comment names, under the handle as it was written."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    handle = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "profile"], name="comment_mention_once"),
        ]

    def __str__(self) -> str:
        return f"@{self.handle}"


class CommentLike(models.Model):
    """Somebody likes a comment; once each."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="likes")
    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "profile"], name="comment_like_once"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} likes {self.comment_id}"
