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
    owners: frozenset[str] = frozenset()
    register(Kind("moderation.received", gettext_lazy("We have your report"), locked=email))
    register(Kind("moderation.decided", gettext_lazy("Your report was decided"), locked=email))
    register(Kind("moderation.taken_down", gettext_lazy("Something was taken down"), locked=email))
    register(
        Kind(
            "moderation.let_in", gettext_lazy("Your brand may be seen"), locked=email, roles=owners
        )
    )
    register(
        Kind(
            "moderation.kept_out",
            gettext_lazy("Your brand was not let in"),
            locked=email,
            roles=owners,
        )
    )


def tell_received(report: Report) -> None:
    """The receipt with the reference."""
    _tell_reporter("moderation.received", report, {})


def tell_decided(report: Report) -> None:
    """What came of it, and why."""
    upheld = report.state == Report.State.UPHELD
    more = {"upheld": int(upheld), "decision": report.decision}
    # What was taken down is no page to look at any more.
    _tell_reporter("moderation.decided", report, {**more, "url": ""} if upheld else more)


def tell_author(
    *, kind: str, profile_id: int, event_key: str, title: str, reason: str = "", url: str = "/help/"
) -> None:
    """What an operator decided about somebody, or about what is theirs, and why."""
    notify(
        kind=f"moderation.{kind}",
        event_key=event_key,
        recipients=[
            Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
            for member in contacts_of(profile_id=profile_id, even_closed=True)
        ],
        context={
            "title": title,
            "reason": reason,
            "url": url,
            "action": _("Help") if url == "/help/" else _("Open the studio"),
        },
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
