"""The apps, lowest floor first, and what every request passes through."""

from marketplace.settings.addresses import BEHIND_TLS_PROXY, SANDBOX_URL
from marketplace.settings.environment import DEMO
from marketplace.settings.watching import METRICS_TOKEN

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
    "reviews",
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
    "marketplace.middleware.ProbesMiddleware",
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
    "accounts.middleware.WritesMiddleware",
    "marketplace.handlers.WrongMethodMiddleware",
    "core.middleware.DomainErrorMiddleware",
]
if BEHIND_TLS_PROXY:
    MIDDLEWARE.insert(0, "marketplace.middleware.ProxyMiddleware")
if METRICS_TOKEN:
    MIDDLEWARE.insert(0, "marketplace.metrics.MetricsMiddleware")
