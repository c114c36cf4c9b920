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


def register() -> None:
    for invariant, says, sql in (
        ("I7", "One notice per event, kind and person", _NOTICES),
        ("I7", "One mail per event, kind and address", _MAILS),
        ("I11", "The bell counts unread notices", _UNREAD),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
