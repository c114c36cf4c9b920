"""Who sees a pin. Every list, wall and search asks here, and nothing else decides it.

There are two questions. Who may *open* a pin: anybody who has its address, while it is published
and its author is public (`visible_pins`). And who *meets* it where they did not ask for it by its
address (`shown_pins`): what is for everyone, everybody; what is for followers first, its author and
their followers, and everybody once it is a day old; what is only for those with the link, nobody.
On a board those who arrange the board see all of it (`saves_shown`): whoever put a pin there had
its address. Nothing has to run when the day is over: each question compares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.queries import follows, self_and_followed
from accounts.types import Viewer
from catalog.queries import categories, category_tree_ids
from catalog.types import CategoryRef
from core import clock
from feed.access import joined
from feed.models import Pin, PinHashtag, Save
from feed.types import Audience, PinState

# For so long after its publication a pin for followers first is theirs alone.
FOLLOWERS_FIRST = timedelta(hours=24)


def visible_pins(*, viewer: Viewer | None = None) -> QuerySet[Pin]:
    """Pins that anybody may open who has their address: published, by somebody whose profile is
    public.

    For a viewer without those of people whom a block keeps from them.
    """
    pins = Pin.objects.filter(_published())
    blocked = viewer.hidden.blocked if viewer else ()
    return pins.exclude(author__in=list(blocked)) if blocked else pins


def shown_pins(*, viewer: Viewer | None = None) -> QuerySet[Pin]:
    """Visible pins that stand in lists for the viewer; without one, in those of everybody."""
    return visible_pins(viewer=viewer).filter(_met_by(viewer))


def own_or_shown(*, author_id: int, viewer: Viewer) -> QuerySet[Pin]:
    """Visible pins: all of the author's, for whom the list is made, of others those that are shown
    to the viewer. A seller learns of no address because somebody bought with it."""
    return visible_pins(viewer=viewer).filter(Q(author=author_id) | _met_by(viewer))


def listed_pins(*, viewer: Viewer) -> QuerySet[Pin]:
    """Shown pins, without whom and what the viewer muted: for lists nobody asked for by name. A
    muted word that names a topic hides what stands in it, and in what is below it, as well."""
    pins, hidden = shown_pins(viewer=viewer), viewer.hidden
    if hidden.muted:
        pins = pins.exclude(author__in=list(hidden.muted))
    if hidden.words:
        words = rf"(?<!\w)({'|'.join(re.escape(word) for word in hidden.words)})(?!\w)"
        pins = pins.exclude(Q(title__iregex=words) | Q(text__iregex=words))
        if named := [one.slug for one in categories() if _muted_as(one, viewer)]:
            pins = pins.exclude(category__in=category_tree_ids(slugs=named))
    return pins


def topic_muted_by(*, slug: str, viewer: Viewer) -> str:
    """The word with which the viewer muted a topic, or one above it; "" where they did not."""
    topics = {one.slug: one for one in categories()}
    topic = topics.get(slug)
    while topic is not None:
        if word := _muted_as(topic, viewer):
            return word
        topic = topics.get(topic.parent_slug or "")
    return ""


def _muted_as(topic: CategoryRef, viewer: Viewer) -> str:
    """A muted word that is the topic's name, as people read it or as its address has it."""
    words = viewer.hidden.words
    return next((one for one in (topic.slug, topic.name.lower()) if one in words), "")


def saves_shown(*, viewer: Viewer) -> Q:
    """Of saves: what the viewer sees of the board that they look at; of blocks it knows nothing,
    and whoever asks leaves out whom they keep apart."""
    seen = _met_by(viewer, "pin__")
    if viewer.acting_id is not None:
        seen |= Q(board__owner=viewer.acting_id) | Q(joined("board", viewer.acting_id))
    return _published("pin__") & seen


def covers_shown(*, viewer: Viewer) -> QuerySet[Save]:
    """Saves whose pictures stand for their board in lists: what is only for those who arrange it is
    none of them."""
    return Save.objects.filter(_published("pin__") & _met_by(viewer, "pin__"))


def hashtags_shown(*, viewer: Viewer) -> QuerySet[PinHashtag]:
    """That a pin stands under a hashtag, of pins that the viewer meets in lists."""
    return PinHashtag.objects.filter(_published("pin__") & _met_by(viewer, "pin__"))


def early_owners(*, viewer: Viewer) -> QuerySet[Any, Any] | None:
    """Whose pins the viewer finds early, for `search.queries`; None for nobody's."""
    if viewer.acting_id is None:
        return None
    return self_and_followed(profile_id=viewer.acting_id)


def gone_from_sight(lead: str = "") -> Q:
    """Pins that could be opened once and cannot now. A draft that was never published is none of
    them: nobody else had its address. `lead` is the way from the rows to their pins."""
    new = Q(**{f"{lead}state": PinState.DRAFT, f"{lead}published_at": None})
    return ~_published(lead) & ~new


def _published(lead: str = "") -> Q:
    return Q(**{f"{lead}state": PinState.PUBLISHED, f"{lead}author__state": "approved"})


def _met_by(viewer: Viewer | None, lead: str = "") -> Q:
    acting = viewer.acting_id if viewer else None
    return met(savers=None if acting is None else [acting], before=[day_ago()], lead=lead)


def met(*, savers: Sequence[int] | Any, before: Sequence[datetime] | Any, lead: str = "") -> Q:
    """Which pins these profiles meet in lists, None for guests; `before` is `day_ago`.

    As lists, for questions that are prepared. `lead` is the way from the rows to their pins.
    """
    early = Q(**{f"{lead}published_at__upto": before})
    if savers is not None:
        followed = follows(profiles=savers, whom=OuterRef(f"{lead}author"))
        early |= Q(**{f"{lead}author__among": savers}) | Q(Exists(followed))
    everyone, first = (
        Q(**{f"{lead}audience": one}) for one in (Audience.EVERYONE, Audience.FOLLOWERS)
    )
    return everyone | (first & early)


def met_by_all(alias: str) -> str:
    """The same for guests as SQL about the pins of an alias; `%(day_ago)s` is `day_ago`."""
    return (
        f"({alias}.audience = '{Audience.EVERYONE}' OR {alias}.audience = '{Audience.FOLLOWERS}'"
        f" AND {alias}.published_at <= %(day_ago)s)"
    )


def met_by_followers(alias: str) -> str:
    """The same as SQL for those who follow the authors."""
    return f"{alias}.audience <> '{Audience.LINK}'"


def day_ago(*, now: datetime | None = None) -> datetime:
    """What was published until then is everybody's, even if followers had it first."""
    return (now or clock.now()) - FOLLOWERS_FIRST


def day_is_over(*, published_at: datetime | None) -> bool:
    """Whether followers have nothing of a pin to themselves any more, whatever its audience."""
    return published_at is not None and published_at <= day_ago()


def everybodys_at(*, audience: str, published_at: datetime | None) -> datetime | None:
    """When a pin for followers first becomes everybody's; None for every other."""
    if audience != Audience.FOLLOWERS or published_at is None:
        return None
    return published_at + FOLLOWERS_FIRST


def stands_in_lists(*, audience: str, published_at: datetime | None) -> bool:
    """Whether a published pin stands in everybody's lists by now."""
    at = everybodys_at(audience=audience, published_at=published_at)
    return audience != Audience.LINK and (at is None or at <= clock.now())
