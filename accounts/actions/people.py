"""Persons: joining, what they like, the small numbers every page shows, suspension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actions.log_ins import end_sessions
from accounts.documents import index_profiles
from accounts.errors import TooManyTopics
from accounts.events import PersonJoined, PersonRestored, PersonSuspended
from accounts.models import Profile, User
from accounts.moves import move
from accounts.naming import checked_name, save_as
from accounts.queries import topic_followers
from core.errors import NotFound
from core.events import publish

MAX_INTERESTS = 12

_CHANGE_UNREAD = """
UPDATE accounts_profile SET unread_count = greatest(unread_count + %s, 0)
WHERE id = %s RETURNING unread_count
"""


def create_person(
    *,
    name: str,
    user_id: int | None = None,
    email: str = "",
    password: str | None = None,
    handle: str = "",
    bio: str = "",
    links: Sequence[str] = (),
    picture_id: int | None = None,
) -> Profile:
    """Give a user a profile, or make user and profile at once from `email`.

    Without a handle a free one is found for the name. A user made here counts as verified only
    after allauth says so; the caller adds the address there. Raises HandleRefused, NameRefused.
    """
    with transaction.atomic():
        if user_id is None:
            user_id = User.objects.create_user(email, password).pk
        profile = Profile(
            kind=Profile.Kind.PERSON,
            user_id=user_id,
            name=checked_name(name),
            bio=bio,
            links=list(links),
            picture_id=picture_id,
            state=Profile.State.APPROVED,
        )
        save_as(profile, handle)
        index_profiles(ids=[profile.pk])
        publish(PersonJoined(profile_id=profile.pk))
    return profile


def choose_interests(*, profile_id: int, slugs: Sequence[str]) -> list[str]:
    """Keep what somebody likes, as category slugs, each once; returns what was kept.

    The slugs are checked by the caller, who knows the categories. Topics count who follows them by
    a trigger (ADR 0074), which holds them to the end of the transaction: let it end soon.
    """
    kept = list(dict.fromkeys(slugs))[:MAX_INTERESTS]
    _open(profile_id).update(interests=kept)
    return kept


def follow_topic(*, profile_id: int, slug: str) -> int:
    """Put a category behind what somebody likes; one that they like stays where it is. How many
    follow it now.

    The slug is checked by the caller. Raises TooManyTopics, NotFound for a closed account.
    """
    with transaction.atomic():
        liked = _liked(profile_id)
        if slug not in liked:
            if len(liked) >= MAX_INTERESTS:
                raise TooManyTopics
            choose_interests(profile_id=profile_id, slugs=[*liked, slug])
        return topic_followers(slug=slug)


def unfollow_topic(*, profile_id: int, slug: str) -> int:
    """Take a category from what somebody likes, if it is there. How many follow it now.
    Raises NotFound for a closed account."""
    with transaction.atomic():
        rest = [one for one in _liked(profile_id) if one != slug]
        choose_interests(profile_id=profile_id, slugs=rest)
        return topic_followers(slug=slug)


def _liked(profile_id: int) -> list[str]:
    """What somebody likes, locked: of two who change it the second sees what the first wrote."""
    rows = _open(profile_id).select_for_update(no_key=True)
    interests = rows.values_list("interests", flat=True).first()
    if interests is None:
        raise NotFound(_("This account is closed."))
    return list(interests)


def _open(profile_id: int) -> QuerySet[Profile]:
    """The profile, but for a closed one, which likes nothing any more and is counted nowhere."""
    return Profile.objects.filter(id=profile_id).exclude(state=Profile.State.CLOSED)


def choose_letter_keys(*, user_id: int, on: bool) -> None:
    """Whether pages listen to single letters of somebody, in every browser of theirs."""
    User.objects.filter(pk=user_id).update(letter_keys=on)


def change_unread_count(*, profile_id: int, delta: int) -> int:
    """Move the number on the bell, never below nought; returns the new one."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE_UNREAD, [delta, profile_id])
        row = cursor.fetchone()
    return row[0] if row else 0


def set_bag_count(*, profile_id: int, count: int) -> None:
    """Write the number on the bag."""
    Profile.objects.filter(id=profile_id).update(bag_count=count)


def suspend_person(*, profile_id: int, operator_id: int, reason: str) -> None:
    """Hide a person everywhere and end every session of theirs. Raises WrongState, NotFound."""
    _decide(profile_id, Profile.State.SUSPENDED, operator_id, reason)


def restore_person(*, profile_id: int, operator_id: int, reason: str = "") -> None:
    """Undo a suspension. Raises WrongState, NotFound."""
    _decide(profile_id, Profile.State.APPROVED, operator_id, reason)


def _decide(profile_id: int, to_state: str, operator_id: int, reason: str) -> None:
    with transaction.atomic():
        profile = (
            Profile.objects.select_for_update()
            .filter(id=profile_id, kind=Profile.Kind.PERSON)
            .first()
        )
        if profile is None:
            raise NotFound(_("There is no such person."))
        decision_id = move(profile, to_state=to_state, actor_id=operator_id, reason=reason)
        User.objects.filter(profile=profile).update(is_active=to_state == Profile.State.APPROVED)
        if to_state == Profile.State.SUSPENDED:
            end_sessions(user_id=cast(int, profile.user_id))
            publish(
                PersonSuspended(
                    profile_id=profile.pk,
                    reason=reason,
                    name=profile.name,
                    decision_id=decision_id,
                )
            )
        else:
            publish(PersonRestored(profile_id=profile.pk))
