"""What must hold of pins and boards (see `core.audits`)."""

from core import audits

_SAVES = """
SELECT 'pin ' || p.public_id, 'counts ' || p.saves_count || ' saves, has ' || coalesce(s.n, 0)
FROM feed_pin p
LEFT JOIN (SELECT pin_id, count(*) AS n FROM feed_save GROUP BY pin_id) s ON s.pin_id = p.id
WHERE p.saves_count <> coalesce(s.n, 0)
"""
_BOARDS = """
SELECT 'board ' || b.public_id, 'counts ' || b.pins_count || ' pins, has ' || coalesce(s.n, 0)
FROM feed_board b
LEFT JOIN (SELECT board_id, count(*) AS n FROM feed_save GROUP BY board_id) s ON s.board_id = b.id
WHERE b.pins_count <> coalesce(s.n, 0)
"""


def register() -> None:
    for invariant, says, sql in (
        ("I11", "A pin counts its saves", _SAVES),
        ("I11", "A board counts its pins", _BOARDS),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
