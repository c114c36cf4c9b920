"""allauth's addresses, only those that have a page of ours, each with its limit.

allauth counts tries in the cache alone and would refuse everybody when that is lost; ours are
counted in the database then.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import path, re_path

from accounts.limits import limited
from accounts.provider_session import fresh
from accounts.signup import SignupView

urlpatterns = [
    path("login/", limited("login", views.login), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", limited("signup", SignupView.as_view()), name="account_signup"),
    path(
        "reauthenticate/",
        limited("password", views.reauthenticate),
        name="account_reauthenticate",
    ),
    path("email/", fresh(limited("email", views.email)), name="account_email"),
    path(
        "confirm-email/",
        limited("code", views.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path(
        "password/change/",
        limited("password", views.password_change),
        name="account_change_password",
    ),
    path(
        "password/set/",
        fresh(limited("password", views.password_set)),
        name="account_set_password",
    ),
    path("password/reset/", limited("reset", views.password_reset), name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[\w-]{1,80})/$",
        limited("reset_key", views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
