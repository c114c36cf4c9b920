"""What somebody's feed goes by, and what happens when they leave, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.queries import following_count, hidden_count
from accounts.types import Viewer
from core.errors import NotFound
from feed.queries import followed_count, followed_hashtags_count, saved_count
from orders.queries import orders_on_the_way
from tracking.queries import PERSONAL


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """What steers somebody's feed, in numbers, and what would outlive their account.

    `personal`: they let it steer. `follows` are of people, brands, boards and hashtags. `hidden`
    counts whom and what they hid themselves: who blocked them is nothing that they are told.
    """

    personal: bool
    picks: int
    follows: int
    saves: int
    hidden: int
    orders: int


def own_data(*, viewer: Viewer) -> OwnData:
    """The numbers of a member, whomever they act for. Six queries. Raises NotFound for a guest."""
    if viewer.user is None or viewer.profile is None:
        raise NotFound
    own = viewer.profile.id
    return OwnData(
        personal=PERSONAL in viewer.consent,
        picks=len(viewer.interests),
        follows=following_count(profile_id=own)
        + followed_count(profile_id=own)
        + followed_hashtags_count(profile_id=own),
        saves=saved_count(profile_id=own),
        hidden=hidden_count(profile_id=own),
        orders=orders_on_the_way(user_id=viewer.user.pk),
    )
