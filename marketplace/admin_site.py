"""The administration as a whole: its name, its first page, and one log-in for the whole site."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.admin_home import waiting_for


def set_up() -> None:
    """Called once, with the addresses. Apps register their rows on the default site themselves."""
    admin.site.site_header = _("%(name)s administration") % {"name": settings.SITE_NAME}
    admin.site.site_title = settings.SITE_NAME
    admin.site.index_title = _("What there is to decide and to look up")
    admin.site.empty_value_display = "none"
    # A secret of somebody's second factor is nobody's to read, not even as a cipher.
    if admin.site.is_registered(Authenticator):
        admin.site.unregister(Authenticator)
    # Operators come in by the same door as everybody: its limits, and later its second factor.
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
    admin.site.index_template = "admin/home.html"
    stock_index = admin.site.index

    def index(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What waits for a decision, above the list of all there is."""
        return stock_index(request, {**(extra_context or {}), "waiting": waiting_for(request)})

    admin.site.index = index  # type: ignore[assignment]
