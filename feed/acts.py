"""What the log of a brand's team says about pins, boards and comments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import acts
from accounts.actions import record_act

PIN_ADDED = "feed.pin_added"
PIN_PUBLISHED = "feed.pin_published"
PIN_CHANGED = "feed.pin_changed"
PIN_SCHEDULED = "feed.pin_scheduled"
PIN_UNSCHEDULED = "feed.pin_unscheduled"
PIN_HIDDEN = "feed.pin_hidden"
PIN_DELETED = "feed.pin_deleted"
PIN_RESTORED = "feed.pin_restored"

SAVED = "feed.saved"
UNSAVED = "feed.unsaved"
NOTED = "feed.noted"
BOARD_MADE = "feed.board_made"
BOARD_CHANGED = "feed.board_changed"
BOARD_ARRANGED = "feed.board_arranged"
BOARD_DELETED = "feed.board_deleted"
BOARD_UNDONE = "feed.board_undone"
BOARD_LINKED = "feed.board_linked"
BOARD_UNLINKED = "feed.board_unlinked"
BOARD_ASKED = "feed.board_asked"
BOARD_TAKEN_OFF = "feed.board_taken_off"
BOARD_JOINED = "feed.board_joined"
BOARD_DECLINED = "feed.board_declined"
BOARD_LEFT = "feed.board_left"

COMMENTED = "feed.commented"
COMMENT_CHANGED = "feed.comment_changed"
COMMENT_DELETED = "feed.comment_deleted"
COMMENT_RESTORED = "feed.comment_restored"
COMMENTS_OPENED = "feed.comments_opened"
COMMENTS_CLOSED = "feed.comments_closed"


def register() -> None:
    """Make them known; once, when the app is ready."""
    for code, words in (
        (PIN_ADDED, _("made a pin")),
        (PIN_PUBLISHED, _("published a pin")),
        (PIN_CHANGED, _("changed a pin")),
        (PIN_SCHEDULED, _("set a time for a pin")),
        (PIN_UNSCHEDULED, _("took back the time of a pin")),
        (PIN_HIDDEN, _("took a pin off the wall")),
        (PIN_DELETED, _("deleted a pin")),
        (PIN_RESTORED, _("brought a pin back")),
    ):
        acts.register(code, words, group="pins")
    for code, words in (
        (SAVED, _("saved a pin")),
        (UNSAVED, _("took a pin off a board")),
        (NOTED, _("changed a note beside a pin")),
        (BOARD_MADE, _("made a board")),
        (BOARD_CHANGED, _("changed a board")),
        (BOARD_ARRANGED, _("arranged a board")),
        (BOARD_DELETED, _("deleted a board")),
        (BOARD_UNDONE, _("put back what was on a board")),
        (BOARD_LINKED, _("made a link to a secret board")),
        (BOARD_UNLINKED, _("ended the link to a secret board")),
        (BOARD_ASKED, _("asked somebody onto a board")),
        (BOARD_TAKEN_OFF, _("took somebody off a board")),
        (BOARD_JOINED, _("joined a board")),
        (BOARD_DECLINED, _("declined to join a board")),
        (BOARD_LEFT, _("left a board")),
    ):
        acts.register(code, words, group="boards")
    for code, words in (
        (COMMENTED, _("wrote a comment")),
        (COMMENT_CHANGED, _("changed a comment")),
        (COMMENT_DELETED, _("deleted a comment")),
        (COMMENT_RESTORED, _("brought a comment back")),
        (COMMENTS_OPENED, _("let others comment on a pin")),
        (COMMENTS_CLOSED, _("closed a pin to comments")),
    ):
        acts.register(code, words, group="comments")


def record(act: str, *, brand_id: int, user_id: int | None, subject: str, detail: str = "") -> None:
    """A line of what a member of a brand's team does in its name, in the caller's transaction.

    `user_id` is their primary key; None where people act for themselves: they have no log.
    """
    if user_id is not None:
        record_act(brand_id=brand_id, actor_id=user_id, act=act, subject=subject, detail=detail)
