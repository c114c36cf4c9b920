"""The last step of joining by a provider."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts import letter_keys, provider_session
from accounts.actions import choose_letter_keys, connect_provider, create_person
from accounts.errors import NameRefused
from accounts.events import AddressConfirmed
from accounts.forms import Plain
from accounts.models import User
from accounts.naming import NAME_LIMIT, checked_name
from accounts.provider_session import Newcomer
from core.errors import Conflict
from core.events import publish
from core.forms import TextField_


def is_known(email: str) -> bool:
    """Whether an account has this address, confirmed or not."""
    confirmed = Q(pk__in=EmailAddress.objects.filter(email__iexact=email).values("user_id"))
    return User.objects.filter(Q(email__iexact=email) | confirmed).exists()


class JoinForm(Plain, allauth_forms.BaseSignupForm):  # type: ignore[misc]
    """A name as others see it; an address only where the provider vouches for none."""

    field_order = ["email", "name"]

    def __init__(self, *args: Any, newcomer: Newcomer, **kwargs: Any) -> None:
        self.newcomer = newcomer
        identity = newcomer.identity
        initial = {"email": identity.email, "name": identity.name[:NAME_LIMIT]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["name"] = TextField_(
            label=_("Your name"),
            limit=NAME_LIMIT,
            help_text=_("As others see it. You can change it any time."),
            error_messages={"required": _("Enter a name.")},
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        if identity.is_verified:
            del self.fields["email"]
        self.order_fields(self.field_order)

    def clean_name(self) -> str:
        """A name that is no brand's."""
        try:
            return checked_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.newcomer.identity.is_verified:
            cleaned["email"] = self.newcomer.identity.email
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """The account, its profile and its way in at once; or the answer that tells nobody."""
        if self.newcomer.identity.is_verified:
            get_adapter(request).stash_verified_email(request, self.newcomer.identity.email)
        try:
            with transaction.atomic():
                user, response = super().try_save(request)
        except IntegrityError as error:  # pressed twice at once: the other one was faster
            raise Conflict from error
        finally:
            get_adapter(request).unstash_verified_email(request)
        return user, response

    def signup(self, request: HttpRequest, user: User) -> None:
        """The social identity; the provider counts now, or once the address is confirmed."""
        create_person(user_id=user.pk, name=self.cleaned_data["name"])
        choose_letter_keys(user_id=user.pk, on=not letter_keys.off_in_browser(request))
        newcomer = self.newcomer
        if newcomer.identity.is_verified:
            connect_provider(user_id=user.pk, issuer=newcomer.issuer, identity=newcomer.identity)
            provider_session.forget_newcomer(request.session)
            publish(AddressConfirmed(user_id=user.pk))
        else:
            waiting = Newcomer(**{**newcomer.__dict__, "user_id": user.pk})
            provider_session.keep_newcomer(request.session, waiting)
