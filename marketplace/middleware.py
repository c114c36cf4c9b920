"""What every answer carries, errors and files included."""

import re
import time
import uuid
from collections.abc import Callable
from ipaddress import ip_address

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from core.headers import permissions
from marketplace.health import healthz, readyz
from marketplace.logs import HEADER

log = structlog.get_logger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

_FOREIGN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_PROBES = {"/healthz": healthz, "/readyz": readyz}
_QUIET = (*_PROBES, "/metrics", settings.STATIC_URL)


class RequestIdMiddleware:
    """Names the request, keeps a well-formed name that a proxy gave it, and logs one line."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _FOREIGN_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(**{HEADER: request_id})
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            if not request.path.startswith(_QUIET):
                log.info(
                    "request",
                    method=request.method,
                    path=request.path,
                    status=response.status_code,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )
        finally:
            structlog.contextvars.clear_contextvars()
        response["X-Request-ID"] = request_id
        return response


class ProxyMiddleware:
    """Behind our own proxy the sender's address is the last one in a header.

    What stands before it anybody may have written. Without this, all the world would share the
    limits of one address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        try:
            request.META["REMOTE_ADDR"] = str(ip_address(last))
        except ValueError:
            pass  # no proxy wrote this: the connection's own address stays
        return self.get_response(request)


class ProbesMiddleware:
    """Probes come to an address, not to a name: they are answered before a name is asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = _PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)


class ResponseHeadersMiddleware:
    """Content-Security-Policy, Permissions-Policy, and no caching of what belongs to one person.

    A view that needs another policy, as the one that serves media does, sets the header itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = "; ".join(
            f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items()
        )
        self.permissions = permissions()
        self.shared = (settings.STATIC_URL, settings.MEDIA_URL, "/css/")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL refuses the character NUL, so no row can be at such an address.
        absent = "\0" in request.path_info
        response = HttpResponseNotFound() if absent else self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", self.permissions)
        if not self._shared(request, response) and self._personal(request, response):
            response["Cache-Control"] = "private, no-store"
        return response

    def _shared(self, request: HttpRequest, response: HttpResponse) -> bool:
        """A file that is the same for everybody. That there is none is a page for one person."""
        return request.path.startswith(self.shared) and response.status_code < 400

    @staticmethod
    def _personal(request: HttpRequest, response: HttpResponse) -> bool:
        return settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
