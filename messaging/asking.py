"""Who asks, as far as we know them."""

from __future__ import annotations

from accounts.types import Viewer
from messaging.types import Asker


def known_asker(*, viewer: Viewer) -> Asker | None:
    """The profile that a member acts for, answered at their own address; None for a guest."""
    if viewer.user is None or viewer.acting is None:
        return None
    return Asker(name=viewer.acting.name, email=viewer.user.email, profile_id=viewer.acting.id)
