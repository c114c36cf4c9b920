"""What this app hears: its own written mails, which it sends, and who parted from whom."""

from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from accounts.events import (
    BrandClosed,
    BrandSuspended,
    PersonSuspended,
    ProfileBlocked,
    ProfileMuted,
)
from accounts.queries import contacts_of
from core import clock
from core.db import wait_for_others
from notifications.actions import forget_notices, pass_over
from notifications.events import MailQueued
from notifications.models import Mail


def send_mail(event: MailQueued) -> None:
    """Send it unless it went out; a failure is tried again for a day by the outbox."""
    mail = Mail.objects.filter(pk=event.mail_id, sent_at__isnull=True).first()
    if mail is None:
        return
    wait_for_others()
    message(mail).send()
    Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now())


def message(mail: Mail) -> EmailMultiAlternatives:
    """The message; its Message-ID is the same however often it has to be sent."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    built = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[formataddr((mail.name, mail.address))],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": f"<{mail.public_id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    built.attach_alternative(mail.html, "text/html")
    return built


def part(event: ProfileBlocked) -> None:
    """What two profiles did is news to each other no more, whichever of them blocked."""
    for reader, actor in (
        (event.blocker_id, event.blocked_id),
        (event.blocked_id, event.blocker_id),
    ):
        people = [one.profile_id for one in contacts_of(profile_id=reader)]
        forget_notices(profile_ids=people, actor_id=actor)


def hush(event: ProfileMuted) -> None:
    """What somebody muted did is in no list of theirs: nor does their bell count it."""
    people = [one.profile_id for one in contacts_of(profile_id=event.muter_id)]
    pass_over(profile_ids=people, actor_id=event.muted_id)


def suspend(event: PersonSuspended | BrandSuspended) -> None:
    """What somebody suspended did is in nobody's list till they are back: no bell counts it."""
    pass_over(actor_id=event.profile_id)


def close(event: BrandClosed) -> None:
    """What a closed brand did is gone with it: no bell counts it."""
    forget_notices(actor_id=event.profile_id)
