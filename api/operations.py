"""An operation of the API: what it takes and gives, who may ask, and the one call that it makes.

A module of operations reads like a module of views: a function for each, told by `@operation` what
it is called and what scope it needs; `resource` puts those of one address together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from api.errors import NoProfile
from api.scopes import SCOPES

if TYPE_CHECKING:  # processes without an API need no framework for it
    from rest_framework.request import Request
    from rest_framework.serializers import BaseSerializer

Who = Literal["anybody", "member"]
Function = Callable[..., Any]


@dataclass(kw_only=True)
class Call:
    """One request to an operation: who asks, and what, already judged."""

    request: Request
    viewer: Any
    data: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    @property
    def plain_request(self) -> HttpRequest:
        """Django's request, for what counts tries by it."""
        return self.request._request  # noqa: SLF001 - Django REST's own way to it

    @property
    def session(self) -> SessionBase:
        """The browser's session; of a program one that is empty and never kept."""
        session: SessionBase = self.viewer.session
        return session

    @property
    def user_id(self) -> int:
        """Primary key of the member who asks; only operations for members have one."""
        return int(self.viewer.user.pk)

    @property
    def acting_id(self) -> int:
        """Primary key of the profile that the member acts for. Raises NoProfile."""
        if self.viewer.acting is None:
            raise NoProfile
        return int(self.viewer.acting.id)

    @property
    def voice_id(self) -> int:
        """The same, where something is done in that profile's name. Raises NoProfile, and Forbidden
        when it is a brand for which the member's role does not speak."""
        voice = self.viewer.voice()
        if voice is None:
            raise NoProfile
        return int(voice.id)

    @property
    def profile_id(self) -> int:
        """Primary key of the member's own profile. Raises NoProfile."""
        if self.viewer.profile is None:
            raise NoProfile
        return int(self.viewer.profile.id)


@dataclass(frozen=True, kw_only=True)
class Results:
    """A page of a list. `next` has the query parameters of the following page, None at the end."""

    items: Sequence[Any]
    next: dict[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `times` in `seconds` for each visitor, beside the limits of all operations.

    Pages and API count under the same `name`, so that neither is a way around the other.
    """

    name: str
    times: int
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Operation:
    """The declaration of an operation; see `operation`."""

    function: Function
    id: str
    tag: str
    scope: str
    who: Who
    summary: str
    description: str
    takes: type[BaseSerializer[Any]] | None
    asks: type[BaseSerializer[Any]] | None
    gives: type[BaseSerializer[Any]] | None
    many: bool
    status: int
    own_key: bool
    files: bool
    limit: Limit | None
    before: Callable[[Any], None] | None
    example: dict[str, Any] | None


def operation(
    *,
    id: str,  # noqa: A002 - what OpenAPI calls it
    tag: str,
    scope: str,
    who: Who = "member",
    takes: type[BaseSerializer[Any]] | None = None,
    asks: type[BaseSerializer[Any]] | None = None,
    gives: type[BaseSerializer[Any]] | None = None,
    many: bool = False,
    status: int = 200,
    own_key: bool = False,
    files: bool = False,
    limit: Limit | None = None,
    before: Callable[[Any], None] | None = None,
    example: dict[str, Any] | None = None,
) -> Callable[[Function], Operation]:
    """Declare a function to be an operation; its docstring is what the documentation says.

    `id` is stable for ever. `scope` is what a token needs; `who` says whether somebody must be
    known at all. `takes` judges the body, `asks` the query string, `gives` shows the answer
    (`many`: a page of them; None: no content). `own_key`: the action keeps the Idempotency-Key
    itself, and the key is required. `limit` and `before` count tries, outside of any transaction.
    `example` is a body that works.
    """
    if scope not in SCOPES:
        raise ValueError(f"{id}: there is no scope {scope!r}.")

    def declare(function: Function) -> Operation:
        summary, _, description = (function.__doc__ or "").strip().partition("\n")
        return Operation(
            function=function,
            id=id,
            tag=tag,
            scope=scope,
            who=who,
            summary=summary.rstrip("."),
            description=" ".join(description.split()),
            takes=takes,
            asks=asks,
            gives=gives,
            many=many,
            status=status if gives is not None else 204,
            own_key=own_key,
            files=files,
            limit=limit,
            before=before,
            example=example,
        )

    return declare
