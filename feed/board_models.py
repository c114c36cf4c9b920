"""Rows of boards: whose they are, who may arrange them, and which pin stands where."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.ids import PublicIdField, SecretIdField
from core.text import room
from feed.types import MAX_BOARD_TEXT, MAX_NOTE


class Board(models.Model):
    """A collection of pins with an owner, and with people whom the owner let in."""

    public_id = PublicIdField()
    owner = models.ForeignKey("accounts.Profile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=400)
    slug = models.SlugField(max_length=90, allow_unicode=True)
    text = models.TextField(blank=True, max_length=MAX_BOARD_TEXT)
    secret = models.BooleanField(default=False)
    # Shown first among the covers while it is on the board; without one the newest are.
    cover = models.ForeignKey(
        "feed.Pin", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    pins_count = models.PositiveIntegerField(default=0)
    # Also while it is secret: who followed it then follows it again when it is not (ADR 0071).
    followers_count = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()
    last_saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("owner"), Lower("title"), name="board_title_once"),
        ]
        indexes = [models.Index(fields=["owner", "-last_saved_at"], name="board_by_owner")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/board/{self.public_id}/{self.slug}/"


class BoardLink(models.Model):
    """What lets whoever knows its key look at a secret board. Ended, it is gone."""

    board = models.OneToOneField(Board, on_delete=models.CASCADE, related_name="link")
    key = SecretIdField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"a link to {self.board_id}"


class Section(models.Model):
    """A named part of a board."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(max_length=400)
    # Dense from zero after each move; while two are made at once they may share a place.
    position = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(F("board"), Lower("title"), name="section_title_once"),
        ]

    def __str__(self) -> str:
        return self.title


class BoardMember(models.Model):
    """Somebody whom a board's owner asked to save and arrange with them."""

    class State(models.TextChoices):
        INVITED = "invited"
        JOINED = "joined"
        DECLINED = "declined"

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="members")
    profile = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.INVITED)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "profile"], name="board_member_once"),
            models.CheckConstraint(
                condition=Q(state="invited", answered_at__isnull=True)
                | Q(state__in=["joined", "declined"], answered_at__isnull=False),
                name="board_member_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["profile", "board"],
                condition=Q(state="joined"),
                name="board_member_by_profile",
            )
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} on {self.board_id}"


class BoardFollow(models.Model):
    """Somebody follows a board of somebody else. Its count moves in the same transaction."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="follows")
    # The constraint begins with it, and serves as its index.
    profile = models.ForeignKey(
        "accounts.Profile", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "board"], name="board_follow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} → {self.board_id}"


class Save(models.Model):
    """A pin on a board. The pin keeps its author: credit stays with whoever made it.

    `rank` orders the pins of a board, the smallest first. A fresh save takes the negative of its
    moment in microseconds, so that the newest comes first and nobody has to look at the others;
    a moved one takes a number between its neighbours (`feed.ranks`).

    `note` is what its saver says of it on this board: who saves anew what another had saved begins
    without one, and it does not go along to another board.
    """

    pin = models.ForeignKey("feed.Pin", on_delete=models.CASCADE, related_name="saves")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="saves")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="saves"
    )
    saver = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    rank = models.BigIntegerField()
    note = models.CharField(max_length=room(MAX_NOTE), blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    # Who last gave it another place on the board, and when.
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        "accounts.Profile",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "pin"], name="save_once_per_board"),
        ]
        indexes = [
            models.Index(fields=["saver", "pin"], name="save_by_saver"),
            models.Index(fields=["saver", "-created_at"], name="save_by_saver_date"),
            # The newest boards with a pin, without reading all that ever held it.
            models.Index(fields=["pin", "-created_at", "-id"], name="save_by_pin_date"),
            models.Index(fields=["board", "-created_at"], name="save_by_board_date"),
            models.Index(fields=["board", "section", "rank", "id"], name="save_by_board_rank"),
            models.Index(
                fields=["board", "-moved_at"],
                condition=Q(moved_at__isnull=False),
                name="save_by_board_moved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pin_id} on {self.board_id}"


class TakenAway(models.Model):
    """What an act took off a board, kept for a day so that Undo can put it back.

    What is gone is gone from every table that anybody reads: nothing has to remember to leave
    it out. `data` is written and read by `feed.actions.undoing` only.
    """

    class Kind(models.TextChoices):
        BOARD = "board"
        SECTION = "section"
        PINS = "pins"
        MOVED = "moved"
        MEMBER = "member"
        NOTE = "note"
        UNSAVED = "unsaved"

    public_id = PublicIdField()
    actor = models.ForeignKey("accounts.Profile", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    title = models.CharField(max_length=400)
    data = models.JSONField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "taken away"

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
