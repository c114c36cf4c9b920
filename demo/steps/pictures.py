"""Take in every drawn picture, as an upload would; on every core, because decoding is the work."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from django.db import connection

from core.media import store_image
from demo.content.products import Shot, shots
from demo.world import Tick, World


def run(world: World, tick: Tick) -> None:
    connection.close()  # each process opens its own
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        for shot, image_id in zip(shots(), pool.map(_take_in, shots(), chunksize=8), strict=True):
            world.images[shot.file] = image_id
            tick()


def count() -> int:
    return len(shots())


def _take_in(shot: Shot) -> int:
    with shot.path.open("rb") as file:
        return store_image(file=file, alt=shot.alt).pk
