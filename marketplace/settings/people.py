"""People: log-in, passwords, second factors, sessions."""

import os

from django.core.exceptions import ImproperlyConfigured

from core.oidc_settings import providers_from
from marketplace.settings.environment import DEMO, PRODUCTION, env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
# The session that changed the password goes on; Django ends all others.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Off: the page would offer it only where the address is new, and so tell which ones are known.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_SIGNUP_REDIRECT_URL = "/welcome/"
ACCOUNT_USER_DISPLAY = "accounts.adapter.display_name"
# Counted by accounts.limits, which a lost cache does not close.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "confirm_email_verification_code": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.PasswordForm",
}
PASSWORD_RESET_TIMEOUT = 3600
# Second factors. A passkey is one, and logs in on its own.
MFA_ADAPTER = "accounts.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
# Counted by accounts.limits, too.
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.SecondFactorForm",
    "reauthenticate": "accounts.second_factor_forms.AgainForm",
    "activate_totp": "accounts.second_factor_forms.ActivateTotpForm",
    "authenticate_webauthn": "accounts.second_factor_forms.PasskeyForm",
    "login_webauthn": "accounts.second_factor_forms.PasskeyLoginForm",
    "reauthenticate_webauthn": "accounts.second_factor_forms.PasskeyAgainForm",
    "add_webauthn": "accounts.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.second_factor_forms.RenamePasskeyForm",
}
# Log-in by an account elsewhere: OpenID Connect providers, in the order of their buttons. For each
# NAME there are OIDC_NAME_TITLE, OIDC_NAME_ISSUER, OIDC_NAME_CLIENT_ID and OIDC_NAME_CLIENT_SECRET.
LOG_IN_PROVIDERS = providers_from(
    env.list("OIDC_PROVIDERS", default=[]), os.environ, production=PRODUCTION
)
# Who touches money needs one, but for accounts of these mail domains: a demo stays one click.
SECOND_FACTOR_EXEMPT = env.list("SECOND_FACTOR_EXEMPT", default=["demo.example"] if DEMO else [])
if PRODUCTION and SECOND_FACTOR_EXEMPT:
    raise ImproperlyConfigured("SECOND_FACTOR_EXEMPT is for demonstrations, not for production.")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Forms that a member may send, and an address from which nobody known sends, in a minute.
WRITES_PER_MINUTE = env.int("WRITES_PER_MINUTE", default=240)

# In the database: a lost cache logs nobody out.
SESSION_ENGINE = "marketplace.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
# In a signed cookie while they fit: a word of thanks is not worth a write.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"
