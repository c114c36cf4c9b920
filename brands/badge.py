"""The verified badge: the domain is proved, the trader data are checked, the policies are there."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import set_verified
from brands.locking import locked_papers
from brands.models import DomainClaim
from brands.queries import checklist


@transaction.atomic
def refresh_badge(*, brand_id: int) -> bool:
    """Bring the badge in line with what it says; True when the brand has it afterwards.

    Called after each act that one of its conditions depends on. Raises NotFound.
    """
    locked_papers(brand_id)  # nothing that is read below changes before it is written
    found = checklist(brand_id=brand_id)
    proved = DomainClaim.objects.filter(brand_id=brand_id, proved_at__isnull=False).exists()
    policies = all(item.done for item in found.items if item.code in ("policies", "delivery"))
    verified = found.state == "approved" and found.trader_checked and proved and policies
    set_verified(brand_id=brand_id, verified=verified)
    return verified
