"""Where the market is reached, and where it reaches its payment provider."""

import re

from django.core.exceptions import ImproperlyConfigured

from marketplace.settings.environment import PRODUCTION, env, required_in_production, secret

HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
# The origin that people see; links in mails start with it, whatever Host a request claimed.
SITE_URL = required_in_production("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
# Origin of the event stream. Empty: pages poll instead.
LIVE_URL = env("LIVE_URL", default="").rstrip("/")
# The payment sandbox, present only in local runs.
SANDBOX_URL = env("SANDBOX_URL", default="" if PRODUCTION else f"http://localhost:{PORT + 2}")
SANDBOX_URL = SANDBOX_URL.rstrip("/")
# Where the payment provider's hosted pages live: the only foreign origin a form may lead to.
PROVIDER_ORIGIN = env("PROVIDER_ORIGIN", default=SANDBOX_URL).rstrip("/")
PAYMENTS_WEBHOOK_SECRET = secret("PAYMENTS_WEBHOOK_SECRET", "webhook-secret")
# Bearer key of the provider's interface; the sandbox reads the same one.
PAYMENTS_API_KEY = secret("PAYMENTS_API_KEY", "payments-api-key")

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

# Where operators work; another place than the usual one is asked for by fewer strangers.
ADMIN_PATH = env("ADMIN_PATH", default="/admin/")
if not re.fullmatch(r"(/[\w-]+)+/", ADMIN_PATH):
    raise ImproperlyConfigured("ADMIN_PATH is letters, digits and dashes between slashes.")

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
