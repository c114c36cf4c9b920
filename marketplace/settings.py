"""Settings of the market, read from the environment.

With nothing set, everything is local: embedded servers under PARLEY_VAR, mails written to files,
the demo switched on. `PARLEY_ENV=production` turns each convenience off and asks for the rest.
docs/operations.md lists the variables.
"""

import os
import secrets
from decimal import Decimal
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from kombu import Exchange, Queue

from core.oidc_settings import providers_from
from marketplace.logs import logging_settings
from marketplace.supervisor import paths

env = environ.Env()

# --- Which kind of run ---------------------------------------------------------------------------
BASE_DIR = paths.ROOT
PARLEY_ENV = env("PARLEY_ENV", default="local")
if PARLEY_ENV not in ("local", "production"):
    raise ImproperlyConfigured("PARLEY_ENV is 'local' or 'production'.")
PRODUCTION = PARLEY_ENV == "production"
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=not PRODUCTION)
if PRODUCTION and (DEMO or DEBUG):
    raise ImproperlyConfigured("Neither DEMO nor DEBUG may be on in production.")

PARLEY_VAR = paths.data_directory()
SITE_NAME = env("SITE_NAME", default="Parley")


def _required_in_production(name: str, *, default: str) -> str:
    value = env(name, default="")
    if value:
        return str(value)
    if PRODUCTION:
        raise ImproperlyConfigured(f"Set {name} in production.")
    return default


def _kept_secret(name: str) -> str:
    """A secret made once and kept in the data directory; safe when several processes start."""
    kept = paths.make_private(PARLEY_VAR) / name
    if not kept.exists():
        fresh = kept.with_name(f".{name}.{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            fresh.unlink()
    return kept.read_text().strip()


def _secret(variable: str, name: str) -> str:
    value = _required_in_production(variable, default="")
    return value or _kept_secret(name)


SECRET_KEY = _secret("SECRET_KEY", "secret-key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- Addresses -----------------------------------------------------------------------------------
HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
# The origin that people see; links in mails start with it, whatever Host a request claimed.
SITE_URL = _required_in_production("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
# Origin of the event stream. Empty: pages poll instead.
LIVE_URL = env("LIVE_URL", default="").rstrip("/")
# The payment sandbox, present only in local runs.
SANDBOX_URL = env("SANDBOX_URL", default="" if PRODUCTION else f"http://localhost:{PORT + 2}")
SANDBOX_URL = SANDBOX_URL.rstrip("/")
# Where the payment provider's hosted pages live: the only foreign origin a form may lead to.
PROVIDER_ORIGIN = env("PROVIDER_ORIGIN", default=SANDBOX_URL).rstrip("/")
PAYMENTS_WEBHOOK_SECRET = _secret("PAYMENTS_WEBHOOK_SECRET", "webhook-secret")
# Bearer key of the provider's interface; the sandbox reads the same one.
PAYMENTS_API_KEY = _secret("PAYMENTS_API_KEY", "payments-api-key")

_local_hosts = ["localhost", "127.0.0.1", "[::1]"]
if HOST not in ("0.0.0.0", "::"):  # noqa: S104 - a wildcard is no host name
    _local_hosts.append(HOST)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else _local_hosts)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS in production.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

# --- Apps, lowest floor first --------------------------------------------------------------------
OUR_APPS = [
    "core",
    "api",
    "tracking",
    "search",
    "accounts",
    "notifications",
    "catalog",
    "feed",
    "inventory",
    "payments",
    "orders",
    "messaging",
    "brands",
    "insights",
    "moderation",
]
if DEMO:
    OUR_APPS.append("demo")
INSTALLED_APPS = [
    "marketplace",
    *OUR_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_countries",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
if SANDBOX_URL:
    INSTALLED_APPS.insert(1, "sandbox")

MIDDLEWARE = [
    "marketplace.middleware.RequestIdMiddleware",
    "marketplace.middleware.ResponseHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.DomainErrorMiddleware",
]
if BEHIND_TLS_PROXY:
    MIDDLEWARE.insert(0, "marketplace.middleware.ProxyMiddleware")

# --- Metrics -------------------------------------------------------------------------------------
# Who knows it reads /metrics. Empty: nothing is measured and there is no such page.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Where a worker that runs apart from the pages serves its own; 0 for not at all.
METRICS_PORT = env.int("METRICS_PORT", default=0)
if METRICS_TOKEN:
    MIDDLEWARE.insert(0, "marketplace.metrics.MetricsMiddleware")
    os.environ.setdefault(
        "PROMETHEUS_MULTIPROC_DIR", str(paths.make_private(PARLEY_VAR / "metrics"))
    )

# --- Database ------------------------------------------------------------------------------------
# A busy row answers "please try again" instead of hanging a worker; 0 switches a limit off.
_DATABASE_LIMITS_MS = {
    "statement_timeout": env.int("DB_STATEMENT_TIMEOUT_MS", default=5_000),
    "lock_timeout": env.int("DB_LOCK_TIMEOUT_MS", default=3_000),
    "idle_in_transaction_session_timeout": env.int("DB_IDLE_TIMEOUT_MS", default=10_000),
}
DATABASE_URL = _required_in_production("DATABASE_URL", default="")
_database: dict[str, Any] = (
    environ.Env.db_url_config(DATABASE_URL)
    if DATABASE_URL
    else {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env("DATABASE_NAME", default="market"),
        "USER": "market",
        "HOST": str(paths.postgres_socket_directory(var=PARLEY_VAR)),
    }
)
if _database["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database.")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            "connect_timeout": 3,
            # IsolationLevel.READ_COMMITTED; by its number, for the clock reads these settings too
            # and should not load a database driver.
            "isolation_level": 2,
            # Plans of the questions of every page (core.prepared) are kept for the connection; a
            # pooler that gives each transaction another one must know them, or this must be off.
            "prepare_threshold": 5 if env.bool("DATABASE_PREPARED", default=True) else None,
            "options": " ".join(
                [
                    *(f"-c {name}={ms}" for name, ms in _DATABASE_LIMITS_MS.items()),
                    # Else it plans anew whenever a plan for these arguments alone looks cheaper.
                    "-c plan_cache_mode=force_generic_plan",
                    # Of disks with heads; from memory or flash it makes sorting what an index has
                    # in order look cheap (the pins of 3,000 authors: 99 ms, with this 38).
                    "-c random_page_cost=1.1",
                ]
            ),
        },
        "TEST": {"TEMPLATE": env("TEST_DATABASE_TEMPLATE", default=None)},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis protocol: broker, cache, live ---------------------------------------------------------
REDIS_URL = _required_in_production("REDIS_URL", default="")
_valkey = paths.valkey_socket(var=PARLEY_VAR)
BROKER_URL = env("BROKER_URL", default=REDIS_URL or f"redis+socket://{_valkey}?virtual_host=0")
CACHE_URL = env("CACHE_URL", default=REDIS_URL or f"unix://{_valkey}?db=1")
# Publish and subscribe for the event stream; `notifications` reads it.
LIVE_REDIS_URL = env("LIVE_REDIS_URL", default=REDIS_URL or f"unix://{_valkey}?db=2")

CACHES = {
    "default": {
        "BACKEND": "marketplace.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "market",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

# --- Celery: never the only record of a duty -----------------------------------------------------
CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    # By name: default, mail, media. Nobody's mail waits behind a hundred pictures of somebody else.
    "queue_order_strategy": "sorted",
}
# A request that cannot reach the broker goes on at once; the sweeper finds the row later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_TASK_DEFAULT_QUEUE = "default"
# Each with an exchange of its own: queues that share one would all receive every message.
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name) for name in ("default", "mail", "media")
]
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # KiB; a child that grew past it is replaced
CELERY_TIMEZONE = "UTC"


def _every(seconds: float, task: str) -> dict[str, Any]:
    """An entry that a late worker drops rather than catches up with: the next one does its work."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 30)}}


CELERY_BEAT_SCHEDULE = {
    "sweep the outbox": _every(10, "core.sweep"),
    "expire holds": _every(15, "inventory.expire_holds"),
    "reconcile payments": _every(20, "payments.reconcile"),
    "expire checkouts": _every(30, "orders.expire_checkouts"),
    "publish what is due": _every(30, "catalog.publish_due"),
    "refresh popularity": _every(300, "feed.refresh_popularity"),
    "forget what was deleted": _every(3600, "feed.forget_deleted"),
    "publish due pins": _every(30, "feed.publish_due"),
    "drop deleted pins": _every(24 * 3600, "feed.drop_deleted"),
    "clean up": _every(24 * 3600, "core.clean"),
}

# --- The business --------------------------------------------------------------------------------
# Our share of what a seller captures.
PLATFORM_FEE_RATE = Decimal(env("PLATFORM_FEE_RATE", default="0.06"))

# Where a brand puts the token that proves its domain: in a file there, or on the front page.
CLAIM_ADDRESS = env("CLAIM_ADDRESS", default="https://{domain}{path}")
# Hosts with ports that `core.http.fetch` may ask although they are inside: for tests, nowhere else.
FETCH_ALSO = frozenset(env.list("FETCH_ALSO", default=[]))
if PRODUCTION and FETCH_ALSO:
    raise ImproperlyConfigured("FETCH_ALSO opens the inside to what people type: never set it.")

# --- Templates: our pages in Jinja2, Django's language for the admin and for forms ---------------
_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "marketplace.jinja.environment",
            "context_processors": [*_CONTEXT_PROCESSORS[1:], "marketplace.context.site"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Static files and media ----------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(PARLEY_VAR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Locally the files are served where they lie, and an edited one is fresh at the next request.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 60 if PRODUCTION else 0

# As Django has them, but that a full disk loses one upload and not the whole request.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploads.DiskUploadHandler",
]

# --- Who runs this market: shown in the imprint ---------------------------------------------------
OPERATOR_NAME = _required_in_production("OPERATOR_NAME", default=f"{SITE_NAME} demonstration")
OPERATOR_ADDRESS = _required_in_production(
    "OPERATOR_ADDRESS", default="Speicherstraße 1, 20457 Hamburg, Germany"
)
OPERATOR_REGISTER = env("OPERATOR_REGISTER", default="")
CONTACT_EMAIL = _required_in_production("CONTACT_EMAIL", default="hello@parley.example")

# --- Mail ----------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <hello@parley.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
_mail = environ.Env.email_url_config(
    _required_in_production("EMAIL_URL", default=f"filemail://{PARLEY_VAR / 'mail'}")
)
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(PARLEY_VAR / "mail")
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)

# --- People: log-in, sessions, passwords ---------------------------------------------------------
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

# In the database: a lost cache logs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
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

# --- What a browser is told ----------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
X_FRAME_OPTIONS = "DENY"
# Named as Django 6 names it.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", *([LIVE_URL] if LIVE_URL.startswith("http") else [])],
    "form-action": ["'self'", *([PROVIDER_ORIGIN] if PROVIDER_ORIGIN else [])],
    "manifest-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
PERMISSIONS_POLICY = dict.fromkeys(
    (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    ),
    "()",
)

# --- API: docs/api.md ----------------------------------------------------------------------------
API_MAX_BODY = 1024 * 1024
# Requests a minute: of a token or a member, and of an address from which nobody known asks.
API_LIMITS = {
    "read": env.int("API_READS_PER_MINUTE", default=600),
    "write": env.int("API_WRITES_PER_MINUTE", default=240),
    "guest": env.int("API_GUEST_REQUESTS_PER_MINUTE", default=300),
}
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "accounts.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["api.wire.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.wire.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "EXCEPTION_HANDLER": "api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": (BASE_DIR / "api" / "introduction.md").read_text(),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["api.schema.only_ours"],
    "POSTPROCESSING_HOOKS": ["api.schema.finish"],
    "SERVERS": [{"url": SITE_URL}],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "A personal access token.",
            },
            "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE_NAME},
        }
    },
    "AUTHENTICATION_WHITELIST": [],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATIONS": False,
}

# --- Language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="UTC")

# --- Logs ----------------------------------------------------------------------------------------
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(
    as_json=env("LOG_FORMAT", default="json" if PRODUCTION else "console") == "json",
    level=LOG_LEVEL,
)
