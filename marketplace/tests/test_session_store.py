"""Where sessions are kept: what is over is not there, and reading one costs one question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from marketplace.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept() -> SessionStore:
    store = SessionStore()
    store["who"] = "noor"
    store.create()
    store.save()
    return store


def test_what_was_kept_is_read_with_one_question() -> None:
    key = kept().session_key
    SessionStore(key).load()
    with CaptureQueriesContext(connection) as asked:
        assert SessionStore(key).load() == {"who": "noor"}
    assert len(asked) == 1


def test_a_session_that_is_over_or_never_was_holds_nothing_and_its_key_is_dropped() -> None:
    key = kept().session_key
    last = SessionStore(key)
    with clock.fixed(clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)):
        assert last.load() == {"who": "noor"}, "control: a minute before"
    for store, later in ((SessionStore(key), 60), (SessionStore("a" * 32), 0)):
        with clock.fixed(
            clock.now() + timedelta(seconds=later and settings.SESSION_COOKIE_AGE + later)
        ):
            assert store.load() == {}
            assert store.session_key is None
