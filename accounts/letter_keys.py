"""Whether pages listen to single letters (WCAG 2.1.4): who speaks to a browser types them unmeant.

Kept with the account, so that it holds in every browser; for guests it is a cookie.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

COOKIE, OFF = "keys", "off"
_YEAR = 365 * 24 * 3600


def are_off(request: HttpRequest) -> bool:
    """For whoever looks at the page. Costs nothing beyond the row of the user."""
    user = getattr(request, "user", None)  # a refusal may come before anybody asked who it is
    if user is not None and user.is_authenticated:
        return not user.letter_keys
    return off_in_browser(request)


def off_in_browser(request: HttpRequest) -> bool:
    """What a guest chose here: somebody who signs up takes it with them."""
    return request.COOKIES.get(COOKIE) == OFF


def keep_in_browser(request: HttpRequest, response: HttpResponseBase, *, on: bool) -> None:
    """Remember a guest's choice."""
    if on:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, OFF, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
