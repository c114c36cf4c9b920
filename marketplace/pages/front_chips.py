"""The chips over the pins of a profile: which kinds there are, and the one that is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.queries import followed_ids
from accounts.types import Viewer
from catalog.queries import categories, category_tree_ids
from core.media import Picture
from feed.types import PinFilter, PinKinds

LOOKS, SAVED = "looks", "saved"
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

    A word that no chip has asks for all. One query for what people whom the viewer follows saved.
    """
    kept = {one.id: one for one in categories()}
    links = [
        (kept[pk].slug, kept[pk].name, kept[pk].picture)
        for pk, pins in kinds.categories[:MOST]
        if pk in kept and pins < kinds.total
    ]
    if 0 < kinds.looks < kinds.total:
        links.append((LOOKS, _("Looks"), None))
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
        case "saved":
            assert viewer.acting_id is not None  # noqa: S101 -- guests are not offered the chip
            return PinFilter(savers=tuple(followed_ids(profile_id=viewer.acting_id)))
        case slug:
            return PinFilter(categories=tuple(category_tree_ids(slugs=[slug])))
