"""How popular a pin is: what people did with it, fading with age.

`popularity = (1 + 3 * saves + clicks of 30 days) / (days + 2) ** 0.6`, a gentler slope than
news sites use, because a lamp is as good next month. Recomputed in the background: a save
never waits for a ranking.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from core import clock
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
FROM (SELECT id FROM feed_pin WHERE state = 'published' AND published_at > %(since)s
      UNION SELECT pin_id FROM feed_save WHERE created_at > %(since)s
      UNION SELECT id FROM feed_pin WHERE public_id = ANY(%(clicked)s)) due
LEFT JOIN LATERAL (
    SELECT n.clicks FROM feed_pin q
    JOIN unnest(%(clicked)s, %(counts)s) AS n(public_id, clicks) ON n.public_id = q.public_id
    WHERE q.id = due.id
) c ON true
WHERE p.id = due.id AND p.state = 'published'
"""


def refresh() -> int:
    """Recompute what can have changed; returns how many pins were written."""
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
        written: int = cursor.rowcount
        return written
