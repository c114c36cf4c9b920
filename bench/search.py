"""What our search costs beside a bare full-text query over the same documents.

    .venv/bin/python -m bench.search [documents=20000] [rounds=15]
    PARLEY_VAR=folder .venv/bin/python -m bench.search there [rounds=15]

Starts a PostgreSQL of its own in a temporary directory and fills the index; or (`there`) the one of
a market that does not run now, whose index is left as it is (`manage.py seed --scale 1` makes a
million documents). Asks each question by turns with both; then all kinds with the counts of every
filter, as the page does, products alone with a filter, and what the box suggests for the first
letters. Prints medians in milliseconds, the ratio of the first two, and the 95th of a hundred of
the page's: milliseconds are this machine's, the ratio travels.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from marketplace.supervisor import services

ASKED = ("tall vase", "cermic lamp", "n777", "wool throw by hand", "brass lmap")
NOUNS = ("vase", "lamp", "rug", "chair", "desk", "bowl", "print", "soap", "candle", "bag", "throw")
LOOKS = ("tall", "round", "small", "teal", "rust", "oak", "brass", "linen", "wool", "clay", "night")

# What anybody would write first: one ranked list, no forgiveness for typing mistakes.
CONTROL = """
SELECT kind, public_id FROM search_document, websearch_to_tsquery('english', %s) words
WHERE vector @@ words ORDER BY ts_rank(vector, words) DESC LIMIT 24
"""


def at_home(*, rounds: int) -> None:
    """Ask the index of the market in PARLEY_VAR."""
    server = services.start_postgres(var=Path(os.environ["PARLEY_VAR"]), durable=False)
    try:
        _set_up()
        call_command("migrate", "search", verbosity=0)
        _compare(rounds)
    finally:
        connection.close()
        server.stop()


def _set_up() -> None:
    os.environ["DB_STATEMENT_TIMEOUT_MS"] = "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()


def main(*, documents: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        server = services.start_postgres(var=Path(folder), durable=False)
        try:
            os.environ["PARLEY_VAR"] = folder
            _set_up()
            call_command("migrate", "search", verbosity=0)
            _fill(documents)
            _compare(rounds)
        finally:
            connection.close()
            server.stop()


def _fill(count: int) -> None:
    # Importable once Django is set up, which needs the server's address.
    from search.actions import put_documents  # noqa: PLC0415
    from search.types import DocumentData  # noqa: PLC0415

    put_documents(
        documents=[
            DocumentData(
                kind="product",
                public_id=f"n{number}",
                title=f"{LOOKS[number % 11]} {NOUNS[number // 11 % 11]} n{number}",
                body=f"{LOOKS[number // 7 % 11]} {NOUNS[number // 5 % 11]} made by hand",
                popularity=number % 97,
            )
            for number in range(count)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_document")


def _compare(rounds: int) -> None:
    from marketplace.pages.search_facets import counted_of  # noqa: PLC0415
    from marketplace.pages.suggestions import POOL  # noqa: PLC0415
    from search.queries import find, suggest  # noqa: PLC0415

    most = {"product": POOL, "pin": 2, "brand": 2, "person": 2, "service": 2}
    products = counted_of(kinds=["product"])
    titles = ("bare", "ours", "ratio", "page", "products", "typing")
    sys.stdout.write(f"{'question':<22}" + "".join(f"{one:>9}" for one in titles) + "\n")
    pages: list[float] = []
    for text in ASKED:
        narrow: dict[str, Any] = {
            "kinds": ["product"],
            "facets": {"price_max": 10_000},
            "tally": products,
        }
        ways: list[Callable[[], object]] = [
            partial(_bare, text),
            partial(find, text=text),
            partial(find, text=text, limit=100, each=24, tally=products),
            partial(find, text=text, **narrow),
            partial(suggest, text=text[:-2], most=most),
        ]
        took = [_by_turns(ways, first=number % len(ways)) for number in range(rounds)]
        bare, ours, page, goods, typing = (
            statistics.median(column) for column in zip(*took, strict=True)
        )
        pages += [_milliseconds(ways[2]) for _page in range(100 // len(ASKED))]
        row = f"{bare:>9.1f}{ours:>9.1f}{ours / bare:>9.1f}{page:>9.1f}{goods:>9.1f}{typing:>9.1f}"
        sys.stdout.write(f"{text:<22}{row}\n")
    p95 = statistics.quantiles(pages, n=20)[-1]
    sys.stdout.write(f"95 of 100 pages with the counts of all filters: {p95:.0f} ms\n")


def _by_turns(ways: list[Callable[[], object]], *, first: int) -> list[float]:
    """Milliseconds of each, in their order; each round begins with another, for the first one finds
    pages cold that the next finds warm."""
    order = [*range(first, len(ways)), *range(first)]
    took = {number: _milliseconds(ways[number]) for number in order}
    return [took[number] for number in range(len(ways))]


def _bare(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CONTROL, [" or ".join(text.split())])
        cursor.fetchall()


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    if sys.argv[1:2] == ["there"]:
        at_home(rounds=int(sys.argv[2]) if len(sys.argv) > 2 else 15)
        sys.exit()
    given = [int(word) for word in sys.argv[1:3]]
    main(documents=given[0] if given else 20_000, rounds=given[1] if len(given) > 1 else 15)
