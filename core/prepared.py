"""Questions that are asked on every page, compiled once.

    _CARDS = Prepared(lambda ids: Product.objects.filter(id__among=ids).values_list("id", "title"))
    rows = _CARDS(list_of_ids)

Building and compiling a query set of a wall takes longer than PostgreSQL takes to answer it. A
`Prepared` does it at the first call, with marks in place of the arguments, and later puts arguments
where the marks were. Rows come as the query set would give them: instances, dicts or tuples, with
all conversions.

Arguments are lists and stand behind the lookups `among` (equal to one of them) and `upto` (not
above one of them), which take them as they are. What shapes the statement (which columns, whether
to join) must not depend on them; then it is another `Prepared`. Nor may it hold a moment: that of
the first call would stay for ever.

PostgreSQL plans it once a connection as well, where DATABASE_PREPARED is on: planning the joins of
a wall takes as long as reading it. Whatever is not an argument is part of the text, for a plan that
serves all arguments can use a partial index only of what it knows.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import connections, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler
from psycopg import sql


# A reference looks for its lookups on its own class alone.
@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(Lookup):
    """Equal to one of a list: one statement for lists of every length, unlike `in`."""

    lookup_name = "among"
    sign = "="

    def get_prep_lookup(self) -> Any:
        """Taken as it is: a list of plain values, or a mark."""
        return self.rhs

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`column = ANY(list)`."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} {self.sign} ANY(%s)", (*params, self.rhs)


@models.Field.register_lookup
class Upto(Among):
    """Not above one of a list: how a prepared question is told a moment, or any other bound."""

    lookup_name = "upto"
    sign = "<="


class Mark:
    """Stands for an argument while the statement is compiled."""

    def __init__(self, number: int) -> None:
        self.number = number


class _Cursor(ServerBindingCursor):
    """Has PostgreSQL keep the plan; psycopg forgets the least used beyond a hundred statements."""

    def execute(self, query: Any, params: Any = None) -> Any:
        """As psycopg's."""
        return super().execute(query, params, prepare=True)  # type: ignore[misc]


class _Connection:
    """The connection of this thread as a compiler sees it, but for its cursors."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def cursor(self) -> Any:
        """Guarded like every other of Django's, and one of those where statements are logged: a
        kept plan would show no arguments.
        """
        if self._real.queries_logged:
            return self._real.cursor()
        self._real.ensure_connection()
        cursor: Any = _Cursor
        return self._real._prepare_cursor(cursor(self._real.connection))  # noqa: SLF001

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _Asked:
    """As much of a query set as Django's iterables look at."""

    def __init__(self, shape: Any, query: Any, db: str) -> None:
        self.query = query
        self.db = db
        self.model = shape.model
        self._fields = shape._fields
        self._hints: dict[str, Any] = {}
        self._known_related_objects: dict[Any, Any] = {}


class Prepared:
    """Call it with the arguments of `build`; it answers a list of rows. One query.

    Safe to share between threads. Every argument takes part: `build` is called once, with marks.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self._build = build
        self._made: _Compiled | None = None

    def __call__(self, *arguments: Any) -> list[Any]:
        """Rows for these arguments, in the order that the query set gives them."""
        made = self._made
        if made is None:
            made = self._made = _compiled(self._build, len(arguments))
        db = made.shape.db
        compiler = copy.copy(made.compiler)
        compiler.connection = _Connection(connections[db])
        params = tuple(arguments[number] for number in made.numbers)
        compiler.as_sql = lambda *_args, **_kwargs: (made.sql, params)
        query = copy.copy(made.shape.query)
        query.get_compiler = lambda *_args, **_kwargs: compiler
        rows = made.shape._iterable_class  # noqa: SLF001
        return list(rows(_Asked(made.shape, query, db)))


@dataclass(frozen=True)
class _Compiled:
    """All that a first call makes. Never changed: threads that come first at once each make one."""

    shape: Any
    compiler: Any
    sql: str
    numbers: tuple[int, ...]


def _compiled(build: Callable[..., models.QuerySet[Any, Any]], count: int) -> _Compiled:
    shape: Any = build(*(Mark(number) for number in range(count)))
    compiler = shape.query.get_compiler(using=shape.db)
    text, params = compiler.as_sql()
    numbers = tuple(one.number for one in params if isinstance(one, Mark))
    if set(numbers) != set(range(count)):
        raise TypeError("An argument of a prepared question decides nothing.")
    if any(isinstance(one, date | time) for one in params):
        raise TypeError("A moment in a prepared question would stand still.")
    written = ("%s" if isinstance(one, Mark) else _literal(one) for one in params)
    sql_text = text.replace("%%", "%%%%") % tuple(written)
    return _Compiled(shape=shape, compiler=compiler, sql=sql_text, numbers=numbers)


def _literal(value: Any) -> str:
    """A constant as text of the statement; it will be read once more for placeholders."""
    return sql.Literal(value).as_string().replace("%", "%%")
