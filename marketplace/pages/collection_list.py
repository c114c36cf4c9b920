"""A brand's list of collections, as its page, its file and acts on many."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.actions import delete_collection, restore_collection, show_collection
from catalog.queries import collection_standings
from catalog.types import CollectionGlance, CollectionKind
from core.listing import Act, By, Column, Filter, Listing, Standings

PUBLISHED, DRAFT, DELETED = "published", "draft", "deleted"
_STATES: dict[str, str | Promise] = {PUBLISHED: _("Published"), DRAFT: _("Draft")}
_KINDS: dict[str, str | Promise] = {
    CollectionKind.HAND.value: _("By hand"),
    CollectionKind.RULE.value: _("By a rule"),
}
_STANDINGS = Standings(
    read=lambda by, keys: collection_standings(seller_id=by.brand_id, public_ids=keys),
    back={PUBLISHED: PUBLISHED, DRAFT: DRAFT},
)


def _single(act: Callable[..., object], **more: bool) -> Callable[[By, str], object]:
    return lambda by, key: act(seller_id=by.brand_id, actor_id=by.actor_id, public_id=key, **more)


COLLECTIONS: Listing[CollectionGlance] = Listing(
    name="collections",
    caption=_("Collections"),
    key=lambda row: row.ref.public_id,
    search=_("Search by title"),
    filters=(
        Filter(name="state", label=_("State"), choices={"": _("All"), **_STATES}),
        Filter(name="kind", label=_("Put together"), choices={"": _("Either way"), **_KINDS}),
    ),
    sorts={"title": _("By title"), "newest": _("Newest first"), "oldest": _("Oldest first")},
    columns=(
        Column(key="title", label=_("Collection"), value=lambda row: row.ref.title, place="lead"),
        Column(
            key="state",
            room=8,
            label=_("State"),
            value=lambda row: _STATES[PUBLISHED if row.ref.shown else DRAFT],
        ),
        Column(key="kind", room=9, label=_("Put together"), value=lambda row: _KINDS[row.ref.kind]),
        Column(
            key="count", room=8, label=_("On sale in it"), value=lambda row: row.count, number=True
        ),
        Column(key="id", label=_("Id"), value=lambda row: row.ref.public_id, on_page=False),
    ),
    acts=(
        Act(
            code=DELETED,
            label=_("Delete"),
            icon="trash-2",
            do=_STANDINGS.moves(_single(delete_collection), to=DELETED, back="restored"),
            said=ngettext_lazy("%(n)d collection is gone.", "%(n)d collections are gone.", "n"),
        ),
        Act(
            code=DRAFT,
            label=_("Take off the page"),
            do=_STANDINGS.moves(_single(show_collection, shown=False), to=DRAFT),
            said=ngettext_lazy(
                "%(n)d collection is a draft now.", "%(n)d collections are drafts now.", "n"
            ),
        ),
        Act(
            code=PUBLISHED,
            label=_("Publish"),
            do=_STANDINGS.moves(_single(show_collection, shown=True), to=PUBLISHED),
            said=ngettext_lazy(
                "%(n)d collection is on your page.", "%(n)d collections are on your page.", "n"
            ),
            main=True,
        ),
        Act(
            code="restored",
            do=_STANDINGS.moves(_single(restore_collection), to=""),
            said=ngettext_lazy("%(n)d collection is back.", "%(n)d collections are back.", "n"),
        ),
    ),
    names=_STANDINGS.names,
)
