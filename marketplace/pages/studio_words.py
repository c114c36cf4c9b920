"""How many pictures of a brand say what they show, summed over all that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries import brand_file
from catalog.queries import alt_score, service_alt_score
from catalog.types import AltScore
from core.alt import judge_alt
from feed.queries import pin_alt_score


@dataclass(frozen=True, kw_only=True)
class Wordless:
    """Where pictures without words are: name, how many, and the room in which they get them."""

    pictures: int
    without: int
    where: Sequence[tuple[str, int, str]]


def wordless(*, brand_id: int, handle: str) -> Wordless | None:
    """Pictures of products, pins and services, and the cover; None for a brand without any. Four
    queries."""
    rooms = (
        (_("Products"), alt_score(seller_id=brand_id), _room("pages:studio_products", handle)),
        (_("Pins"), pin_alt_score(author_id=brand_id), _room("feed:studio_pins", handle)),
        (_("Services"), service_alt_score(seller_id=brand_id), _room(SERVICES, handle)),
        (_("Cover"), _cover(brand_id), _room("brands:look", handle)),
    )
    pictures = sum(score.pictures for _name, score, _url in rooms)
    if not pictures:
        return None
    return Wordless(
        pictures=pictures,
        without=sum(score.without for _name, score, _url in rooms),
        where=[(name, score.without, url) for name, score, url in rooms if score.without],
    )


SERVICES = "pages:studio_services"


def _cover(brand_id: int) -> AltScore:
    file = brand_file(profile_id=brand_id)
    cover = file.cover if file else None
    if cover is None:
        return AltScore(pictures=0, described=0)
    return AltScore(pictures=1, described=int(judge_alt(alt=cover.alt).counts))


def _room(name: str, handle: str) -> str:
    filtered = "?state=silent" if name == "pages:studio_products" else ""
    return reverse(name, kwargs={"handle": handle}) + filtered
