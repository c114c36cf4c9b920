"""Settings of the sandbox process: those of the market, with other pages and hardly any apps."""

from django.core.exceptions import ImproperlyConfigured

from marketplace.settings import *  # noqa: F403
from marketplace.settings import PRODUCTION

if PRODUCTION:
    raise ImproperlyConfigured("The payment sandbox has no place in production.")

ROOT_URLCONF = "sandbox.urls"
WSGI_APPLICATION = "sandbox.wsgi.application"
INSTALLED_APPS = ["core", "sandbox", "django.contrib.staticfiles", "django.forms"]
MIDDLEWARE = [
    "marketplace.middleware.RequestIdMiddleware",
    "marketplace.middleware.ResponseHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
for _engine in TEMPLATES:  # noqa: F405
    _engine["OPTIONS"] = {**_engine["OPTIONS"], "context_processors": []}
# Cookies do not know ports: the market's must not be touched.
CSRF_COOKIE_NAME = "sandbox-csrf"
CSRF_FAILURE_VIEW = "sandbox.views.refused"
