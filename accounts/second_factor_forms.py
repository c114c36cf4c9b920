"""Forms of second factors: our words, and a limit that does not lock the owner out."""

from __future__ import annotations

import struct
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse

from accounts import limits, second_factor_codes
from accounts.models import User
from core.forms import TextField_

NAME_LIMIT = 50


class _CodeForm:
    """A code from an app, or one of the codes kept for an emergency."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.error_messages["required"] = _("Enter the code.")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "spellcheck": "false",
            "maxlength": "20",
        }

    def clean_code(self) -> str:
        """Counted before it is compared; raises TooMany (429) when it was one too many."""
        limits.count_for("second_factor", context.request, self.user)
        return self.compared()

    def compared(self) -> str:
        """The code, when it is right; it is spent then."""
        code: str = self.cleaned_data["code"]
        found = second_factor_codes.spend(user=self.user, code=code)
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator = found
        return code


class SecondFactorForm(_CodeForm, base_forms.AuthenticateForm):  # type: ignore[misc]
    """At log-in, after the password."""


class AgainForm(_CodeForm, base_forms.ReauthenticateForm):  # type: ignore[misc]
    """Once more, before something that matters."""


class ActivateTotpForm(_CodeForm, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app shows that it has the secret."""

    def compared(self) -> str:
        """The code, when it belongs to the secret that is on the page."""
        code: str = totp_forms.ActivateTOTPForm.clean_code(self)
        return code


# What the parsers beneath raise at a credential that no browser of ours would send.
MALFORMED = (KeyError, TypeError, ValueError, IndexError, AttributeError, struct.error)


class _Credential:
    """A malformed credential is a wrong one, not a fault of ours."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_passkey") from error


class PasskeyLoginForm(_Credential, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """Log-in by passkey alone: it counts for two proofs, so the device must have asked who it is.

    What the session asked of the device is not enough: it keeps one question for every ceremony,
    and after a password it asks for less.
    """

    def clean_credential(self) -> Authenticator:
        try:
            signed = AuthenticationResponse.from_dict(self.cleaned_data["credential"])
            verified = signed.response.authenticator_data.is_user_verified()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_passkey") from error
        if not verified:
            raise get_adapter().validation_error("incorrect_passkey")
        return super().clean_credential()


class PasskeyForm(_Credential, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """At log-in, after the password."""


class PasskeyAgainForm(_Credential, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Once more, before something that matters."""


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey of this device, a phone or a key."""

    passwordless = None

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()  # type: ignore[no-any-return]
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_passkey") from error

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(required=False)
        self.fields["credential"].error_messages["required"] = _(
            "Your browser gave us no passkey. Please try again."
        )


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]
    """What a passkey is called in the list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(required=True)


def _name_field(*, required: bool) -> TextField_:
    return TextField_(
        label=_("Name"),
        limit=NAME_LIMIT,
        required=required,
        help_text=_("So that you know it in the list: work laptop, say."),
        error_messages={"required": _("Enter a name.")},
    )
