"""Which accounts elsewhere open an account here."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import ProviderLogIn
from accounts.types import ProviderRow
from core.errors import NotFound
from core.oidc_settings import Provider


def provider_called(*, slug: str) -> Provider:
    """The provider of that name. Raises NotFound for one that is not set up."""
    for provider in settings.LOG_IN_PROVIDERS:
        if provider.slug == slug:
            return provider
    raise NotFound(_("There is no such page."))


def title_of(*, issuer: str) -> str:
    """What people call a provider; its host where it is no longer set up."""
    provider = _by_issuer().get(issuer)
    return provider.title if provider else urlsplit(issuer).hostname or issuer


def user_behind(*, issuer: str, subject: str) -> int | None:
    """Primary key of the user whom an account elsewhere opens; None when it opens none."""
    rows = ProviderLogIn.objects.filter(issuer=issuer, subject=subject)
    return rows.values_list("user_id", flat=True).first()


def providers_of(*, user_id: int) -> list[ProviderRow]:
    """What opens somebody's account, and then what else could. One query."""
    known = _by_issuer()
    rows = list(ProviderLogIn.objects.filter(user_id=user_id))
    connected = [
        ProviderRow(
            slug=known[row.issuer].slug if row.issuer in known else "",
            title=title_of(issuer=row.issuer),
            public_id=row.public_id,
            email=row.email,
            since=row.created_at,
        )
        for row in rows
    ]
    taken = {row.issuer for row in rows}
    others = [one for one in known.values() if one.issuer not in taken]
    return connected + [ProviderRow(slug=one.slug, title=one.title) for one in others]


def _by_issuer() -> dict[str, Provider]:
    return {one.issuer: one for one in settings.LOG_IN_PROVIDERS}
