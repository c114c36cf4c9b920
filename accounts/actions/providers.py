"""Accounts elsewhere that open an account here: connected, used, disconnected."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import mail, notices
from accounts.actions.locking import locked_user
from accounts.errors import LastWayIn, ProviderTaken
from accounts.models import ProviderLogIn, User
from accounts.provider_queries import title_of
from core import clock
from core.errors import NotFound
from core.oidc import Identity


def connect_provider(*, user_id: int, issuer: str, identity: Identity) -> str:
    """Let an account elsewhere open this one, and say so by mail. Returns the provider's name.

    Twice is the same as once. Raises ProviderTaken when it opens another account, or when another
    account of that provider opens this one.
    """
    title = title_of(issuer=issuer)
    with transaction.atomic():
        user = locked_user(user_id)
        row = ProviderLogIn.objects.filter(issuer=issuer, subject=identity.subject).first()
        if row is not None and row.user_id == user_id:
            return title
        if row is not None:
            raise ProviderTaken
        try:
            with transaction.atomic():
                ProviderLogIn.objects.create(
                    user=user, issuer=issuer, subject=identity.subject, email=identity.email
                )
        except IntegrityError as error:
            message = _("Another account at %(provider)s is connected. Disconnect it first.")
            raise ProviderTaken(message % {"provider": title}) from error
        mail.post(to=user.email, words=notices.provider_connected(title=title))
    return title


def disconnect_provider(*, user_id: int, public_id: str) -> str:
    """Shut that way in, and say so by mail. Returns the provider's name.

    Raises NotFound for a foreign and an absent one alike, LastWayIn when nothing else opens the
    account.
    """
    with transaction.atomic():
        user = locked_user(user_id)
        row = ProviderLogIn.objects.filter(user_id=user_id, public_id=public_id).first()
        if row is None:
            raise NotFound(_("There is no such log-in."))
        if not _opens_otherwise(user, row):
            raise LastWayIn
        title = title_of(issuer=row.issuer)
        row.delete()
        mail.post(to=user.email, words=notices.provider_disconnected(title=title))
    return title


def must_open_otherwise(*, user_id: int, passkey_id: int) -> None:
    """Locks the list of ways in; raises LastWayIn when only this passkey opens the account."""
    user = locked_user(user_id)
    others = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    if not (
        user.has_usable_password()
        or others.exclude(pk=passkey_id).exists()
        or _living_log_ins(user).exists()
    ):
        raise LastWayIn


def note_use(*, issuer: str, subject: str) -> None:
    """Write down that somebody came in this way."""
    rows = ProviderLogIn.objects.filter(issuer=issuer, subject=subject)
    rows.update(used_at=clock.now())


def _opens_otherwise(user: User, row: ProviderLogIn) -> bool:
    others = _living_log_ins(user).exclude(pk=row.pk)
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return user.has_usable_password() or others.exists() or passkeys.exists()


def _living_log_ins(user: User) -> QuerySet[ProviderLogIn]:
    """Without those of providers that are no longer set up: they open nothing."""
    alive = [one.issuer for one in settings.LOG_IN_PROVIDERS]
    return ProviderLogIn.objects.filter(user=user, issuer__in=alive)
