"""Which provider this installation uses."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from payments.http_provider import HttpProvider
from payments.provider import Provider


def gateway() -> Provider:
    """The configured provider. Raises ImproperlyConfigured when there is none."""
    if not settings.PROVIDER_ORIGIN:
        raise ImproperlyConfigured("Set PROVIDER_ORIGIN: without it nobody can pay.")
    return _provider(
        settings.PROVIDER_ORIGIN, settings.PAYMENTS_API_KEY, settings.PAYMENTS_WEBHOOK_SECRET
    )


@lru_cache(maxsize=4)
def _provider(origin: str, api_key: str, secret: str) -> Provider:
    return HttpProvider(origin=origin, api_key=api_key, webhook_secret=secret)
