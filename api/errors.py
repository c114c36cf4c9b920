"""What is refused at the edge of the API, before anything of the business is asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Forbidden, Invalid


class LogInFirst(DomainError):
    """Neither a token nor a session says who asks."""

    code = "not_authenticated"
    title = _("Who are you?")
    message = _("Send a token in the header Authorization, as in: Bearer parley_…")
    status = 401


class BadToken(DomainError):
    """The token is unknown, over, withdrawn, or of somebody whose account is closed."""

    code = "bad_token"
    title = _("Who are you?")
    message = _("This token is not valid, or not any more.")
    status = 401


class ScopeMissing(Forbidden):
    """The token is good, but not for this; `data["scope"]` names what it lacks."""

    code = "scope_missing"
    message = _("This token lacks a scope that this operation needs.")


class CsrfFailed(Forbidden):
    """A browser's session writes only with the CSRF token of a page of ours."""

    code = "csrf_failed"
    message = _("A session needs the header X-CSRFToken to write. A token needs nothing.")


class Malformed(DomainError):
    """The body cannot be read at all."""

    code = "malformed"
    message = _("The body is not what its content type says.")
    status = 400


class TooLarge(DomainError):
    """The body is longer than we read."""

    code = "too_large"
    message = _("The body is too large.")
    status = 413


class NoProfile(Forbidden):
    """Who asks can log in, but is nobody on this market (an operator)."""

    code = "no_profile"
    message = _("This account has no profile to do that with.")


class Unprocessable(Invalid):
    """Fields are missing, unknown or wrong; `errors` of the document names each."""

    code = "invalid"
