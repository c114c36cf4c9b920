"""A guest's whole purchase over HTTP: product page, sheet, Pay, until we send them to the provider.

    .venv/bin/python -m bench.checkout --var /tmp/large [--guests 4] [--seconds 10] [--rounds 3]

Uses the market that `bench.pages` filled, with its two page processes and the provider's sandbox,
which share the cores with the guests. By turns with the bare view; rates are local, ratios travel.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import re
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.load import hammer, request
from bench.pages import BARE, WEB, say, servers, serving
from marketplace.supervisor import paths

SANDBOX = WEB + 2
GUEST = {
    "email": "guest@mail.example",
    "name": "Noor Haddad",
    "street": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}
_FIELD = re.compile(r'<input type="(?:hidden|radio)" name="([^"]+)" value="([^"]*)"( checked)?')


def purchase(path: str, variant: str) -> tuple[float, float]:
    """One guest, three requests; seconds of all and of the last. Anything unexpected raises."""
    connection = http.client.HTTPConnection("localhost", WEB)
    started = time.perf_counter()
    _ask(connection, "GET", path)
    sheet, headers = _ask(connection, "GET", f"/buy/{variant}/")
    form = sheet.partition('class="sheet__form"')[2].partition("</form>")[0]
    fields = {name: value for name, value, _chosen in reversed(_FIELD.findall(form))}
    cookie = re.search(r"csrf=(\w+)", headers["Set-Cookie"] or "")
    if cookie is None or "key" not in fields:
        raise RuntimeError(sheet[:500])
    body = urlencode({**fields, **GUEST, "do": "pay"})
    asked = time.perf_counter()
    _page, headers = _ask(connection, "POST", f"/buy/{variant}/", body, cookie[0], wanted=303)
    if "/pay/" not in headers["Location"]:
        raise RuntimeError(headers["Location"])
    connection.close()
    now = time.perf_counter()
    return now - started, now - asked


def _ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: str = "",
    cookie: str = "",
    wanted: int = 200,
) -> tuple[str, Any]:
    headers = {"Cookie": cookie} if cookie else {}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    if answer.status != wanted:
        raise RuntimeError(f"{answer.status} {method} {path}: {page[:500]}")
    return page, answer.headers


def _guest(goods: list[tuple[str, str]], number: int, seconds: float, told: Any) -> None:
    times: list[tuple[float, float]] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        times.append(purchase(*goods[(len(times) * 7 + number * 13) % len(goods)]))
    told.put((times, time.monotonic()))


def round_of(goods: list[tuple[str, str]], guests: int, seconds: float) -> tuple[float, Any]:
    """Purchases per second of so many guests, and the times of each."""
    context = multiprocessing.get_context("fork")
    told: Any = context.Queue()
    crowd = [
        context.Process(target=_guest, args=(goods, number, seconds, told))
        for number in range(guests)
    ]
    started = time.monotonic()
    for one in crowd:
        one.start()
    answers = [told.get(timeout=seconds + 60) for _ in crowd]
    for one in crowd:
        one.join()
    times = [spent for found, _ended in answers for spent in found]
    return len(times) / (max(ended for _found, ended in answers) - started), times


def _goods() -> list[tuple[str, str]]:
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.public_id, p.slug, v.public_id FROM catalog_product p "
            "JOIN catalog_variant v ON v.id = p.default_variant_id "
            "WHERE p.state = 'published' AND p.availability = 'in_stock' "
            "ORDER BY p.id DESC LIMIT 200"
        )
        found = [(f"/product/{one}/{slug}/", variant) for one, slug, variant in cursor.fetchall()]
    connection.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--guests", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    var = given.var.absolute()
    os.environ |= {"SANDBOX_URL": f"http://localhost:{SANDBOX}"}
    with ExitStack() as stack:
        stack.enter_context(servers(var, 1.0))
        goods = _goods()
        stack.enter_context(serving("sandbox", SANDBOX))
        stack.enter_context(serving("web", WEB))
        stack.enter_context(
            serving(
                "bench.bare.app:application",
                BARE,
                BARE_DATABASE_HOST=str(paths.postgres_socket_directory(var=var)),
                DJANGO_SETTINGS_MODULE="bench.bare.settings",
            )
        )
        for number in range(8):
            purchase(*goods[number])
        rates, ratios, last = [], [], []
        bare = request("/")
        for _round in range(given.rounds):
            rate, times = round_of(goods, given.guests, given.seconds)
            limit = hammer(port=BARE, ask=lambda _: bare, connections=16, seconds=2)
            rates.append(rate)
            ratios.append(rate / limit.rate)
            last += [one * 1000 for _whole, one in times]
        cuts = statistics.quantiles(last, n=100)
        say(
            f"a guest's purchase: {statistics.median(rates):.1f} per s "
            f"({min(rates):.1f} to {max(rates):.1f}), of the bare view "
            f"{statistics.median(ratios):.3f}; "
            f"Pay itself p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms"
        )


if __name__ == "__main__":
    main()
