"""Lists that people work through: one declaration is the page, the file and the acts on many rows.

    PRODUCTS = Listing(
        name="products",
        key=lambda row: row.public_id,
        columns=(Column(key="title", label=_("Product"), value=lambda row: row.title), ...),
        filters=(Filter(name="state", label=_("State"), choices={"": _("All"), ...}),),
        acts=(Act(code="archive", label=_("Archive"), do=_archive, said=_archived),),
    )

A view hands it the request, who is at work (`By`), how rows are read and how the page is drawn:
`PRODUCTS.answer(...)`. The address is all there is to know about what is shown, so the file has the
same rows as the page. What the address says and the list does not know is passed over.

Acts go row by row, each the same domain action as the single one and in its own transaction: what
can be done is done, what is refused is named with its reason, and Undo takes back what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from core.bulk import Act, By, Choice, Standings, carry_out, undo_of_one
from core.csvs import Cell, csv_answer
from core.ratelimit import hit
from core.text import TextRefused, clean_text

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

Words = str | Promise
PAGE_SIZE = 30
CHUNK = 500
FILES_PER_HOUR = 60
_SEARCH_LIMIT = 80
_CURSOR_LIMIT = 700


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """One column. Without `value` it is on the page only, drawn by a macro under its `key`."""

    key: str
    label: Words
    value: Callable[[R], Cell] | None = None
    on_page: bool = True
    number: bool = False
    # lead (what the row is called), next (what to do), all (the whole width of a card).
    place: str = ""
    # How wide on a desk, in rem; 0 shares what the others leave.
    room: int = 0


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice in the address; the first of `choices` is what an address without it means."""

    name: str
    label: Words
    choices: Mapping[str, Words]

    def chosen(self, given: Mapping[str, str]) -> str:
        """The choice in the address, or the first for anything that is none."""
        value = given.get(self.name, "")
        return value if value in self.choices else next(iter(self.choices))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an address asks for, all of it checked. `size` is how many rows at a time."""

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    cursor: str = ""
    size: int = PAGE_SIZE


@dataclass(frozen=True, kw_only=True)
class Slice(Generic[R]):
    """Rows of one page, the cursor of the next; `counts` by filter choice, where there are any."""

    rows: Sequence[R]
    next: str | None
    counts: Mapping[str, int] = field(default_factory=dict)


class Found(Protocol[R_co]):
    """What the query of a list answers with."""

    @property
    def rows(self) -> Sequence[R_co]: ...

    @property
    def next(self) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class Listing(Generic[R]):
    """A declared list. `key` names a row in forms; `tickable` says whether acts may be for it."""

    name: str
    caption: Words
    key: Callable[[R], str]
    columns: tuple[Column[R], ...]
    filters: tuple[Filter, ...] = ()
    # Names of orders; the first is the usual one, unless `usual` says another.
    sorts: Mapping[str, Words] = field(default_factory=dict)
    # The usual order by what else is asked for, where that makes a difference.
    usual: Callable[[Asked], str] | None = None
    # The label of the search field; '' for a list without one.
    search: Words = ""
    placeholder: Words = ""
    # Whether a search looks past the filters, so that none of their choices is what is shown.
    everywhere: bool = False
    acts: tuple[Act, ...] = ()
    # Keys of rows to what they are called, for what is said about those that were refused.
    names: Callable[[By, Collection[str]], Mapping[str, str]] | None = None
    tickable: Callable[[R], bool] = lambda _row: True
    page_size: int = PAGE_SIZE

    def asked(self, given: QueryDict) -> Asked:
        """Read an address."""
        plain = {name: str(value) for name, value in given.dict().items()}
        sort = plain.get("sort", "")
        asked = Asked(
            text=_searched(plain.get("q", "")) if self.search else "",
            chosen={one.name: one.chosen(plain) for one in self.filters},
            cursor=plain.get("cursor", "")[:_CURSOR_LIMIT],
            size=self.page_size,
        )
        return replace(asked, sort=sort if sort in self.sorts else self.usual_sort(asked))

    def usual_sort(self, asked: Asked) -> str:
        """The order of an address that names none."""
        return self.usual(asked) if self.usual else next(iter(self.sorts), "")

    def reads(self, query: Callable[..., Found[R]], **whose: int) -> Callable[[Asked], Slice[R]]:
        """The rows of a query that takes `cursor`, `size`, every filter by its name, and `text`
        and `sort` where the list has them.
        """

        def read(asked: Asked) -> Slice[R]:
            given = {**asked.chosen, "cursor": asked.cursor}
            if self.search:
                given["text"] = asked.text
            if self.sorts:
                given["sort"] = asked.sort
            found = query(**whose, **given, size=asked.size)
            return Slice(rows=found.rows, next=found.next)

        return read

    def answer(
        self,
        request: HttpRequest,
        *,
        by: By,
        read: Callable[[Asked], Slice[R]],
        page: Callable[[Shown[R]], HttpResponse],
        may_act: bool = True,
    ) -> HttpResponseBase:
        """The page of a GET, its file with `?as=csv`, and the acts of a POST.

        `read` is called once for the page and once for every 500 rows of the file, with a constant
        number of queries. Without `may_act` a POST changes nothing; keep strangers out before.
        """
        if request.method == "POST":
            return carry_out(request, acts=self.acts if may_act else (), by=by, names=self.names)
        asked = self.asked(request.GET)
        if request.GET.get("as") == "csv":
            hit(key=f"csv:{by.brand_id}", limit=FILES_PER_HOUR, per_seconds=3600)
            return self._file(asked, read)
        return page(self.shown(request, read(asked), may_act=may_act))

    def shown(self, request: HttpRequest, found: Slice[R], *, may_act: bool = True) -> Shown[R]:
        """These rows as the page draws them, for a page that a form beside the list refused."""
        return Shown(
            listing=self,
            asked=self.asked(request.GET),
            found=found,
            path=request.path,
            here=request.get_full_path(),
            acts=self.acts if may_act else (),
            all_ticked=request.GET.get("tick") == "all",
        )

    def _file(self, asked: Asked, read: Callable[[Asked], Slice[R]]) -> HttpResponseBase:
        columns = [(one.label, one.value) for one in self.columns if one.value is not None]

        def chunks() -> Iterator[list[list[Cell]]]:
            cursor: str | None = ""
            while cursor is not None:
                found = read(
                    Asked(
                        text=asked.text,
                        chosen=asked.chosen,
                        sort=asked.sort,
                        cursor=cursor,
                        size=CHUNK,
                    )
                )
                yield [[value(row) for _label, value in columns] for row in found.rows]
                cursor = found.next

        return csv_answer(
            name=self.name, head=[str(label) for label, _value in columns], chunks=chunks()
        )


@dataclass(frozen=True, kw_only=True)
class Shown(Generic[R]):
    """A list as `components/listing.html` draws it."""

    listing: Listing[R]
    asked: Asked
    found: Slice[R]
    path: str
    here: str
    acts: tuple[Act, ...] = ()
    all_ticked: bool = False

    @property
    def rows(self) -> Sequence[R]:
        return self.found.rows

    @property
    def columns(self) -> list[Column[R]]:
        return [one for one in self.listing.columns if one.on_page]

    @property
    def offered(self) -> list[Act]:
        """Acts with a button of their own; the others only take something back."""
        return [one for one in self.acts if one.label]

    def ticks(self, row: R) -> bool:
        """Whether the row has a box to tick."""
        return bool(self.offered) and self.listing.tickable(row)

    @property
    def narrowed(self) -> bool:
        """Whether the address leaves rows out, so that an empty page can say which way is back."""
        return bool(self.asked.text) or any(
            self.asked.chosen[one.name] != next(iter(one.choices)) for one in self.listing.filters
        )

    def address(self, **changes: str) -> str:
        """The address of the same list with other choices, from its first page."""
        query = QueryDict(mutable=True)
        for name, value in {**self._said(), **changes}.items():
            if value:
                query[name] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def _said(self) -> dict[str, str]:
        """What differs from the usual."""
        said = {"q": self.asked.text}
        for one in self.listing.filters:
            value = self.asked.chosen[one.name]
            said[one.name] = "" if value == next(iter(one.choices)) else value
        usual = self.listing.usual_sort(self.asked)
        said["sort"] = "" if self.asked.sort == usual else self.asked.sort
        return said

    @property
    def kept(self) -> dict[str, str]:
        """What a search takes along: the filters and the order."""
        return {name: value for name, value in self._said().items() if value and name != "q"}

    def choices(self, one: Filter) -> list[tuple[str, str, bool, int | None]]:
        """Words, address, whether it is chosen, and the count where there is one."""
        usual = next(iter(one.choices))
        return [
            (
                str(words),
                self.address(**{one.name: "" if value == usual else value}),
                self.asked.chosen[one.name] == value,
                self.found.counts.get(value),
            )
            for value, words in one.choices.items()
        ]

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Words, address and whether it is the order of now."""
        usual = self.listing.usual_sort(self.asked)
        return [
            (
                str(words),
                self.address(sort="" if name == usual else name),
                self.asked.sort == name,
            )
            for name, words in self.listing.sorts.items()
        ]

    @property
    def more(self) -> str:
        """The address of the next page, '' on the last."""
        return self.address(cursor=self.found.next) if self.found.next else ""

    @property
    def file(self) -> str:
        return self.address(**{"as": "csv"})

    @property
    def tick_all(self) -> str:
        """The same page with every box ticked, for whom no script does it."""
        return self.address(cursor=self.asked.cursor, tick="all")


def _searched(text: str) -> str:
    try:
        return clean_text(text[:200], limit=_SEARCH_LIMIT, single_line=True)
    except TextRefused:
        return ""


__all__ = [
    "Act",
    "Asked",
    "By",
    "Choice",
    "Column",
    "Filter",
    "Listing",
    "Shown",
    "Slice",
    "Standings",
    "undo_of_one",
]
