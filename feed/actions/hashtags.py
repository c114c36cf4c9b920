"""Under which hashtags a pin stands: written with the pin, in the transaction of its change.

A pin costs its own rows here, however many follow what it says: walls ask (docs/adr/0004).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from core import clock
from core.db import retrying
from feed.hashtags import said_in_lists
from feed.models import HashtagFollow, Pin, PinHashtag

BATCH = 500
# Forgetting takes at most this much of the minute that a task has.
SECONDS = 15

# Held against being forgotten. Who follows one, or says it on another pin, does not wait.
_HELD = "SELECT name, id FROM feed_hashtag WHERE name = ANY(%s) ORDER BY id FOR KEY SHARE"
# In the order of their names: of two who make the same ones none waits for the other for ever.
_MAKE = """
INSERT INTO feed_hashtag (name, shown, followers_count, created_at)
SELECT name, shown, 0, %s FROM unnest(%s::text[], %s::text[]) AS one (name, shown) ORDER BY name
ON CONFLICT (name) DO NOTHING
"""
_UNUSED = """
followers_count = 0
AND NOT EXISTS (SELECT FROM feed_pinhashtag l WHERE l.hashtag_id = h.id)
AND NOT EXISTS (SELECT FROM feed_hashtagfollow f WHERE f.hashtag_id = h.id)
"""
_LOCK_UNUSED = f"""
SELECT id FROM feed_hashtag h WHERE (%(ids)s::bigint[] IS NULL OR id = ANY(%(ids)s)) AND {_UNUSED}
LIMIT {BATCH} FOR UPDATE SKIP LOCKED
"""  # noqa: S608 -- constants of ours
# Asked again: what was said before the lock was there is seen by now.
_FORGET = f"DELETE FROM feed_hashtag h WHERE id = ANY(%(ids)s) AND {_UNUSED}"  # noqa: S608


def keep_hashtags(pins: Sequence[Pin]) -> int:
    """Let pins that the caller holds stand under the hashtags that they say, as they are in these
    rows, and under none where they stand in no list. How many stood under others before.

    One query; up to four more where a pin says others than it did.
    """
    wanted = {(pin.pk, name): shown for pin in pins for name, shown in _said_by(pin).items()}
    dates = {pin.pk: pin.published_at for pin in pins}
    rows = PinHashtag.objects.filter(pin__in=list(dates))
    gone: dict[int, int] = {
        pk: pin
        for pk, pin, name, at in rows.values_list("pk", "pin", "hashtag__name", "published_at")
        # What stands there already is wanted no more.
        if at != dates[pin] or wanted.pop((pin, name), None) is None
    }
    if gone:
        PinHashtag.objects.filter(pk__in=list(gone)).delete()
    if wanted:
        ids = made({name: shown for (_pin, name), shown in wanted.items()})
        PinHashtag.objects.bulk_create(_link(pin, ids[name], dates[pin]) for pin, name in wanted)
    return len({*gone.values(), *(pin for pin, _name in wanted)})


def _link(pin: int, hashtag: int, at: datetime | None) -> PinHashtag:
    assert at is not None  # noqa: S101 -- published pins have a date (constraint)
    return PinHashtag(pin_id=pin, hashtag_id=hashtag, published_at=at)


def _said_by(pin: Pin) -> Mapping[str, str]:
    return said_in_lists(state=pin.state, audience=pin.audience, title=pin.title, text=pin.text)


def made(shown: Mapping[str, str]) -> dict[str, int]:
    """Keys of hashtags by name, made where there are none; nobody forgets them until the
    transaction ends. `shown` is how a new one is shown."""
    names = sorted(shown)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_HELD, [names])
            found = dict(cursor.fetchall())
            if missing := [name for name in names if name not in found]:
                cursor.execute(_MAKE, [clock.now(), missing, [shown[name] for name in missing]])
                continue
            return found


def forget_unused(ids: Collection[int] | None = None) -> int:
    """Drop hashtags, or those of some keys, that no pin says and nobody follows; how many. In the
    caller's transaction; one that somebody is about to use is passed over."""
    wanted = None if ids is None else list(ids)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_UNUSED, {"ids": wanted})
        held = [row[0] for row in cursor.fetchall()]
        if held:
            cursor.execute(_FORGET, {"ids": held})
        return cursor.rowcount if held else 0


def forget_hashtags() -> int:
    """Drop every hashtag that no pin says and nobody follows; how many. In batches, each in a
    transaction of its own; what there is no time for waits for the next day."""
    until, dropped = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        with transaction.atomic():
            batch = forget_unused()
        if not batch:
            break
        dropped += batch
    return dropped


def used_by(*, profile_id: int) -> set[int]:
    """Keys of the hashtags that somebody's pins say, or that they follow. Two queries."""
    said = PinHashtag.objects.filter(pin__author=profile_id).values_list("hashtag", flat=True)
    followed = HashtagFollow.objects.filter(profile=profile_id).values_list("hashtag", flat=True)
    return {*said, *followed}


def mend_hashtags() -> int:
    """Let every pin stand under what it says, where code of the release before wrote pins and no
    hashtags; how many did not. People may pin meanwhile."""
    return sum(_mend(pks) for pks in _batches())


def _batches() -> Iterator[list[int]]:
    after = 0
    pins = Pin.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(pins.filter(pk__gt=after)[:BATCH]):
        after = batch[-1]
        yield batch


@retrying
@transaction.atomic
def _mend(pks: list[int]) -> int:
    held = Pin.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    return keep_hashtags(list(held))
