"""Who is told what of likes, comments and boards. The words are in templates/feed/notices/.

A person is told once of one thing: whoever is answered, named and owns the pin reads the first of
the three. Nobody hears of what they did themselves, nor of somebody they blocked or muted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import contacts_of, deaf_to, profile_refs
from accounts.types import ProfileRef
from feed.comments import visible_comments
from feed.events import (
    BoardInvited,
    BoardJoined,
    CommentEdited,
    CommentLiked,
    CommentWritten,
    PinLiked,
)
from feed.models import Board, BoardMember, CommentLike, Pin, PinLike
from notifications.actions import notify
from notifications.kinds import CHANNELS, Channel, Kind, register
from notifications.types import Recipient

IN_APP: tuple[Channel, ...] = ("in_app",)
# Who may answer for a brand to people who talk about its pins.
TALKERS = {"catalogue", "chat"}
# Who looks after a brand's pins; owners always do.
PINNERS = {"catalogue"}


def register_kinds() -> None:
    """Called once, when apps are ready."""
    for code, label, channels, group in (
        ("like", gettext_lazy("Likes of your pins"), IN_APP, "social"),
        ("comment", gettext_lazy("Comments on your pins"), IN_APP, "replies"),
        ("reply", gettext_lazy("Answers to your comments"), CHANNELS, "replies"),
        ("mention", gettext_lazy("When somebody names you"), CHANNELS, "replies"),
        ("comment_like", gettext_lazy("Likes of your comments"), IN_APP, "social"),
        ("board_invite", gettext_lazy("Invitations to boards"), CHANNELS, "social"),
        ("board_joined", gettext_lazy("People who join your boards"), IN_APP, "social"),
        ("not_published", gettext_lazy("A pin of yours missed its time"), CHANNELS, "social"),
    ):
        register(Kind(f"feed.{code}", label, channels, group=group))


@dataclass(frozen=True, kw_only=True)
class _Said:
    """A comment that can still be seen, as the messages about it need it."""

    pk: int
    author: ProfileRef
    text: str
    url: str
    title: str
    image_id: int
    pin_author: int
    answered: int | None
    mentioned: list[int]


def _said(public_id: str) -> _Said | None:
    comment = (
        visible_comments()
        .select_related("pin", "answers")
        .prefetch_related("mentions")
        .filter(public_id=public_id)
        .first()
    )
    author = profile_refs(ids=[comment.author_id]).get(comment.author_id) if comment else None
    if comment is None or author is None:
        return None
    return _Said(
        pk=comment.pk,
        author=author,
        text=comment.text,
        url=comment.get_absolute_url(),
        title=comment.pin.title,
        image_id=comment.pin.image_id,
        pin_author=comment.pin.author_id,
        answered=comment.answers.author_id if comment.answers else None,
        mentioned=[one.profile_id for one in comment.mentions.all()],
    )


def tell_of_comment(event: CommentWritten) -> None:
    """The one who is answered, those who are named, and the pin's owner: each once."""
    said = _said(event.comment_id)
    if said is None:
        return
    told = _people(said.author.id)
    if said.answered is not None:
        _tell_said("reply", said, [said.answered], told)
    _tell_said("mention", said, said.mentioned, told)
    _tell_said("comment", said, [said.pin_author], told)


def tell_of_edit(event: CommentEdited) -> None:
    """Those who are named now and were not before; the others have heard of the comment."""
    said = _said(event.comment_id)
    if said is None:
        return
    told = _people(said.author.id) | _people(said.pin_author)
    if said.answered is not None:
        told |= _people(said.answered)
    _tell_said("mention", said, [one for one in said.mentioned if one in event.mentioned], told)


def _people(profile_id: int) -> set[int]:
    """Profiles of those who act for a person or a brand."""
    return {one.profile_id for one in contacts_of(profile_id=profile_id)} | {profile_id}


def _tell_said(kind: str, said: _Said, whom: Iterable[int], told: set[int]) -> None:
    """Tell of a comment, and add to `told` who was."""
    recipients = _recipients(whom, by=said.author.id, told=told)
    told |= {one.profile_id for one in recipients if one.profile_id is not None}
    _notify(
        kind,
        f"comment:{said.pk}",
        recipients,
        who=said.author,
        title=said.title,
        url=said.url,
        action=_("Read it"),
        text=said.text[:300],
        image_id=said.image_id,
    )


def _recipients(whom: Iterable[int], *, by: int, told: Collection[int] = ()) -> list[Recipient]:
    """Who acts for these profiles, without those who were told or do not want to hear of `by`."""
    wanted = set(whom)
    wanted -= deaf_to(profile_id=by, among=wanted) | {by}
    people = {
        one.profile_id: one
        for profile_id in sorted(wanted)
        for one in contacts_of(profile_id=profile_id, roles=TALKERS)
    }
    left_out = deaf_to(profile_id=by, among=people) | set(told)
    return [
        Recipient(profile_id=one.profile_id, email=one.email, name=one.name)
        for one in people.values()
        if one.profile_id not in left_out
    ]


def _notify(
    kind: str, key: str, recipients: list[Recipient], *, who: ProfileRef, **context: Any
) -> None:
    if recipients:
        notify(
            kind=f"feed.{kind}",
            event_key=key,
            recipients=recipients,
            context={"who": who.name, **context},
            actor_id=who.id,
        )


def tell_of_like(event: PinLiked) -> None:
    """The pin's owner, once for each person however often they change their mind."""
    like = (
        PinLike.objects.filter(
            pin__public_id=event.pin_id, profile=event.profile_id, pin__state="published"
        )
        .select_related("pin")
        .first()
    )
    who = profile_refs(ids=[event.profile_id]).get(event.profile_id)
    if like is None or who is None:
        return
    _notify(
        "like",
        f"like:pin:{like.pin_id}:{who.id}",
        _recipients([like.pin.author_id], by=who.id, told=_people(who.id)),
        who=who,
        title=like.pin.title,
        url=like.pin.get_absolute_url(),
        action=_("See the pin"),
        image_id=like.pin.image_id,
    )


def tell_of_comment_like(event: CommentLiked) -> None:
    """The comment's author, once for each person."""
    said = _said(event.comment_id)
    who = profile_refs(ids=[event.profile_id]).get(event.profile_id)
    if said is None or who is None:
        return
    if not CommentLike.objects.filter(comment=said.pk, profile=who.id).exists():
        return
    _notify(
        "comment_like",
        f"like:comment:{said.pk}:{who.id}",
        _recipients([said.author.id], by=who.id, told=_people(who.id)),
        who=who,
        title=said.title,
        url=said.url,
        action=_("Read it"),
        text=said.text[:300],
        image_id=said.image_id,
    )


def tell_of_invitation(event: BoardInvited) -> None:
    """Whoever is asked to join, unless that was taken back meanwhile."""
    asked = BoardMember.objects.filter(
        board__public_id=event.board_id,
        profile=event.profile_id,
        state=BoardMember.State.INVITED,
    )
    board = Board.objects.filter(public_id=event.board_id).first()
    owner = profile_refs(ids=[event.owner_id]).get(event.owner_id)
    if board is None or owner is None or not asked.exists():
        return
    _notify(
        "board_invite",
        f"board:{board.pk}:invite:{event.profile_id}",
        _recipients([event.profile_id], by=owner.id),
        who=owner,
        title=board.title,
        url=board.get_absolute_url(),
        action=_("Look at it"),
    )


def tell_of_joining(event: BoardJoined) -> None:
    """The owner of the board."""
    board = Board.objects.filter(public_id=event.board_id).first()
    who = profile_refs(ids=[event.profile_id]).get(event.profile_id)
    if board is None or who is None:
        return
    _notify(
        "board_joined",
        f"board:{board.pk}:joined:{who.id}",
        _recipients([event.owner_id], by=who.id),
        who=who,
        title=board.title,
        url=board.get_absolute_url(),
        action=_("See the board"),
    )


def tell_not_published(pin: Pin, *, due: datetime | None, reason: str) -> None:
    """Tell the author, or a brand's team, that a pin could not go on the wall, and why."""
    author = pin.author
    where = {"public_id": pin.public_id}
    if author.kind == author.Kind.BRAND:
        url = reverse("feed:studio_pin_edit", kwargs={"handle": author.handle, **where})
    else:
        url = reverse("feed:my_pin_edit", kwargs=where)
    notify(
        kind="feed.not_published",
        event_key=f"pin:{pin.public_id}:due:{due:%Y%m%d%H%M}",
        recipients=[
            Recipient(profile_id=one.profile_id, email=one.email, name=one.name)
            for one in contacts_of(profile_id=author.pk, roles=PINNERS)
        ],
        context={"title": pin.title, "reason": reason, "url": url, "action": _("Open the pin")},
    )
