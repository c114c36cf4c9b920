"""Where allauth is made ours: the mails, the links, the profile, what happens at log-in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.models import EmailAddress
from allauth.core import context
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import mail, notices
from accounts.actions import log_ins, login_hooks
from accounts.events import AddressConfirmed
from accounts.limits import remember_device
from accounts.models import User
from core.events import publish
from core.redirects import is_own_path

_LINKS = ("password_reset_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's decisions, taken our way."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed for now."),
        "email_password_mismatch": _("E-mail and password do not match. Check both and try again."),
        "enter_current_password": _("Enter the password you use now."),
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _("That code is not right. Check the newest mail from us."),
        "too_many_login_attempts": _("Too many tries. Please start again."),
        "same_as_current": _("That is the address you have already."),
    }

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of our own are followed after a log-in."""
        return url is not None and is_own_path(url)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed up or logged in is asked for no other proof by the pages of second
        factors: those that set one up, take one away or make new recovery codes.

        allauth counts proofs that were asked for again, and no log-in. A new address or password
        and keys for programs are asked about all the same: those are what a thief would want.
        """
        if app == "allauth.mfa" and log_ins.is_fresh(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in under a new session key, then let the apps above bring the guest's things over."""
        old_session_key = request.session.session_key or ""
        super().login(request, user)
        log_ins.remember(request, user)
        login_hooks.run(request=request, user=user, old_session_key=old_session_key)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The right code came back. Apps above hear of it."""
        with transaction.atomic():
            confirmed = bool(super().confirm_email(request, email_address))
            if confirmed:
                publish(AddressConfirmed(user_id=email_address.user_id))
        return confirmed

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session at once, and the streams that hang on them."""
        super().set_password(user, password)
        request = context.request
        own = request.session.session_key if request and request.user.pk == user.pk else None
        log_ins.end_sessions(user_id=user.pk, but=own or "")
        if own and request:
            # A code for a new address that was asked for under the old password is dead, too.
            request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
        """Let this browser be known when it comes again."""
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        remember_device(response, user.email, secure=request.is_secure())
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """allauth's notes, without those that only repeat what the page shows anyway."""
        said = message_template or ""
        if said.endswith(("logged_in.txt", "logged_out.txt")):
            return
        # The first codes come with the first factor: there are no old ones to speak of.
        match = request.resolver_match
        by_hand = match is not None and match.url_name == "mfa_generate_recovery_codes"
        if said.endswith("recovery_codes_generated.txt") and not by_hand:
            return
        super().add_message(
            request,
            level,
            message_template,
            message_context,
            extra_tags=extra_tags,
            message=message,
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the page from which the change began."""
        return reverse("accounts:account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a mail to the outbox.

        Links start with the configured address, whatever Host the request claimed.
        """
        if template_prefix.endswith("/unknown_account"):
            # A link for whoever has an account costs one question more: nobody is to time that.
            EmailAddress.objects.filter(email=email).exists()
        links = {name: _on_our_site(context[name]) for name in _LINKS if name in context}
        words = notices.words_for(template_prefix.rpartition("/")[2], {**context, **links})
        mail.post(to=email, words=words)


def _on_our_site(link: str) -> str:
    parts = urlsplit(link)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.SITE_URL}{parts.path}{query}"


def display_name(user: User) -> str:
    """How allauth's notes call somebody: never by their e-mail."""
    profile = user.own_profile
    return profile.name if profile else str(_("operator"))
