"""Who may use the interface."""

import hashlib
import hmac

from django.conf import settings

from sandbox.models import Account

# Where the market hears about payments.
WEBHOOK_PATH = "/webhooks/payments/"


_seen: set[str] = set()


def account_for(key: str) -> Account | None:
    """The account of a bearer key. That of this installation is made on sight, and put right the
    first time that this process sees it: the market may be back at another address.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()
    account = Account.objects.filter(key_digest=digest).first()
    ours = hmac.compare_digest(key.encode(), settings.PAYMENTS_API_KEY.encode())
    if not ours or (account is not None and digest in _seen):
        return account
    account, _ = Account.objects.update_or_create(
        key_digest=digest,
        defaults={
            "webhook_url": f"{settings.SITE_URL}{WEBHOOK_PATH}",
            "webhook_secret": settings.PAYMENTS_WEBHOOK_SECRET,
            "return_origin": settings.SITE_URL,
        },
    )
    _seen.add(digest)
    return account
