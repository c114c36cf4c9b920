"""What somebody may agree to. A member's choices are rows, a guest's live in the session.

Every choice is kept with its moment, so that anybody can be shown what they agreed to and when.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from typing import Any

from django.db.models import OuterRef, Subquery

from tracking.models import ConsentChoice

# The session key of a guest's choices.
KEY = "consent"

# Remember by name what was looked at. Nobody has agreed to it before they say so.
MEASURE = "measure"
# Order one's own Home by whom one follows, what they save and what one picked. So until refused.
PERSONAL = "personal"
PURPOSES = (MEASURE, PERSONAL)
UNLESS_REFUSED = frozenset({PERSONAL})


def choose_as_guest(*, session: MutableMapping[str, Any], purposes: Collection[str]) -> None:
    """Keep exactly these for this visit; unknown ones are ignored."""
    session[KEY] = [purpose for purpose in PURPOSES if purpose in purposes]


def of_guest(session: Mapping[str, Any]) -> frozenset[str]:
    """What a guest agreed to in this visit."""
    return frozenset(session.get(KEY) or ())


def chosen_by(actor: OuterRef) -> Subquery:
    """The newest choice of a user, as a column of the query that reads the user; NULL without."""
    newest = ConsentChoice.objects.filter(actor_id=actor).order_by("-id")
    return Subquery(newest.values("purposes")[:1])


def in_force(chosen: Collection[str] | None) -> frozenset[str]:
    """What counts, from the newest choice of a member; None stands for no choice yet."""
    return UNLESS_REFUSED if chosen is None else frozenset(chosen)
