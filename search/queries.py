"""Reading the index."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.models import QuerySet

from core import clock
from search.filters import Filters, tallies_from, tally_parts
from search.types import KINDS, Hit, Page, Spread, Suggested, TallyOf
from search.words import MAX_TEXT, MAX_WORDS, asked_in, completions, spelt, words_of

__all__ = [
    "DEPTH",
    "MAX_TEXT",
    "MAX_WORDS",
    "ORDERS",
    "completions",
    "counted",
    "find",
    "spelt",
    "suggest",
    "words_of",
]

# Each of the lists that are fused is cut here, by what is asked for first; nobody pages further,
# and so many found may be more.
DEPTH = 300
MAX_LIMIT = 100
# With so many documents that hold all the words, those that hold some of them are not asked for.
ENOUGH = 24
# So many documents of a kind are ranked, and so many compared sign by sign, at most: among more
# that hold the same words places are chance. It bounds what a word costs that a million have.
POOL, FEW = 10_000, 2_000
# Whether there are any is asked with this limit: with 1 the planner hopes to meet one soon and
# reads the whole table for a word that nothing has.
_SOME = 100
# The usual constant of reciprocal rank fusion: how little the first places differ.
_K = 60
# What holding all the words adds to a rank that lies between 0 and 1: such documents come first.
_FULL = 1

# Two letters that changed places leave a word next to nothing of its signs in a row: each such
# neighbour of an unknown word `w.word` is looked for as it stands, and is as good as it can be.
_SWAPS = """generate_series(1, length(w.word) - 1) AS at, LATERAL (
    SELECT plainto_tsquery('english', left(w.word, at - 1) || substr(w.word, at + 1, 1)
        || substr(w.word, at, 1) || substr(w.word, at + 2)) AS terms
) swapped"""
_SWAPPED = 1

# A word that is one sign over and over has few trigrams, and half of them begin many names: of
# which it is no mistyping.
_VARIED = "3 * cardinality(show_trgm({word})) > 2 * length({word})"

# Words that stand somewhere are ranked; words that no document has are compared with the words of
# the titles, which forgives typing mistakes (looking at every title costs, so known words are
# spared). Each list votes by place, not by score: the two scores have nothing in common.
# Every kind has lists of its own, so that a million pins leave room for one brand.
_FIND = """
WITH {among}words AS MATERIALIZED (
    SELECT typed, word, terms, word !~ '[0-9]' AND (SELECT count(*) FROM (
        SELECT FROM search_document d WHERE d.vector @@ terms {known} LIMIT {some}) first) = 0
        AS is_new
    FROM unnest(%(words)s::text[]) AS asked(typed), search_plain(typed) AS word,
         plainto_tsquery('english', word) AS terms
    WHERE numnode(terms) > 0
),
must AS (
    SELECT string_agg(terms::text, ' & ') AS phrases FROM (
        SELECT phraseto_tsquery('english', search_plain(typed)) AS terms
        FROM unnest(%(phrases)s::text[]) AS asked(typed)
    ) each WHERE numnode(terms) > 0
),
asked AS MATERIALIZED (
    SELECT nullif(concat_ws(' & ', string_agg(w.terms::text, ' & ') FILTER (WHERE NOT w.is_new),
                            min(m.phrases)), '')::tsquery AS all_of,
           nullif(concat_ws(' & ', '(' || string_agg(w.terms::text, ' | ') || ')',
                            min(m.phrases)), '')::tsquery AS any_of,
           phraseto_tsquery('english', search_plain(%(text)s)) AS whole
    FROM must m LEFT JOIN words w ON true
),
levels AS MATERIALIZED (
    SELECT asked.*, %(number)s AND (SELECT count(*) FROM (
        SELECT FROM search_document d WHERE d.vector @@ whole {known} LIMIT {some}) first) > 0
        AS by_number
    FROM asked
),
kinds AS MATERIALIZED (
    SELECT one.kind, CASE WHEN by_number THEN whole ELSE all_of END AS first,
        CASE WHEN NOT by_number AND (SELECT count(*) FROM (
            SELECT FROM search_document d WHERE d.kind = one.kind AND d.vector @@ all_of {without}
            LIMIT {enough}) few) < {enough} THEN any_of END AS rest
    FROM unnest(%(kinds)s::text[]) AS one(kind), levels
),
ranked AS (
    SELECT best.id, row_number() OVER (ORDER BY score DESC, popularity DESC, public_id) AS place
    FROM kinds k, levels, LATERAL (
        SELECT d.id, d.public_id, d.popularity, d.asked_order,
            ts_rank('{{0, 0, 0.2, 1}}', d.vector, levels.any_of, 1)
            + d.more AS score
        FROM (
            (SELECT d.id, d.public_id, d.vector, d.popularity, {full} AS more,
                {value} AS asked_order FROM search_document d
             WHERE d.kind = k.kind AND d.vector @@ k.first {without} {where} LIMIT {pool})
            UNION ALL
            (SELECT d.id, d.public_id, d.vector, d.popularity, 0,
                {value} FROM search_document d
             WHERE d.kind = k.kind AND d.vector @@ k.rest
                AND (d.vector @@ k.first) IS NOT TRUE {without} {where} LIMIT {pool})
        ) d
        ORDER BY {first}score DESC, d.popularity DESC, d.public_id LIMIT {depth}
    ) best
),
similar_ AS (
    SELECT best.* FROM words w, LATERAL (
        SELECT d.id, d.public_id, d.kind, d.popularity, {value} AS asked_order,
            word_similarity(w.word, d.plain_title) AS score
        FROM search_document d WHERE w.word <%% d.plain_title {without} LIMIT {few}
    ) best
    WHERE w.is_new AND NOT %(number)s AND {varied}
    UNION ALL
    SELECT best.* FROM words w, {swaps}, LATERAL (
        SELECT d.id, d.public_id, d.kind, d.popularity, {value} AS asked_order, {swapped} AS score
        FROM search_document d WHERE d.vector @@ swapped.terms {without} LIMIT {few}
    ) best
    WHERE w.is_new AND NOT %(number)s
),
alike AS MATERIALIZED (
    SELECT id, public_id, score, popularity FROM (
        SELECT *, row_number() OVER (
            PARTITION BY kind ORDER BY {first}score DESC, popularity DESC, public_id) AS place
        FROM (
            SELECT id, public_id, kind, sum(score) AS score, min(popularity) AS popularity,
                min(asked_order) AS asked_order
            FROM similar_ WHERE kind = ANY(%(kinds)s) GROUP BY id, public_id, kind
        ) summed
    ) placed WHERE place <= {depth}
),
fused AS (
    SELECT id, sum(1.0 / ({k} + place)) AS score FROM (
        SELECT id, place FROM ranked
        UNION ALL
        SELECT id, row_number() OVER (ORDER BY score DESC, popularity DESC, public_id) FROM alike
    ) votes GROUP BY id
),
found AS MATERIALIZED (
    SELECT d.kind, d.public_id, fused.score, d.title, d.facets,
           row_number() OVER (ORDER BY {order}) AS place,
           row_number() OVER (PARTITION BY d.kind ORDER BY {order}) AS place_of_kind
    FROM fused JOIN search_document d USING (id) WHERE true {where}
){tables}
SELECT jsonb_build_object(
    'hits', (SELECT jsonb_agg(
        jsonb_build_array(kind, public_id, score, title, facets) ORDER BY place) FROM (
            SELECT * FROM found WHERE place_of_kind <= %(each)s
            ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
        ) shown),
    'of_kind', (SELECT jsonb_object_agg(kind, n) FROM (
        SELECT kind, count(*) AS n FROM found GROUP BY kind) counted),
    'unknown', (SELECT jsonb_agg(typed) FROM words WHERE is_new),
    'tallies', {tallies}
)::text
"""

# The last one decides by chance, but always the same way, also after the index is made again.
_BEST = "fused.score DESC, d.popularity DESC, d.public_id"
# What an order compares, and which way. Lists are cut by it, too: the cheapest of a thousand is
# not among the three hundred that answer best.
_PRICE, _AT = "(d.facets ->> 'price')::bigint", "(d.facets ->> 'at')::bigint"
ORDERS = {
    "": ("NULL::bigint", ""),
    "price": (_PRICE, "ASC NULLS LAST, "),
    "-price": (_PRICE, "DESC NULLS LAST, "),
    "newest": (_AT, "DESC NULLS LAST, "),
}
_WITHOUT = "AND coalesce(d.facets ->> 'owner', '') <> ALL(%(without)s)"
# What is not for everybody yet, but for those who are early where its owner is concerned: they are
# asked for when there is such a document among the answers, and not before.
_WAITS = " AND (d.shown_from IS NULL OR d.shown_from <= %(now)s{early})"
_EARLY = " OR d.facets ->> 'owner' IN (SELECT owner FROM ({question}) asked(owner))"
# What may be found is a question of its own, asked once within the statement.
_AMONG = "among AS MATERIALIZED (SELECT * FROM ({question}) asked(public_id)), "
_WITHIN = " AND d.public_id IN (SELECT public_id FROM among)"


def find(
    *,
    text: str,
    kinds: Sequence[str] | None = None,
    limit: int = 24,
    offset_token: str | None = None,
    facets: Mapping[str, Any] | None = None,
    without: Collection[str] = (),
    among: QuerySet[Any, Any] | None = None,
    early: QuerySet[Any, Any] | None = None,
    order: str = "",
    each: int | None = None,
    tally: TallyOf | None = None,
) -> Page[Hit]:
    """The best answers to what somebody typed, over all kinds or some. One query.

    Of each kind those that hold all the words, and where these are few also those that hold some.
    "Quoted words" must stand so; an article number finds what carries it, if anything does.

    `facets`: a list matches any of its strings, `<name>_max` and `<name>_min` compare numbers
    (money in minor units), anything else must be equal. `without`: owners (public ids of
    profiles) whose documents are neither found nor counted. `among`: rows of one column, public
    ids: nothing else is found or counted, however much answers, and of these all, whatever their
    moment. `early`: rows of one column, owners whose documents are found before they are
    everybody's. `order`: one of ORDERS, the best first for any other. `each`: at most so many of a
    kind. `tally`: what to count besides. Any text
    is safe; text without a word finds nothing. A token that is not ours starts from the top.
    """
    asked = asked_in(text=text)
    chosen = [kind for kind in KINDS if kinds is None or kind in kinds]
    if asked.empty or not chosen:
        return Page(items=[])
    limit = max(1, min(limit, MAX_LIMIT))
    offset = _offset_of(offset_token)
    filters = Filters.of(facets or {})
    # What nobody may know of makes no word known, and what one keeps is not all that there is.
    known = hidden = _WITHOUT if without else ""
    question, asked_values = _question(among, "among")
    if question:
        question, hidden = _AMONG.format(question=question), hidden + _WITHIN
    else:
        waits, asked_values = _waits(early)
        known = hidden = hidden + waits
    values: dict[str, Any] = {
        "words": list(asked.words),
        "phrases": list(asked.phrases),
        "number": bool(asked.number),
        "text": asked.number or " ".join(asked.words),
        "kinds": chosen,
        "without": list(without),
        "each": each or 2 * DEPTH,
        "limit": limit,
        "offset": offset,
        **filters.values,
        **asked_values,
    }
    tables, tallies = "", "NULL"
    if tally is not None:
        tables, tallies, more = tally_parts(of=tally, filters=filters, without=hidden)
        values |= more
    value, way = ORDERS.get(order, ORDERS[""])
    statement = _FIND.format(
        value=value,
        first=f"asked_order {way}" if way else "",
        among=question,
        where=filters.where,
        without=hidden,
        known=known,
        order=f"{value} {way}{_BEST}" if way else _BEST,
        tables=tables,
        tallies=tallies,
        pool=POOL,
        few=FEW,
        swaps=_SWAPS,
        swapped=_SWAPPED,
        varied=_VARIED.format(word="w.word"),
        some=_SOME,
        k=_K,
        depth=DEPTH,
        enough=ENOUGH,
        full=_FULL,
    )
    return _page(_answer(statement, values), offset=offset, limit=limit)


def _question(asked: QuerySet[Any, Any] | None, name: str) -> tuple[str, dict[str, Any]]:
    """A question as a part of the statement, its values under names; ('', {}) for none."""
    if asked is None:
        return "", {}
    sql, given = asked.query.sql_with_params()
    values = {f"{name}{at}": value for at, value in enumerate(given)}
    names = iter(values)
    return re.sub("%s", lambda _found: f"%({next(names)})s", sql), values


def _waits(early: QuerySet[Any, Any] | None) -> tuple[str, dict[str, Any]]:
    """The condition that a document is everybody's by now, or its owner's are found `early`."""
    question, values = _question(early, "early")
    exception = _EARLY.format(question=question) if question else ""
    return _WAITS.format(early=exception), {"now": clock.now(), **values}


def _answer(statement: str, values: Mapping[str, Any]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        answer: dict[str, Any] = orjson.loads(cursor.fetchone()[0])
    return answer


def _page(answer: Mapping[str, Any], *, offset: int, limit: int) -> Page[Hit]:
    hits = _hits(answer["hits"])
    of_kind: dict[str, int] = answer["of_kind"] or {}
    total = sum(of_kind.values())
    more = bool(hits) and offset + len(hits) < total
    tallies, spread = tallies_from(answer["tallies"]) if answer["tallies"] else ({}, Spread())
    return Page(
        items=hits,
        total=total,
        next=_signer().sign(str(offset + limit)) if more else None,
        of_kind=of_kind,
        unknown=tuple(answer["unknown"] or ()),
        tallies=tallies,
        spread=spread,
    )


def _hits(rows: Sequence[Sequence[Any]] | None) -> list[Hit]:
    return [
        Hit(kind=kind, public_id=public_id, score=float(score), title=title, facets=facets)
        for kind, public_id, score, title, facets in rows or ()
    ]


# Titles that go on from what is typed. A pool of each kind is enough: somebody who reads
# suggestions types on. Only where next to nothing begins so is likeness asked, and which words
# stand nowhere (the last one: begins nothing). The last word is quoted: its plain spelling may hold
# signs of a tsquery (½ is ` 1/2`, an okina an apostrophe).
_SUGGEST = """
WITH asked AS MATERIALIZED (
    SELECT concat_ws(' & ',
        (SELECT string_agg(terms::text, ' & ') FROM (
            SELECT plainto_tsquery('english', search_plain(typed)) AS terms
            FROM unnest(%(words)s::text[]) AS typed) each WHERE numnode(terms) > 0),
        nullif(to_tsquery('english',
            quote_literal(search_plain(%(last)s)) || ':*')::text, ''))::tsquery AS terms
),
kinds AS (
    SELECT * FROM unnest(%(kinds)s::text[], %(limits)s::int[]) AS one(kind, most)
),
begun AS MATERIALIZED (
    SELECT best.*, 0 AS way FROM kinds k, asked, LATERAL (
        SELECT pool.id, ts_rank('{{0, 0, 0.2, 1}}', vector, asked.terms, 1) AS score, popularity
        FROM (
            SELECT d.id, d.public_id, d.vector, d.popularity FROM search_document d
            WHERE d.kind = k.kind AND d.vector @@ asked.terms {without} LIMIT {pool}
        ) pool
        ORDER BY score DESC, popularity DESC, public_id LIMIT k.most
    ) best
),
unknown AS MATERIALIZED (
    SELECT typed, word FROM (
        SELECT typed, word, CASE WHEN at > cardinality(%(words)s::text[])
            THEN to_tsquery('english', quote_literal(word) || ':*')
            ELSE plainto_tsquery('english', word) END AS terms
        FROM unnest(%(words)s::text[] || %(last)s::text) WITH ORDINALITY AS one(typed, at),
            search_plain(typed) AS word
        WHERE length(typed) > 2 AND typed !~ '[0-9]' AND (SELECT count(*) FROM begun) < 3
    ) each WHERE numnode(terms) > 0 AND (SELECT count(*) FROM (
        SELECT FROM search_document d WHERE d.vector @@ terms {without} LIMIT {some}) first) = 0
),
alike AS (
    SELECT id, score, popularity, 1 AS way FROM (
        SELECT d.*, row_number() OVER (
            PARTITION BY kind ORDER BY score DESC, popularity DESC, public_id) AS place
        FROM (
            (SELECT d.id, d.public_id, d.kind, d.popularity,
                word_similarity(search_plain(%(text)s), d.plain_title) AS score
            FROM search_document d WHERE search_plain(%(text)s) <%% d.plain_title
                AND {varied} {without}
            LIMIT {pool})
            UNION ALL
            SELECT best.* FROM unknown w, {swaps}, LATERAL (
                SELECT d.id, d.public_id, d.kind, d.popularity, {swapped} AS score
                FROM search_document d WHERE d.vector @@ swapped.terms {without} LIMIT {pool}
            ) best
        ) d
        WHERE length(%(text)s) > 2 AND (SELECT count(*) FROM begun) < 3
    ) placed JOIN kinds k USING (kind) WHERE place <= k.most
),
shown AS (
    SELECT DISTINCT ON (id) id, way, score, popularity
    FROM (SELECT * FROM begun UNION ALL SELECT * FROM alike) both_ ORDER BY id, way
)
SELECT jsonb_build_object(
    'hits', (SELECT jsonb_agg(
        jsonb_build_array(d.kind, d.public_id, shown.score, d.title, d.facets)
        ORDER BY shown.way, shown.score DESC, shown.popularity DESC, d.public_id)
        FROM shown JOIN search_document d USING (id)),
    'unknown', (SELECT jsonb_agg(typed) FROM unknown)
)::text
"""


def suggest(
    *,
    text: str,
    most: Mapping[str, int],
    without: Collection[str] = (),
    early: QuerySet[Any, Any] | None = None,
) -> Suggested:
    """What goes on from a text whose last word is still being typed, by kind; and its words that
    stand nowhere, where little goes on from it. One query.

    `most`: how many of each kind, by kind. `without` and `early` as in `find`. Any text is safe; of
    less than two letters nothing is made.
    """
    words = words_of(text=text)
    kinds = [kind for kind in KINDS if most.get(kind, 0) > 0]
    found: dict[str, list[Hit]] = {kind: [] for kind in kinds}
    if sum(map(len, words)) < 2 or not kinds:
        return Suggested(of_kind=found)
    waits, asked_values = _waits(early)
    values: dict[str, Any] = {
        "words": words[:-1],
        "last": words[-1],
        "text": " ".join(words),
        "kinds": kinds,
        "limits": [most[kind] for kind in kinds],
        "without": list(without),
        **asked_values,
    }
    hidden = (_WITHOUT if without else "") + waits
    answer = _answer(
        _SUGGEST.format(
            without=hidden,
            pool=FEW,
            swaps=_SWAPS,
            swapped=_SWAPPED,
            varied=_VARIED.format(word="%(text)s"),
            some=_SOME,
        ),
        values,
    )
    for hit in _hits(answer["hits"]):
        found[hit.kind].append(hit)
    return Suggested(of_kind=found, unknown=tuple(answer["unknown"] or ()))


# Counted as `find` would: what holds all the words, and where that is little, some of them.
_COUNTED = """
SELECT coalesce(jsonb_agg(CASE WHEN full_.n < {enough} THEN some_.n ELSE full_.n END
    ORDER BY asked.at), '[]')::text
FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS asked(typed, at),
LATERAL (
    SELECT string_agg(terms::text, ' & ')::tsquery AS all_of,
        string_agg(terms::text, ' | ')::tsquery AS any_of
    FROM (SELECT plainto_tsquery('english', search_plain(word)) AS terms
          FROM unnest(string_to_array(asked.typed, ' ')) AS word) each WHERE numnode(terms) > 0
) words,
LATERAL (SELECT count(*) AS n FROM (
    SELECT FROM search_document d
    WHERE d.kind = %(kind)s AND d.vector @@ words.all_of {without} LIMIT {depth}) first) full_,
LATERAL (SELECT count(*) AS n FROM (
    SELECT FROM search_document d WHERE full_.n < {enough}
        AND d.kind = %(kind)s AND d.vector @@ words.any_of {without} LIMIT {depth}) rest) some_
"""


def counted(*, texts: Sequence[str], kind: str, without: Collection[str] = ()) -> list[int]:
    """How many documents of a kind `find` would answer each of some texts with; DEPTH at most.
    For a guest: what somebody finds early is not counted.

    Words that stand nowhere are not forgiven. One query; none for no text.
    """
    if not texts:
        return []
    waits, asked_values = _waits(None)
    values: dict[str, Any] = {
        "texts": [" ".join(words_of(text=one)) for one in texts],
        "kind": kind,
        "without": list(without),
        **asked_values,
    }
    hidden = (_WITHOUT if without else "") + waits
    statement = _COUNTED.format(without=hidden, enough=ENOUGH, depth=DEPTH)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        numbers: list[int] = orjson.loads(cursor.fetchone()[0])
    return numbers


def _signer() -> Signer:
    return Signer(salt="search.page")


def _offset_of(token: str | None) -> int:
    if not token:
        return 0
    try:
        return min(int(_signer().unsign(token)), 2 * DEPTH)
    except (BadSignature, ValueError):
        return 0
