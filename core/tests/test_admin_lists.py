"""Long lists of the administration: counted to a limit, estimated beyond it, searched by words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.core.paginator import EmptyPage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import admin_lists
from core.admin_lists import EstimatingPaginator, LargeListAdmin
from core.models import OutboxEvent

pytestmark = pytest.mark.django_db

ROWS = 12


@pytest.fixture
def events() -> list[OutboxEvent]:
    """Half of them of a second type, in the order of their numbers."""
    return OutboxEvent.objects.bulk_create(
        OutboxEvent(
            type=f"core.{'Odd' if number % 2 else 'Even'}", data={}, request_id=f"R{number}"
        )
        for number in range(ROWS)
    )


def paged(rows: Any) -> EstimatingPaginator:
    return EstimatingPaginator(rows, per_page=5)


def let_postgres_say(rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = %s WHERE oid = 'core_outboxevent'::regclass", [rows]
        )


@pytest.mark.usefixtures("events")
def test_a_short_table_is_counted_by_one_query() -> None:
    let_postgres_say(5_000_000)
    with CaptureQueriesContext(connection) as spent:
        found = paged(OutboxEvent.objects.order_by("-pk"))
        assert (found.count, found.estimated) == (ROWS, False)
    assert len(spent) == 1


@pytest.mark.usefixtures("events")
def test_a_long_table_is_estimated_and_what_is_filtered_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admin_lists, "COUNTED", ROWS)
    let_postgres_say(5_000_000)
    assert paged(OutboxEvent.objects.order_by("-pk")).count == ROWS  # at the limit: exact

    monkeypatch.setattr(admin_lists, "COUNTED", ROWS - 1)
    found = paged(OutboxEvent.objects.order_by("-pk"))
    assert (found.count, found.estimated) == (5_000_000, True)
    some = paged(OutboxEvent.objects.filter(type="core.Odd").order_by("-pk"))
    assert (some.count, some.estimated) == (ROWS // 2, False)

    let_postgres_say(-1)  # it never looked at the table, or long ago
    assert paged(OutboxEvent.objects.order_by("-pk")).count == ROWS


def test_pages_of_a_long_table_are_its_rows_in_order(
    events: list[OutboxEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin_lists, "COUNTED", 3)
    let_postgres_say(20)  # eight of them are gone
    found = paged(OutboxEvent.objects.order_by("-pk"))
    newest = [one.pk for one in reversed(events)]
    pages = [[row.pk for row in found.page(number).object_list] for number in (1, 2, 3, 4)]
    assert pages == [newest[:5], newest[5:10], newest[10:], []]
    with pytest.raises(EmptyPage):
        found.page(5)
    # So is what is filtered, if that is many rows.
    odd = paged(OutboxEvent.objects.filter(type="core.Odd").order_by("-pk"))
    some = [row.pk for row in odd.page(1).object_list], [row.pk for row in odd.page(2).object_list]
    assert some == (newest[0:10:2], newest[10::2])


@pytest.mark.usefixtures("events")
def test_the_page_says_that_a_number_is_an_estimate(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_postgres_say(5_000_000)
    address = "/admin/core/outboxevent/"
    exact = " ".join(admin_client.get(address).content.decode().split())
    assert f"{ROWS} outbox events" in exact
    assert "about" not in exact
    monkeypatch.setattr(admin_lists, "COUNTED", 3)
    assert "about 5000000 outbox events" in " ".join(
        admin_client.get(address).content.decode().split()
    )


def test_words_are_found_whole_or_from_the_beginning_in_any_of_the_columns(
    events: list[OutboxEvent], admin_client: Client
) -> None:
    number = events[3].pk

    def found(words: str) -> set[str]:
        answer = admin_client.get("/admin/core/outboxevent/", {"q": words})
        assert answer.status_code == 200
        return {row.request_id for row in answer.context["cl"].result_list}

    assert found(str(number)) == {"R3"}
    assert found("R3") == {"R3"}
    assert found("core.Od") == {f"R{one}" for one in range(1, ROWS, 2)}
    assert found("core.Od R3") == found('"core.Odd" R3') == {"R3"}
    assert found("core.Even R3") == set()
    assert found("Odd") == set()  # not from the beginning
    OutboxEvent.objects.filter(pk=number).update(type="Two words, three")
    assert found("Two  words") == found('"Two words," R3') == {"R3"}
    assert found("Two words R3") == found("words, three") == set()
    assert found("r3") == found("two words") == {"R3"}, "as a number or a name is typed in a hurry"
    assert found("9" * 30) == found("letters") == set()  # no number of ours


def test_the_search_says_what_it_looks_for() -> None:
    said = admin.site.get_model_admin(OutboxEvent).search_help_text
    assert said == "Written in full: ID, request id. From its beginning: type."


@pytest.mark.usefixtures("events")
def test_a_filter_is_closed_and_says_what_it_is_set_to(admin_client: Client) -> None:
    """Open, they would take the rows' width or push them down."""
    page = admin_client.get("/admin/core/outboxevent/", {"type": "core.Odd"}).content.decode()
    [shut, said] = re.findall(r"(<details[^>]*>)\s*<summary>(.*?)</summary>", page, re.DOTALL)[0]
    assert " open" not in shut
    assert re.sub(r"<[^>]*>", "", said).split() == ["By", "type", "core.Odd"]


def test_every_list_of_ours_is_one_of_these() -> None:
    """And no list reads a whole table for a row of years above it."""
    ours = [one for one in admin.site._registry.values() if "django" not in one.__module__]
    ours = [one for one in ours if not one.__module__.startswith("allauth")]
    assert len(ours) > 60
    assert [one for one in ours if not isinstance(one, LargeListAdmin)] == []
    assert [one for one in ours if one.date_hierarchy] == []
