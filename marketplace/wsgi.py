"""Entry point of the web process: pages and forms."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; pages and static files are handed over whole.

    A process answers one request at a time. What it hands over as a list, the server sends by
    itself, however slowly it is read; any other answer would keep the process until it has left.
    """
    answer: HttpResponseBase = _django(environ, start_response)
    if answer.streaming and not isinstance(answer, FileResponse):
        return answer  # a long list, made while it is sent
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


# Django loads the views when it looks for an address first, which would be in each worker.
reverse("feed:home")
