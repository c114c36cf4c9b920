"""Render the demo pictures: ``python -m demo.art [word ...]`` (only files with such a word).

Needs numpy, Pillow and resvg_py (see README.md); nothing of the market itself.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from demo.art import avatars, brands, finish, index, kept, look_plans, looks, services, shoot
from demo.art.index import Entry
from demo.art.scene import Scene


@dataclass(frozen=True)
class Job:
    """A picture to be made: its index entry, how to compose it, what it may weigh."""

    entry: Entry
    compose: Callable[[], Scene]
    budget: int
    grain: float = 0.011


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
    for plan in look_plans.PLANS:
        entry = Entry(plan.file, plan.studio, "look", title=plan.title, alt=plan.alt)
        entry.tags = looks.furnish(plan).tags
        found.append(Job(entry, partial(_look, plan), 27_000))
    for number, entry in enumerate(services.entries()):
        found.append(Job(entry, partial(services.compose, number), 22_000))
    found += [Job(e, partial(brands.cover, e.studio), 26_000) for e in brands.covers()]
    found += [Job(e, partial(brands.mark, e.studio), 3_000, 0) for e in brands.marks()]
    for number, entry in enumerate(avatars.entries()):
        found.append(Job(entry, partial(avatars.face, number), 2_600, 0))
    return found


def _look(plan: looks.Plan) -> Scene:
    return looks.furnish(plan).s


def render(job: Job) -> str:
    """Draw one picture into the folder."""
    image = finish.rasterise(job.compose().svg())
    if job.grain:
        image = finish.grade(image, seed=job.entry.file, grain=job.grain)
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
