"""The row of a user as a lock, for what is kept of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound


def locked_user(user_id: int) -> User:
    """The user, locked until the caller's transaction ends, so that two tabs act one by one.

    Raises NotFound for a closed account: what was on its way when somebody left is not kept.
    """
    rows = User.objects.select_for_update(of=("self",))
    user = rows.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound(_("This account is closed."))
    return user
