"""The administration as a whole: its name, and one log-in for the whole site."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


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
