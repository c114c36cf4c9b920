"""What becomes of a guest's bag when they log in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from orders.actions.bag import merge_bag


def keep_bag(request: HttpRequest, user: Any, old_session_key: str) -> None:  # noqa: ARG001
    """The guest's bag joins the person's own."""
    profile = getattr(user, "own_profile", None)
    left = merge_bag(
        session=request.session,
        user_id=user.pk,
        profile_id=profile.pk if profile is not None else None,
    )
    if left:
        text = ngettext(
            "%(n)s thing that you had chosen found no room in your bag.",
            "%(n)s things that you had chosen found no room in your bag.",
            left,
        )
        messages.warning(request, text % {"n": left})
