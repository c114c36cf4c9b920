from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import clock, handover, outbox
from core.events import Event, NotInTransaction, publish
from core.ids import new_public_id
from core.models import Delivery, OutboxEvent, TryCount
from core.subscriptions import subscribe
from core.testing import deliver_all, race, subscribed


@dataclass(frozen=True, kw_only=True)
class Rang(Event):
    name: str
    tags: list[str]


def note(event: Rang) -> None:
    """A receiver whose effect can be counted: a row a call."""
    TryCount.objects.create(
        key=new_public_id(), window=0, count=1, expires_at=clock.now() + timedelta(days=1)
    )


def also(event: Rang) -> None:
    note(event)


class BrokenError(Exception):
    pass


def breaks(event: Rang) -> None:
    note(event)
    raise BrokenError("no luck today")


class TakenAlong(BaseException):
    """As if the process had ended: nothing is caught and nothing written any more."""


def takes_its_process_along(event: Rang) -> None:
    note(event)
    raise TakenAlong


def breaks_after(act) -> None:
    act(Rang(name="x", tags=[]))
    raise BrokenError


def ring(name: str = "bell") -> None:
    with transaction.atomic():
        publish(Rang(name=name, tags=["a"]))


@pytest.fixture
def silent(monkeypatch):
    """The broker takes messages and loses them: only the rows are left."""
    monkeypatch.setattr(handover, "hand_over", lambda deliveries: True)


@pytest.mark.django_db
def test_a_fact_reaches_every_receiver_once():
    with subscribed(Rang, note), subscribed(Rang, also):
        ring()
        assert deliver_all() == 2
        assert deliver_all() == 0
    assert TryCount.objects.count() == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db
def test_publishing_is_one_statement():
    with subscribed(Rang, note), subscribed(Rang, also), transaction.atomic():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            publish(Rang(name="x", tags=[]))
        assert len(queries) == 1


@pytest.mark.django_db
def test_a_fact_needs_a_transaction():
    with pytest.raises(NotInTransaction):
        publish(Rang(name="x", tags=[]))
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_a_rolled_back_fact_never_was():
    with subscribed(Rang, note):
        with pytest.raises(BrokenError), transaction.atomic():
            breaks_after(publish)
        assert deliver_all() == 0
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_only_plain_values_cross():
    with pytest.raises(TypeError), transaction.atomic():
        publish(Rang(name=cast(str, clock.now()), tags=[]))
    with pytest.raises(TypeError), transaction.atomic():
        publish(Rang(name="x", tags=cast(list[str], [{}])))
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_a_failure_leaves_no_effect_is_kept_and_is_tried_later(silent):
    with subscribed(Rang, breaks), clock.fixed(clock.now()):
        ring()
        deliver_all(raise_errors=False)
        row = Delivery.objects.get()
        assert (row.state, row.attempts) == ("pending", 1)
        assert "no luck today" in row.last_error
        assert "Traceback" in row.last_error
        assert timedelta(seconds=3) < row.due_at - clock.now() < timedelta(seconds=7)
        assert not TryCount.objects.exists()


@pytest.mark.django_db
def test_a_poison_fact_ends_as_a_dead_letter_and_stops_nobody(silent):
    with subscribed(Rang, breaks), subscribed(Rang, note):
        ring()
        start = clock.now()
        for hours in range(12):
            with clock.fixed(start + timedelta(hours=hours)):
                for _round in range(3):
                    deliver_all(raise_errors=False)
        dead = Delivery.objects.get(state="dead")
        assert "BrokenError" in dead.last_error
        assert TryCount.objects.count() == 1
        assert outbox.retry_dead(delivery_ids=[dead.pk]) == 1
        dead.refresh_from_db()
        assert (dead.state, dead.attempts) == ("pending", 0)


def start_until_dead(*, at_most: int) -> int:
    """How often a receiver that ends its process was started, each time as soon as it is due."""
    started = 0
    for number in range(at_most):
        with clock.fixed(clock.now() + timedelta(hours=2 * number)):
            try:
                deliver_all(raise_errors=False)
            except TakenAlong:
                started += 1
    return started


@pytest.mark.django_db
def test_a_fact_that_ends_its_process_is_given_up_after_a_few_starts(silent):
    with subscribed(Rang, takes_its_process_along), subscribed(Rang, note):
        ring()
        assert start_until_dead(at_most=20) == outbox.MOST_STARTS
        dead, done = Delivery.objects.order_by("state")
        assert (dead.state, done.state) == ("dead", "done")
        assert "without an end" in dead.last_error
        assert TryCount.objects.count() == 1, "only the good one has an effect"
        outbox.retry_dead(delivery_ids=[dead.pk])
        with pytest.raises(TakenAlong):
            deliver_all()


@pytest.mark.django_db
def test_control_without_the_count_it_is_started_without_end(silent, monkeypatch):
    monkeypatch.setattr(outbox, "MOST_STARTS", 10_000)
    with subscribed(Rang, takes_its_process_along):
        ring()
        assert start_until_dead(at_most=20) == 20
        assert Delivery.objects.get().state == "pending"


@pytest.mark.django_db
def test_after_a_start_without_an_end_the_next_waits_and_any_end_makes_it_good(silent):
    ends = [TakenAlong(), BrokenError(), None]

    def ends_as_told(event: Rang) -> None:
        if error := ends.pop(0):
            raise error

    def row() -> tuple[str, int, int]:
        return Delivery.objects.values_list("state", "starts", "attempts").get()

    with subscribed(Rang, ends_as_told):
        ring()
        with clock.fixed(clock.now()):
            with pytest.raises(TakenAlong):
                deliver_all()
            assert row() == ("pending", 1, 1)
            assert deliver_all() == 0, "whoever is told again at once does not try at once"
            wait = Delivery.objects.get().due_at - clock.now()
            assert timedelta(seconds=3) < wait < timedelta(seconds=7)
        for minutes, after in ((10, ("pending", 0, 2)), (20, ("done", 0, 3))):
            with clock.fixed(clock.now() + timedelta(minutes=minutes)):
                deliver_all(raise_errors=False)
            assert row() == after


@pytest.fixture
def outages(monkeypatch):
    """A receiver under which the database goes away so many times: its connection is cut, and so
    many who ask for another one are refused. How its row looks after each time that it was due."""

    def run(*, times: int, refused: int) -> list[tuple[str, int]]:
        refusing, connect, left = [0], connection.get_new_connection, [times]

        def loses_its_database(event: Rang) -> None:
            note(event)
            if left[0]:
                left[0] -= 1
                refusing[0] = refused
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        def get_new_connection(parameters: dict[str, object]) -> object:
            if refusing[0]:
                refusing[0] -= 1
                raise OperationalError("the database system is starting up")
            return connect(parameters)

        monkeypatch.setattr(connection, "get_new_connection", get_new_connection)
        marked = []
        with subscribed(Rang, loses_its_database):
            ring()
            for number in range(times + 2):
                with clock.fixed(clock.now() + timedelta(minutes=10 * number)):
                    with suppress(OperationalError):
                        deliver_all(raise_errors=False)
                    refusing[0] = 0
                marked.append(Delivery.objects.values_list("state", "starts").get())
        return marked

    return run


@pytest.mark.django_db(transaction=True)
def test_a_fact_during_which_the_database_went_away_is_not_given_up(silent, outages):
    """The process is there still, and says so as soon as it can."""
    times = outbox.MOST_STARTS + 1
    marked = outages(times=times, refused=2)
    assert marked == [("pending", 0)] * times + [("done", 0)] * 2
    assert TryCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_who_does_not_wait_for_the_database_leaves_starts_without_an_end(
    silent, outages, monkeypatch
):
    monkeypatch.setattr(outbox, "SECONDS_AWAY", 0.0)
    marked = outages(times=outbox.MOST_STARTS + 1, refused=2)
    assert marked[-1][0] == "dead"
    assert outbox.retry_dead(delivery_ids=[Delivery.objects.get().pk]) == 1


def test_waits_grow_and_end():
    waits = [outbox.wait_after(attempts).total_seconds() for attempts in (1, 4, 8, 30)]
    assert waits == sorted(waits)
    assert waits[-1] <= 3600 * 1.2


@pytest.mark.django_db
def test_an_unknown_receiver_waits_and_is_seen(silent):
    with subscribed(Rang, note):
        ring()
    deliver_all()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("pending", 0)
    assert row.receiver in row.last_error
    with clock.fixed(clock.now() + timedelta(minutes=2)), subscribed(Rang, note):
        deliver_all()
    assert TryCount.objects.count() == 1


@pytest.mark.django_db
def test_a_field_of_a_newer_sender_is_left_out(silent):
    with subscribed(Rang, note):
        ring()
        event = OutboxEvent.objects.get()
        event.data["colour"] = "red"
        event.save()
        deliver_all()
    assert TryCount.objects.count() == 1


def test_a_receiver_subscribes_once():
    with subscribed(Rang, note), pytest.raises(ValueError, match="already"):
        subscribe(Rang, note)


@pytest.mark.django_db
def test_the_sweeper_hands_over_what_was_left_and_waits_longer_each_time(silent):
    with subscribed(Rang, note):
        ring()
        handed: list[tuple[int, str]] = []

        def take(rows):
            handed.extend(rows)
            return True

        start = clock.now()
        for seconds in (0, 10, 20, 30, 60, 90):
            with clock.fixed(start + timedelta(seconds=seconds)):
                outbox.sweep(take)
        row = Delivery.objects.get()
        assert handed == [(row.pk, "default")] * 2  # at 20 s and, 30 s later, at 60 s
        assert row.sweeps == 2


@pytest.mark.django_db
def test_without_a_broker_nothing_counts_as_sent(silent):
    with subscribed(Rang, note):
        ring()
        with clock.fixed(clock.now() + timedelta(minutes=1)):
            assert outbox.sweep(lambda rows: False) == 0
        assert Delivery.objects.get().sweeps == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_faster_than_the_sweeper_finds_the_row_free(silent):
    """A row still locked by the sweeper would look to the worker as if somebody else had it."""

    def work_at_once(rows):
        for delivery_id, _queue in rows:
            failed = race(1, lambda _number, pk=delivery_id: outbox.deliver_one(pk))
            assert failed == [None]
        return True

    with subscribed(Rang, note):
        ring()
        with clock.fixed(clock.now() + timedelta(minutes=1)):
            outbox.sweep(work_at_once)
    assert Delivery.objects.get().state == Delivery.State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_delays_nothing_but_the_message(monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(handover.deliver, "apply_async", refuse)
    monkeypatch.setattr(handover, "_away_until", 0.0)
    with subscribed(Rang, note):
        ring()
        assert Delivery.objects.get().state == "pending"
        assert not handover.hand_over([(1, "default")])  # left alone now, not asked again
        deliver_all()
    assert TryCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_commit_sends_the_message():
    # Tasks run in this process here, so the message is the delivery.
    with subscribed(Rang, note):
        ring()
    assert TryCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_workers_with_the_same_message_have_one_effect(silent):
    with subscribed(Rang, note):
        ring()
        delivery = Delivery.objects.get()
        race(10, lambda _number: outbox.deliver_one(delivery.pk))
    assert TryCount.objects.count() == 1
    assert Delivery.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_claim_the_effect_is_repeated(silent):
    """The same race with the row merely read: it shows, so the test above means something."""
    with subscribed(Rang, note):
        ring()
        delivery = Delivery.objects.select_related("event").get()

        def unclaimed(_number: int) -> None:
            if Delivery.objects.get(pk=delivery.pk).state == "pending":
                note(Rang(name="x", tags=[]))
                Delivery.objects.filter(pk=delivery.pk).update(state="done")

        race(10, unclaimed)
    assert TryCount.objects.count() > 1


@pytest.mark.django_db
def test_the_request_id_goes_along(silent):
    import structlog

    heard = []

    def listens(event: Rang) -> None:
        heard.append(structlog.contextvars.get_contextvars().get("request_id"))

    with subscribed(Rang, listens):
        with structlog.contextvars.bound_contextvars(request_id="req-1"):
            ring()
        deliver_all()
    assert heard == ["req-1"]
