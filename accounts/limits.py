"""How often somebody may try: by address of the network, by e-mail and by user."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from accounts.models import User
from core import ratelimit

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Rule:
    """At most `limit` tries in `seconds` for each value of `by`: ip, email, user or account.

    A user is logged in already; an account is the one that somebody is about to log in to. `field`
    is where the form has the e-mail, and the only place where it is looked for: another field that
    a stranger adds must not stand in for it.
    """

    by: str
    limit: int
    seconds: int
    field: str = "email"


RULES: dict[str, tuple[Rule, ...]] = {
    "login": (Rule("ip", 60, 60), Rule("email", 20, 300, field="login")),
    "signup": (Rule("ip", 30, 60), Rule("email", 5, 300)),
    "code": (Rule("ip", 30, 60),),
    "second_factor": (Rule("account", 10, 300),),
    "second_factor_ip": (Rule("ip", 30, 60),),
    "provider": (Rule("ip", 30, 60),),
    "reset": (Rule("ip", 20, 60), Rule("email", 5, 300)),
    "reset_key": (Rule("ip", 30, 60),),
    "email": (Rule("user", 10, 60),),
    "password": (Rule("user", 10, 60),),
    "enquiry": (Rule("ip", 20, 600), Rule("user", 20, 600)),
    "invite": (Rule("user", 30, 3600),),
    # A receipt goes to whatever address was typed: nobody may have it filled with them.
    "quote": (Rule("ip", 20, 600), Rule("user", 20, 600), Rule("email", 6, 3600)),
    "report": (Rule("ip", 30, 600), Rule("user", 30, 600), Rule("email", 6, 3600)),
}


def limited(name: str, view: View) -> View:
    """The view, refusing with 429 what is posted too often under the rules of that name."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            count(name, request)
        return view(request, *args, **kwargs)

    return guarded


def count(name: str, request: HttpRequest, *, email: str = "") -> None:
    """Count one try; raises TooMany when it was one too many.

    `email` is the address where it does not come in a form.
    """
    for rule in RULES[name]:
        value = _value(rule, request, email)
        if value:
            ratelimit.hit(
                key=f"{name}:{rule.by}:{_digest(value)}",
                limit=rule.limit,
                per_seconds=rule.seconds,
            )


def count_for(name: str, request: HttpRequest, user: User) -> None:
    """Count one try at an account; a browser that logged in to it before counts apart."""
    known = device_mark(user.email) if knows_device(request, user.email) else ""
    for rule in RULES[name]:
        ratelimit.hit(
            key=f"{name}:{rule.by}:{_digest(f'{user.pk} {known}')}",
            limit=rule.limit,
            per_seconds=rule.seconds,
        )


def _value(rule: Rule, request: HttpRequest, email: str) -> str:
    if rule.by == "ip":
        return str(request.META.get("REMOTE_ADDR", ""))
    if rule.by == "user":
        return str(request.user.pk) if request.user.is_authenticated else ""
    email = (email or request.POST.get(rule.field, "")).strip().lower()
    # A browser that has logged in as this e-mail before counts apart: a stranger who guesses must
    # not lock the owner out.
    return f"{email} {device_mark(email)}" if knows_device(request, email) else email


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:32]


DEVICE_COOKIE = "device"


def device_mark(email: str) -> str:
    """What a browser keeps after a log-in, so that it is known when it comes again."""
    return salted_hmac("accounts.device", email.lower()).hexdigest()[:32]


def knows_device(request: HttpRequest, email: str) -> bool:
    """Whether somebody has logged in with this e-mail from this browser before."""
    return bool(email) and request.COOKIES.get(DEVICE_COOKIE) == device_mark(email)


def remember_device(response: HttpResponseBase, email: str, *, secure: bool) -> None:
    """Give the browser the mark that `knows_device` looks for."""
    response.set_cookie(
        DEVICE_COOKIE,
        device_mark(email),
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
