"""Many at once, each in a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def race(count: int, act: Callable[[int], T]) -> list[T | Exception]:
    """Let `count` rivals start together; what each answered or raised, by number."""
    gate = threading.Barrier(count)
    results: list[T | Exception] = [AssertionError("never ran")] * count

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=20)
            results[number] = act(number)
        except Exception as error:  # noqa: BLE001 - handed to the test
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
