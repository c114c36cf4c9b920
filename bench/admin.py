"""What every list of the administration costs on a large market: its first page, and searches.

    .venv/bin/python -m bench.admin --var /tmp/large [--only feed.Pin] [--least 0]

Uses the market that `bench.pages` filled. Asks as a superuser, by `django.test.Client`, each page
twice and takes the better: the first page, a search for what the newest row is found by, and one
for a word that is nowhere. Prints the lists that have rows, slowest first. Times are local; what
ends at the limit of a statement is `late`. The superuser, bench-operator@example.com, stays there.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.pages import say, servers

NOWHERE = "qqzzxx"
TOO_LATE = 503


@dataclass(frozen=True)
class Cost:
    """One list: its rows, and milliseconds of each page; None for one that took too long."""

    name: str
    rows: int
    page: float | None
    found: float | None
    nothing: float | None

    @property
    def worst(self) -> float:
        return max(
            float("inf") if one is None else one for one in (self.page, self.found, self.nothing)
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--only", default="", help="one model, as feed.Pin")
    parser.add_argument("--least", type=int, default=0, help="milliseconds, none below is said")
    given = parser.parse_args()
    with servers(given.var.absolute(), 1.0):
        costs = measure(only=given.only)
    say(f"{'list':32} {'rows':>10} {'page':>7} {'found':>7} {'nothing':>7}")
    for one in sorted(costs, key=lambda cost: cost.worst, reverse=True):
        if one.worst >= given.least:
            times = " ".join(_shown(took) for took in (one.page, one.found, one.nothing))
            say(f"{one.name:32} {one.rows:>10,} {times}")


def measure(*, only: str = "") -> list[Cost]:
    """Every list that has rows, or the one of a model named as `app.Model`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.contrib import admin  # noqa: PLC0415

    client = _operator()
    client.get("/admin/")  # everything loaded
    return [
        _cost(client, site)
        for model, site in admin.site._registry.items()  # noqa: SLF001
        if only in ("", model._meta.label) and model._default_manager.exists()  # noqa: SLF001
    ]


def _operator() -> Any:
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    users: Any = get_user_model()._default_manager  # noqa: SLF001
    who, _made = users.get_or_create(
        email="bench-operator@example.com", defaults={"is_staff": True, "is_superuser": True}
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(who)
    return client


def _cost(client: Any, site: Any) -> Cost:
    meta = site.model._meta  # noqa: SLF001
    path = f"/admin/{meta.app_label}/{meta.model_name}/"
    word = _word_of(site)
    return Cost(
        name=meta.label,
        rows=_rows(site.model),
        page=_took(client, path),
        found=_took(client, path, word) if word else 0,
        nothing=_took(client, path, NOWHERE) if site.search_fields else 0,
    )


def _word_of(site: Any) -> str:
    """What the newest row is found by: the first of the columns searched that says something."""
    paths = [one.lstrip("=^") for one in site.search_fields]
    newest = site.model._default_manager.order_by("-pk").values_list(*paths)[:1] if paths else []  # noqa: SLF001
    return next((str(value) for row in newest for value in row if value), "")


def _rows(model: Any) -> int:
    from django.db import connection  # noqa: PLC0415

    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        rows = int(cursor.fetchone()[0])
        cursor.execute("RESET statement_timeout")
    return rows


def _took(client: Any, path: str, word: str = "") -> float | None:
    """Milliseconds, the better of two. None where the database gave up. Raises RuntimeError for
    any other answer that is not a page."""
    best: float | None = None
    for _turn in range(2):
        started = time.perf_counter()
        answer = client.get(path, {"q": word} if word else {})
        took = (time.perf_counter() - started) * 1000
        if answer.status_code == TOO_LATE:
            return None
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        best = took if best is None else min(best, took)
    return best


def _shown(took: float | None) -> str:
    return "   late" if took is None else f"{took:7.0f}"


if __name__ == "__main__":
    main()
