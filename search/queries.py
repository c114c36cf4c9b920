"""Reading the index."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import connection

from search.types import KINDS, Hit, Page

MAX_TEXT = 200
MAX_WORDS = 12
# Each of the two lists that are fused is cut here; nobody pages further.
DEPTH = 300
MAX_LIMIT = 100
# The usual constant of reciprocal rank fusion: how little the first places differ.
_K = 60

_WORD = re.compile(r"[^\W_]+")
_FACET = re.compile(r"[a-z][a-z_]{0,29}")
_MAX_NUMBER = 2**53

# Ranked OR of the stemmed words; and for words that no document has, likeness with the words of the
# titles, which forgives typing mistakes (looking at every title costs, so known words are spared).
# Each list votes by place, not by score: the two scores have nothing in common.
_FIND = """
WITH asked AS (SELECT websearch_to_tsquery('english', search_plain(%(any)s)) AS words),
ranked AS (
    SELECT id, row_number() OVER (ORDER BY score DESC, popularity DESC, id) AS place FROM (
        SELECT id, popularity,
               ts_rank('{{0, 0, 0.2, 1}}', vector, asked.words, 1) AS score
        FROM search_document, asked WHERE vector @@ asked.words {where}
        ORDER BY score DESC, popularity DESC, id LIMIT %(depth)s
    ) best
),
alike AS (
    SELECT id, row_number() OVER (ORDER BY score DESC, popularity DESC, id) AS place FROM (
        SELECT id, popularity, {likeness} AS score
        FROM search_document WHERE ({any_alike}) {where}
        ORDER BY score DESC, popularity DESC, id LIMIT %(depth)s
    ) best
),
fused AS (
    SELECT id, sum(1.0 / ({k} + place)) AS score
    FROM (SELECT * FROM ranked UNION ALL SELECT * FROM alike) votes GROUP BY id
)
SELECT d.kind, d.public_id, fused.score, count(*) OVER (), d.title, d.facets
FROM fused JOIN search_document d USING (id)
ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s
"""

_BEST = "fused.score DESC, d.popularity DESC, d.id"
# A document keeps its id for as long as it lives: the newest ones have the highest.
ORDERS = {
    "": _BEST,
    "price": f"(d.facets ->> 'price')::bigint ASC NULLS LAST, {_BEST}",
    "-price": f"(d.facets ->> 'price')::bigint DESC NULLS LAST, {_BEST}",
    "newest": "d.id DESC",
}

# Asked once a word, not once a row: it depends on no row.
_UNKNOWN = """(SELECT numnode(plainto_tsquery('english', {name})) > 0 AND NOT EXISTS (
    SELECT FROM search_document WHERE vector @@ plainto_tsquery('english', {name})))"""


def find(
    *,
    text: str,
    kinds: Sequence[str] | None = None,
    limit: int = 24,
    offset_token: str | None = None,
    facets: Mapping[str, Any] | None = None,
    without: Collection[str] = (),
    order: str = "",
) -> Page[Hit]:
    """The best answers to what somebody typed, over all kinds or some. One query.

    `facets`: a list matches any of its strings, `<name>_max` and `<name>_min` compare whole
    numbers (money in minor units), anything else must be equal. `without`: owners (public ids of
    profiles) whose documents are neither found nor counted. `order`: one of ORDERS, the best first
    for any other. Any text is safe; text without a word
    finds nothing. A token that is not ours starts from the top.
    """
    words = words_of(text=text)
    chosen = [kind for kind in KINDS if kinds is None or kind in kinds]
    if not words or not chosen:
        return Page(items=[])
    limit = max(1, min(limit, MAX_LIMIT))
    offset = _offset_of(offset_token)
    where, values = _conditions(chosen, facets or {})
    if without:
        where += " AND coalesce(facets ->> 'owner', '') <> ALL(%(without)s)"
        values["without"] = list(without)
    for index, word in enumerate(words):
        values[f"word{index}"] = word
    names = [f"search_plain(%(word{index})s)" for index in range(len(words))]
    unknown = [_UNKNOWN.format(name=name) for name in names]
    pairs = list(zip(unknown, names, strict=True))
    statement = _FIND.format(
        where=where,
        k=_K,
        order=ORDERS.get(order, _BEST),
        likeness=" + ".join(
            f"CASE WHEN {new} THEN word_similarity({name}, plain_title) ELSE 0 END"
            for new, name in pairs
        ),
        any_alike=" OR ".join(f"({new} AND {name} <%% plain_title)" for new, name in pairs),
    )
    values |= {"any": " or ".join(words), "depth": DEPTH, "limit": limit, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    hits = [
        Hit(
            kind=kind,
            public_id=public_id,
            score=float(score),
            title=title,
            facets=json.loads(facets) if isinstance(facets, str) else facets,
        )
        for kind, public_id, score, _total, title, facets in rows
    ]
    total = rows[0][3] if rows else 0
    more = offset + len(hits) < total
    return Page(items=hits, total=total, next=_signer().sign(str(offset + limit)) if more else None)


def words_of(*, text: str) -> list[str]:
    """The words to look for: letters and digits only, each once, at most twelve."""
    words = dict.fromkeys(word.lower()[:40] for word in _WORD.findall(text[:MAX_TEXT]))
    # "or" would be an operator, and says nothing.
    return [word for word in words if word != "or"][:MAX_WORDS]


def _conditions(kinds: Sequence[str], facets: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {}
    parts = []
    if len(kinds) < len(KINDS):
        values["kinds"] = list(kinds)
        parts.append("kind = ANY(%(kinds)s)")
    for index, (name, wanted) in enumerate(facets.items()):
        if wanted is None or not _FACET.fullmatch(name):
            continue
        key = f"facet{index}"
        if name.endswith(("_max", "_min")):
            sign = "<=" if name.endswith("_max") else ">="
            number = max(-_MAX_NUMBER, min(int(wanted), _MAX_NUMBER))
            values[key] = f"$.{name[:-4]} {sign} {number}"
            parts.append(f"facets @@ %({key})s::jsonpath")
        elif isinstance(wanted, list | tuple | set | frozenset):
            values[key], values[f"{key}name"] = [str(one) for one in wanted], name
            parts.append(f"(facets -> %({key}name)s) ?| %({key})s")
        else:
            values[key] = json.dumps({name: wanted})
            parts.append(f"facets @> %({key})s::jsonb")
    return "".join(f" AND {part}" for part in parts), values


def _signer() -> Signer:
    return Signer(salt="search.page")


def _offset_of(token: str | None) -> int:
    if not token:
        return 0
    try:
        return min(int(_signer().unsign(token)), 2 * DEPTH)
    except (BadSignature, ValueError):
        return 0
