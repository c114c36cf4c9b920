"""What must hold of notices and mails (see `core.audits`)."""

from core import audits

_NOTICES = """
SELECT 'notice ' || event_key || ' ' || kind, count(*) || ' times for profile ' || profile_id
FROM notifications_notice GROUP BY event_key, kind, profile_id, sub HAVING count(*) > 1
"""
_MAILS = """
SELECT 'mail ' || event_key || ' ' || kind, count(*) || ' times'
FROM notifications_mail GROUP BY event_key, kind, address, sub HAVING count(*) > 1
"""
_UNREAD = """
SELECT 'profile @' || a.handle, 'shows ' || a.unread_count || ' unread, has ' || coalesce(n.n, 0)
FROM accounts_profile a
LEFT JOIN (
    SELECT profile_id, count(*) AS n FROM notifications_notice WHERE read_at IS NULL
    GROUP BY profile_id
) n ON n.profile_id = a.id
WHERE a.unread_count <> coalesce(n.n, 0)
"""
# What a list leaves out for good is gone, and what it leaves out for now is not counted as new,
# once everybody who sees to that has heard of it.
_PARTED = """
SELECT 'notice ' || n.public_id, 'tells profile ' || n.profile_id || ' of profile ' || n.actor_id
    || ' across a block'
FROM accounts_block b
JOIN notifications_notice n ON n.profile_id = b.blocker_id AND n.actor_id = b.blocked_id
    OR n.profile_id = b.blocked_id AND n.actor_id = b.blocker_id
WHERE NOT EXISTS (
    SELECT FROM core_delivery d JOIN core_outboxevent e ON e.id = d.event_id
    WHERE d.state = 'pending' AND e.type = 'accounts.ProfileBlocked'
        AND (e.data ->> 'blocker_id')::bigint = b.blocker_id
)
"""
_OUT_OF_SIGHT = """
SELECT 'notice ' || n.public_id,
    'tells profile ' || n.profile_id || ' of @' || a.handle || ', who is ' || a.state
FROM accounts_profile a JOIN notifications_notice n ON n.actor_id = a.id
WHERE (a.state = 'closed' OR a.state = 'suspended' AND n.read_at IS NULL) AND NOT EXISTS (
    SELECT FROM core_delivery d JOIN core_outboxevent e ON e.id = d.event_id
    WHERE d.state = 'pending' AND e.type ^@ 'accounts.'
        AND (e.data ->> 'profile_id')::bigint = a.id
)
"""


def register() -> None:
    for invariant, says, sql in (
        ("I7", "One notice per event, kind and person", _NOTICES),
        ("I7", "One mail per event, kind and address", _MAILS),
        ("I10", "Nobody has news of somebody across a block", _PARTED),
        ("I10", "Nobody has news of somebody who is out of sight", _OUT_OF_SIGHT),
        ("I11", "The bell counts unread notices", _UNREAD),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
