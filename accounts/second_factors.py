"""Where allauth's second factors are made ours: names, secrets at rest, who needs one."""

from __future__ import annotations

import base64
import io
from urllib.parse import urlsplit

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from accounts.errors import ProtectFirst
from accounts.models import User

PROTECTING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Roles that touch money: a password alone neither opens their pages of it nor gives one away.
MONEY_ROLES = frozenset({"owner", "finance"})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's decisions about second factors, taken our way."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That code is not right. Take the newest one."),
        "incorrect_passkey": gettext_lazy("That passkey was not accepted. Please try again."),
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """The QR code as markup of ours: no picture is fetched, no style is inline."""
        out = io.BytesIO()
        segno.make(url, micro=False, error="m").save(
            out,
            kind="svg",
            xmldecl=False,
            svgclass="qr",
            lineclass=None,
            omitsize=True,
            light="#fff",
            dark="#000",
            border=4,
            nl=False,
        )
        return Markup(out.getvalue().decode())  # noqa: S704 - drawn here, from an address of ours

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the configured host, whatever Host the request claimed."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": settings.SITE_NAME}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Who reads the table of secrets, a backup of it say, cannot make codes with them."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.second_factors").derive(
        key.encode()
    )


def is_exempt(email: str) -> bool:
    """Whether an account needs no second factor for money: people of the demo."""
    return email.rpartition("@")[2].lower() in settings.SECOND_FACTOR_EXEMPT


def require_two_proofs(*, user_id: int, role: str) -> None:
    """Let nobody give a role that touches money whose password is all that guards their account.

    Raises ProtectFirst. No query for a role that does not touch it, two otherwise.
    """
    if role not in MONEY_ROLES:
        return
    second = Authenticator.objects.filter(user_id=user_id, type__in=PROTECTING)
    if second.exists() or is_exempt(User.objects.values_list("email", flat=True).get(pk=user_id)):
        return
    raise ProtectFirst
