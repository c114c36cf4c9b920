"""Where an author makes pins: a person on pages of their own, a brand in its studio."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from accounts.queries import require_brand_role
from accounts.types import BrandRole, ProfileRef, Request
from core.errors import NotFound
from core.ratelimit import hit

ROLES = {"owner", "catalogue"}
PINS_PER_HOUR = 200


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose pins these are and who is at work. `user_id` goes into a brand's log."""

    author: ProfileRef
    brand: BrandRole | None = None
    user_id: int | None = None

    def url(self, name: str, **kwargs: str) -> str:
        """The address of one of the desk's pages: `list`, `new`, `edit`, `publish`, …"""
        tail = "s" if name == "list" else f"_{name}"
        if self.brand is None:
            return reverse(f"feed:my_pin{tail}", kwargs=kwargs)
        handle = self.author.handle
        return reverse(f"feed:studio_pin{tail}", kwargs={"handle": handle, **kwargs})

    @property
    def seen(self) -> bool:
        """Nobody, the team included, sees the pins of a brand that waits for approval."""
        return self.brand is None or self.brand.is_public


def desk_of(request: Request, handle: str | None) -> Desk:
    """The desk behind an address; NotFound for whoever has no place there."""
    viewer = request.viewer
    if handle is not None:
        role = require_brand_role(viewer=viewer, handle=handle, roles=ROLES)
        user = viewer.user
        return Desk(author=role.profile, brand=role, user_id=user.pk if user else None)
    if viewer.profile is None:
        raise NotFound
    return Desk(author=viewer.profile)


def count_pin(*, author_id: int) -> None:
    """One more pin of an author, through whichever door. Raises TooMany beyond so many an hour."""
    hit(key=f"pin:{author_id}", limit=PINS_PER_HOUR, per_seconds=3600)
