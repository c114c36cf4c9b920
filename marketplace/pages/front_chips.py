"""The chips over the pins of a profile: which kinds there are, and the one that is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.queries import followed_ids
from accounts.types import Viewer
from catalog.queries import categories, category_tree_ids
from core import clock
from core.days import working_day
from core.media import Picture
from feed.types import CHEAP, PinFilter, PinKinds
from marketplace.figures import money

LOOKS, SAVED, UNDER, TODAY = "looks", "saved", "under", "today"
MOST = 6

# Words, address, whether it is on, and a picture.
Chip = tuple[str, str, bool, Picture | None]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What stands over the pins, and which of them are shown; `mark` goes into the next pages."""

    chips: list[Chip]
    wanted: PinFilter | None = None
    mark: str = ""


def shown(*, kinds: PinKinds, asked: str, viewer: Viewer, address: str) -> Shown:
    """The chips of a profile at this address, and what `asked` (the parameter `show`) means.

    "Ships today" is said on working days only. A word that no chip has asks for all. One query for
    what people whom the viewer follows saved.
    """
    kept = {one.id: one for one in categories()}
    links = [
        (kept[pk].slug, kept[pk].name, kept[pk].picture)
        for pk, pins in kinds.categories[:MOST]
        if pk in kept and pins < kinds.total
    ]
    if 0 < kinds.looks < kinds.total:
        links.append((LOOKS, _("Looks"), None))
    if 0 < kinds.cheap < kinds.total:
        price = money(CHEAP, "EUR", whole=True)
        links.append((UNDER, _("Under %(price)s") % {"price": price}, None))
    today = timezone.localdate(clock.now())
    if 0 < kinds.soon < kinds.total and working_day(today, 0) == today:
        links.append((TODAY, _("Ships today"), None))
    if viewer.acting_id is not None and kinds.total:
        links.append((SAVED, _("Saved by people you follow"), None))
    mark = asked if asked in {slug for slug, _name, _picture in links} else ""
    chips: list[Chip] = [
        (name, f"{address}?show={slug}", slug == mark, picture) for slug, name, picture in links
    ]
    if chips:
        chips.insert(0, (_("All pins"), address, not mark, None))
    return Shown(chips=chips, wanted=_meant(mark, viewer), mark=mark)


def _meant(mark: str, viewer: Viewer) -> PinFilter | None:
    match mark:
        case "":
            return None
        case "looks":
            return PinFilter(looks=True)
        case "under":
            return PinFilter(price_below=CHEAP)
        case "today":
            return PinFilter(lead_days=0)
        case "saved":
            assert viewer.acting_id is not None  # noqa: S101 -- guests are not offered the chip
            return PinFilter(savers=tuple(followed_ids(profile_id=viewer.acting_id)))
        case slug:
            return PinFilter(categories=tuple(category_tree_ids(slugs=[slug])))
