"""Mails about somebody's own account, on their way through the outbox."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from accounts.events import AccountMail
from accounts.notices import Words
from core.events import publish
from core.ids import new_public_id


def post(*, to: str, words: Words) -> None:
    """Hand a mail to the outbox: a slow mail server never holds up or betrays a page."""
    page = {"words": words, "site_url": settings.SITE_URL}
    with transaction.atomic():
        publish(
            AccountMail(
                mail_id=new_public_id(),
                to=to,
                subject=words.subject,
                text=words.as_text(),
                html=render_to_string("account/email/mail.html", page),
            )
        )
