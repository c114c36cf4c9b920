"""One act on many rows of a list, each row for itself, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import DomainError, NotFound
from core.middleware import refusal_of
from core.toasts import undo_by

# More than any page shows; the rest of a made-up form is passed over.
MOST = 100
_REASONS = 4


@dataclass(frozen=True, kw_only=True)
class By:
    """Who is at work, and for which brand; `said` is what the act was given along."""

    brand_id: int
    actor_id: int
    said: str = ""


Do = Callable[[By, str], str]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What an act is given along: one of `options` (value to words, read at each page)."""

    label: str | Promise
    options: Callable[[], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that can be done to many rows.

    `do` takes who is at work and the key of a row, and answers with the code of the act that takes
    it back ('' where nothing does, or where nothing had to be done), with a colon before what that
    act is given along. It raises NotFound for what is not the brand's and another DomainError for
    what cannot be done. Without `label` there is no button: such an act is only a way back.
    """

    code: str
    do: Do
    said: str | Promise
    label: str | Promise = ""
    icon: str = ""
    # A sentence about rows that were done, behind what is said of them; '' for nothing to add.
    remark: Callable[[By, Sequence[str]], str] | None = None
    # The one that most rows wait for.
    main: bool = False
    choice: Choice | None = None


@dataclass(kw_only=True)
class Outcome:
    """What became of the rows: keys that were done by act, ways back, refusals, absent ones."""

    done: dict[str, list[str]] = field(default_factory=dict)
    back: dict[str, list[str]] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    absent: int = 0


Names = Callable[[By, Collection[str]], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Standings:
    """What rows are called and how they stand, so that an act on one knows which act leads back.

    `read` answers with name and state by key and leaves out what is not the brand's. `back` holds
    the code of the act that leads to a state; nothing leads to a state that is not in it.
    """

    read: Callable[[By, Collection[str]], Mapping[str, tuple[str, str]]]
    back: Mapping[str, str]

    def names(self, by: By, keys: Collection[str]) -> dict[str, str]:
        """What these rows are called."""
        return {key: name for key, (name, _state) in self.read(by, keys).items()}

    def back_from(self, by: By, key: str, *, to: str, back: str = "") -> str:
        """The code of the act that leads a row back to how it stands now, asked before it is led
        `to` a state: `back` where one brings back whatever it was. '' where nothing does, and for
        a row that stands there already.
        """
        _name, state = self.read(by, [key]).get(key, ("", ""))
        return "" if state == to else back or self.back.get(state, "")

    def moves(self, move: Callable[[By, str], object], *, to: str, back: str = "") -> Do:
        """A single act as an act on rows that leads them `to` a state.

        Its way back is that of `back_from`.
        """

        def do(by: By, key: str) -> str:
            leads_back = self.back_from(by, key, to=to, back=back)
            move(by, key)
            return leads_back

        return do


def carry_out(
    request: HttpRequest, *, acts: tuple[Act, ...], by: By, names: Names | None
) -> HttpResponse:
    """Do what a form or an Undo asks, say what became of it, and lead back to the list."""
    known = {one.code: one for one in acts}
    wanted = list(_wanted(request))[:MOST]
    if not wanted:
        messages.info(request, _("Nothing was ticked, so nothing is changed."))
    elif any(code not in known for code, _said, _key in wanted):
        messages.error(request, _("Choose what to do with those that are ticked."))
    else:
        _tell(request, known, _done(known, wanted, by), by, names)
    query = request.GET.copy()
    for name in ("undo", "tick"):
        query.pop(name, None)
    answer = HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)
    answer.status_code = 303
    return answer


def _wanted(request: HttpRequest) -> Iterator[tuple[str, str, str]]:
    """Acts, what they are given along, and keys: of an Undo, of a row's own button
    (`do=pack.<key>`), or of what is ticked.
    """
    if "undo" in request.GET:
        for group in request.GET["undo"].split("~"):
            act, *keys = group.split(".")
            code, _colon, given = act.partition(":")
            said = given if _is_key(given) else ""
            yield from ((code, said, key) for key in dict.fromkeys(keys) if _is_key(key))
        return
    code, _dot, only = request.POST.get("do", "").partition(".")
    keys = [only] if only else request.POST.getlist("row")
    given = request.POST.get(f"to-{code}", "")
    said = given if _is_key(given) else ""
    yield from ((code, said, key) for key in dict.fromkeys(keys) if _is_key(key))


def _is_key(key: str) -> bool:
    return key.isascii() and key.replace("-", "").isalnum() and len(key) <= 40


def _done(known: Mapping[str, Act], wanted: list[tuple[str, str, str]], by: By) -> Outcome:
    outcome = Outcome()
    for code, said, key in wanted:
        try:
            back = known[code].do(replace(by, said=said), key)
        except (DomainError, DatabaseError) as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            if refusal.status == NotFound.status:
                outcome.absent += 1
            else:
                outcome.refused.append((key, str(refusal)))
        else:
            outcome.done.setdefault(code, []).append(key)
            if back:
                outcome.back.setdefault(back, []).append(key)
    return outcome


def _tell(
    request: HttpRequest, known: Mapping[str, Act], outcome: Outcome, by: By, names: Names | None
) -> None:
    said = " ".join(_said(known[code], keys, by) for code, keys in outcome.done.items())
    if said:
        undo = "" if "undo" in request.GET else undo_address(request, outcome.back)
        messages.success(request, said, extra_tags=undo_by(undo))
    if outcome.refused:
        called = names(by, [key for key, _why in outcome.refused]) if names else {}
        reasons = [f"{called.get(key, key)}: {why}" for key, why in outcome.refused[:_REASONS]]
        count = len(outcome.refused)
        text = ngettext("%(n)d stays as it was.", "%(n)d stay as they were.", count) % {"n": count}
        more = count - _REASONS
        if more > 0:
            reasons.append(ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more})
        messages.error(request, " ".join([text, *reasons]))
    if outcome.absent:
        text = ngettext(
            "%(n)d of those is not there any more.",
            "%(n)d of those are not there any more.",
            outcome.absent,
        )
        messages.warning(request, text % {"n": outcome.absent})


def _said(act: Act, keys: Sequence[str], by: By) -> str:
    more = act.remark(by, keys) if act.remark else ""
    return f"{act.said % {'n': len(keys)}} {more}".strip()


def undo_of_one(*, path: str, back: str, key: str) -> str:
    """The tag of a message with the way back of one row, by the acts of the list at `path`."""
    return undo_by(f"{path}?undo={back}.{key}") if back else ""


def undo_address(request: HttpRequest, back: Mapping[str, Sequence[str]]) -> str:
    """Where a POST takes back what was done: keys by the code of their way back; '' without any."""
    if not back:
        return ""
    query = request.GET.copy()
    query.pop("tick", None)
    query["undo"] = "~".join(".".join([code, *keys]) for code, keys in back.items())
    return f"{request.path}?{query.urlencode(safe='~:')}"
