"""What a brand was asked: questions and requests for quotes, worked through as one list."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.csvs import Cell
from core.listing import Act, By, Column, Filter, Listing, Standings
from messaging.actions import mark_answered
from messaging.queries import PAGE, enquiry_standings
from messaging.types import BriefRow, EnquiryRow, Show

_STATES: dict[str, str | Promise] = {Show.OPEN: _("Open"), Show.ANSWERED: _("Answered")}
_STANDINGS = Standings(
    read=lambda by, keys: enquiry_standings(brand_id=by.brand_id, public_ids=keys),
    back={Show.OPEN: "reopen", Show.ANSWERED: "answer"},
)


def _marks(*, answered: bool) -> Callable[[By, str], str]:
    return _STANDINGS.moves(
        lambda by, key: mark_answered(
            public_id=key, brand_id=by.brand_id, actor_id=by.actor_id, answered=answered
        ),
        to=Show.ANSWERED if answered else Show.OPEN,
    )


def _wanted(
    label: str | Promise, key: str, value: Callable[[BriefRow], Cell]
) -> Column[EnquiryRow]:
    """A column of the file alone, empty for a question that wants no quote."""
    return Column(
        key=key,
        label=label,
        value=lambda row: value(row.brief) if row.brief else "",
        on_page=False,
    )


QUESTIONS: Listing[EnquiryRow] = Listing(
    name="questions",
    caption=_("Questions and requests for quotes"),
    key=lambda row: row.public_id,
    search=_("Search by person, thing or words"),
    placeholder=_("Name, product, words"),
    filters=(
        Filter(
            name="show",
            label=_("Show"),
            choices={
                Show.OPEN.value: _("Open"),
                Show.ANSWERED.value: _("Answered"),
                Show.ALL.value: _("All"),
            },
        ),
        Filter(
            name="kind",
            label=_("Kind"),
            choices={"": _("Everything"), "quote": _("Quotes wanted"), "question": _("Questions")},
        ),
    ),
    sorts={"newest": _("Newest first"), "oldest": _("Waiting longest")},
    columns=(
        Column(key="who", room=10, label=_("From"), value=lambda row: row.name, place="lead"),
        Column(key="text", label=_("Question"), value=lambda row: row.text, place="all"),
        Column(
            key="state",
            room=9,
            label=_("State"),
            value=lambda row: _STATES[Show.ANSWERED if row.answered else Show.OPEN],
        ),
        Column(key="email", label=_("E-mail"), value=lambda row: row.email, on_page=False),
        Column(key="about", label=_("About"), value=lambda row: row.title, on_page=False),
        Column(key="at", label=_("Asked"), value=lambda row: row.at, on_page=False),
        _wanted(_("Package"), "package", lambda brief: brief.package),
        _wanted(_("How many"), "quantity", lambda brief: brief.quantity),
        _wanted(_("Unit"), "unit", lambda brief: brief.unit),
        _wanted(_("Budget"), "budget", lambda brief: brief.budget),
        _wanted(
            _("Currency"),
            "currency",
            lambda brief: brief.budget.currency if brief.budget else "",
        ),
        _wanted(_("Where"), "destination", lambda brief: brief.destination),
        _wanted(_("Needed by"), "needed_by", lambda brief: brief.needed_by),
        Column(key="id", label=_("Id"), value=lambda row: row.public_id, on_page=False),
        Column(key="next", room=13, label=_("Do next"), place="all"),
    ),
    acts=(
        Act(
            code="reopen",
            label=_("Open again"),
            do=_marks(answered=False),
            said=ngettext_lazy(
                "%(n)d question is open again.", "%(n)d questions are open again.", "n"
            ),
        ),
        Act(
            code="answer",
            label=_("Tick off"),
            icon="check",
            do=_marks(answered=True),
            said=ngettext_lazy(
                "%(n)d question is ticked off.", "%(n)d questions are ticked off.", "n"
            ),
            main=True,
        ),
    ),
    names=_STANDINGS.names,
    page_size=PAGE,
)
