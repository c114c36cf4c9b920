"""What of notices goes with an account: what others were told of the leaver's acts."""

from __future__ import annotations

from accounts.actions.erasure_hooks import Leaver
from notifications.actions import forget_notices
from notifications.models import Mail


def erase(leaver: Leaver) -> None:
    """Notices of their acts go from everybody's list; mails to their address too."""
    forget_notices(actor_id=leaver.profile_id)
    Mail.objects.filter(address=leaver.email).delete()
