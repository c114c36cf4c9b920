"""What every page of ours knows about its request. Nothing here may cost a query on its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from accounts import letter_keys
from marketplace.jinja import has_url
from orders.queries import orders_waiting

THEMES = ("light", "dark")


def _demo_logins() -> list[tuple[str, str]]:
    """Where one click logs in as each kind of user of the demo, with its name."""
    if not settings.DEMO or not has_url("demo:login", who="buyer"):
        return []
    roles = {
        "buyer": gettext("As a buyer"),
        "brand": gettext("As a brand"),
        "operator": gettext("As an operator"),
    }
    return [(reverse("demo:login", kwargs={"who": who}), label) for who, label in roles.items()]


def _live_url() -> str:
    """Address of the event stream: an origin of its own locally, a path behind the proxy."""
    origin = settings.LIVE_URL
    return f"{origin}/live/" if origin.startswith("http") else f"{origin}/" if origin else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Site-wide names for the templates.

    `viewer` is the lazy `request.viewer` of accounts (or None, which templates show as a guest):
    its attributes are read only where a template prints them. `orders_waiting` asks when a studio
    calls it.
    """
    theme = request.COOKIES.get("theme", "")
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "messages": get_messages(request),
        "theme": theme if theme in THEMES else "",
        "keys_off": SimpleLazyObject(lambda: letter_keys.are_off(request)),
        "live_url": _live_url(),
        "demo_logins": _demo_logins(),
        "log_in_providers": settings.LOG_IN_PROVIDERS,
        "here": request.get_full_path(),
        "orders_waiting": orders_waiting,
    }
