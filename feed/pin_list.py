"""An author's list of pins: searched, sorted, many at a time, and as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.listing import Act, Asked, By, Column, Filter, Listing, Slice, Standings
from feed import actions
from feed.desk import OwnPin, own_pins, pin_alt_score, pin_counts, pin_standings
from feed.forms import AUDIENCES
from feed.types import Audience, PinState

# Nothing leads back to a state that an operator chose.
_STANDINGS = Standings(
    read=lambda by, keys: pin_standings(author_id=by.brand_id, public_ids=keys),
    back={PinState.DRAFT: "unpublish", PinState.PUBLISHED: "publish", PinState.DELETED: "delete"},
)

_STATES: dict[str, str | Promise] = {
    PinState.DRAFT: _("Draft"),
    PinState.PUBLISHED: _("On the wall"),
    PinState.TAKEN_DOWN: _("Taken down"),
}


def _acts(*, logged: bool) -> tuple[Act, ...]:
    """The single actions as acts on rows. Only a brand's are `logged`: a person has no log."""

    def by_author(act: Callable[..., object]) -> Callable[[By, str], object]:
        return lambda by, public_id: act(
            public_id=public_id,
            author_id=by.brand_id,
            user_id=by.actor_id if logged else None,
        )

    return (
        Act(
            code="delete",
            label=_("Delete"),
            icon="trash-2",
            do=_STANDINGS.moves(
                by_author(actions.delete_pin), to=PinState.DELETED, back="undelete"
            ),
            said=ngettext_lazy("%(n)d pin was deleted.", "%(n)d pins were deleted.", "n"),
        ),
        Act(
            code="unpublish",
            label=_("Take off the wall"),
            do=_STANDINGS.moves(by_author(actions.unpublish_pin), to=PinState.DRAFT),
            said=ngettext_lazy("%(n)d pin is a draft now.", "%(n)d pins are drafts now.", "n"),
        ),
        Act(
            code="publish",
            label=_("Publish"),
            do=_STANDINGS.moves(by_author(actions.publish_pin), to=PinState.PUBLISHED),
            said=ngettext_lazy("%(n)d pin is on the wall.", "%(n)d pins are on the wall.", "n"),
            main=True,
        ),
        Act(
            code="undelete",
            do=_STANDINGS.moves(by_author(actions.undelete_pin), to=""),
            said=ngettext_lazy("%(n)d pin is back.", "%(n)d pins are back.", "n"),
        ),
    )


BRAND_PINS: Listing[OwnPin] = Listing(
    name="pins",
    caption=_("Pins"),
    key=lambda pin: pin.public_id,
    search=_("Search your pins"),
    filters=(
        Filter(
            name="state",
            label=_("Which pins"),
            choices={
                "": _("All"),
                PinState.DRAFT.value: _("Drafts"),
                PinState.PUBLISHED.value: _("On the wall"),
                PinState.TAKEN_DOWN.value: _("Taken down"),
            },
        ),
    ),
    sorts={
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "saves": _("Most saves"),
        "title": _("By title"),
    },
    columns=(
        Column(key="title", label=_("Pin"), value=lambda pin: pin.title, place="lead"),
        Column(key="state", room=10, label=_("State"), value=lambda pin: _STATES[pin.state]),
        Column(key="published", room=7, label=_("Published"), value=lambda pin: pin.published_at),
        Column(
            key="tags", room=6, label=_("Products"), value=lambda pin: pin.tag_count, number=True
        ),
        Column(
            key="saves", room=5, label=_("Saves"), value=lambda pin: pin.saves_count, number=True
        ),
        Column(
            key="audience",
            label=_("Who sees it"),
            value=lambda pin: AUDIENCES[Audience(pin.audience)],
            on_page=False,
        ),
        Column(key="alt", label=_("Alt text"), value=lambda pin: pin.picture.alt, on_page=False),
        Column(key="id", label=_("Id"), value=lambda pin: pin.public_id, on_page=False),
        Column(key="actions", room=9, label=_("Actions"), place="all"),
    ),
    acts=_acts(logged=True),
    names=_STANDINGS.names,
    tickable=lambda pin: pin.state != PinState.TAKEN_DOWN,
    page_size=30,  # what 60 kB hold, with room for long words
)
MY_PINS = replace(BRAND_PINS, acts=_acts(logged=False))


def read(asked: Asked, *, author_id: int) -> Slice[OwnPin]:
    """The list's rows: three queries."""
    found = own_pins(
        author_id=author_id,
        text=asked.text,
        state=asked.chosen["state"],
        sort=asked.sort,
        cursor=asked.cursor,
        size=asked.size,
    )
    counts, words = pin_counts(author_id=author_id), pin_alt_score(author_id=author_id)
    return Slice(
        rows=found.pins,
        next=found.next,
        counts={
            PinState.DRAFT.value: counts.drafts,
            PinState.PUBLISHED.value: counts.on_wall,
            PinState.TAKEN_DOWN.value: counts.taken_down,
            "pictures": words.pictures,
            "with_words": words.described,
        },
    )
