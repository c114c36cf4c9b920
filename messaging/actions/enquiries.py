"""What a question and a request for a quote share: their row, and who answers."""

from __future__ import annotations

from accounts.queries import brand_team
from messaging.models import Enquiry
from messaging.types import Asker, Subject
from notifications.types import Recipient

ANSWERING_ROLES = {"chat"}


def write(*, subject: Subject, asker: Asker, text: str) -> Enquiry:
    """The row of what somebody asks about a subject; the text as cleaned."""
    return Enquiry.objects.create(
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


def team_of(subject: Subject) -> list[Recipient]:
    """Owners of the subject's brand and those with the chat role. One query."""
    return [
        Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
        for member in brand_team(profile_id=subject.to.id, roles=ANSWERING_ROLES)
    ]
