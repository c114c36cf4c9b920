"""What the session of a browser knows: who is logged in and for whom they act."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import limits
from accounts.backend import AccountBackend
from accounts.buying import BUYING_KEY, buyer_called
from accounts.types import BuyerRef, ProfileRef, Viewer
from core.errors import NotFound

# The public id of the brand somebody acts for; absent while they act for themselves.
ACTING_KEY = "acting"


def log_in(*, request: HttpRequest, user_id: int) -> None:
    """Log a user in without asking for a password, as after a log-in page: new session key, hooks.

    Raises NotFound for somebody who may not log in. Only for callers that know who is in front.
    """
    user = AccountBackend().get_user(user_id)
    if user is None:
        raise NotFound(_("There is no such person."))
    get_adapter(request).login(request, user)


def switch_identity(*, viewer: Viewer, public_id: str) -> ProfileRef:
    """Let the viewer act for one of their brands from now on, or for themselves again.

    Raises NotFound for a profile that is not theirs and for one that does not exist.
    """
    if viewer.session is None or viewer.profile is None:
        raise NotFound(_("There is no such page."))
    if public_id == viewer.profile.public_id:
        viewer.session.pop(ACTING_KEY, None)
        return viewer.profile
    for brand in viewer.brands:
        if brand.profile.public_id == public_id:
            viewer.session[ACTING_KEY] = public_id
            return brand.profile
    raise NotFound(_("There is no such page."))


def switch_buying(*, viewer: Viewer, public_id: str) -> BuyerRef | None:
    """Let the viewer buy for one of their companies from now on, or ("me") for themselves again.

    Whom they act for stays as it is. Raises NotFound for a company that is not theirs and for one
    that does not exist.
    """
    if viewer.session is None or viewer.profile is None:
        raise NotFound(_("There is no such page."))
    chosen = buyer_called(viewer=viewer, public_id=public_id)
    if chosen is None:
        viewer.session.pop(BUYING_KEY, None)
    else:
        viewer.session[BUYING_KEY] = chosen.public_id
    return chosen


def count_try(*, name: str, request: HttpRequest, email: str = "") -> None:
    """Count one try of what has a limit (`enquiry`, `report`); raises TooMany past it (429).

    `email` is the address that it writes to, where that is in no form. Call it before a
    transaction opens.
    """
    limits.count(name, request, email=email)
