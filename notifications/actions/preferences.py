"""What a person wants to hear."""

from collections.abc import Collection, Mapping

from django.db import transaction

from notifications.kinds import CHANNELS, all_kinds
from notifications.models import Preference
from notifications.queries import preferences_for
from notifications.types import AlwaysOn


def save_preferences(
    *, profile_id: int, wanted: Mapping[str, Collection[str]]
) -> dict[str, list[str]]:
    """Set the channels of the kinds that are named; locked ones stay on, unknown are ignored.

    Returns what was on before, for the kinds that changed: `restore_preferences` takes it back.
    """
    before: dict[str, list[str]] = {}
    changed = []
    for row in preferences_for(profile_id=profile_id):
        if row.kind not in wanted:
            continue
        on = {one for one in wanted[row.kind] if one in CHANNELS} | row.locked
        if on != row.on:
            before[row.kind] = sorted(row.on)
            changed.append(_row(profile_id, row.kind, on))
    if changed:
        with transaction.atomic():
            Preference.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["profile", "kind"],
                update_fields=["in_app", "email"],
            )
    return before


def mute_kind(*, profile_id: int, kind: str) -> dict[str, list[str]]:
    """Hear of a known kind only where it is locked; muting it again changes nothing.

    Returns what was on before, empty when nothing changed. Raises AlwaysOn where all is locked.
    """
    if any(one.code == kind and set(one.locked) >= set(CHANNELS) for one in all_kinds()):
        raise AlwaysOn
    return save_preferences(profile_id=profile_id, wanted={kind: []})


def restore_preferences(*, profile_id: int, before: Mapping[str, Collection[str]]) -> None:
    """Take back a `save_preferences`."""
    known = {kind.code for kind in all_kinds()}
    wanted = {kind: channels for kind, channels in before.items() if kind in known}
    save_preferences(profile_id=profile_id, wanted=wanted)


def _row(profile_id: int, kind: str, on: Collection[str]) -> Preference:
    return Preference(profile_id=profile_id, kind=kind, in_app="in_app" in on, email="email" in on)
