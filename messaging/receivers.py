"""What messaging says when it hears of something between people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.events import ProfileFollowed, TeamChanged
from accounts.queries import contacts_of, profile_refs, role_words
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
        actor_id=follower.id,
    )


def tell_of_team(event: TeamChanged) -> None:
    """Owners hear who joined and who left; somebody whose role changed or ended hears that."""
    refs = profile_refs(ids=[event.brand_id, event.person_id])
    brand, person = refs.get(event.brand_id), refs.get(event.person_id)
    if brand is None or person is None:
        return
    if event.how in ("joined", "left"):
        told = [
            one
            for one in contacts_of(profile_id=brand.id, roles=set())
            if one.profile_id != person.id
        ]
    else:
        told = contacts_of(profile_id=person.id)
    words = role_words(event.role)
    gone = event.how == "removed"
    notify(
        kind="messaging.team",
        event_key=f"team:{event.act_id}",
        recipients=[
            Recipient(profile_id=one.profile_id, email=one.email, name=one.name) for one in told
        ],
        context={
            "how": event.how,
            "name": person.name,
            "brand": brand.name,
            "role": str(words.name),
            "may": str(words.may),
            "url": brand.url if gone else f"/studio/{brand.handle}/team/",
            "action": _("See the storefront") if gone else _("See the team"),
        },
    )
