"""Sessions in the database, read by a question that is compiled once: every page asks it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from core import clock
from core.prepared import Prepared

_BY_KEY = Prepared(lambda keys: Session.objects.filter(session_key__among=keys))


class SessionStore(db.SessionStore):
    """As Django's of the database, which builds its question anew for every request."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table that it reads."""
        return Session

    def _get_session_from_db(self) -> Any:
        """The row, or None when there is none any more; then the key is worth nothing."""
        for row in _BY_KEY([self.session_key]):
            if row.expire_date > clock.now():
                return row
        self._session_key = None
        return None
