"""Two of allauth's views of second factors, with what it leaves out."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts import second_factor_codes
from accounts.actions.providers import must_open_otherwise
from accounts.errors import LastWayIn


class ActivateAppView(ActivateTOTPView):  # type: ignore[misc]
    """The code that showed that an app has the secret opens nothing afterwards."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor_codes.spend(user=self.request.user, code=form.cleaned_data["code"])
        return answer


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]
    """Nobody removes the only thing that opens their account."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                must_open_otherwise(user_id=self.request.user.pk, passkey_id=self.get_object().pk)
                answer: HttpResponse = super().form_valid(form)
        except LastWayIn as refused:
            messages.error(self.request, str(refused))
            return redirect("mfa_list_webauthn")
        return answer


activate_app = ActivateAppView.as_view()
remove_passkey = RemovePasskeyView.as_view()
