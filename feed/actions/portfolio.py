"""Which pins show what a service led to."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from feed.models import Pin, ServiceTag
from feed.types import Audience, PinState

MAX_PINS = 24


@transaction.atomic
def show_service(*, author_id: int, service_id: int, pin_ids: Sequence[str]) -> int:
    """Make exactly these pins (public ids) the portfolio of a service of the same author's.

    The caller has checked that the service is the author's. Pins of others, drafts, what is only
    for those with the link and what is beyond twenty-four are left out; a pin that showed another
    service shows this one from now on.
    What showed it and is in no list for a while shows it again when it is back: nobody was asked.
    Returns how many there are.
    """
    wanted = list(dict.fromkeys(pin_ids))[:MAX_PINS]
    pins = Pin.objects.filter(
        author=author_id, state=PinState.PUBLISHED, public_id__in=wanted
    ).exclude(audience=Audience.LINK)
    pins = pins.order_by("id")
    keys = list(pins.select_for_update().values_list("id", flat=True))
    seen = ServiceTag.objects.filter(service=service_id, pin__state=PinState.PUBLISHED)
    seen = seen.exclude(pin__audience=Audience.LINK)
    seen.exclude(pin__in=keys).delete()
    ServiceTag.objects.bulk_create(
        [ServiceTag(pin_id=pk, service_id=service_id) for pk in keys],
        update_conflicts=True,
        unique_fields=["pin"],
        update_fields=["service"],
    )
    return len(keys)
