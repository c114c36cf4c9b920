"""Who was erased before that was a decision like others has one afterwards."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from accounts import actions
from accounts.models import Profile, ProfileDecision
from accounts.testing import make_brand, make_operator, make_person
from core import audits

pytestmark = pytest.mark.django_db


def said() -> set[str]:
    return {one.subject for one in audits.violations(invariants=frozenset({"I9"}))}


def test_it_is_written_down_once_and_only_where_it_can_have_been() -> None:
    operator = make_operator().user_id
    gone, back, out = make_person(), make_person(), make_person()
    brand = make_brand()
    for one in (back, out):
        actions.suspend_person(profile_id=one.pk, operator_id=operator or 0, reason="Spam.")
    actions.restore_person(profile_id=back.pk, operator_id=operator or 0)
    left = make_person()
    actions.erase_account(user_id=left.user_id or 0)
    # As the release before did it.
    closed = Profile.objects.filter(pk__in=[gone.pk, back.pk, out.pk, brand.pk])
    closed.update(state="closed")
    named = {one.pk: f"profile @{one.handle}" for one in closed}
    assert said() == set(named.values())
    sql = import_module("accounts.migrations.0015_closed_is_written_down").WRITE_DOWN
    kept = ProfileDecision.objects.filter(to_state="closed")
    for _time in range(2):
        with connection.cursor() as cursor:
            cursor.execute(sql)
        assert set(kept.values_list("profile", "actor")) == {
            (one.pk, one.user_id) for one in (gone, back, left)
        }
        assert len(kept) == 3
    assert said() == {named[out.pk], named[brand.pk]}, "of these something else is wrong"
