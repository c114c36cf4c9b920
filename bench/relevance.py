"""How well our search answers, beside what anybody would write first.

    PARLEY_VAR=var .venv/bin/python -m bench.relevance

asks the questions of bench/judged.py of a market that runs with its demo (bin/run), and prints
NDCG@10 of each way: 1 is every answer in the best order, 0 none among the first ten. Added to the
questions are the article numbers of twelve variants. Controls: all words must stand somewhere (AND,
the usual default); any word, ranked (OR); and likeness alone (trigrams).
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Mapping, Sequence

import django
from django.db import connection

from bench.judged import BEYOND, JUDGED

NUMBERS = 12
FIRST = 10
Ranked = list[str]

_PLAIN = """
SELECT kind, public_id FROM search_document, {query} AS words
WHERE vector @@ words
ORDER BY ts_rank('{{0, 0, 0.2, 1}}', vector, words, 1) DESC, public_id LIMIT 10
"""
_ALIKE = """
SELECT kind, public_id FROM search_document
ORDER BY word_similarity(search_plain(%s), plain_title) DESC, public_id LIMIT 10
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()
    names = _names()
    questions = JUDGED | _numbers()
    absent = {one for wanted in questions.values() for one in wanted} - set(names.values())
    if absent:
        sys.exit(f"The demo has no {', '.join(sorted(absent))}.")
    ways = {"ours": _ours, "AND": _all, "OR": _any, "likeness": _alike}
    scores: dict[str, list[float]] = {way: [] for way in ways}
    sys.stdout.write(f"{'question':<36}" + "".join(f"{way:>10}" for way in ways) + "\n")
    for text, wanted in questions.items():
        for way, ask in ways.items():
            scores[way].append(ndcg([names.get(one, "") for one in ask(text)], wanted))
        row = "".join(f"{scores[way][-1]:>10.3f}" for way in ways)
        sys.stdout.write(f"{text[:35]:<36}{row}\n")
    sys.stdout.write(f"{f'NDCG@10 over {len(questions)}':<36}")
    sys.stdout.write("".join(f"{sum(one) / len(one):>10.3f}" for one in scores.values()) + "\n")
    beyond = [ndcg([names.get(one, "") for one in _ours(text)], BEYOND[text]) for text in BEYOND]
    sys.stdout.write(f"beyond the words (not counted): {sum(beyond) / len(beyond):.3f}\n")


def ndcg(found: Sequence[str], wanted: Mapping[str, int]) -> float:
    """What stands among the first ten, worth less the later it comes, against the best order."""

    def gain(grades: Sequence[int]) -> float:
        worth = (float(2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
        return sum(worth)

    best = gain(sorted(wanted.values(), reverse=True)[:FIRST])
    return gain([wanted.get(one, 0) for one in found[:FIRST]]) / best


def _ask(statement: str, values: Sequence[str]) -> Ranked:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [public_id for kind, public_id in cursor.fetchall() if kind != "pin"]


def _ours(text: str) -> Ranked:
    from search.queries import find  # noqa: PLC0415 - wants settings

    page = find(text=text, kinds=["product", "brand", "service", "person"], limit=FIRST)
    return [hit.public_id for hit in page.items]


def _without_pins(statement: str) -> str:
    return statement.replace("WHERE vector", "WHERE kind <> 'pin' AND vector").replace(
        "FROM search_document\nORDER", "FROM search_document WHERE kind <> 'pin'\nORDER"
    )


def _all(text: str) -> Ranked:
    query = _PLAIN.format(query="plainto_tsquery('english', search_plain(%s))")
    return _ask(_without_pins(query), [text])


def _any(text: str) -> Ranked:
    from search.queries import words_of  # noqa: PLC0415 - wants settings

    query = _PLAIN.format(query="websearch_to_tsquery('english', search_plain(%s))")
    return _ask(_without_pins(query), [" or ".join(words_of(text=text))])


def _alike(text: str) -> Ranked:
    return _ask(_without_pins(_ALIKE), [text])


def _names() -> dict[str, str]:
    """What the judgements call each document, by its public id."""
    names: dict[str, str] = {}
    with connection.cursor() as cursor:
        for lead, statement in (
            ("", "SELECT public_id, slug FROM catalog_product"),
            ("s:", "SELECT public_id, slug FROM catalog_service"),
            ("@", "SELECT public_id, handle FROM accounts_profile WHERE kind = 'brand'"),
        ):
            cursor.execute(statement)
            names |= {public_id: lead + slug for public_id, slug in cursor.fetchall()}
    return names


def _numbers() -> dict[str, dict[str, int]]:
    """Article numbers of variants on sale, each meaning its product alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (p.id) v.sku, p.slug FROM catalog_variant v"
            " JOIN catalog_product p ON p.id = v.product_id"
            " WHERE v.active AND p.state = 'published' ORDER BY p.id, v.id LIMIT %s",
            [NUMBERS],
        )
        return {sku: {slug: 3} for sku, slug in cursor.fetchall()}


if __name__ == "__main__":
    main()
