"""What a question and a request for a quote share: their row, and who answers."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

from accounts.queries import brand_team
from core import clock
from core.db import in_turn
from messaging.models import Enquiry
from messaging.types import Asker, BriefData, Subject
from notifications.types import Recipient

ANSWERING_ROLES = {"chat"}
SENT_AGAIN = timedelta(minutes=10)


def write(
    *, subject: Subject, asker: Asker, text: str, data: BriefData | None = None
) -> tuple[Enquiry, bool]:
    """The row of what somebody asks about a subject, and whether it is new; the text as cleaned.

    The same sent again within ten minutes is one question: by Back, a reload or a proxy. Whatever
    differs is another one, be it the budget or that a quote is asked for. Call it within a
    transaction.
    """
    digest = _digest(subject, asker, text, data)
    in_turn(f"enquiry:{digest}")
    lately = clock.now() - SENT_AGAIN
    asked = Enquiry.objects.filter(digest=digest, created_at__gt=lately).order_by().first()
    if asked is not None:
        return asked, False
    made = Enquiry.objects.create(
        kind=subject.kind,
        ref=subject.ref,
        title=subject.title[:300],
        url=subject.url,
        to_id=subject.to.id,
        asker_id=asker.profile_id,
        name=asker.name,
        email=asker.email,
        text=text,
        digest=digest,
    )
    return made, True


def _digest(subject: Subject, asker: Asker, text: str, data: BriefData | None) -> str:
    said = [
        *(subject.kind, subject.ref, subject.to.id),
        *(asker.profile_id, asker.name, asker.email, text),
        _wanted(data) if data else None,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _wanted(data: BriefData) -> list[object]:
    budget, day = data.budget, data.needed_by
    return [
        *(data.package, data.quantity, data.unit, data.destination),
        (budget.amount, budget.currency) if budget else None,
        day.isoformat() if day else None,
        list(data.pin_ids),
        # A form that is sent again uploads its pictures again, under other ids.
        [(one.file_name, one.width, one.height, one.colour) for one in data.images],
    ]


def team_of(subject: Subject) -> list[Recipient]:
    """Owners of the subject's brand and those with the chat role. One query."""
    return [
        Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
        for member in brand_team(profile_id=subject.to.id, roles=ANSWERING_ROLES)
    ]
