"""Leaving breadcrumbs: counted for all, kept by name only for those who agreed."""

from collections import Counter
from collections.abc import Collection, MutableMapping, Sequence
from typing import Any, Protocol

from django.core.cache import cache
from django.db import connection, transaction

from core import clock
from tracking.consent import MEASURE, PURPOSES
from tracking.models import ConsentChoice, TouchRow
from tracking.session import remember
from tracking.tokens import read_touch
from tracking.types import Touch

__all__ = ["choose", "forget_person", "record_click", "record_impressions"]

MAX_TOKENS = 100
_SEEN_AGAIN_AFTER = 24 * 3600

# In key order, so that two beacons with the same cards cannot wait for each other.
_COUNT = """
INSERT INTO tracking_dailycount (day, source, ref, product, impressions, clicks)
SELECT %s, source, ref, product, seen, clicked
FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])
    AS one(source, ref, product, seen, clicked)
ORDER BY source, ref, product
ON CONFLICT (source, ref, product, day) DO UPDATE SET
    impressions = tracking_dailycount.impressions + excluded.impressions,
    clicks = tracking_dailycount.clicks + excluded.clicks
"""


class Visitor(Protocol):
    """What tracking asks of `request.viewer`."""

    @property
    def user(self) -> Any: ...
    @property
    def limit_key(self) -> str: ...
    @property
    def consent(self) -> Any: ...


def record_impressions(*, tokens: Sequence[str], viewer: Visitor) -> int:
    """Count cards that were seen; returns how many counted.

    Takes the first hundred tokens, each once, and ignores those that are not ours. The same
    visitor counts once a day for a card, as far as the cache remembers; guests at one address are
    one visitor, for nobody could tell them from a program that keeps no cookies.
    """
    touches = [read_touch(token=token) for token in dict.fromkeys(tokens[:MAX_TOKENS])]
    known = [touch for touch in touches if touch is not None]
    fresh = _not_today(known, "seen", viewer)
    if fresh:
        with transaction.atomic():
            _count(fresh, seen=1)
            _keep(fresh, viewer, TouchRow.Kind.SEEN)
    return len(fresh)


def record_click(*, touch: Touch, session: MutableMapping[str, Any], viewer: Visitor) -> None:
    """Remember in the session what led here, and count it as an impression is counted: clicks rank
    pins. One statement, two with consent.
    """
    remember(session, touch)
    fresh = _not_today([touch], "clicked", viewer)
    if fresh:
        with transaction.atomic():
            _count(fresh, clicked=1)
            _keep(fresh, viewer, TouchRow.Kind.CLICKED)


def choose(*, actor_id: int, purposes: Collection[str]) -> list[str]:
    """Keep what a member agrees to from now on; returns it, without unknown purposes.

    Choosing the same again adds no row. Without MEASURE, what was kept of them by name is dropped;
    counts stay counts.
    """
    kept = [purpose for purpose in PURPOSES if purpose in purposes]
    with transaction.atomic():
        last = ConsentChoice.objects.filter(actor_id=actor_id).order_by("-id").first()
        if last is None or last.purposes != kept:
            ConsentChoice.objects.create(actor_id=actor_id, purposes=kept)
        if MEASURE not in kept:
            TouchRow.objects.filter(actor_id=actor_id).delete()
    return kept


def forget_person(*, actor_id: int) -> None:
    """Drop everything that is kept of somebody by name: their account is deleted."""
    TouchRow.objects.filter(actor_id=actor_id).delete()
    ConsentChoice.objects.filter(actor_id=actor_id).delete()


def _not_today(touches: list[Touch], what: str, viewer: Visitor) -> list[Touch]:
    who = f"{what}:{clock.now().date().isoformat()}:{viewer.limit_key}"
    names = {
        f"{who}:{one.source}:{one.ref.encode().hex()}:{one.product or ''}": one for one in touches
    }
    if not names:
        return []
    seen = cache.get_many(list(names))
    fresh = {name: touch for name, touch in names.items() if name not in seen}
    if fresh:
        cache.set_many(dict.fromkeys(fresh, 1), _SEEN_AGAIN_AFTER)
    return list(fresh.values())


def _count(touches: list[Touch], *, seen: int = 0, clicked: int = 0) -> None:
    times = Counter((one.source, one.ref, one.product or "") for one in touches)
    columns: list[list[Any]] = [[name[index] for name in times] for index in range(3)]
    columns.append([count * seen for count in times.values()])
    columns.append([count * clicked for count in times.values()])
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [clock.now().date(), *columns])


def _keep(touches: list[Touch], viewer: Visitor, kind: TouchRow.Kind) -> None:
    if viewer.user is None or MEASURE not in viewer.consent:
        return
    TouchRow.objects.bulk_create(
        TouchRow(
            actor_id=viewer.user.pk,
            kind=kind,
            source=touch.source,
            ref=touch.ref,
            product=touch.product or "",
            at=touch.at,
        )
        for touch in touches
    )
