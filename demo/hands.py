"""More processes for the seed. Each is forked, and so knows all that was known at that moment."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, TypeVar

from django.db import connection

R = TypeVar("R")
Act = Callable[[], Any]

_acts: Sequence[Act] = ()


def spread(acts: Sequence[Callable[[], R]], *, at_once: int = 1) -> Iterator[R]:
    """What each act answers, in their order. They run on every core, `at_once` in a row."""
    with _hired(acts, hands=_cores()) as pool:
        yield from pool.map(_do, range(len(acts)), chunksize=at_once)


@contextmanager
def beside(acts: Sequence[Act]) -> Iterator[None]:
    """Run these on the other cores during the block, which ends when they have ended too."""
    with _hired(acts, hands=max(1, _cores() - 1)) as pool:
        done = [pool.submit(_do, number) for number in range(len(acts))]
        worked = False
        try:
            yield
            worked = True
        finally:
            pool.shutdown(cancel_futures=not worked)
        for one in done:
            one.result()


def _hired(acts: Sequence[Act], *, hands: int) -> ProcessPoolExecutor:
    connection.close()  # each process opens its own
    return ProcessPoolExecutor(
        hands,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_begin,
        initargs=(acts,),
    )


def _cores() -> int:
    return os.cpu_count() or 1


def _begin(acts: Sequence[Act]) -> None:
    global _acts
    _acts = acts
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Who waits for work would not notice that the one who hands it out was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(number: int) -> Any:
    return _acts[number]()
