"""Somebody reports something."""

from __future__ import annotations

from django.db import transaction

from moderation import notices
from moderation.models import Report
from moderation.types import Subject


def file_report(
    *, subject: Subject, reason: str, text: str, reporter_id: int | None, email: str
) -> str:
    """Put a report into the operators' queue; returns the reference for the reporter.

    `reporter_id` is a profile, None for a guest; with an `email` the receipt goes there, too.
    """
    with transaction.atomic():
        report = Report.objects.create(
            kind=subject.kind,
            ref=subject.ref,
            title=subject.title[:300],
            url=subject.url,
            author_id=subject.author.id,
            reason=reason,
            text=text,
            reporter_id=reporter_id,
            email=email,
        )
        notices.tell_received(report)
    return str(report.public_id)
