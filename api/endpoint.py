"""The view behind every address of the API: it reads the request, makes one call, answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.views import APIView

from api.errors import LogInFirst, ScopeMissing
from api.operations import Call, Operation, Results
from api.problems import unprocessable
from api.schema import document
from api.wire import FilesParser, JsonParser
from core import ratelimit
from core.errors import TooMany
from core.idempotency import KeyMissing, run_once

SAFE = ("GET", "HEAD", "OPTIONS")
KEY_HEADER = "Idempotency-Key"


class Endpoint(APIView):
    """Operations by method. Made by `resource`, never written by hand."""

    operations: Mapping[str, Operation] = {}
    permission_classes = ()
    throttle_classes = ()
    metadata_class = None
    format_kwarg = None

    def initial(self, request: Request, *_args: Any, **_kwargs: Any) -> None:
        """Before any work: what is accepted, who asks, how often, and may they."""
        self.perform_authentication(request)
        self._count(request)
        # Django answers HEAD as it answers GET, so whoever asks must be let in as for GET.
        method = "get" if request.method == "HEAD" else str(request.method).lower()
        operation = self.operations.get(method)
        if operation is None:
            return  # answered with 405 in a moment
        accepted = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = accepted
        check_access(operation, request)

    def _count(self, request: Request) -> None:
        token: Any = request.auth
        kind = "read" if request.method in SAFE else "write"
        if token is not None:
            name = f"token:{token.public_id}"
        elif request.user.is_authenticated:
            name = f"user:{request.user.pk}"
        else:
            name, kind = f"ip:{request.META.get('REMOTE_ADDR', '')}", "guest"
        standing = ratelimit.count(
            key=f"api:{kind}:{name}", limit=settings.API_LIMITS[kind], per_seconds=60
        )
        self.standing = standing
        if standing.exceeded:
            raise TooMany(standing.resets_in)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Headers of every answer, refusals included."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        answer["Vary"] = "Accept, Authorization, Cookie"
        standing = getattr(self, "standing", None)
        if standing is not None:
            answer["RateLimit-Limit"] = str(standing.limit)
            answer["RateLimit-Remaining"] = str(standing.remaining)
            answer["RateLimit-Reset"] = str(standing.resets_in)
        if request.method in ("GET", "HEAD") and answer.status_code == 200:
            answer.add_post_render_callback(_tag(request._request))  # noqa: SLF001
        return answer


def _tag(request: HttpRequest) -> Callable[[Any], HttpResponseBase | None]:
    """Give the answer an ETag, and answer 304 to somebody who has it already."""

    def add(answer: Any) -> HttpResponseBase | None:
        etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        answer["ETag"] = etag
        told = get_conditional_response(request, etag, None, answer)
        if told is None or told is answer:
            return None
        for name in ("Vary", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"):
            if answer.has_header(name):
                told[name] = answer[name]
        return told

    return add


def check_access(operation: Operation, request: Request) -> None:
    """Raises LogInFirst (401) or ScopeMissing (403)."""
    token: Any = request.auth
    if token is not None and operation.scope not in token.scopes:
        raise ScopeMissing(scope=operation.scope)
    if operation.who == "member" and not request.user.is_authenticated:
        raise LogInFirst


def resource(
    *,
    get: Operation | None = None,
    post: Operation | None = None,
    put: Operation | None = None,
    patch: Operation | None = None,
    delete: Operation | None = None,
) -> Callable[..., HttpResponse]:
    """The view of one address, for `path()`."""
    given = {"get": get, "post": post, "put": put, "patch": patch, "delete": delete}
    operations = {method: one for method, one in given.items() if one is not None}
    names: dict[str, Any] = {
        "operations": operations,
        "__doc__": "",
        "parser_classes": (
            (FilesParser,) if any(one.files for one in operations.values()) else (JsonParser,)
        ),
        **{method: _handler(one, method) for method, one in operations.items()},
    }
    first = next(iter(operations.values()))
    made: type[Endpoint] = type(f"{first.id.title().replace('_', '')}Endpoint", (Endpoint,), names)
    view: Callable[..., HttpResponse] = made.as_view()
    return view


def _handler(operation: Operation, method: str) -> Callable[..., Response]:
    def handle(self: Endpoint, request: Request, **path: Any) -> Response:  # noqa: ARG001
        return answer(operation, request, path)

    return document(operation, method)(handle)


def answer(operation: Operation, request: Request, path: Mapping[str, Any]) -> Response:
    """Judge what was sent, do it once, show what came of it."""
    call = Call(request=request, viewer=request._request.viewer)  # type: ignore[attr-defined]  # noqa: SLF001
    if operation.asks is not None:
        call.query = _judged(operation.asks, request.query_params)
    if operation.takes is not None:
        call.data = _judged(operation.takes, request.data)
    writing = request.method not in SAFE
    call.key = request.headers.get(KEY_HEADER, "") if writing else ""
    if operation.own_key and not call.key:
        raise KeyMissing
    if operation.limit is not None:
        limit = operation.limit
        key = f"{limit.name}:{call.viewer.limit_key}"
        ratelimit.hit(key=key, limit=limit.times, per_seconds=limit.seconds)
    if operation.before is not None:
        operation.before(call)
    if not call.key or operation.own_key:
        return Response(_shown(operation, call, path), status=operation.status)
    kept = run_once(
        principal=call.viewer.visitor_key,
        route=f"api:{operation.id}",
        key=call.key,
        body={
            "path": dict(path),
            "query": request.query_params.dict(),
            "body": _body(request),
            # The same request in the name of another brand is another one.
            **({"as": call.viewer.acting_id} if call.viewer.acting_brand else {}),
        },
        work=lambda: {"body": _shown(operation, call, path)},
    )
    response = Response(kept.data["body"], status=operation.status)
    if kept.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def _judged(serializer: type[Any], data: Any) -> dict[str, Any]:
    judged = serializer(data=data)
    try:
        judged.is_valid(raise_exception=True)
    except ValidationError as error:
        raise unprocessable(error.detail) from error
    return dict(judged.validated_data)


def _body(request: Request) -> Any:
    if not request.FILES:
        return request.data
    files = {
        name: hashlib.sha256(file.read()).hexdigest()
        for name, file in request.FILES.items()
        if file.seek(0) == 0
    }
    for file in request.FILES.values():
        file.seek(0)
    return {**request.POST.dict(), **files}


def _shown(operation: Operation, call: Call, path: Mapping[str, Any]) -> Any:
    value = operation.function(call, **path)
    if operation.gives is None:
        return None
    context = {"viewer": call.viewer}
    if not operation.many:
        return operation.gives(value, context=context).data
    assert isinstance(value, Results)  # noqa: S101 - an operation that gives many answers so
    return {
        "results": operation.gives(value.items, many=True, context=context).data,
        "next": _address_of(call.request, value.next),
    }


def _address_of(request: Request, changes: Mapping[str, str] | None) -> str | None:
    """The address of the next page: this one with some parameters changed."""
    if changes is None:
        return None
    query = request.query_params.copy()
    for name, value in changes.items():
        query[name] = value
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
