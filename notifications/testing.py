"""What was written to whom, for tests."""

from __future__ import annotations

from notifications.models import Mail, Notice


def mails_to(address: str) -> list[Mail]:
    """Every mail to an address, oldest first, sent or not."""
    return list(Mail.objects.filter(address=address).order_by("pk"))


def notices_of(profile_id: int) -> list[Notice]:
    """Every notice of a profile, oldest first."""
    return list(Notice.objects.filter(profile=profile_id).order_by("pk"))
