"""What must hold of pins and boards (see `core.audits`)."""

from collections.abc import Iterator

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from core import audits
from feed.hashtags import said_in_lists
from feed.models import Pin, PinHashtag

_SAVES = """
SELECT 'pin ' || p.public_id, 'counts ' || p.saves_count || ' saves, has ' || coalesce(s.n, 0)
FROM feed_pin p
LEFT JOIN (
    SELECT s.pin_id, count(*) AS n FROM feed_save s
    JOIN feed_board b ON b.id = s.board_id AND NOT b.secret GROUP BY s.pin_id
) s ON s.pin_id = p.id
WHERE p.saves_count <> coalesce(s.n, 0)
"""
_BOARDS = """
SELECT 'board ' || b.public_id, 'counts ' || b.pins_count || ' pins, has ' || coalesce(s.n, 0)
FROM feed_board b
LEFT JOIN (SELECT board_id, count(*) AS n FROM feed_save GROUP BY board_id) s ON s.board_id = b.id
WHERE b.pins_count <> coalesce(s.n, 0)
"""
_FOLLOWERS = """
SELECT 'board ' || b.public_id,
    'counts ' || b.followers_count || ' followers, has ' || coalesce(f.n, 0)
FROM feed_board b
LEFT JOIN (
    SELECT board_id, count(*) AS n FROM feed_boardfollow GROUP BY board_id
) f ON f.board_id = b.id
WHERE b.followers_count <> coalesce(f.n, 0)
"""
_OWN_FOLLOWERS = """
SELECT 'board ' || b.public_id, 'is followed by its owner'
FROM feed_boardfollow f JOIN feed_board b ON b.id = f.board_id AND b.owner_id = f.profile_id
"""
_HASHTAG_FOLLOWERS = """
SELECT 'hashtag #' || h.name,
    'counts ' || h.followers_count || ' followers, has ' || coalesce(f.n, 0)
FROM feed_hashtag h
LEFT JOIN (
    SELECT hashtag_id, count(*) AS n FROM feed_hashtagfollow GROUP BY hashtag_id
) f ON f.hashtag_id = h.id
WHERE h.followers_count <> coalesce(f.n, 0)
"""
_LIKES = """
SELECT 'pin ' || p.public_id, 'counts ' || p.likes_count || ' likes, has ' || coalesce(l.n, 0)
FROM feed_pin p
LEFT JOIN (SELECT pin_id, count(*) AS n FROM feed_pinlike GROUP BY pin_id) l ON l.pin_id = p.id
WHERE p.likes_count <> coalesce(l.n, 0)
"""
_COMMENTS = """
SELECT 'pin ' || p.public_id, 'counts ' || p.comments_count || ' comments, has ' || coalesce(c.n, 0)
FROM feed_pin p
LEFT JOIN (
    SELECT pin_id, count(*) AS n FROM feed_comment WHERE state = 'visible' GROUP BY pin_id
) c ON c.pin_id = p.id
WHERE p.comments_count <> coalesce(c.n, 0)
"""
_COMMENT_LIKES = """
SELECT 'comment ' || c.public_id, 'counts ' || c.likes_count || ' likes, has ' || coalesce(l.n, 0)
FROM feed_comment c
LEFT JOIN (
    SELECT comment_id, count(*) AS n FROM feed_commentlike GROUP BY comment_id
) l ON l.comment_id = c.id
WHERE c.likes_count <> coalesce(l.n, 0)
"""
_THREADS = """
SELECT 'comment ' || c.public_id, 'answers a reply, or under another pin'
FROM feed_comment c JOIN feed_comment up ON up.id = c.parent_id
WHERE up.parent_id IS NOT NULL OR up.pin_id <> c.pin_id
"""
_SECTIONS = """
SELECT 'board ' || b.public_id, 'has a pin in a section of another board'
FROM feed_save s JOIN feed_section c ON c.id = s.section_id JOIN feed_board b ON b.id = s.board_id
WHERE c.board_id <> s.board_id
"""
_LINKS = """
SELECT 'board ' || b.public_id, 'is seen by everybody and has a link'
FROM feed_boardlink l JOIN feed_board b ON b.id = l.board_id WHERE NOT b.secret
"""
_STAND_INS = """
SELECT 'pin ' || p.public_id, 'stands for product ' || pr.public_id || ' of somebody else'
FROM feed_pin p JOIN catalog_product pr ON pr.id = p.stands_for_id
WHERE pr.seller_id <> p.author_id
"""
_STAND_INS_OF_SERVICES = """
SELECT 'pin ' || p.public_id, 'stands for service ' || s.public_id || ' of somebody else'
FROM feed_pin p JOIN catalog_service s ON s.id = p.stands_for_service_id
WHERE s.seller_id <> p.author_id
"""
_AUTHORS = """
SELECT 'profile ' || coalesce(p.author_id, a.author_id),
    'walls know of a newest pin of ' || coalesce(a.last_at::text, 'no time')
        || ', it is of ' || coalesce(p.last_at::text, 'no time')
FROM (
    SELECT author_id, max(published_at) AS last_at FROM feed_pin
    WHERE state = 'published' AND audience <> 'link' GROUP BY author_id
) p
FULL JOIN feed_authorlast a ON a.author_id = p.author_id
WHERE a.last_at IS DISTINCT FROM p.last_at
"""


def _under_other_hashtags() -> Iterator[tuple[str, str]]:
    under = PinHashtag.objects.filter(pin=OuterRef("pk"))
    others = under.exclude(published_at=OuterRef("published_at"))
    rows = Pin.objects.annotate(
        names=ArraySubquery(under.values("hashtag__name")), others=Exists(others)
    ).filter(Q(title__contains="#") | Q(text__contains="#") | Exists(under))
    said = ("state", "audience", "title", "text")
    for row in rows.values("public_id", "names", "others", *said).iterator(chunk_size=2_000):
        wanted = set(said_in_lists(**{name: row[name] for name in said}))
        if wanted != set(row["names"]):
            yield (
                f"pin {row['public_id']}",
                f"stands under {sorted(row['names'])} and has to stand under {sorted(wanted)}",
            )
        elif row["others"]:
            yield f"pin {row['public_id']}", "stands under a hashtag with another date"


def register() -> None:
    for invariant, says, sql in (
        ("I11", "A pin counts its public saves", _SAVES),
        ("I11", "A board counts its pins", _BOARDS),
        ("I11", "A board counts its followers", _FOLLOWERS),
        ("I11", "A hashtag counts its followers", _HASHTAG_FOLLOWERS),
        ("I11", "Nobody follows a board of their own", _OWN_FOLLOWERS),
        ("I11", "A pin counts its likes", _LIKES),
        ("I11", "A pin counts its comments", _COMMENTS),
        ("I11", "A comment counts its likes", _COMMENT_LIKES),
        ("I11", "A thread of comments has one level and one pin", _THREADS),
        ("I11", "A pin stands in a section of its own board", _SECTIONS),
        ("I11", "Only a secret board has a link", _LINKS),
        ("I11", "A pin stands for a product of its author", _STAND_INS),
        ("I11", "A pin stands for a service of its author", _STAND_INS_OF_SERVICES),
        ("I11", "Walls know the newest pin of an author", _AUTHORS),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
    audits.register_check(
        audits.Check(
            invariant="I11",
            says="A pin stands under the hashtags that it says",
            find=_under_other_hashtags,
        )
    )
