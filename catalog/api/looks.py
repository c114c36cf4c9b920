"""Operations on how a brand's storefront looks."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.queries import require_brand_role
from accounts.types import Call
from api.fields import Choice, In, Out, Text, Whole
from api.operations import operation
from catalog import actions
from catalog.queries import last_save, last_undone, storefront
from catalog.storefront_types import MOST_COLLECTIONS_SHOWN, Typeface
from catalog.types import (
    COLLECTION_SECTION,
    DEFAULT_SECTIONS,
    FIXED_SECTIONS,
    SECTIONS,
    LookInput,
)

TAG = "Studio: storefront"
ROLES = {"catalogue"}
_SECTION = rf"^({'|'.join(SECTIONS)}|{COLLECTION_SECTION}[a-z0-9]{{6,40}})$"
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)


class Colour(serializers.RegexField):
    """#rrggbb in small letters, or '' for none of one's own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_COLOUR, required=False, allow_blank=True, default="", **kwargs)


class Section(serializers.RegexField):
    """A section by its name; a single collection is `collection:` and its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_SECTION, max_length=60, **kwargs)


class LookIn(In):
    """A look, whole. `sections` are shown in this order; `pins` and `about` are always there.

    A single collection is shown by `collection:` and its id.
    """

    story = Text(limit=3000, multiline=True, required=False, allow_blank=True, default="")
    accent = Colour()
    ground = Colour()
    typeface = Choice(
        choices=[(one, one) for one in Typeface.values if one],
        required=False,
        allow_blank=True,
        default="",
        help_text="What headings are set in; empty: ours.",
    )
    sections = serializers.ListField(
        child=Section(),
        required=False,
        default=lambda: list(DEFAULT_SECTIONS),
        max_length=len(SECTIONS) + MOST_COLLECTIONS_SHOWN,
    )

    def validate_sections(self, sections: list[str]) -> list[str]:
        """Each once, and those that a storefront cannot do without."""
        if len(set(sections)) < len(sections) or not set(sections) >= FIXED_SECTIONS:
            raise serializers.ValidationError(
                _("Name each section of the page once; pins and about are always there.")
            )
        return sections


class LookUndoIn(In):
    """Which save is undone: the `last_save` of the look as it was read."""

    last_save = Whole(min_value=1, max_value=2**63 - 1)


class LookRedoIn(In):
    """Which undone look is put back: the `last_undone` of the look as it was read."""

    last_undone = Whole(min_value=1, max_value=2**63 - 1)


class LookOut(Out):
    """A look; `last_save` names the save that can be undone, `last_undone` the undone one that can
    be put back, null when there is none."""

    story = serializers.CharField()
    accent = serializers.CharField()
    ground = serializers.CharField()
    typeface = serializers.ChoiceField(choices=list(Typeface.values), allow_blank=True)
    sections = serializers.ListField(child=serializers.CharField())
    last_save = serializers.IntegerField(allow_null=True)
    last_undone = serializers.IntegerField(allow_null=True)


def _brand_id(call: Call, handle: str) -> int:
    return require_brand_role(viewer=call.viewer, handle=handle, roles=ROLES).profile.id


def _look(profile_id: int) -> dict[str, Any]:
    front, last = storefront(profile_id=profile_id), last_save(profile_id=profile_id)
    return {
        "story": front.story if front else "",
        "accent": front.accent if front else "",
        "ground": front.ground if front else "",
        "typeface": front.typeface if front else "",
        "sections": list(front.sections if front else DEFAULT_SECTIONS),
        "last_save": last.id if last else None,
        "last_undone": last_undone(profile_id=profile_id),
    }


@operation(id="studio_look_read", tag=TAG, scope="catalog:read", gives=LookOut)
def read_look(call: Call, handle: str) -> dict[str, Any]:
    """Words, colours, typeface and sections of the storefront."""
    return _look(_brand_id(call, handle))


@operation(
    id="studio_look_change",
    tag=TAG,
    scope="catalog:write",
    takes=LookIn,
    gives=LookOut,
    example={
        "story": "Two people and a kiln.",
        "accent": "#3f6b4f",
        "sections": ["new", "pins", "about"],
    },
)
def change_look(call: Call, handle: str) -> dict[str, Any]:
    """Save how the storefront looks. Text stays readable on any colours, in light and dark."""
    profile_id = _brand_id(call, handle)
    data = {**call.data, "sections": tuple(call.data["sections"])}
    actions.save_look(profile_id=profile_id, data=LookInput(**data), actor_id=call.user_id)
    return _look(profile_id)


@operation(
    id="studio_look_undo",
    tag=TAG,
    scope="catalog:write",
    takes=LookUndoIn,
    gives=LookOut,
    example={"last_save": 12},
)
def undo_look(call: Call, handle: str) -> dict[str, Any]:
    """Bring back the look before the last save; then, the one before that.

    A save that is not the last one any more is refused (409, `look_overtaken`, with the
    `last_save` of now): nobody takes back what they have not seen.
    """
    profile_id = _brand_id(call, handle)
    actions.undo_look(profile_id=profile_id, actor_id=call.user_id, save_id=call.data["last_save"])
    return _look(profile_id)


@operation(
    id="studio_look_redo",
    tag=TAG,
    scope="catalog:write",
    takes=LookRedoIn,
    gives=LookOut,
    example={"last_undone": 13},
)
def redo_look(call: Call, handle: str) -> dict[str, Any]:
    """Put back the look that was undone last; then, the one undone before that.

    A save in between forgets them: 409, `look_overtaken`.
    """
    profile_id = _brand_id(call, handle)
    actions.redo_look(
        profile_id=profile_id, actor_id=call.user_id, save_id=call.data["last_undone"]
    )
    return _look(profile_id)
