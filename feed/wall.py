"""Which pins a wall holds, as ids. SQL by hand, because these run on every page view.

A wall is pulled, never pushed: a pin costs its author one row (`AuthorLast`), and a reader
asks only the freshest of the people they follow.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from feed.audience import day_ago, met_by_all, met_by_followers
from feed.ranking import HALF_LIFE_DAYS, WEIGHTS, Candidate
from feed.types import ReasonCode

DEPTH = 240
_SOURCES = list(WEIGHTS)
SAVED_WITHIN_DAYS = 60
# Their reasons name somebody or a board, which may be hidden by the time the next page is read.
NAMING = (ReasonCode.SAVED_BY_FOLLOWED, ReasonCode.ON_FOLLOWED_BOARD)

# The freshest `n` authors are enough for the first `n` pins; behind a cursor every author
# may still hold older ones, so the limit on authors is lifted there.
FOLLOWED = f"""
SELECT p.id, p.published_at, NULL AS hashtag
FROM (
    SELECT author_id FROM feed_authorlast
    WHERE author_id = ANY(%(authors)s)
    ORDER BY last_at DESC
    LIMIT %(author_limit)s
) a
CROSS JOIN LATERAL (
    SELECT p.id, p.published_at FROM feed_pin p
    WHERE p.author_id = a.author_id AND p.state = 'published' AND {met_by_followers("p")}
      AND (published_at, id) < (%(before_at)s, %(before_id)s)
    ORDER BY published_at DESC, id DESC
    LIMIT %(n)s
) p
ORDER BY p.published_at DESC, p.id DESC
LIMIT %(n)s
"""  # noqa: S608 -- constants of ours

# The newest pins under each hashtag that somebody follows, of everybody whom they meet there. One
# index has them in their order, and somebody follows a hundred hashtags at most.
UNDER_HASHTAGS = f"""
SELECT l.pin_id AS id, l.published_at, h.shown AS hashtag
FROM feed_hashtagfollow f
JOIN feed_hashtag h ON h.id = f.hashtag_id
CROSS JOIN LATERAL (
    SELECT l.pin_id, l.published_at
    FROM feed_pinhashtag l
    JOIN feed_pin p ON p.id = l.pin_id AND p.state = 'published' AND {met_by_all("p")}
    JOIN accounts_profile author ON author.id = p.author_id AND author.state = 'approved'
    WHERE l.hashtag_id = f.hashtag_id AND p.author_id <> ALL(%(without)s)
      AND (l.published_at, l.pin_id) < (%(before_at)s, %(before_id)s)
    ORDER BY l.published_at DESC, l.pin_id DESC
    LIMIT %(n)s
) l
WHERE f.profile_id = %(reader)s
"""  # noqa: S608 -- constants of ours

# A pin that comes up in several ways is one, and followed people are named before hashtags.
FOLLOWING = f"""
SELECT id, published_at,
       CASE WHEN bool_and(hashtag IS NOT NULL) THEN min(hashtag) END
FROM (({FOLLOWED}) UNION ALL ({UNDER_HASHTAGS})) found
GROUP BY id, published_at
ORDER BY published_at DESC, id DESC
LIMIT %(n)s
"""  # noqa: S608 -- constants of ours

# Every way in which a pin may come up; places and weights are those of `feed.ranking`. A pin that
# came up in several ways has the sum of their weights, and shows the reason a person would name
# first. Freshness stops at 99 half-lives: PostgreSQL refuses an exp() that comes out as nothing.
# The names from accounts are read through Save.saver and Board.owner: a reason says who saved the
# pin, and what is somebody's who is not public comes up for nobody.
CANDIDATES = """
WITH found AS (
    (SELECT {FOLLOWED} AS source, p.id, p.author_id, p.published_at, p.popularity, '' AS detail,
            0 AS others
     FROM (
        SELECT author_id FROM feed_authorlast WHERE author_id = ANY(%(followed)s)
        ORDER BY last_at DESC LIMIT %(depth)s
     ) a
     CROSS JOIN LATERAL (
        SELECT p.id, p.author_id, p.published_at, p.popularity FROM feed_pin p
        WHERE p.author_id = a.author_id AND p.state = 'published' AND p.published_at <= %(at)s
          AND {TO_FOLLOWERS}
        ORDER BY published_at DESC, id DESC LIMIT 40
     ) p
     ORDER BY p.published_at DESC LIMIT %(depth)s)
    UNION ALL
    (SELECT {SAVED_BY_FOLLOWED}, p.id, p.author_id, p.published_at, p.popularity, s.name, s.others
     FROM (
        SELECT s.pin_id,
               (array_agg(who.id || ' ' || who.name ORDER BY s.created_at DESC))[1] AS name,
               count(DISTINCT s.saver_id) - 1 AS others, max(s.created_at) AS at
        FROM feed_save s
        JOIN feed_board b ON b.id = s.board_id AND NOT b.secret
        JOIN accounts_profile who ON who.id = s.saver_id AND who.state = 'approved'
        WHERE s.saver_id = ANY(%(followed)s) AND s.created_at <= %(at)s
          AND s.created_at > %(since)s
        GROUP BY s.pin_id
        ORDER BY count(DISTINCT s.saver_id) DESC, max(s.created_at) DESC
        LIMIT 80
     ) s
     JOIN feed_pin p ON p.id = s.pin_id AND p.state = 'published' AND {TO_ALL})
    UNION ALL
    (SELECT {ON_FOLLOWED_BOARD}, p.id, p.author_id, p.published_at, p.popularity, s.name, 0
     FROM (
        SELECT s.pin_id, max(s.created_at) AS at,
               (array_agg(b.id || ' ' || b.title ORDER BY s.created_at DESC))[1] AS name
        FROM (
            SELECT b.id, b.title
            FROM feed_boardfollow f
            JOIN feed_board b ON b.id = f.board_id AND NOT b.secret
            JOIN accounts_profile owner ON owner.id = b.owner_id AND owner.state = 'approved'
            WHERE f.profile_id = %(reader)s AND b.owner_id <> ALL(%(without)s)
            ORDER BY b.last_saved_at DESC NULLS LAST LIMIT %(depth)s
        ) b
        CROSS JOIN LATERAL (
            SELECT pin_id, created_at FROM feed_save
            WHERE board_id = b.id AND created_at <= %(at)s AND created_at > %(since)s
              AND saver_id <> ALL(%(without)s)
            ORDER BY created_at DESC LIMIT 40
        ) s
        GROUP BY s.pin_id
        ORDER BY at DESC
        LIMIT 80
     ) s
     JOIN feed_pin p ON p.id = s.pin_id AND p.state = 'published' AND {TO_ALL})
    UNION ALL
    (SELECT {UNDER_FOLLOWED_HASHTAG}, p.id, p.author_id, p.published_at, p.popularity,
            said.hashtag, 0
     FROM (
        SELECT l.pin_id, min(h.shown) AS hashtag
        FROM feed_hashtagfollow f
        JOIN feed_hashtag h ON h.id = f.hashtag_id
        CROSS JOIN LATERAL (
            SELECT pin_id, published_at FROM feed_pinhashtag
            WHERE hashtag_id = f.hashtag_id AND published_at <= %(at)s
            ORDER BY published_at DESC, pin_id DESC LIMIT 40
        ) l
        WHERE f.profile_id = %(reader)s
        GROUP BY l.pin_id, l.published_at
        ORDER BY l.published_at DESC LIMIT %(depth)s
     ) said
     JOIN feed_pin p ON p.id = said.pin_id AND p.state = 'published' AND {TO_ALL}
     ORDER BY p.published_at DESC LIMIT 80)
    UNION ALL
    (SELECT {INTEREST}, p.id, p.author_id, p.published_at, p.popularity, p.category_id::text, 0
     FROM feed_pin p
     WHERE p.state = 'published' AND p.category_id = ANY(%(categories)s)
       AND p.published_at <= %(at)s AND {TO_ALL}
     ORDER BY p.popularity DESC, p.id DESC LIMIT 120)
    UNION ALL
    (SELECT {POPULAR}, p.id, p.author_id, p.published_at, p.popularity, '', 0
     FROM feed_pin p WHERE p.state = 'published' AND p.published_at <= %(at)s AND {TO_ALL}
     ORDER BY p.popularity DESC, p.id DESC LIMIT 80)
    UNION ALL
    (SELECT {FRESH}, p.id, p.author_id, p.published_at, p.popularity, '', 0
     FROM feed_pin p WHERE p.state = 'published' AND p.published_at <= %(at)s AND {TO_ALL}
     ORDER BY p.published_at DESC, p.id DESC LIMIT 60)
)
SELECT id, author_id, min(source), (array_agg(detail ORDER BY source))[1],
       (array_agg(others ORDER BY source))[1]
FROM found
WHERE author_id <> ALL(%(without)s)
GROUP BY id, author_id, published_at, popularity
ORDER BY sum((%(weights)s::float[])[source + 1])
         + exp(-ln(2) * least(99, extract(epoch FROM %(at)s - published_at)
                                  / 86400 / %(half_life)s))
         + popularity / (popularity + 3) DESC,
         id DESC
""".format_map(
    {source.name: place for place, source in enumerate(WEIGHTS)}
    | {"TO_ALL": met_by_all("p"), "TO_FOLLOWERS": met_by_followers("p")}
)

POPULAR = f"""
SELECT p.id FROM feed_pin p
WHERE p.state = 'published' AND {met_by_all("p")}
ORDER BY p.popularity DESC, p.id DESC
LIMIT %(n)s
"""  # noqa: S608 -- constants of ours
POPULAR_OF = f"""
SELECT p.id FROM feed_pin p
WHERE p.state = 'published' AND p.category_id = ANY(%(categories)s) AND {met_by_all("p")}
ORDER BY p.popularity DESC, p.id DESC
LIMIT %(n)s
"""  # noqa: S608 -- constants of ours

# How far "more like this" looks: the newest public boards with the pin, the newest pins of each,
# and the newest pins with each of its products.
RELATED_BOARDS = 50
RELATED_SAVES = 60
RELATED_TAGS = 60

# Pins on the same boards count most, then the same product, then the same category.
RELATED = f"""
SELECT p.id
FROM (
    SELECT other.pin_id AS id, 3.0 * count(*) AS score
    FROM (
        SELECT s.board_id
        FROM feed_save s
        JOIN feed_board b ON b.id = s.board_id AND NOT b.secret
        WHERE s.pin_id = %(pin)s
        ORDER BY s.created_at DESC, s.id DESC
        LIMIT %(boards)s
    ) mine
    CROSS JOIN LATERAL (
        SELECT s.pin_id
        FROM feed_save s
        WHERE s.board_id = mine.board_id AND s.pin_id <> %(pin)s
        ORDER BY s.created_at DESC, s.id DESC
        LIMIT %(saves)s
    ) other
    GROUP BY other.pin_id
    UNION ALL
    SELECT other.pin_id, 2.0
    FROM feed_producttag mine
    CROSS JOIN LATERAL (
        SELECT t.pin_id
        FROM feed_producttag t
        JOIN feed_pin p ON p.id = t.pin_id AND p.state = 'published' AND {met_by_all("p")}
        WHERE t.product_id = mine.product_id AND t.pin_id <> %(pin)s
        ORDER BY t.pin_id DESC
        LIMIT %(tags)s
    ) other
    WHERE mine.pin_id = %(pin)s
    UNION ALL
    (SELECT c.id, 1.0 + c.popularity / (c.popularity + 3.0)
     FROM feed_pin c
     WHERE c.state = 'published' AND c.category_id = %(category)s AND c.id <> %(pin)s
        AND {met_by_all("c")}
     ORDER BY c.popularity DESC, c.id DESC LIMIT 60)
    UNION ALL
    (SELECT c.id, 0.2
     FROM feed_pin c
     WHERE c.state = 'published' AND c.id <> %(pin)s AND {met_by_all("c")}
     ORDER BY c.popularity DESC, c.id DESC LIMIT 30)
) found
JOIN feed_pin p ON p.id = found.id AND p.state = 'published' AND {met_by_all("p")}
GROUP BY p.id
ORDER BY sum(found.score) DESC, p.id DESC
LIMIT %(n)s
"""  # noqa: S608 -- constants of ours


def _rows(statement: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Planned for these very arguments: a plan for any list of authors took 24 s for Home."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def followed_keys(
    *,
    reader: int,
    authors: Sequence[int],
    without: Collection[int],
    before: tuple[datetime, int],
    n: int,
    first: bool,
) -> list[tuple[int, datetime, str | None]]:
    """Newest pins of these authors, and of everybody but those `without` under the hashtags that
    the `reader` follows, before the keyset position: as (pin id, published at, hashtag), with the
    hashtag where it is why the pin is there. One query."""
    rows = _rows(
        FOLLOWING,
        {
            "reader": reader,
            "authors": list(authors),
            "author_limit": n if first else len(authors),
            "without": list(without),
            "before_at": before[0],
            "before_id": before[1],
            "n": n,
            "day_ago": day_ago(),
        },
    )
    return [(row[0], row[1], row[2]) for row in rows]


def candidates(
    *,
    reader: int | None,
    followed: Sequence[int],
    categories: Sequence[int],
    without: Collection[int],
    at: datetime,
) -> list[Candidate]:
    """Everything that could stand on a Home wall as of `at`, the best first.

    `reader` is the profile whose followed boards and hashtags count, None for nobody's. What the
    profiles `without` made is left out, and what they save on boards. One query.
    """
    rows = _rows(
        CANDIDATES,
        {
            "reader": reader,
            "followed": list(followed),
            "categories": list(categories),
            "without": list(without),
            "at": at,
            "day_ago": day_ago(now=at),
            "since": at - timedelta(days=SAVED_WITHIN_DAYS),
            "depth": DEPTH,
            "weights": list(WEIGHTS.values()),
            "half_life": HALF_LIFE_DAYS,
        },
    )
    return [
        _candidate(pin_id, author_id, _SOURCES[place], detail or "", others)
        for pin_id, author_id, place, detail, others in rows
    ]


def _candidate(
    pin_id: int, author_id: int, source: ReasonCode, detail: str, others: int
) -> Candidate:
    if source not in NAMING:
        return Candidate(pin_id, author_id, source, detail, others)
    named, _, name = detail.partition(" ")
    return Candidate(pin_id, author_id, source, name, others, int(named))


def popular_ids(*, categories: Sequence[int] | None, n: int) -> list[int]:
    """Most popular pins that everybody meets, of some categories or of all when None."""
    params = {"n": n, "day_ago": day_ago()}
    if categories is None:
        return [row[0] for row in _rows(POPULAR, params)]
    return [row[0] for row in _rows(POPULAR_OF, {"categories": list(categories), **params})]


def related_ids(*, pin_id: int, category_id: int | None, n: int) -> list[int]:
    """Pins like this one, the best first. However many boards hold it, and however many pins have
    its products, so many are read at most."""
    rows = _rows(
        RELATED,
        {
            "pin": pin_id,
            "category": category_id,
            "n": n,
            "day_ago": day_ago(),
            "boards": RELATED_BOARDS,
            "saves": RELATED_SAVES,
            "tags": RELATED_TAGS,
        },
    )
    return [row[0] for row in rows]
