"""A question reaches the team of a brand, by notice and by mail."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import record_act
from core import clock
from core.errors import NotFound
from messaging.actions import enquiries
from messaging.models import Enquiry
from messaging.types import Asker, Subject
from notifications.actions import notify


def ask(*, subject: Subject, asker: Asker, text: str) -> str:
    """Send a question to whoever answers for the subject; returns its public id.

    Owners and those with the chat role get a notice and a mail whose answer goes straight to the
    asker. The same sent again within ten minutes is one question. The text must already be cleaned.
    """
    with transaction.atomic():
        enquiry, new = enquiries.write(subject=subject, asker=asker, text=text)
        if not new:
            return str(enquiry.public_id)
        notify(
            kind="messaging.question",
            event_key=f"question:{enquiry.public_id}",
            recipients=enquiries.team_of(subject),
            context={
                "asker": asker.name,
                "email": asker.email,
                "title": subject.title,
                "brand": subject.to.name,
                "text": text,
                "url": f"/studio/{subject.to.handle}/questions/",
                "action": _("See the question"),
            },
            reply_to=asker.email,
        )
    return str(enquiry.public_id)


@transaction.atomic
def mark_answered(
    *, public_id: str, brand_id: int, actor_id: int | None, answered: bool = True
) -> None:
    """Tick a question off, or on again; doing it twice changes nothing.

    Raises NotFound for another brand's and an absent one.
    """
    row = Enquiry.objects.select_for_update().filter(public_id=public_id, to_id=brand_id).first()
    if row is None:
        raise NotFound(_("There is no such question."))
    if (row.answered_at is not None) == answered:
        return
    row.answered_at = clock.now() if answered else None
    row.save(update_fields=["answered_at"])
    record_act(
        brand_id=brand_id,
        actor_id=actor_id,
        act="messaging.answered" if answered else "messaging.reopened",
        subject=row.title,
        detail=row.name,
    )
