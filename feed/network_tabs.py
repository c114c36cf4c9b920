"""The tabs of whom one follows and is followed by, with what else one follows oneself."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.types import ProfileRef

# Text, address, whether it is the current one, and how many there are, where that is known.
Tab = tuple[str, str, bool, int | None]
FOLLOWED_PAGE = "feed:followed"


def network_tabs(
    *, ref: ProfileRef, at: str, followers: int, following: int, own: bool
) -> list[Tab]:
    """Of this profile; `at` is the name of the current address. Boards, topics and hashtags
    only for whoever looks at what is their `own`."""
    tabs: list[Tab] = [
        (text, reverse(name, kwargs={"handle": ref.handle}), name == at, count)
        for name, text, count in (
            ("pages:profile_followers", _("Followers"), followers),
            ("pages:profile_following", _("Following"), following),
        )
    ]
    if own:
        tabs.append(
            (_("Boards, topics, hashtags"), reverse(FOLLOWED_PAGE), at == FOLLOWED_PAGE, None)
        )
    return tabs
