"""What the file of a long list costs: its first rows and all of it.

    .venv/bin/python -m bench.lists [--rows 10000]

Starts a PostgreSQL of its own, copies one product to `--rows` of a brand, and reads the file and
the pages of its list as the owner's browser would. Times are local; queries and bytes travel.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from marketplace.supervisor import services

PAGES = ("", "?sort=title", "?q=vase%205", "?state=draft", "?state=silent")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        os.environ |= {"PARLEY_VAR": folder, "LOG_LEVEL": "ERROR"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings"}
        server = services.start_postgres(var=Path(folder))
        valkey = services.start_valkey(var=Path(folder), durable=False)
        try:
            _measure(given.rows)
        finally:
            valkey.stop()
            server.stop()


def _measure(rows: int) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    setup_test_environment()
    from accounts.testing import client_for, make_brand, owner_of  # noqa: PLC0415
    from catalog.models import Product  # noqa: PLC0415
    from catalog.testing import make_product  # noqa: PLC0415

    brand = make_brand(handle="long")
    _copy(make_product(seller=brand, title="Vase", publish=False), rows, Product)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = client_for(owner_of(brand))
    address = "/studio/long/products/"
    client.get(address)
    for query in PAGES:
        with CaptureQueriesContext(connection) as found:
            started = time.perf_counter()
            client.get(address + query)
            took = time.perf_counter() - started
        _say(f"page {query or 'plain':14} {took * 1000:7.0f} ms  {len(found)} queries")
    with CaptureQueriesContext(connection) as found:
        started = time.perf_counter()
        answer: Any = client.get(address + "?as=csv")
        pieces = iter(answer.streaming_content)
        first_piece = len(next(pieces)) + len(next(pieces))
        first = time.perf_counter() - started
        size = first_piece + sum(len(piece) for piece in pieces)
        took = time.perf_counter() - started
    _say(f"file of {rows} rows: first rows after {first * 1000:.0f} ms, all after {took:.2f} s")
    _say(f"  {size / 1000:.0f} kB, {len(found)} queries")


def _copy(one: Any, rows: int, product: Any) -> None:
    from core.ids import new_public_id  # noqa: PLC0415

    copies = []
    for number in range(rows - 1):
        title = f"Vase {number}"
        columns = {
            field.attname: getattr(one, field.attname)
            for field in product._meta.concrete_fields  # noqa: SLF001
            if not field.primary_key
        }
        columns |= {"title": title, "public_id": new_public_id(), "default_variant_id": None}
        copies.append(product(**columns))
    product.objects.bulk_create(copies, batch_size=1_000)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
