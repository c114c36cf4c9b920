"""Log-in and account, on top of allauth's forms: our words, one password, no placeholders."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts import letter_keys
from accounts.actions import choose_interests, choose_letter_keys, create_person
from accounts.errors import NameRefused
from accounts.models import User
from accounts.naming import NAME_LIMIT, checked_name
from core.forms import TextField_
from core.ids import new_public_id

# Categories picked on the welcome page; those that do not exist steer nothing.
_SLUG = re.compile(r"[a-z0-9-]{1,80}")

EMAIL_LIMIT = 254
_PASSWORD_HINT = _("10 characters or more. Pasting is fine.")


class Plain:
    """Labels above the fields say what belongs there; nothing is asked twice."""

    fields: dict[str, forms.Field]
    words: dict[str, Any] = {
        "email": _("E-mail"),
        "login": _("E-mail"),
        "password": _("Password"),
        "oldpassword": _("The password you use now"),
        "code": _("Code from the mail"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            if name in ("password", "oldpassword", "password1"):
                field.help_text = _PASSWORD_HINT if name == "password1" else ""
                field.widget.attrs["maxlength"] = "1000"
            if name in ("email", "login"):
                # allauth would cut a longer one to fit and send the code to somebody else.
                field.validators.append(MaxLengthValidator(EMAIL_LIMIT))
                field.widget.attrs |= {"autocomplete": "username", "inputmode": "email"}
                field.error_messages["required"] = _("Enter your e-mail address.")
                field.error_messages["invalid"] = _(
                    "Enter an e-mail address like ana@mail.example."
                )


class LoginForm(Plain, allauth_forms.LoginForm):  # type: ignore[misc]
    """E-mail and password."""


class SignupForm(Plain, allauth_forms.SignupForm):  # type: ignore[misc]
    """A new account: e-mail, name as others see it, password."""

    words = {**Plain.words, "password1": _("Password")}
    field_order = ["email", "name", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = TextField_(
            label=_("Your name"),
            limit=NAME_LIMIT,
            help_text=_("As others see it. You can change it any time."),
            error_messages={"required": _("Enter a name.")},
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        self.order_fields(self.field_order)

    def clean_name(self) -> str:
        """A name that is no brand's."""
        try:
            return checked_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """Somebody who has an account already gets the same answer, after the same work."""
        if self.account_already_exists:
            self._save_nobody(request)
        with transaction.atomic():
            user, response = super().try_save(request)
        return user, response

    def _save_nobody(self, request: HttpRequest) -> None:
        """Do what a new account costs and take it back: nobody is to tell by the clock.

        Only the savepoint is taken back: the transaction around it goes to the disk as one that
        keeps something.
        """
        nobody = copy(self)
        nobody.account_already_exists = False
        nobody.cleaned_data = {**self.cleaned_data, "email": f"{new_public_id()}@nobody.invalid"}
        with transaction.atomic(), transaction.atomic():
            user = nobody.save(request)
            # What allauth asks about somebody new before it sends them their code.
            has_verified_email(user)
            address = EmailAddress.objects.filter(user_id=user.pk).order_by("-primary").get()
            EmailAddress.objects.get_for_user(address.user, address.email)
            transaction.set_rollback(True)

    def signup(self, request: HttpRequest, user: User) -> None:
        """The social identity, in the transaction that makes the log-in."""
        profile = create_person(user_id=user.pk, name=self.cleaned_data["name"])
        choose_letter_keys(user_id=user.pk, on=not letter_keys.off_in_browser(request))
        liked = [slug for slug in request.POST.getlist("like") if _SLUG.fullmatch(slug)]
        choose_interests(profile_id=profile.pk, slugs=liked)


class ChangeEmailForm(Plain, allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Another address for the same account; it counts once its code came back."""

    words = {**Plain.words, "email": _("New e-mail")}


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password, given the old one."""

    words = {**Plain.words, "password1": _("New password")}


class SetPasswordForm(Plain, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """A first password for somebody who has none."""


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link for a new password."""


class NewPasswordForm(Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password behind the link."""

    words = {**Plain.words, "password1": _("New password")}


class CodeForm(Plain, allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that shows that the address is theirs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "maxlength": "20",
        }
        self.fields["code"].error_messages["required"] = _("Enter the code from the mail.")


class PasswordForm(Plain, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""
