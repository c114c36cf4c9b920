"""What our search costs beside a bare full-text query over the same documents.

    .venv/bin/python -m bench.search [documents=20000] [rounds=15]

Starts a PostgreSQL of its own in a temporary directory, fills the index, and asks each question by
turns with both. Prints the median of each in milliseconds and their ratio: milliseconds are this
machine's, the ratio travels.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

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


def main(*, documents: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        server = services.start_postgres(var=Path(folder), durable=False)
        try:
            os.environ["PARLEY_VAR"] = folder
            os.environ["DB_STATEMENT_TIMEOUT_MS"] = "0"
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
            django.setup()
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
    from search.queries import find  # noqa: PLC0415

    sys.stdout.write(f"{'question':<22}{'ours ms':>9}{'bare ms':>9}{'ratio':>8}\n")
    for text in ASKED:
        ours, bare = [], []
        for _round in range(rounds):
            ours.append(_milliseconds(partial(find, text=text)))
            bare.append(_milliseconds(partial(_bare, text)))
        one, other = statistics.median(ours), statistics.median(bare)
        sys.stdout.write(f"{text:<22}{one:>9.1f}{other:>9.1f}{one / other:>8.1f}\n")


def _bare(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CONTROL, [" or ".join(text.split())])
        cursor.fetchall()


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(documents=given[0] if given else 20_000, rounds=given[1] if len(given) > 1 else 15)
