"""Help, terms, privacy, imprint: what holds here, in plain words."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PAGES = ("help", "terms", "privacy", "imprint")


@require_safe
def small_print(request: HttpRequest, page: str) -> HttpResponse:
    """One of PAGES."""
    context = {
        "operator": settings.OPERATOR_NAME,
        "operator_address": settings.OPERATOR_ADDRESS.split(", "),
        "operator_register": settings.OPERATOR_REGISTER,
        "contact_email": settings.CONTACT_EMAIL,
        "return_days": 14,
    }
    return render(request, f"pages/small_print/{page}.html", context)
