"""Who may use the interface."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction

from sandbox.models import Account

# Where the market hears about payments.
WEBHOOK_PATH = "/webhooks/payments/"


def account_for(key: str) -> Account | None:
    """The account of a bearer key. That of this installation is made, and kept right, on sight."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    account = Account.objects.filter(key_digest=digest).first()
    ours = hmac.compare_digest(key.encode(), settings.PAYMENTS_API_KEY.encode())
    if account is None and ours:
        return _make(digest)
    return account


@transaction.atomic
def _make(digest: str) -> Account:
    account, _ = Account.objects.get_or_create(
        key_digest=digest,
        defaults={
            "webhook_url": f"{settings.SITE_URL}{WEBHOOK_PATH}",
            "webhook_secret": settings.PAYMENTS_WEBHOOK_SECRET,
            "return_origin": settings.SITE_URL,
        },
    )
    return account
