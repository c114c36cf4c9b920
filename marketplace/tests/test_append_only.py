"""What operators decided stays as it was written: for superusers, for SQL, and after they left."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction

from accounts import actions
from accounts.models import BrandAct, Profile, ProfileDecision, User
from accounts.testing import client_for, make_brand, make_operator, owner_of
from brands.models import Review, ReviewItem
from moderation.models import Report
from orders.models import OrderEvent
from payments.models import LedgerEntry, LedgerTransaction, PaymentMove

pytestmark = pytest.mark.django_db

LOGS: tuple[type[Any], ...] = (
    *(ProfileDecision, BrandAct, LogEntry, Review, ReviewItem, Report),
    *(OrderEvent, PaymentMove, LedgerEntry, LedgerTransaction),
)
# Written once and never again; a review and a report are decided after they were made.
TABLES = ("accounts_profiledecision", "accounts_brandact", "django_admin_log")


def superuser() -> Profile:
    operator = make_operator()
    User.objects.filter(pk=operator.user_id).update(is_superuser=True)
    return Profile.objects.get(pk=operator.pk)


@pytest.fixture
def decided() -> Profile:
    """A superuser who suspended a brand, and by now somebody has acted for the brand."""
    operator, brand = superuser(), make_brand()
    rows = {"action": "suspend", "_selected_action": [brand.pk], "confirmed": "1"}
    client_for(operator).post("/admin/accounts/profile/", {**rows, "reason": "Look-alike"})
    actor = owner_of(brand).user_id
    actions.record_act(brand_id=brand.pk, actor_id=actor, act="accounts.profile_changed")
    decision = ProfileDecision.objects.get(to_state="suspended")
    assert (decision.actor_id, decision.reason) == (operator.user_id, "Look-alike")
    assert "Look-alike" in LogEntry.objects.get().change_message
    return operator


@pytest.mark.parametrize("model", LOGS, ids=lambda model: model.__name__)
def test_no_page_of_the_administration_changes_it(rf: Any, model: type[Any]) -> None:
    """Where it has no page of its own, it is shown as a part of another."""
    request = rf.get("/admin/")
    request.user = superuser().user
    site = admin.site._registry
    parts = [
        part(one.model, admin.site)
        for one in site.values()
        for part in one.inlines
        if part.model is model
    ]
    places = [*([site[model]] if model in site else []), *parts]
    assert places or model is LogEntry
    for place in places:
        may_delete = place.has_delete_permission(request) and getattr(place, "can_delete", True)
        assert not may_delete
        assert not place.has_change_permission(request)
        assert not place.has_add_permission(request)


def test_a_superuser_is_refused_by_the_pages(decided: Profile) -> None:
    client, row = client_for(decided), ProfileDecision.objects.get(to_state="suspended")
    page = f"/admin/accounts/profiledecision/{row.pk}/"
    assert client.get(f"{page}change/").status_code == 200, "it is read"
    assert client.post(f"{page}change/", {"reason": "No reason"}).status_code == 403
    assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.reason == "Look-alike"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000"])
def test_the_database_refuses_it_whoever_asks(decided: Profile, table: str, how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
        with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
            cursor.execute(how.format(table))


def test_who_leaves_takes_nothing_along_that_they_decided(decided: Profile) -> None:
    assert decided.user_id is not None
    before = ProfileDecision.objects.count(), LogEntry.objects.count()
    actions.erase_account(user_id=decided.user_id)
    assert (ProfileDecision.objects.count(), LogEntry.objects.count()) == before
    assert "Look-alike" in LogEntry.objects.get().change_message
