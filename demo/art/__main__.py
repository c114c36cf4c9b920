"""Render the demo pictures: ``python -m demo.art [word ...]`` (only files with such a word).

Needs numpy, Pillow and resvg_py (see README.md); nothing of the market itself.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from . import finish, index, kept, shoot
from .index import Entry
from .scene import Scene


@dataclass(frozen=True)
class Job:
    """A picture to be made: its index entry, how to compose it, what it may weigh."""

    entry: Entry
    compose: Callable[[], Scene]
    budget: int


def jobs() -> list[Job]:
    """Everything the generator draws."""
    found = [
        Job(
            Entry(shot.file, shot.product.studio, "product", shot.product.key, shot.title,
                  shot.variant.colour, shot.alt),
            partial(shoot.compose, shot),
            22_000,
        )
        for shot in shoot.shots()
    ]  # fmt: skip
    return found


def render(job: Job) -> str:
    """Draw one picture into the folder."""
    image = finish.grade(finish.rasterise(job.compose().svg()), seed=job.entry.file)
    (index.FOLDER / job.entry.file).write_bytes(finish.encode(image, budget=job.budget))
    return job.entry.file


def main(words: list[str]) -> None:
    """Render what was asked for and write the index anew."""
    everything = jobs()
    wanted = [j for j in everything if not words or any(w in j.entry.file for w in words)]
    with ProcessPoolExecutor() as pool:
        for number, name in enumerate(pool.map(render, wanted, chunksize=2), start=1):
            print(f"{number}/{len(wanted)} {name}", flush=True)
    written = index.write([*kept.entries(), *(j.entry for j in everything)])
    weight = sum(path.stat().st_size for path in index.FOLDER.glob("*.webp"))
    print(f"{len(written)} pictures, {weight / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
