"""What placing an order costs beside the smallest honest one, and what a hot SKU does to it.

    .venv/bin/python -m bench.orders [--orders 2000] [--buyers 8] [--hot 1000]

Starts a PostgreSQL of its own that waits for the disk. By turns it lets `--buyers` processes place
`--orders` orders with our action, up to its commit, and as many with five bare statements (key,
order, line, fact, stock last). Then 64 buyers want one SKU of `--hot` units. Rates are local, the
ratios travel.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from marketplace.supervisor import services

ROUNDS = 3
SKUS = 200
BARE = """
CREATE TABLE bare_key (key text PRIMARY KEY);
CREATE TABLE bare_order (id bigserial PRIMARY KEY, buyer bigint, total bigint, at timestamptz);
CREATE TABLE bare_line (id bigserial PRIMARY KEY, order_id bigint, sku bigint, quantity int);
CREATE TABLE bare_fact (id bigserial PRIMARY KEY, data jsonb);
CREATE TABLE bare_stock (sku bigint PRIMARY KEY, free bigint CHECK (free >= 0));
INSERT INTO bare_stock SELECT n, 1000000 FROM generate_series(1, 200) AS n;
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--buyers", type=int, default=8)
    parser.add_argument("--hot", type=int, default=1_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        os.environ |= {"PARLEY_VAR": folder, "LOG_LEVEL": "ERROR", "DB_LOCK_TIMEOUT_MS": "0"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings"}
        os.environ |= {"DB_STATEMENT_TIMEOUT_MS": "0", "DB_IDLE_TIMEOUT_MS": "0"}
        server = services.start_postgres(var=Path(folder))
        valkey = services.start_valkey(var=Path(folder), durable=False)
        try:
            goods = _prepare(given.hot)
            _compare(goods, orders=given.orders, buyers=given.buyers, hot=given.hot)
        finally:
            valkey.stop()
            server.stop()


def _prepare(hot: int) -> dict[str, Any]:
    """A seller with many SKUs, and one with a hot one. In a process that ends."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_make, (hot,))


def _make(hot: int) -> dict[str, Any]:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from orders.testing import make_buyer, make_variant  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(BARE)
    first = make_variant(stock=1_000_000)
    spread = [first] + [
        make_variant(stock=1_000_000, seller=first.product.seller) for _ in range(SKUS - 1)
    ]
    buyers = [make_buyer() for _ in range(16)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {
        "spread": [one.public_id for one in spread],
        "hot": [make_variant(stock=hot).public_id for _ in range(ROUNDS)],
        "price": first.price,
        "buyers": [(person.user_id, card.method_id) for person, card, _address in buyers],
    }


def _compare(goods: dict[str, Any], *, orders: int, buyers: int, hot: int) -> None:
    ours, bare, hot_rates = [], [], []
    for number in range(ROUNDS):
        ours.append(_timed(_place_many, goods, orders // buyers, buyers)[0])
        bare.append(_timed(_bare_many, goods, orders // buyers, buyers)[0])
        rate, times, sold = _hot(goods, goods["hot"][number], hot)
        hot_rates.append(rate / ours[-1])
        say(
            f"hot SKU: {sold} of {hot} units sold to 64 buyers, {rate:.0f} per s, "
            f"p50 {times[49]:.0f} ms, p99 {times[98]:.0f} ms"
        )
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    say(
        f"orders: {statistics.median(ours):.0f} per s, smallest honest "
        f"{statistics.median(bare):.0f}, ratio {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f} to {max(ratios):.2f})"
    )
    say(f"hot SKU beside many: {statistics.median(hot_rates):.2f}")


def _timed(work: Any, goods: dict[str, Any], each: int, buyers: int) -> tuple[float, list[float]]:
    """Orders per second of so many processes, each of which starts with an open connection."""
    context = multiprocessing.get_context("spawn")
    ready, go = context.Barrier(buyers + 1), context.Barrier(buyers + 1)
    crowd = [
        context.Process(target=work, args=(goods, each, number, ready, go))
        for number in range(buyers)
    ]
    for one in crowd:
        one.start()
    ready.wait()
    go.wait()
    started = time.perf_counter()
    for one in crowd:
        one.join()
    return each * buyers / (time.perf_counter() - started), []


def _buy(goods: dict[str, Any], variant: str, number: int) -> Any:
    from accounts.types import AddressData  # noqa: PLC0415
    from core.money import Money  # noqa: PLC0415
    from orders import actions  # noqa: PLC0415
    from orders.types import Details, Want  # noqa: PLC0415

    user_id, method_id = goods["buyers"][number % len(goods["buyers"])]
    address = AddressData(
        name="Noor Haddad", line1="Lange Straße 5", postcode="10115", city="Berlin", country="DE"
    )
    return actions.buy_now(
        user_id=user_id,
        session=None,
        wants=[Want(variant_id=variant, quantity=1)],
        details=Details(email="noor@mail.example", address=address),
        methods=(),
        shown_total=Money(goods["price"] + 600, "EUR"),
        idempotency_key=uuid.uuid4().hex,
        method_id=method_id,
    )


def _place_many(goods: dict[str, Any], each: int, number: int, ready: Any, go: Any) -> None:
    import django  # noqa: PLC0415

    django.setup()
    _buy(goods, goods["spread"][number], number)
    ready.wait()
    go.wait()
    for turn in range(each):
        _buy(goods, goods["spread"][(turn * 7 + number * 13) % SKUS], number)


def _bare_many(_goods: dict[str, Any], each: int, number: int, ready: Any, go: Any) -> None:
    import psycopg  # noqa: PLC0415

    from marketplace.supervisor import paths  # noqa: PLC0415

    host = str(paths.postgres_socket_directory(var=Path(os.environ["PARLEY_VAR"])))
    with psycopg.connect(host=host, user="market", dbname="market") as connection:
        ready.wait()
        go.wait()
        for turn in range(each):
            with connection.transaction():
                _bare_order(connection, 1 + (turn * 7 + number * 13) % SKUS)


def _bare_order(connection: Any, sku: int) -> None:
    run = connection.execute
    run("INSERT INTO bare_key VALUES (%s)", [uuid.uuid4().hex])
    order = run(
        "INSERT INTO bare_order (buyer, total, at) VALUES (1, 9600, now()) RETURNING id"
    ).fetchone()[0]
    run("INSERT INTO bare_line (order_id, sku, quantity) VALUES (%s, %s, 1)", [order, sku])
    run("INSERT INTO bare_fact (data) VALUES (%s::jsonb)", [f'{{"order": {order}}}'])
    run("UPDATE bare_stock SET free = free - 1 WHERE sku = %s AND free >= 1", [sku])


def _hot(goods: dict[str, Any], variant: str, units: int) -> tuple[float, list[float], int]:
    """64 buyers in 8 processes, until it is sold out: rate, percentiles in ms, units sold."""
    context = multiprocessing.get_context("spawn")
    ready, go, told = context.Barrier(9), context.Barrier(9), context.Queue()
    crowd = [
        context.Process(target=_want, args=(goods, variant, number, ready, go, told))
        for number in range(8)
    ]
    for one in crowd:
        one.start()
    ready.wait()
    go.wait()
    started = time.perf_counter()
    times = [spent for _ in crowd for spent in told.get()]
    seconds = time.perf_counter() - started
    for one in crowd:
        one.join()
    if len(times) > units:
        raise RuntimeError(f"{len(times)} of {units} units were sold")
    cuts = statistics.quantiles([one * 1000 for one in times], n=100)
    return len(times) / seconds, cuts, len(times)


def _want(goods: dict[str, Any], variant: str, number: int, ready: Any, go: Any, told: Any) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from core.errors import DomainError  # noqa: PLC0415

    times: list[float] = []
    warm, start = threading.Barrier(9), threading.Barrier(9)

    def one(buyer: int) -> None:
        try:
            # As in a process that has run for a while: connected, and everything loaded.
            _buy(goods, goods["spread"][buyer], buyer)
            warm.wait()
            start.wait()
            while True:
                started = time.perf_counter()
                _buy(goods, variant, buyer)
                times.append(time.perf_counter() - started)
        except DomainError:
            return  # sold out
        finally:
            connection.close()

    crowd = [threading.Thread(target=one, args=(number * 8 + k,)) for k in range(8)]
    for thread in crowd:
        thread.start()
    warm.wait()
    ready.wait()
    go.wait()
    start.wait()
    for thread in crowd:
        thread.join()
    told.put(times)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
