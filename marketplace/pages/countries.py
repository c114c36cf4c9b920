"""Where a reader is, as far as a page may guess."""

from __future__ import annotations

from django.http import HttpRequest

from catalog.types import EU_COUNTRIES, HOME_COUNTRY


def country_for(request: HttpRequest) -> str:
    """The country asked for by `?country=`, else that of the browser's language, else home."""
    asked = request.GET.get("country", "").upper()
    if asked in EU_COUNTRIES:
        return asked
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        region = part.split(";")[0].strip().partition("-")[2].upper()
        if region in EU_COUNTRIES:
            return region
    return HOME_COUNTRY
