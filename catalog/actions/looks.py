"""How a storefront looks: saved, kept as it was, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import record_act
from catalog import acts
from catalog.models import Collection, Storefront, StorefrontVersion
from catalog.tones import is_colour
from catalog.types import (
    COLLECTION_SECTION,
    FIXED_SECTIONS,
    MOST_COLLECTIONS_SHOWN,
    SECTIONS,
    LookInput,
    LookOvertaken,
    Typeface,
)
from core.errors import Invalid, NotFound
from core.ids import is_public_id
from core.text import clean_text

_LOOK = ("story", "accent", "ground", "typeface", "sections")
# Older looks are dropped: nobody goes back further.
KEPT = 20


@transaction.atomic
def save_look(*, profile_id: int, data: LookInput, actor_id: int | None) -> None:
    """Keep how a brand's page looks; the look before can be brought back with `undo_look`.

    Saving the same again keeps nothing. Raises Invalid for what is no colour, typeface or section.
    """
    for colour in (data.accent, data.ground):
        if colour and not is_colour(colour):
            raise Invalid(_("Give a colour as #rrggbb."))
    if data.typeface not in Typeface.values:
        raise Invalid(_("Choose one of the typefaces."))
    _check_sections(profile_id, data.sections)
    Storefront.objects.bulk_create([Storefront(profile_id=profile_id)], ignore_conflicts=True)
    row = Storefront.objects.select_for_update().get(profile_id=profile_id)
    before = {name: getattr(row, name) for name in _LOOK}
    after = {
        "story": clean_text(data.story, limit=3000),
        "accent": data.accent,
        "ground": data.ground,
        "typeface": data.typeface,
        "sections": list(data.sections),
    }
    if before == after:
        return
    StorefrontVersion.objects.filter(storefront=row, undone=True).delete()
    StorefrontVersion.objects.create(storefront=row, saved_by_id=actor_id, **before)
    old = StorefrontVersion.objects.filter(storefront=row).values_list("pk", flat=True)[KEPT:]
    StorefrontVersion.objects.filter(pk__in=list(old)).delete()
    _write(row, after)
    record_act(brand_id=profile_id, actor_id=actor_id, act=acts.LOOK)


@transaction.atomic
def undo_look(*, profile_id: int, actor_id: int | None, save_id: int) -> None:
    """Bring back the look before one save (`queries.last_save`); then, the one before that.

    Only the last save is undone, so that two presses, or two people, take back one. Until the next
    save `redo_look` puts it back. Raises LookOvertaken for any other, and NotFound where nothing
    was ever saved.
    """
    _exchange(profile_id, actor_id, save_id, undo=True)
    record_act(brand_id=profile_id, actor_id=actor_id, act=acts.LOOK_UNDONE)


@transaction.atomic
def redo_look(*, profile_id: int, actor_id: int | None, save_id: int) -> None:
    """Put back the look that was undone last (`queries.last_undone`); then, the one before that.

    Raises LookOvertaken for any other, as after a save, and NotFound where nothing was ever saved.
    """
    _exchange(profile_id, actor_id, save_id, undo=False)
    record_act(brand_id=profile_id, actor_id=actor_id, act=acts.LOOK_REDONE)


def _exchange(profile_id: int, actor_id: int | None, save_id: int, *, undo: bool) -> None:
    """The look of now for the last one that was kept before a save, or of those undone; the look
    of now is kept on the other side."""
    row = Storefront.objects.select_for_update().filter(profile_id=profile_id).first()
    if row is None:
        raise NotFound(_("There is no earlier look."))
    versions = StorefrontVersion.objects.filter(storefront=row)
    saved, undone = (versions.filter(undone=one).first() for one in (False, True))
    if saved is None and undone is None:
        raise NotFound(_("There is no earlier look."))
    kept = saved if undo else undone
    if kept is None or kept.pk != save_id:
        raise LookOvertaken(save=saved.pk if saved else None, undone=undone.pk if undone else None)
    now = {name: getattr(row, name) for name in _LOOK}
    StorefrontVersion.objects.create(storefront=row, saved_by_id=actor_id, undone=undo, **now)
    _write(row, {name: getattr(kept, name) for name in _LOOK})
    kept.delete()


def _check_sections(profile_id: int, sections: Sequence[str]) -> None:
    named = set(sections)
    single = {one.removeprefix(COLLECTION_SECTION) for one in named - set(SECTIONS)}
    if len(single) > MOST_COLLECTIONS_SHOWN:
        most = {"n": MOST_COLLECTIONS_SHOWN}
        raise Invalid(_("Show %(n)d single collections at most, or all of them together.") % most)
    own = Collection.objects.kept().filter(seller_id=profile_id)
    known = {
        COLLECTION_SECTION + one
        for one in own.filter(
            public_id__in=[one for one in single if is_public_id(one)]
        ).values_list("public_id", flat=True)
    }
    if not FIXED_SECTIONS <= named <= {*SECTIONS, *known} or len(named) < len(sections):
        raise Invalid(_("Name each section of the page once; pins and about are always there."))


def _write(row: Storefront, look: Mapping[str, object]) -> None:
    for name, value in look.items():
        setattr(row, name, value)
    row.save(update_fields=list(look))
