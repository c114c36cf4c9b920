"""The sign-up page: allauth's, with the newcomer's page after it."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account import views
from django.conf import settings


class SignupView(views.SignupView):  # type: ignore[misc]
    """Where somebody was going when they had to sign up comes after the interests."""

    def get_success_url(self) -> str:
        wanted = self.get_next_url()
        first: str = settings.ACCOUNT_SIGNUP_REDIRECT_URL
        return f"{first}?{urlencode({'next': wanted})}" if wanted else first
