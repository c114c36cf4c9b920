"""A profile's way between its states, each step with who, when and why."""

from __future__ import annotations

from accounts import states
from accounts.documents import index_profiles
from accounts.errors import WrongState
from accounts.models import Profile, ProfileDecision
from core import clock


def move(profile: Profile, *, to_state: str, actor_id: int | None, reason: str = "") -> int:
    """Move a locked profile to another state and keep who did it and why. Raises WrongState.

    Returns the primary key of the decision.
    """
    if not states.may_move(profile.state, to_state):
        raise WrongState
    decision = ProfileDecision.objects.create(
        profile=profile,
        from_state=profile.state,
        to_state=to_state,
        actor_id=actor_id,
        reason=reason,
        at=clock.now(),
    )
    profile.state = to_state
    profile.save(update_fields=["state"])
    index_profiles(ids=[profile.pk])
    return decision.pk
