"""What a pin costs its author who has 100,000 followers, beside one who has none; the pin of the
first says a hashtag that as many follow, that of the other one that nobody does.

    .venv/bin/python -m bench.publishing --var /tmp/large [--pins 60] [--rounds 5]

Uses the market that `bench.pages` filled. Publishes by turns with our action, in one process, to
the commit. The pins stay there under the title Bench until the next run. The ratio travels.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path
from typing import Any

from bench.pages import say, servers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--pins", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with servers(given.var.absolute(), 1.0):
        compare(pins=given.pins, rounds=given.rounds)


def compare(*, pins: int, rounds: int) -> None:
    """Medians of the rounds, by turns."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    import django  # noqa: PLC0415

    django.setup()
    from accounts.models import Profile  # noqa: PLC0415
    from demo.scale import HASHTAG, STAR  # noqa: PLC0415

    star = Profile.objects.get(handle=STAR)
    nobody = Profile.objects.filter(followers_count=0, state="approved").order_by("-id").first()
    if nobody is None:
        raise SystemExit("Everybody in this market has followers.")
    count = (pins + 1) * rounds
    drafts = {
        star.pk: _drafts(star, count, says=f"#{HASHTAG}"),
        nobody.pk: _drafts(nobody, count, says="#bench"),
    }
    took: dict[int, list[float]] = {star.pk: [], nobody.pk: []}
    for _round in range(rounds):
        for one in (star, nobody):
            _publish(drafts[one.pk].pop(), one.pk)  # everything loaded
            started = time.perf_counter()
            for _pin in range(pins):
                _publish(drafts[one.pk].pop(), one.pk)
            took[one.pk].append((time.perf_counter() - started) / pins * 1000)
    ratios = [one / other for one, other in zip(took[star.pk], took[nobody.pk], strict=True)]
    say(
        f"a pin by an author, and under a hashtag, with {star.followers_count:,} followers: "
        f"{statistics.median(took[star.pk]):.1f} ms, with none "
        f"{statistics.median(took[nobody.pk]):.1f} ms, ratio {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f} to {max(ratios):.2f})"
    )


def _drafts(author: Any, count: int, *, says: str) -> list[str]:
    from core import clock  # noqa: PLC0415
    from core.models import Image  # noqa: PLC0415
    from feed.models import Pin  # noqa: PLC0415

    picture = Image.objects.values_list("id", flat=True).order_by("id")[0]
    Pin.objects.filter(author=author, title="Bench").delete()
    return [
        Pin.objects.create(
            author=author, image_id=picture, title="Bench", text=says, created_at=clock.now()
        ).public_id
        for _number in range(count)
    ]


def _publish(public_id: str, author_id: int) -> None:
    from feed import actions  # noqa: PLC0415

    actions.publish_pin(public_id=public_id, author_id=author_id)


if __name__ == "__main__":
    main()
