"""Lists of the administration over tables of millions: what is counted, and how it is searched."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import CharField, Q, QuerySet, TextField
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext as _

COUNTED = 10_000


class EstimatingPaginator(Paginator):  # type: ignore[type-arg]
    """Of a whole table it counts `COUNTED` rows and takes PostgreSQL's estimate of more; what is
    filtered or searched is counted. `estimated` says which of the two `count` is."""

    estimated = False

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet) or rows.query.where:
            return Paginator.count.func(self)  # type: ignore[attr-defined,no-any-return]
        # One row beyond the limit is enough to know: a table of millions is not read for it.
        counted = rows.order_by()[: COUNTED + 1].count()
        if counted <= COUNTED:
            return counted
        self.estimated = True
        return max(counted, _estimate(rows.query.get_meta().db_table))

    def page(self, number: int | str) -> Any:
        """Raises InvalidPage as Django's does. Of many rows the keys are sorted and passed over
        first: whole rows, with all that is joined to them, are read for this page only."""
        page = super().page(number)
        rows = self.object_list
        first = (page.number - 1) * self.per_page
        if isinstance(rows, QuerySet) and self.count > COUNTED:
            keys = rows.values_list("pk", flat=True)[first : first + self.per_page]
            page.object_list = rows.filter(pk__in=list(keys))
        return page


def _estimate(table: str) -> int:
    """Rows as of the last look that PostgreSQL took at the table; -1 before the first."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [name])
        return int(cursor.fetchone()[0])


class LargeListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that costs the same for millions of rows, the newest first.

    In `search_fields`, `=path` is for the whole of a column and `^path` for its beginning, as it
    was typed, in small or in capital letters, or with a capital one at its beginning. Ids, numbers
    and names of accounts have an index for that; any other column is compared row by row, a
    million of them in a tenth of a second. A path alone is for a part of it and costs three times
    as much, and more behind a join: only for tables that stay small.
    """

    paginator = EstimatingPaginator
    show_full_result_count = False
    ordering = ["-pk"]

    @property
    def search_help_text(self) -> str:  # type: ignore[override]
        """What is looked for, of each field by its name."""
        found: dict[str, list[str]] = {"=": [], "^": [], "": []}
        for path in map(str, self.search_fields):
            found[path[0] if path[0] in "=^" else ""].append(_name_of(self.model, path))
        said = {
            "=": _("Written in full: %(fields)s."),
            "^": _("From its beginning: %(fields)s."),
            "": _("Any part of it: %(fields)s."),
        }
        return " ".join(
            said[sign] % {"fields": ", ".join(names)} for sign, names in found.items() if names
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows of which every word is found in one of the fields; also those of which all that was
        typed is a field, or its beginning: a title goes on behind its first word.

        Each field is a question of its own: of an OR over joined tables PostgreSQL answers none by
        an index and joins all rows instead.
        """
        paths = [str(one) for one in self.get_search_fields(request)]
        words = [_unquoted(word) for word in smart_split(search_term)]
        if not paths or not words:
            return queryset, False
        each = [self._found(paths, word) for word in words]
        if len(words) == 1:
            return queryset.filter(pk__in=each[0]), False
        every = self._keys()
        for found in each:
            every = every.filter(pk__in=found)
        signed = [path for path in paths if path[0] in "=^"]
        whole = self._asked(signed, " ".join(search_term.split()))
        return queryset.filter(pk__in=every.union(*whole)), False

    def _found(self, paths: list[str], word: str) -> QuerySet[Any]:
        [first, *more] = self._asked(paths, word) or [self._keys().none()]
        return first.union(*more) if more else first

    def _asked(self, paths: list[str], words: str) -> list[QuerySet[Any]]:
        asked = [self.condition(path, words) for path in paths]
        return [self._keys().filter(one) for one in asked if one]

    def _keys(self) -> QuerySet[Any]:
        all_rows: QuerySet[Any] = self.model._base_manager.all()  # noqa: SLF001 - Django's own name
        return all_rows.order_by().values("pk")

    def condition(self, path: str, word: str) -> Q | None:
        """What one of `search_fields` asks for a word; None where no row can have it, as letters
        in a number."""
        sign, path = (path[0], path[1:]) if path[0] in "=^" else ("", path)
        if not sign:
            return Q((f"{path}__icontains", word))
        field: Any = get_fields_from_path(self.model, path)[-1]
        if not isinstance(field, CharField | TextField):
            try:
                return Q((path, field.to_python(word)))
            except ValidationError:
                return None
        spelt = sorted({word, word.lower(), word.upper(), word[:1].upper() + word[1:]})
        if sign == "=":
            return Q((f"{path}__in", spelt))
        return Q(*((f"{path}__startswith", one) for one in spelt), _connector=Q.OR)


def _name_of(model: type[Any], path: str) -> str:
    """As "pin: author: handle"."""
    parts: list[Any] = list(get_fields_from_path(model, path.lstrip("=^")))
    # The other end of a relation has no name but that of what is there.
    names = [
        getattr(one, "verbose_name", None) or one.related_model._meta.verbose_name  # noqa: SLF001
        for one in parts
    ]
    return ": ".join(map(str, names))


def _unquoted(word: str) -> str:
    if word[0] in "\"'" and word[0] == word[-1]:
        return unescape_string_literal(word)
    return word
