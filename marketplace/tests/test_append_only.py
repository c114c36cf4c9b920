"""What operators decided, and how things moved, stays as it was written: for superusers, for SQL,
and after they left."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.deletion import Collector

from accounts import actions
from accounts.models import BrandAct, Profile, ProfileDecision, User
from accounts.testing import client_for, make_brand, make_operator, make_person, owner_of
from brands.models import Review, ReviewItem
from catalog.models import ProductMove, ServiceMove
from catalog.testing import make_product, make_service
from moderation.models import Report
from orders.actions import mark_packed
from orders.models import Order, OrderEvent
from orders.testing import make_paid_order
from payments.models import LedgerEntry, LedgerTransaction, PaymentMove

pytestmark = pytest.mark.django_db

LOGS: tuple[type[Any], ...] = (
    *(ProfileDecision, BrandAct, LogEntry, Review, ReviewItem, Report),
    *(OrderEvent, PaymentMove, ProductMove, ServiceMove, LedgerEntry, LedgerTransaction),
)
# Written once and never again; a review and a report are decided after they were made.
TABLES = ("accounts_profiledecision", "accounts_brandact", "django_admin_log")
# The same, as long as what they tell of is there.
MOVES = (
    "orders_orderevent",
    "payments_paymentmove",
    "catalog_productmove",
    "catalog_servicemove",
)


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


@pytest.fixture
def moved() -> Order:
    """Something of each kind that went from one state to another."""
    order = make_paid_order(person=make_person())
    make_service(seller=order.seller)
    number, seller = order.number, order.seller_id
    mark_packed(
        numbers=[number], seller_id=seller, actor_user_id=owner_of(order.seller).user_id or 0
    )
    return order


def at_the_end(sql: str) -> None:
    """Run it and what waits for the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", MOVES)
def test_no_move_is_rewritten_or_deleted(moved: Order, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"SELECT array_agg(row_to_json(t)::text ORDER BY id) FROM {table} t")
        before = cursor.fetchone()[0]
    assert before
    for how in ("DELETE FROM {}", "UPDATE {} SET id = id + 1000"):
        with pytest.raises(IntegrityError, match="append only"):
            at_the_end(how.format(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT array_agg(row_to_json(t)::text ORDER BY id) FROM {table} t")
        assert cursor.fetchone()[0] == before


def test_what_is_deleted_takes_its_moves_along(moved: Order) -> None:
    """As Django deletes, what hangs on it first, and as SQL may: first what moved."""
    for make, moves in ((make_product, ProductMove), (make_service, ServiceMove)):
        for first in ("what hangs on it", "what moved"):
            one: Any = make(seller=moved.seller)
            told = moves._base_manager.filter(pk__in=[*one.moves.values_list("pk", flat=True)])
            assert told
            with transaction.atomic():
                delete(one, itself_first=first == "what moved")
                connection.check_constraints()
            assert not told.all(), (moves, first)


def delete(one: Model, *, itself_first: bool) -> None:
    rest = Collector(using=connection.alias)
    rest.collect([one])
    if itself_first:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {one._meta.db_table} WHERE id = {one.pk}")
    rest.delete()


def test_a_user_who_is_deleted_leaves_events_without_a_name(moved: Order) -> None:
    event = moved.events.get(to_state="packed")
    assert event.actor_user_id is not None
    at_the_end(f"UPDATE orders_orderevent SET actor_user_id = NULL WHERE id = {event.pk}")
    left = OrderEvent.objects.get(pk=event.pk)
    assert (left.actor_user_id, left.actor, left.to_state) == (None, "seller", "packed")
    with pytest.raises(IntegrityError, match="append only"):
        at_the_end(f"UPDATE orders_orderevent SET actor_user_id = {moved.user_id}")


def test_who_leaves_takes_nothing_along_that_they_decided(decided: Profile) -> None:
    assert decided.user_id is not None
    before = set(ProfileDecision.objects.values_list("pk", "reason"))
    actions.erase_account(user_id=decided.user_id)
    after = set(ProfileDecision.objects.values_list("pk", "reason"))
    assert before <= after
    assert [words for _pk, words in after - before] == [""], "that they left, and nothing else"
    assert "Look-alike" in LogEntry.objects.get().change_message
