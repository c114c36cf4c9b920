"""Take in every drawn picture, as an upload would."""

from __future__ import annotations

from functools import partial

from core.media import store_image
from demo.content.products import Shot, shots
from demo.hands import spread
from demo.world import Tick, World

# Decoding is the work; a few in a row leave none of the processes waiting for its next.
AT_ONCE = 8


def run(world: World, tick: Tick) -> None:
    acts = [partial(_take_in, shot) for shot in shots()]
    for shot, image_id in zip(shots(), spread(acts, at_once=AT_ONCE), strict=True):
        world.images[shot.file] = image_id
        tick()


def count() -> int:
    return len(shots())


def _take_in(shot: Shot) -> int:
    with shot.path.open("rb") as file:
        return store_image(file=file, alt=shot.alt).pk
