"""The sign-up page: allauth's, with the newcomer's page after it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account import views
from django.conf import settings

from accounts.naming import NAME_LIMIT
from core.text import TextRefused, clean_text


class SignupView(views.SignupView):  # type: ignore[misc]
    """Where somebody was going when they had to sign up comes after the interests."""

    def get_initial(self) -> dict[str, Any]:
        """What a page that leads here knows already: its reader typed it there a moment ago."""
        initial: dict[str, Any] = super().get_initial()
        try:
            name = clean_text(self.request.GET.get("name", ""), limit=NAME_LIMIT, single_line=True)
        except TextRefused:
            return initial  # they type another one
        return {**initial, "name": name}

    def get_success_url(self) -> str:
        wanted = self.get_next_url()
        first: str = settings.ACCOUNT_SIGNUP_REDIRECT_URL
        return f"{first}?{urlencode({'next': wanted})}" if wanted else first
