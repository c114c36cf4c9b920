"""Prepared questions answer as their query sets do."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import OutboxEvent
from core.prepared import Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Three facts with data that needs a conversion."""
    return [OutboxEvent.objects.create(type=f"t{n}", data={"n": n}) for n in range(3)]


def facts(ids):
    return OutboxEvent.objects.filter(pk__among=ids).order_by("pk")


def test_a_moment_comes_as_an_argument(rows):
    question = Prepared(
        lambda until: OutboxEvent.objects.filter(created_at__upto=until).values_list("pk")
    )
    first = rows[0].created_at
    assert {pk for (pk,) in question([clock.now()])} >= {one.pk for one in rows}
    assert rows[2].pk not in {pk for (pk,) in question([first])}
    assert (rows[0].pk,) in question([first]), "it is a bound that counts"


@pytest.mark.parametrize(
    "shaped",
    [
        lambda rows: rows,
        lambda rows: rows.values("type", "data", "created_at"),
        lambda rows: rows.values_list("pk", "data"),
        lambda rows: rows.values_list("type", flat=True),
        lambda rows: rows.annotate(again=F("type")).values("again", "data"),
        lambda rows: rows.order_by().values_list("type").union(rows.order_by().values_list("type")),
    ],
)
def test_rows_are_those_of_the_query_set(rows, shaped):
    question = Prepared(lambda ids: shaped(facts(ids)))
    for chosen in ([], [rows[0].pk], [one.pk for one in rows], [rows[2].pk, rows[1].pk]):
        assert sorted(map(str, question(chosen))) == sorted(map(str, shaped(facts(chosen))))
    assert len(question([one.pk for one in rows])) == 3


def test_instances_can_be_saved(rows):
    (one,) = Prepared(facts)([rows[1].pk])
    one.type = "changed"
    one.save()
    rows[1].refresh_from_db()
    assert (rows[1].type, rows[1].data) == ("changed", {"n": 1})


def test_it_is_one_query_and_built_once(rows):
    built = []

    def build(ids, kinds):
        built.append(1)
        return facts(ids).filter(type__among=kinds)

    question = Prepared(build)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert [one.type for one in question([one.pk for one in rows], ["t1", "t2"])] == [
            "t1",
            "t2",
        ]
        assert question([rows[0].pk], ["t1"]) == []
    assert len(asked) == 2
    assert built == [1]


def test_arguments_are_never_part_of_the_statement(rows):
    evil = "'; DROP TABLE core_outboxevent; --"
    question = Prepared(lambda kinds: OutboxEvent.objects.filter(type__among=kinds))
    assert question([evil]) == []
    assert OutboxEvent.objects.count() == 3


def test_an_argument_that_decides_nothing_is_a_mistake():
    with pytest.raises(TypeError):
        Prepared(lambda ids, _other: facts(ids))([1], [2])


def test_a_moment_that_would_stand_still_is_a_mistake():
    question = Prepared(lambda ids: facts(ids).filter(created_at__lt=clock.now()))
    with pytest.raises(TypeError, match="stand still"):
        question([1])


@pytest.mark.django_db(transaction=True)
def test_threads_share_it_and_use_their_own_connections():
    pk = OutboxEvent.objects.create(type="t", data={}).pk
    question = Prepared(facts)

    def ask(_):
        try:
            return [one.pk for one in question([pk])]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(12))) == [[pk]] * 12


def test_what_one_thread_still_compiles_no_other_uses(rows):
    """Two come first at once; one is done while the other is in the middle of its work."""
    entered, may_compile, compiling, may_end = (threading.Event() for _ in range(4))

    def build(ids):
        asked = facts(ids)
        if threading.current_thread().name != "slow":
            return asked
        entered.set()
        assert may_compile.wait(20)
        compiler = asked.query.get_compiler(using=asked.db)
        compile_now = compiler.as_sql

        def as_sql(*args, **kwargs):
            compiling.set()
            assert may_end.wait(20)
            return compile_now(*args, **kwargs)

        compiler.as_sql = as_sql
        asked.query.get_compiler = lambda *_args, **_kwargs: compiler
        return asked

    question = Prepared(build)
    slow = threading.Thread(target=lambda: question([]), name="slow")
    slow.start()
    try:
        assert entered.wait(20)
        assert question([rows[0].pk]) == [rows[0]]
        may_compile.set()
        assert compiling.wait(20)
        assert question([rows[1].pk]) == [rows[1]]
    finally:
        may_compile.set()
        may_end.set()
        slow.join()


def test_postgresql_keeps_the_plan(rows):
    question = Prepared(lambda ids: facts(ids).filter(type__startswith="t").exclude(type="50%"))
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    for one in rows:
        assert question([one.pk]) == [one]
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        (kept,) = [text for (text,) in cursor.fetchall() if "core_outboxevent" in text]
    # What never changes is in the text, where a plan can use it; what was asked for is not.
    assert "50%" in kept
    assert "ANY($1)" in kept
