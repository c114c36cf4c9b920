"""What of reports goes with an account: who reported. What was decided stays."""

from __future__ import annotations

from accounts.actions.erasure_hooks import Leaver
from moderation.models import Report


def erase(leaver: Leaver) -> None:
    """Reports by the leaver name nobody; reports about them keep no words of theirs."""
    Report.objects.filter(reporter=leaver.profile_id).update(reporter=None, email="")
    Report.objects.filter(email__iexact=leaver.email).update(email="")
    Report.objects.filter(author=leaver.profile_id).update(title="", url="")
