"""Every public address. Apps own their paths; this file only says who comes first."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from marketplace import admin_site, metrics
from marketplace.api import documents

admin_site.set_up()

handler400 = "marketplace.handlers.bad_request"
handler403 = "marketplace.handlers.permission_denied"
handler404 = "marketplace.handlers.not_found"
handler500 = "marketplace.handlers.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("metrics", metrics.page, name="metrics"),
    path(settings.ADMIN_PATH.removeprefix("/"), admin.site.urls),
    path("api/v1/", include("marketplace.api.urls")),
    path("api/schema/", documents.schema, name="api_schema"),
    path("api/docs/", documents.docs, name="api_docs"),
    path("api/docs/try/", documents.playground, name="api_try"),
    path("", include("core.urls")),
    path("", include("brands.urls")),
    path("", include("marketplace.pages.urls")),
    path("", include("tracking.urls")),
    path("", include("notifications.urls")),
    path("", include("feed.urls")),
    path("", include("payments.urls")),
    path("", include("orders.urls")),
    path("", include("messaging.urls")),
    path("", include("reviews.urls")),
    path("", include("moderation.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("accounts.auth_urls")),
    path("accounts/second-factor/", include("accounts.second_factor_urls")),
]
if settings.DEMO:
    urlpatterns.insert(3, path("demo/", include("demo.urls")))
