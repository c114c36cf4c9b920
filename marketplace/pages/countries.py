"""Where a reader is, as far as a page may guess, and what that country is called."""

from __future__ import annotations

from django.http import HttpRequest
from django_countries import countries

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


def country_name(code: str) -> str:
    """The country's name in the reader's language; the code itself for an unknown one."""
    return str(countries.name(code)) or code
