"""Rows of the wall. The limits that a form promises are constraints here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core import clock
from core.ids import PublicIdField
from feed.board_models import (
    Board,
    BoardFollow,
    BoardLink,
    BoardMember,
    Save,
    Section,
    TakenAway,
)
from feed.comment_models import Comment, CommentLike, CommentMention, PinLike
from feed.hashtag_models import Hashtag, HashtagFollow, PinHashtag
from feed.types import MAX_FURTHER, Audience, PinState

__all__ = [
    "AuthorLast",
    "Board",
    "BoardFollow",
    "BoardLink",
    "BoardMember",
    "Comment",
    "CommentLike",
    "CommentMention",
    "Hashtag",
    "HashtagFollow",
    "Pin",
    "PinHashtag",
    "PinLike",
    "PinPicture",
    "PinRevision",
    "ProductTag",
    "Save",
    "Section",
    "TakenAway",
]


class Pin(models.Model):
    """A picture that somebody put on the wall, with the products that can be bought from it."""

    public_id = PublicIdField()
    author = models.ForeignKey("accounts.Profile", on_delete=models.PROTECT, related_name="+")
    image = models.ForeignKey("core.Image", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(
        "catalog.Category", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Forms count what a reader sees as one sign; a column counts code points.
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True, max_length=2000)
    link = models.URLField(blank=True, max_length=500)
    ai_made = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=PinState.choices(), default=PinState.DRAFT)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    comments_open = models.BooleanField(default=True)
    # Who meets it in lists (`feed.audience`).
    audience = models.CharField(
        max_length=9,
        choices=Audience.choices(),
        default=Audience.EVERYONE.value,
        db_default=Audience.EVERYONE.value,
    )
    # Counts are kept by the database's own arithmetic. Saves on secret boards are not counted:
    # a number that moves would tell of them. `popularity` decays, so it is recomputed in the
    # background and never at the moment of a save.
    saves_count = models.PositiveIntegerField(default=0)
    likes_count = models.PositiveIntegerField(default=0)
    comments_count = models.PositiveIntegerField(default=0)
    popularity = models.FloatField(default=0)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_down_reason = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    # One more with each edit, so that nobody writes over what they have not seen.
    version = models.PositiveIntegerField(default=1, db_default=1)
    # The author's own board that it goes to when it is published, and from then on lies on.
    board = models.ForeignKey(
        "feed.Board", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The product of the author's whose saves this pin carries, also when another one does by now.
    stands_for = models.ForeignKey(
        "catalog.Product",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    # The same of a service of the author's.
    stands_for_service = models.ForeignKey(
        "catalog.Service",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    # A draft that is due publishes itself.
    publish_at = models.DateTimeField(null=True, blank=True)
    # What it was before it was taken down or deleted, for the way back.
    state_before = models.CharField(max_length=12, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PinState]),
                name="pin_state_known",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[one.value for one in Audience]),
                name="pin_audience_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="pin_published_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(title=""), name="pin_published_has_title"
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(state="draft"),
                name="pin_only_a_draft_waits",
            ),
            models.CheckConstraint(
                condition=Q(state="deleted", deleted_at__isnull=False)
                | (~Q(state="deleted") & Q(deleted_at__isnull=True)),
                name="pin_deleted_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_down") | Q(taken_down_at__isnull=False),
                name="pin_taken_down_has_date",
            ),
        ]
        indexes = [
            # An author's own list, whatever their state.
            models.Index(fields=["author", "-id"], name="pin_own"),
            models.Index(
                F("author"),
                Coalesce("published_at", "created_at").desc(),
                F("id").desc(),
                name="pin_own_by_date",
            ),
            models.Index(
                F("author"),
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="pin_by_author",
            ),
            models.Index(
                F("popularity").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="pin_by_popularity",
            ),
            models.Index(
                F("category"),
                F("popularity").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="pin_by_category",
            ),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="pin_by_date",
            ),
            models.Index(
                fields=["publish_at"], condition=Q(publish_at__isnull=False), name="pin_due"
            ),
            models.Index(
                fields=["stands_for"], condition=Q(stands_for__isnull=False), name="pin_stands_for"
            ),
            models.Index(
                fields=["stands_for_service"],
                condition=Q(stands_for_service__isnull=False),
                name="pin_stands_for_service",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/pin/{self.public_id}/"


class PinPicture(models.Model):
    """A further picture of a pin: shown from close up, after the one that walls show and products
    stand on."""

    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="further", db_index=False)
    image = models.ForeignKey("core.Image", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pin", "position"], name="pin_picture_position_once"),
            models.UniqueConstraint(fields=["pin", "image"], name="pin_picture_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MAX_FURTHER), name="pin_picture_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class ProductTag(models.Model):
    """The point on a pin that names a product; `x` and `y` are shares of width and height."""

    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="tags")
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    variant = models.ForeignKey(
        "catalog.Variant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    x = models.DecimalField(max_digits=4, decimal_places=3)
    y = models.DecimalField(max_digits=4, decimal_places=3)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pin", "position"], name="tag_position_once"),
            models.UniqueConstraint(fields=["pin", "product"], name="tag_product_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=20), name="tag_at_most_20"
            ),
            models.CheckConstraint(
                condition=Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1), name="tag_on_the_picture"
            ),
        ]
        # The newest pins with a product, without reading all that ever had it.
        indexes = [models.Index(fields=["product", "-pin"], name="tag_by_product_pin")]

    def __str__(self) -> str:
        return f"{self.position}"


class ServiceTag(models.Model):
    """A pin shows what a service of its author's led to: together they are its portfolio."""

    pin = models.OneToOneField(
        Pin, primary_key=True, on_delete=models.CASCADE, related_name="service_tag"
    )
    service = models.ForeignKey(
        "catalog.Service", on_delete=models.CASCADE, related_name="portfolio"
    )

    def __str__(self) -> str:
        return f"{self.service_id} on {self.pin_id}"


class PinRevision(models.Model):
    """What a pin said before somebody changed it, from its first publication on."""

    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="revisions")
    # The user who changed it; None is the author in person, or somebody who is gone.
    by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    was = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["pin", "-id"], name="revision_by_pin")]

    def __str__(self) -> str:
        return f"{self.pin_id} before {self.at:%Y-%m-%d %H:%M}"


class AuthorLast(models.Model):
    """An author's newest published pin: lets a wall look only at the freshest authors.

    A pin costs one row here however many people follow its author.
    """

    author = models.OneToOneField(
        "accounts.Profile", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("last_at").desc(), name="author_last_at")]

    def __str__(self) -> str:
        return f"{self.author_id}"
