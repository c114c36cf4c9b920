"""Every address of the API. Apps own their paths; this file only puts them together."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from api.problems import absent

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    # Last: whatever no operation is found at, with or without a slash at its end.
    re_path(r"^(?P<rest>.*)$", absent),
]
