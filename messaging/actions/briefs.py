"""A request for a quote reaches the team of a brand; whoever sent it gets a receipt."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import withdrawn
from core.money import format_money
from messaging.actions import enquiries
from messaging.models import Brief, Enquiry
from messaging.types import Asker, BriefData, Subject
from notifications.actions import notify
from notifications.types import Recipient


def request_quote(*, subject: Subject, asker: Asker, data: BriefData) -> str:
    """Send what somebody wants a quote for; returns the question's public id.

    Owners and those with the chat role get a notice and a mail whose answer goes straight to the
    asker. The asker gets a receipt that repeats the figures but none of their words: it goes to
    whatever address was typed. The same sent again within ten minutes is one request. Texts must
    already be cleaned; the images must be the asker's own.
    """
    with transaction.atomic():
        enquiry, new = enquiries.write(subject=subject, asker=asker, text=data.text, data=data)
        if not new:
            return str(enquiry.public_id)
        brief = Brief.objects.create(
            enquiry=enquiry,
            package=data.package[:60],
            quantity=data.quantity,
            unit=data.unit,
            budget=data.budget.amount if data.budget else None,
            currency=data.budget.currency if data.budget else "EUR",
            destination=data.destination,
            needed_by=data.needed_by,
            pins=list(data.pin_ids),
        )
        brief.pictures.add(*data.images)
        withdrawn.used_again([one.pk for one in data.images])
        _tell_brand(enquiry, subject=subject, asker=asker, data=data)
        _tell_asker(enquiry, subject=subject, asker=asker, data=data)
    return str(enquiry.public_id)


def _tell_brand(enquiry: Enquiry, *, subject: Subject, asker: Asker, data: BriefData) -> None:
    notify(
        kind="messaging.brief",
        event_key=f"brief:{enquiry.public_id}",
        recipients=enquiries.team_of(subject),
        context={
            **_facts(data),
            "asker": asker.name,
            "email": asker.email,
            "title": subject.title,
            "text": data.text,
            "destination": data.destination,
            "pictures": len(data.images) + len(data.pin_ids),
            "url": f"/studio/{subject.to.handle}/questions/",
            "action": _("See the request"),
        },
        reply_to=asker.email,
    )


def _tell_asker(enquiry: Enquiry, *, subject: Subject, asker: Asker, data: BriefData) -> None:
    notify(
        kind="messaging.brief_sent",
        event_key=f"brief:{enquiry.public_id}:sent",
        recipients=[Recipient(profile_id=asker.profile_id, email=asker.email, name="")],
        context={
            **_facts(data),
            "title": subject.title,
            "brand": subject.to.name,
            "url": subject.url,
            "action": _("See the service"),
        },
    )


def _facts(data: BriefData) -> dict[str, Any]:
    """The figures of a brief, in words that templates print."""
    return {
        "package": data.package,
        "quantity": data.quantity or 0,
        "unit": data.unit,
        "budget": format_money(data.budget) if data.budget else "",
        "needed_by": date_format(data.needed_by, "j F Y") if data.needed_by else "",
    }
