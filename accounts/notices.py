"""Wording of the mails about somebody's own account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True, kw_only=True)
class Words:
    """One mail: a subject, paragraphs, and at most one code or one button."""

    subject: str
    paragraphs: list[str]
    code: str = ""
    button: str = ""
    link: str = ""
    note: str = ""

    def as_text(self) -> str:
        """The mail for readers without HTML."""
        lead = [self.code] if self.code else [f"{self.button}: {self.link}"] if self.link else []
        first, *rest = self.paragraphs
        tail = [self.note] if self.note else []
        return "\n\n".join([first, *lead, *rest, *tail, settings.SITE_NAME, settings.SITE_URL])


def words_for(name: str, context: Mapping[str, Any]) -> Words:
    """The mail that allauth calls `name`; KeyError for one that we never send."""
    return _WORDS[name](context)


def _not_you() -> str:
    return _("If that was not you, leave this mail alone: nothing happens.")


def _was_not_you() -> str:
    return _("If that was not you, set a new password at once and write to us.")


def _sign_up(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("%(code)s is your code for %(site)s")
        % {"code": context["code"], "site": settings.SITE_NAME},
        paragraphs=[
            _("Welcome. Enter this code on the page that you left open:"),
            _("It is good for 15 minutes."),
        ],
        code=context["code"],
        note=_not_you(),
    )


def _new_address(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("%(code)s is your code for the new address") % {"code": context["code"]},
        paragraphs=[
            _("To use this address for your account, enter this code:"),
            _("It is good for 15 minutes. Until then your old address counts."),
        ],
        code=context["code"],
        note=_not_you(),
    )


def _reset(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("Set a new password"),
        paragraphs=[
            _("Somebody, hopefully you, asked for a new password."),
            _("The link is good for one hour and works once."),
        ],
        button=_("Choose a new password"),
        link=context["password_reset_url"],
        note=_not_you(),
    )


def _unknown(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("No account with this address"),
        paragraphs=[
            _("Somebody, hopefully you, asked to log in with this address, but it has no account."),
            _("Perhaps you signed up with another address."),
        ],
        button=_("Create an account"),
        link=context["signup_url"],
        note=_not_you(),
    )


def _exists(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("You have an account already"),
        paragraphs=[
            _("Somebody, hopefully you, tried to sign up with this address. It has an account."),
            _("Log in with your password, or set a new one."),
        ],
        button=_("Set a new password"),
        link=context["password_reset_url"],
        note=_not_you(),
    )


def _password_changed(_context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("Your password was changed"),
        paragraphs=[_("The password of your account was changed a moment ago.")],
        note=_was_not_you(),
    )


def _email_changed(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("Your e-mail was changed"),
        paragraphs=[
            _("You log in with %(email)s from now on.") % {"email": context["to_email"]},
        ],
        note=_was_not_you(),
    )


def _email_confirmed(_context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("Your e-mail is confirmed"),
        paragraphs=[_("This address belongs to your account now.")],
        note=_was_not_you(),
    )


def _email_deleted(context: Mapping[str, Any]) -> Words:
    return Words(
        subject=_("An address was removed"),
        paragraphs=[
            _("%(email)s no longer belongs to your account.") % {"email": context["deleted_email"]},
        ],
        note=_was_not_you(),
    )


def invitation(*, brand: str, role: str, inviter: str, link: str) -> Words:
    """An invitation to a brand's team."""
    return Words(
        subject=_("Join the team of %(brand)s") % {"brand": brand},
        paragraphs=[
            _("%(inviter)s invites you to work for %(brand)s as: %(role)s.")
            % {"inviter": inviter or brand, "brand": brand, "role": role},
            _("The link is good for seven days, once, and for this address only."),
        ],
        button=_("See the invitation"),
        link=link,
        note=_not_you(),
    )


def provider_connected(*, title: str) -> Words:
    """An account elsewhere opens this one from now on."""
    return Words(
        subject=_("%(provider)s opens your account now") % {"provider": title},
        paragraphs=[
            _("From now on you can log in with your account at %(provider)s.")
            % {"provider": title},
        ],
        note=_was_not_you(),
    )


def provider_disconnected(*, title: str) -> Words:
    """An account elsewhere no longer opens this one."""
    return Words(
        subject=_("%(provider)s no longer opens your account") % {"provider": title},
        paragraphs=[
            _("Your account at %(provider)s was disconnected from yours here.")
            % {"provider": title},
        ],
        note=_was_not_you(),
    )


def _second_factor(subject: str, text: str) -> Callable[[Mapping[str, Any]], Words]:
    def words(_context: Mapping[str, Any]) -> Words:
        return Words(subject=_(subject), paragraphs=[_(text)], note=_was_not_you())

    return words


_WORDS = {
    "totp_activated": _second_factor(
        gettext_noop("An authenticator app was set up"),
        gettext_noop("From now on a log-in to your account asks for a code of that app."),
    ),
    "totp_deactivated": _second_factor(
        gettext_noop("The authenticator app was switched off"),
        gettext_noop("A log-in to your account asks for no code of an app any more."),
    ),
    "webauthn_added": _second_factor(
        gettext_noop("A passkey was added"), gettext_noop("It opens your account from now on.")
    ),
    "webauthn_removed": _second_factor(
        gettext_noop("A passkey was removed"), gettext_noop("It no longer opens your account.")
    ),
    "recovery_codes_generated": _second_factor(
        gettext_noop("New recovery codes were made"),
        gettext_noop("The old ones are dead. Keep the new ones where your phone is not."),
    ),
    "email_confirmation_signup": _sign_up,
    "email_confirmation": _new_address,
    "password_reset_key": _reset,
    "unknown_account": _unknown,
    "account_already_exists": _exists,
    "password_changed": _password_changed,
    "password_reset": _password_changed,
    "password_set": _password_changed,
    "email_changed": _email_changed,
    "email_confirm": _email_confirmed,
    "email_deleted": _email_deleted,
}
