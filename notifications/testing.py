"""For tests of apps above: what somebody was told."""

from __future__ import annotations

from notifications.models import Mail, Notice

__all__ = ["Mail", "Notice", "mails_to", "notices_of"]


def notices_of(profile_id: int, *, kind: str = "") -> list[Notice]:
    """The notices of a profile, oldest first, perhaps of one kind only."""
    rows = Notice.objects.filter(profile_id=profile_id).order_by("id")
    return list(rows.filter(kind=kind) if kind else rows)


def mails_to(address: str, *, kind: str = "") -> list[Mail]:
    """The mails written to an address, oldest first, perhaps of one kind only."""
    rows = Mail.objects.filter(address=address).order_by("id")
    return list(rows.filter(kind=kind) if kind else rows)
