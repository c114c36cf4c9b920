"""What placing an order costs beside the smallest honest one, and what a hot SKU does to it.

    .venv/bin/python -m bench.orders [--orders 2000] [--buyers 8] [--hot 1000]

Starts a PostgreSQL of its own that waits for the disk. By turns it lets `--buyers` processes place
`--orders` orders with our action, up to its commit, and as many with five bare statements (key,
order, line, fact, stock last). Then 64 buyers want one SKU of `--hot` units, and the same 64 as
many units of many SKUs. From the moment all may begin until the last is done, without the start and
the end of processes. Rates are local, the ratios travel.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marketplace.supervisor import services

ROUNDS = 3
SKUS = 200
PATIENCE = 600  # seconds, then a part that failed ends the run
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
    ours, bare, beside = [], [], []
    for number in range(ROUNDS):
        ours.append(_timed(_place_many, goods, orders // buyers, buyers))
        bare.append(_timed(_bare_many, goods, orders // buyers, buyers))
        one = _rush(goods, [goods["hot"][number]], hot)
        many = _rush(goods, goods["spread"], hot)
        beside.append(one.rate / many.rate)
        say(
            f"64 buyers: {one.sold} of {hot} units of one SKU, {one.rate:.0f} per s, "
            f"p50 {one.cuts[49]:.0f} ms, p99 {one.cuts[98]:.0f} ms; of many SKUs "
            f"{many.rate:.0f} per s, p99 {many.cuts[98]:.0f} ms"
        )
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    say(
        f"orders: {statistics.median(ours):.0f} per s, smallest honest "
        f"{statistics.median(bare):.0f}, ratio {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f} to {max(ratios):.2f})"
    )
    say(
        f"one SKU beside many: {statistics.median(beside):.2f} "
        f"({min(beside):.2f} to {max(beside):.2f})"
    )


def _crowd(work: Any, count: int, *given: Any) -> tuple[float, list[Any]]:
    """Let so many processes do `work(number, gate, *given)` from one moment on.

    Seconds until the last was done, and what each answered. They meet at the gate once they are
    connected and have everything loaded.
    """
    context = multiprocessing.get_context("spawn")
    gate, told = context.Barrier(count + 1, timeout=PATIENCE), context.Queue()
    crowd = [
        context.Process(target=_member, args=(work, number, gate, told, given))
        for number in range(count)
    ]
    for one in crowd:
        one.start()
    gate.wait()
    started = time.monotonic()  # one clock for all processes of the machine
    answers = [told.get(timeout=PATIENCE) for _ in crowd]
    for one in crowd:
        one.join()
    return max(ended for ended, _answer in answers) - started, [one for _ended, one in answers]


def _member(work: Any, number: int, gate: Any, told: Any, given: tuple[Any, ...]) -> None:
    answer = work(number, gate, *given)
    told.put((time.monotonic(), answer))


def _timed(work: Any, goods: dict[str, Any], each: int, buyers: int) -> float:
    """Orders per second of so many processes."""
    seconds, _answers = _crowd(work, buyers, goods, each)
    return each * buyers / seconds


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


def _place_many(number: int, gate: Any, goods: dict[str, Any], each: int) -> None:
    import django  # noqa: PLC0415

    django.setup()
    _buy(goods, goods["spread"][number], number)
    gate.wait()
    for turn in range(each):
        _buy(goods, goods["spread"][(turn * 7 + number * 13) % SKUS], number)


def _bare_many(number: int, gate: Any, _goods: dict[str, Any], each: int) -> None:
    import psycopg  # noqa: PLC0415

    from marketplace.supervisor import paths  # noqa: PLC0415

    host = str(paths.postgres_socket_directory(var=Path(os.environ["PARLEY_VAR"])))
    with psycopg.connect(host=host, user="market", dbname="market") as connection:
        gate.wait()
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


@dataclass(frozen=True)
class Rush:
    """Orders per second, percentiles of their milliseconds, units sold."""

    rate: float
    cuts: list[float]
    sold: int


def _rush(goods: dict[str, Any], variants: list[str], units: int) -> Rush:
    """64 buyers in 8 processes want a few more than so many units, one order after the other."""
    each = units // 64 + (len(variants) == 1)
    seconds, answers = _crowd(_want, 8, goods, variants, each)
    times = [spent * 1000 for answer in answers for spent in answer]
    if len(variants) == 1 and len(times) != min(units, each * 64):
        raise RuntimeError(f"{len(times)} of {units} units were sold")
    return Rush(len(times) / seconds, statistics.quantiles(times, n=100), len(times))


def _want(
    number: int, gate: Any, goods: dict[str, Any], variants: list[str], each: int
) -> list[float]:
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from orders.errors import SoldOut  # noqa: PLC0415

    times: list[float] = []
    warm = threading.Barrier(9, timeout=PATIENCE)
    start = threading.Barrier(9, timeout=PATIENCE)

    def one(buyer: int) -> None:
        try:
            # As in a process that has run for a while: connected, and everything loaded.
            _buy(goods, goods["spread"][buyer], buyer)
            warm.wait()
            start.wait()
            for turn in range(each):
                started = time.perf_counter()
                _buy(goods, variants[(turn * 7 + buyer * 13) % len(variants)], buyer)
                times.append(time.perf_counter() - started)
        except SoldOut:
            return
        finally:
            connection.close()

    crowd = [threading.Thread(target=one, args=(number * 8 + k,)) for k in range(8)]
    for thread in crowd:
        thread.start()
    warm.wait()
    gate.wait()
    start.wait()
    for thread in crowd:
        thread.join()
    return times


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
