"""Somebody reports something."""

from __future__ import annotations

from django.db import transaction

from core.db import in_turn
from moderation import notices
from moderation.models import Report
from moderation.types import Subject


def file_report(
    *, subject: Subject, reason: str, text: str, reporter_id: int | None, email: str
) -> str:
    """Put a report into the operators' queue; returns the reference for the reporter.

    `reporter_id` is a profile, None for a guest; with an `email` the receipt goes there, too. What
    the same reporter says again while it is open is the same report: a form sent twice makes one.
    Of a guest who leaves no address nobody knows whether they are the same.
    """
    with transaction.atomic():
        if reporter_id is not None or email:
            in_turn(f"report:{subject.kind}:{subject.ref}")
            said = Report.objects.filter(
                kind=subject.kind,
                ref=subject.ref,
                reason=reason,
                text=text,
                reporter=reporter_id,
                email=email,
                state=Report.State.OPEN,
            )
            if known := said.values_list("public_id", flat=True).first():
                return str(known)
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
