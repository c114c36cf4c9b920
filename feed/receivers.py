"""What the feed does when it hears of something below it."""

from __future__ import annotations

from accounts.actions import login_hooks
from accounts.events import BrandApproved, BrandSuspended
from core.events import subscribe
from feed import guest
from feed.actions.pins import index_pins
from feed.models import Pin
from feed.types import PinState
from search.actions import remove_documents


def connect() -> None:
    subscribe(BrandApproved, show_pins)
    subscribe(BrandSuspended, hide_pins)
    login_hooks.register(hook=guest.merge)


def show_pins(event: BrandApproved) -> None:
    """A brand became public: its pins can be found."""
    index_pins(list(Pin.objects.filter(author=event.profile_id, state=PinState.PUBLISHED)))


def hide_pins(event: BrandSuspended) -> None:
    """A brand is not public any more: its pins cannot be found. Walls leave them out by query."""
    ids = Pin.objects.filter(author=event.profile_id).values_list("public_id", flat=True)
    remove_documents(kind="pin", public_ids=list(ids))
