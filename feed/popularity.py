"""How popular a pin is: what people did with it, fading with age.

`popularity = (1 + 3 * saves + clicks of 30 days) / (days + 2) ** 0.6`, a gentler slope than
news sites use, because a lamp is as good next month. Recomputed in the background: a save
never waits for a ranking.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from core import clock
from feed.documents import KIND
from search.actions import set_popularity
from tracking.queries import click_counts

FRESH_DAYS = 60
CLICK_DAYS = 30

# Old pins change their place so slowly that only those somebody touched are worth a write.
UPDATE = """
UPDATE feed_pin p
SET popularity = round((
    (1 + 3 * p.saves_count + coalesce(c.clicks, 0))
    / power(greatest(extract(epoch FROM %(now)s - p.published_at), 0) / 86400 + 2, 0.6)
)::numeric, 4)
FROM feed_pin due
LEFT JOIN unnest(%(clicked)s::text[], %(counts)s::bigint[]) AS c(public_id, clicks)
    ON c.public_id = due.public_id
WHERE p.id = due.id AND p.state = 'published' AND (
    due.published_at > %(since)s
    OR c.clicks IS NOT NULL
    OR EXISTS (SELECT FROM feed_save s WHERE s.pin_id = due.id AND s.created_at > %(since)s)
)
RETURNING p.public_id, p.popularity
"""
# So many documents of the index are changed at a time: nobody who saves a pin waits for all.
_BATCH = 1000


def refresh() -> int:
    """Recompute what can have changed, in the search index as well; returns how many pins were
    written. Products have none: the index keeps 0 for them, and the words decide alone."""
    now = clock.now()
    clicks = click_counts(source="pin", since=(now - timedelta(days=CLICK_DAYS)).date())
    with connection.cursor() as cursor:
        cursor.execute(
            UPDATE,
            {
                "now": now,
                "since": now - timedelta(days=FRESH_DAYS),
                "clicked": list(clicks),
                "counts": list(clicks.values()),
            },
        )
        written = cursor.fetchall()
    for start in range(0, len(written), _BATCH):
        set_popularity(kind=KIND, values=dict(written[start : start + _BATCH]))
    return len(written)
