"""`notify`: one fact, several people, each told once by each way they want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.actions import change_unread_count
from accounts.queries import deaf_to
from core.events import publish
from notifications import wording
from notifications.actions.live import push_live
from notifications.events import MailQueued
from notifications.kinds import Channel, Kind, kind_of
from notifications.models import Mail, Notice, Preference
from notifications.types import Recipient
from notifications.wording import Words

log = structlog.get_logger(__name__)

MAX_KEY = 100


@dataclass(frozen=True)
class _Fact:
    """What all recipients of one call have in common."""

    kind: Kind
    event_key: str
    context: dict[str, Any]
    words: Words
    reply_to: str = ""
    actor_id: int | None = None


def notify(
    *,
    kind: str,
    event_key: str,
    recipients: Sequence[Recipient],
    context: dict[str, Any],
    reply_to: str = "",
    actor_id: int | None = None,
) -> None:
    """Tell each recipient once, however often this is called for the same event.

    `kind` is a registered code, `event_key` names the event (`order:1042:paid`). The templates of
    the kind are rendered with `context`: strings and numbers; `url` is the path that the notice
    leads to, `action` the words on its button, `image_id` the core.Image to show. Notices, unread
    counts and mails are rows of the caller's transaction; sending follows the commit. An answer to
    the mail goes to `reply_to`, a checked address, where one is given. `actor_id` is the profile
    that did it: whoever muted them, or is parted from them by a block, is not told.
    """
    registered = kind_of(kind)
    words = wording.words_for(registered, context)
    fact = _Fact(
        registered, event_key[:MAX_KEY], context, words, _address(reply_to) or "", actor_id
    )
    if actor_id is not None:
        ids = [one.profile_id for one in recipients if one.profile_id is not None]
        deaf = deaf_to(profile_id=actor_id, among=ids)
        recipients = [one for one in recipients if one.profile_id not in deaf]
    # Within the caller's transaction; a savepoint of its own would only cost time.
    with transaction.atomic(savepoint=False):
        allowed = _channels(registered, recipients)
        _write_notices(fact, [one for one in recipients if "in_app" in allowed[one.profile_id]])
        _write_mails(fact, [one for one in recipients if "email" in allowed[one.profile_id]])


def _channels(kind: Kind, recipients: Sequence[Recipient]) -> dict[int | None, set[Channel]]:
    """What each profile wants of this kind; None stands for people without one."""
    ids = {one.profile_id for one in recipients}
    allowed: dict[int | None, set[Channel]] = {one: set(kind.channels) for one in ids}
    known = [one for one in ids if one is not None]
    for row in Preference.objects.filter(profile_id__in=known, kind=kind.code):
        chosen: dict[Channel, bool] = {"in_app": row.in_app, "email": row.email}
        allowed[row.profile_id] = {name for name, on in chosen.items() if on}
    for channels in allowed.values():
        channels |= set(kind.locked)
    return allowed


def _write_notices(fact: _Fact, recipients: list[Recipient]) -> None:
    rows = {
        (one.profile_id, one.sub): Notice(
            profile_id=one.profile_id,
            kind=fact.kind.code,
            group=fact.kind.group,
            event_key=fact.event_key,
            sub=one.sub,
            title=fact.words.title,
            body=fact.words.body,
            url=fact.words.url,
            action=fact.words.action[:60],
            image_id=fact.context.get("image_id"),
            actor_id=fact.actor_id,
        )
        for one in recipients
        if one.profile_id is not None
    }
    # Counts are raised in the order of profiles, so that two facts cannot wait for each other.
    for (profile_id, _sub), fresh in sorted(_insert_new(Notice, rows).items()):
        if fresh:
            unread = change_unread_count(profile_id=profile_id, delta=1)
            push_live(profile_ids=[profile_id], event="badge", data={"unread": unread})


def _write_mails(fact: _Fact, recipients: list[Recipient]) -> None:
    rows = {}
    for one in recipients:
        address = _address(one.email)
        if address is None:
            continue
        text, html = wording.mail_for(
            fact.kind,
            fact.words,
            fact.context,
            name=one.name,
            has_profile=one.profile_id is not None,
        )
        rows[address, one.sub] = Mail(
            profile_id=one.profile_id,
            kind=fact.kind.code,
            event_key=fact.event_key,
            sub=one.sub,
            address=address,
            name=wording.one_line(one.name)[:100],
            reply_to=fact.reply_to,
            subject=fact.words.title,
            text=text,
            html=html,
        )
    for mail_id in _insert_new(Mail, rows).values():
        if mail_id is not None:
            publish(MailQueued(mail_id=mail_id))


def _insert_new(model: type[Notice | Mail], rows: dict[Any, Any]) -> dict[Any, int | None]:
    """Insert what is not there yet. By key: its primary key, or None for one that was there."""
    if not rows:
        return {}
    keys = sorted(rows)
    model.objects.bulk_create([rows[key] for key in keys], ignore_conflicts=True)
    # Public ids are ours: a row that can be read by its own was inserted by this call.
    fresh = model.objects.filter(public_id__in=[row.public_id for row in rows.values()])
    stored = dict(fresh.values_list("public_id", "pk"))
    return {key: stored.get(rows[key].public_id) for key in keys}


def _address(email: str | None) -> str | None:
    """The address in the form in which it counts once, or None where no mail can go."""
    if not email:
        return None
    try:
        validate_email(email)
    except ValidationError:
        log.warning("mail_address_refused")
        return None
    local, _at, domain = email.rpartition("@")
    return f"{local}@{domain.lower()}"
