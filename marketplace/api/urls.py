"""Every address of the API. Apps own their paths; this file only puts them together."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from api.problems import absent

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("notifications.api.urls")),
    path("", include("catalog.api.urls")),
    path("", include("feed.api.urls")),
    path("", include("payments.api.urls")),
    path("", include("orders.api.urls")),
    path("", include("messaging.api.urls")),
    path("", include("reviews.api.urls")),
    path("", include("brands.api.urls")),
    path("", include("moderation.api.urls")),
    path("", include("marketplace.api.routes")),
    # Last: whatever no operation is found at, with or without a slash at its end.
    re_path(r"^(?P<rest>.*)$", absent),
]
