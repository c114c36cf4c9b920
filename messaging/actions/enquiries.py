"""What a question and a request for a quote share: their row, and who answers."""

from __future__ import annotations

from datetime import timedelta

from accounts.queries import brand_team
from core import clock
from core.db import in_turn
from messaging.models import Enquiry
from messaging.types import Asker, Subject
from notifications.types import Recipient

ANSWERING_ROLES = {"chat"}
SENT_AGAIN = timedelta(minutes=10)


def write(*, subject: Subject, asker: Asker, text: str) -> tuple[Enquiry, bool]:
    """The row of what somebody asks about a subject, and whether it is new; the text as cleaned.

    The same words about the same thing within ten minutes are one question: a form that was sent
    again by Back, a reload or a proxy. Call it within a transaction.
    """
    in_turn(f"enquiry:{asker.email}:{subject.kind}:{subject.ref}")
    asked = Enquiry.objects.filter(
        kind=subject.kind,
        ref=subject.ref,
        to=subject.to.id,
        email=asker.email,
        text=text,
        created_at__gt=clock.now() - SENT_AGAIN,
    ).first()
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
    )
    return made, True


def team_of(subject: Subject) -> list[Recipient]:
    """Owners of the subject's brand and those with the chat role. One query."""
    return [
        Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
        for member in brand_team(profile_id=subject.to.id, roles=ANSWERING_ROLES)
    ]
