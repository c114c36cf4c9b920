"""What apps above do when somebody logs in: the bag of the guest becomes theirs, for instance.

    from accounts.actions import login_hooks
    login_hooks.register(hook=merge_guest_bag)          # in AppConfig.ready()

A hook runs inside the log-in request, after the session key has been changed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from accounts.models import User

# request, user, and the session key that the visitor had as a guest ('' when they had none).
LoginHook = Callable[[HttpRequest, User, str], None]

_hooks: list[LoginHook] = []


def register(*, hook: LoginHook) -> None:
    """Have `hook` called at every log-in. Registering it again changes nothing."""
    if hook not in _hooks:
        _hooks.append(hook)


def run(*, request: HttpRequest, user: User, old_session_key: str) -> None:
    """Call all hooks, in the order in which they were registered."""
    for hook in _hooks:
        hook(request, user, old_session_key)
