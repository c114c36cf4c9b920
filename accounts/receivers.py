"""What accounts does upon its own facts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from accounts.events import AccountMail
from core.db import wait_for_others


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
