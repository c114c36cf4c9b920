"""What the feed does when it hears of something below it."""

from __future__ import annotations

from accounts.actions import login_hooks
from accounts.events import (
    BrandApproved,
    BrandClosed,
    BrandSuspended,
    PersonRestored,
    PersonSuspended,
    ProfileBlocked,
)
from accounts.queries import approved_ids
from core.events import subscribe
from feed import guest, notices
from feed.access import hold_boards_of
from feed.actions import follows, members
from feed.actions.publishing import (
    index_on_wall,
    index_pins,
    keep_on_its_board,
    settle_pictures,
)
from feed.events import (
    BoardInvited,
    BoardJoined,
    CommentEdited,
    CommentLiked,
    CommentWritten,
    PinLiked,
)
from feed.models import Comment, Pin
from feed.types import CommentState, PinState
from search.actions import remove_documents

_BATCH = 200


def connect() -> None:
    subscribe(BrandApproved, show_pins)
    subscribe(BrandSuspended, hide_pins)
    subscribe(BrandClosed, hide_pins)
    subscribe(PersonRestored, show_pins_of_person)
    subscribe(PersonSuspended, hide_pins_of_person)
    subscribe(ProfileBlocked, end_sharing)
    subscribe(PinLiked, notices.tell_of_like)
    subscribe(CommentWritten, notices.tell_of_comment)
    subscribe(CommentEdited, notices.tell_of_edit)
    subscribe(CommentLiked, notices.tell_of_comment_like)
    subscribe(BoardInvited, notices.tell_of_invitation)
    subscribe(BoardJoined, notices.tell_of_joining)
    login_hooks.register(hook=guest.merge)


def end_sharing(event: ProfileBlocked) -> None:
    """Who blocks each other neither arranges nor follows one another's boards."""
    between = {"one_id": event.blocker_id, "other_id": event.blocked_id}
    hold_boards_of(owner_ids=between.values())
    members.part_ways(**between)
    follows.part_ways(**between)


def show_pins(event: BrandApproved) -> None:
    """A brand became public: its pins can be found."""
    _follow_author(event.profile_id)


def hide_pins(event: BrandSuspended | BrandClosed) -> None:
    """A brand is not public any more: its pins cannot be found. Walls leave them out by query."""
    _follow_author(event.profile_id)


def show_pins_of_person(event: PersonRestored) -> None:
    """The same for a person."""
    _follow_author(event.profile_id)


def hide_pins_of_person(event: PersonSuspended) -> None:
    """The same for a person."""
    _follow_author(event.profile_id)


def _follow_author(author_id: int) -> None:
    """Pins can be found, and their pictures seen, while their author is public. Asked now: facts
    may come out of order.

    The pins are held before anything is asked, so that an act or another fact which changes what
    is found writes before or after us, never beneath us. The pictures of a batch are a fact of
    their own, for whoever holds them looks at every table that has pictures.
    """
    mine = Pin.objects.filter(author=author_id, state=PinState.PUBLISHED).order_by("pk")
    held = mine.select_for_update(of=("self",), no_key=True).select_related("board")
    after = 0
    while pins := list(held.filter(pk__gt=after)[:_BATCH]):
        after = pins[-1].pk
        if approved_ids(ids=[author_id]):
            index_pins(pins)
            for pin in pins:
                keep_on_its_board(pin)
        else:
            remove_documents(kind="pin", public_ids=[pin.public_id for pin in pins])
        settle_pictures(*pins)
    _follow_words(author_id)


def _follow_words(author_id: int) -> None:
    """The hashtags that somebody left under pins of others find these while they are public."""
    said = Comment.objects.filter(
        author=author_id, state=CommentState.VISIBLE, text__contains="#"
    ).values("pin")
    index_on_wall(Pin.objects.filter(pk__in=said).exclude(author=author_id))
