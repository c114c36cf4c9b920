"""allauth's addresses of second factors, each with a page of ours and its limit."""

from __future__ import annotations

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from accounts.limits import limited
from accounts.provider_session import fresh
from accounts.second_factor_views import activate_app, remove_passkey

urlpatterns = [
    path("", base.index, name="mfa_index"),
    path("authenticate/", limited("second_factor_ip", base.authenticate), name="mfa_authenticate"),
    path(
        "reauthenticate/",
        limited("second_factor_ip", base.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path("app/", fresh(limited("password", activate_app)), name="mfa_activate_totp"),
    path("app/off/", limited("password", totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes/new/",
        limited("password", codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path(
        "passkeys/add/", fresh(limited("password", passkeys.add_webauthn)), name="mfa_add_webauthn"
    ),
    path(
        "passkeys/again/",
        limited("second_factor_ip", passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/login/",
        limited("second_factor_ip", passkeys.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        limited("password", remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/<int:pk>/name/",
        limited("password", passkeys.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
]
