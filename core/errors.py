"""Typed errors: each has a code for programs, a message for people and a status for HTTP."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something that was asked for cannot be done, for a reason the asker can understand.

    Subclasses set `code`, `message` and `status`; `data` carries what a program needs to go on.
    Left uncaught by a view it becomes a plain page with that status, never a 500.
    """

    code: str = "refused"
    message: str | Promise = _("That could not be done.")
    status: int = 409
    title: str | Promise = _("That did not work")

    def __init__(
        self, message: str | Promise | None = None, *, code: str | None = None, **data: Any
    ) -> None:
        if message is not None:
            self.message = message
        if code is not None:
            self.code = code
        self.data: dict[str, Any] = data
        super().__init__(str(self.message))

    def __str__(self) -> str:
        return str(self.message)

    @property
    def retry_after(self) -> int | None:
        """Seconds after which another try makes sense; goes into the Retry-After header."""
        return None

    @property
    def field_errors(self) -> Sequence[Mapping[str, Any]]:
        """For programs: each a `field` of what was sent, a `message` and a `code`."""
        return ()


class NotFound(DomainError):
    """Absent, or not the asker's to see: the two are answered alike."""

    code = "not_found"
    message = _("There is nothing here.")
    status = 404


class NotFoundByGuests(NotFound):
    """The same to somebody who is not logged in: it might be theirs once they are.

    Whoever only looks is led to log in and back, whether or not there is anything; what is sent,
    and what a program asks, is answered like any NotFound.
    """

    place = "account_login"


class Forbidden(DomainError):
    """Seen, but not the asker's to do."""

    code = "forbidden"
    message = _("You may not do that.")
    status = 403


class DoFirst(DomainError):
    """Something else comes first: a person is led to the page `place` (a URL name) and back."""

    code = "do_first"
    status = 403
    place: str


class Conflict(DomainError):
    """The world has moved on since the page was shown."""

    code = "conflict"
    message = _("This has changed in the meantime. Please look again.")
    status = 409


class Invalid(DomainError):
    """What was sent makes no sense."""

    code = "invalid"
    message = _("Something in what you sent is not right.")
    status = 422


class TooMany(DomainError):
    """Asked too often."""

    code = "too_many"
    title = _("Slow down a little")
    message = _("That was tried too often. Please wait a moment and try again.")
    status = 429

    def __init__(self, retry_after: int, **data: Any) -> None:
        super().__init__(**data)
        self._retry_after = max(1, retry_after)

    @property
    def retry_after(self) -> int:
        return self._retry_after


class Busy(DomainError):
    """A row or the database did not answer in time; nothing was changed."""

    code = "busy"
    title = _("A lot is going on right now")
    message = _("We could not get to it in time. Nothing was changed. Please try again.")
    status = 503

    @property
    def retry_after(self) -> int:
        return 2
