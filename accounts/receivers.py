"""What accounts does upon its own facts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from accounts.events import AccountErased, AccountMail
from core.db import wait_for_others
from core.media import forget_images_of


def send_account_mail(event: AccountMail) -> None:
    """Send a mail of allauth; raised errors make the outbox try again later."""
    wait_for_others()
    host = urlsplit(settings.SITE_URL).hostname
    message = EmailMultiAlternatives(
        event.subject,
        event.text,
        to=[event.to],
        headers={"Message-ID": f"<{event.mail_id}@{host}>"},
    )
    if event.html:
        message.attach_alternative(event.html, "text/html")
    message.send()


def erase_pictures(event: AccountErased) -> None:
    """Remove the files of all that somebody uploaded; one that was killed goes on when repeated."""
    wait_for_others()
    forget_images_of(owner_id=event.profile_id)
