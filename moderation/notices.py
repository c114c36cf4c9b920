"""Who is told what about a report. The words are in templates/moderation/notices/."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import contacts_of
from moderation.models import Report
from notifications.actions import notify
from notifications.kinds import Channel, Kind, register
from notifications.types import Recipient


def register_kinds() -> None:
    """Called once, when apps are ready."""
    email: tuple[Channel, ...] = ("email",)
    register(Kind("moderation.received", gettext_lazy("We have your report"), locked=email))
    register(Kind("moderation.decided", gettext_lazy("Your report was decided"), locked=email))
    register(Kind("moderation.taken_down", gettext_lazy("Something was taken down"), locked=email))


def tell_received(report: Report) -> None:
    """The receipt with the reference."""
    _tell_reporter("moderation.received", report, {})


def tell_decided(report: Report) -> None:
    """What came of it, and why."""
    upheld = report.state == Report.State.UPHELD
    _tell_reporter(
        "moderation.decided", report, {"upheld": int(upheld), "decision": report.decision}
    )


def tell_author(report: Report, reason: str) -> None:
    """What was taken down, and why."""
    notify(
        kind="moderation.taken_down",
        event_key=f"taken-down:{report.kind}:{report.ref}:{report.public_id}",
        recipients=[
            Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
            for member in contacts_of(profile_id=report.author_id)
        ],
        context={"title": report.title, "reason": reason, "url": "/help/", "action": _("Help")},
    )


def _tell_reporter(kind: str, report: Report, more: dict[str, Any]) -> None:
    recipients = []
    if report.reporter_id is not None:
        recipients = [
            Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
            for member in contacts_of(profile_id=report.reporter_id, roles=set())
        ]
    elif report.email:
        recipients = [Recipient(email=report.email)]
    notify(
        kind=kind,
        event_key=f"report:{report.public_id}",
        recipients=recipients,
        context={
            "title": report.title,
            "reference": report.public_id,
            "url": report.url,
            "action": _("See the page"),
            **more,
        },
    )
