"""What messaging says when it hears of something between people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.events import ProfileFollowed
from accounts.queries import contacts_of, profile_refs
from notifications.actions import notify
from notifications.types import Recipient


def tell_of_follower(event: ProfileFollowed) -> None:
    """Tell a person, or a brand's owners, who follows them now; once for each pair."""
    refs = profile_refs(ids=[event.follower_id, event.followed_id])
    follower, followed = refs.get(event.follower_id), refs.get(event.followed_id)
    if follower is None or followed is None:
        return
    team = contacts_of(profile_id=followed.id, roles=set())
    notify(
        kind="messaging.follow",
        event_key=f"follow:{follower.id}:{followed.id}",
        recipients=[
            Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
            for member in team
        ],
        context={
            "follower": follower.name,
            "followed": followed.name if followed.kind == "brand" else "",
            "url": follower.url,
            "action": _("See the profile"),
        },
    )
