"""How many pictures of a brand's products, pins and services, and its cover, say what they show."""

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
    # What has pictures: names of rooms, the cover not among them.
    rooms: Sequence[str]


def wordless(*, brand_id: int, handle: str) -> Wordless | None:
    """Pictures of products, pins and services, and the cover; None where there is nothing to say:
    no picture, or a cover alone that needs no words. Four queries."""
    here = {"handle": handle}
    products = reverse("pages:studio_products", kwargs=here) + "?state=silent"
    services = reverse("pages:studio_services", kwargs=here)
    rooms = (
        (_("Products"), alt_score(seller_id=brand_id), products),
        (_("Pins"), pin_alt_score(author_id=brand_id), reverse("feed:studio_pins", kwargs=here)),
        (_("Services"), service_alt_score(seller_id=brand_id), services),
        (_("Cover"), _cover(brand_id), reverse("brands:look", kwargs=here)),
    )
    without = sum(score.without for _name, score, _url in rooms)
    # A cover bears the name of the brand, which the studio stored with it: no merit to praise.
    shown = [name for name, score, _url in rooms[:-1] if score.pictures]
    if not (shown or without):
        return None
    return Wordless(
        pictures=sum(score.pictures for _name, score, _url in rooms),
        without=without,
        where=[(name, score.without, url) for name, score, url in rooms if score.without],
        rooms=shown,
    )


def _cover(brand_id: int) -> AltScore:
    """Its words are the brand's name where the studio stored it; its file may be called so too."""
    file = brand_file(profile_id=brand_id)
    cover = file.cover if file else None
    if cover is None:
        return AltScore(pictures=0, described=0)
    return AltScore(pictures=1, described=int(judge_alt(alt=cover.alt).counts))
