"""Rows of hashtags: who follows one, and which pins stand under it."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from feed.saying import MAX_HASHTAG


class Hashtag(models.Model):
    """A word with # before it, by its one name. There as long as a pin says it or somebody follows
    it; one that is neither goes by the next day."""

    name = models.CharField(max_length=MAX_HASHTAG)
    # As it was written first, in small letters, with its accents.
    shown = models.CharField(max_length=2 * MAX_HASHTAG)
    followers_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="hashtag_name_once")]

    def __str__(self) -> str:
        return f"#{self.shown}"


class PinHashtag(models.Model):
    """A pin that stands in lists says a hashtag. Written with the pin, under its lock; a pin that
    stands in no list stands under none. `published_at` is the pin's, so that one index has the
    wall of a hashtag in its order."""

    # The index that carries the wall begins with it.
    hashtag = models.ForeignKey(
        Hashtag, on_delete=models.CASCADE, related_name="pins", db_index=False
    )
    # The constraint begins with it.
    pin = models.ForeignKey(
        "feed.Pin", on_delete=models.CASCADE, related_name="hashtags", db_index=False
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pin", "hashtag"], name="pin_hashtag_once"),
        ]
        indexes = [
            models.Index(
                F("hashtag"),
                F("published_at").desc(),
                F("pin").desc(),
                name="pin_hashtag_by_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pin_id} under {self.hashtag_id}"


class HashtagFollow(models.Model):
    """Somebody follows a hashtag. Its count moves in the same transaction."""

    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="follows")
    # The constraint begins with it.
    profile = models.ForeignKey(
        "accounts.Profile", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "hashtag"], name="hashtag_follow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} → {self.hashtag_id}"
