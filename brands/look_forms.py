"""The form of the storefront editor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.types import (
    COLLECTION_SECTION,
    DEFAULT_SECTIONS,
    FIXED_SECTIONS,
    SECTIONS,
    CollectionGlance,
    LookInput,
    StorefrontData,
)
from core.forms import FocusFields, TextField_

IRIS, PAPER = "#5438d0", "#f5f7f3"
NAMES = {
    "story": gettext_lazy("Our story"),
    "pins": gettext_lazy("Pins"),
    "new": gettext_lazy("New products"),
    "collections": gettext_lazy("All collections"),
    "services": gettext_lazy("Services"),
    "boards": gettext_lazy("Boards"),
    "about": gettext_lazy("About, delivery, returns"),
}


def _field(what: str, code: str) -> str:
    """The name of a field of a section, without the colon of a collection's code."""
    return f"{what}_{code.replace(COLLECTION_SECTION, 'c_')}"


class ColourField(forms.CharField):
    """A colour of the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=7, widget=forms.TextInput(attrs={"type": "color"}), required=False, **kwargs
        )

    def clean(self, value: Any) -> str:
        """#rrggbb in lower case, or nothing."""
        text = str(super().clean(value)).lower()
        if text and not re.fullmatch(r"#[0-9a-f]{6}", text):
            raise forms.ValidationError(_("Give a colour as #rrggbb."), code="colour")
        return text


class LookForm(FocusFields):
    """Words, colours, sections and cover. A colour counts only while its tick is set."""

    story = TextField_(
        label=gettext_lazy("Your story"),
        limit=3000,
        multiline=True,
        required=False,
        help_text=gettext_lazy("Who makes your things, and how. An empty line begins a paragraph."),
    )
    own_accent = forms.BooleanField(
        label=gettext_lazy("An accent colour of our own"), required=False
    )
    accent = ColourField(
        label=gettext_lazy("Accent"),
        help_text=gettext_lazy("For buttons and links. We make it lighter or darker where needed."),
    )
    own_ground = forms.BooleanField(label=gettext_lazy("A background of our own"), required=False)
    ground = ColourField(
        label=gettext_lazy("Background"),
        help_text=gettext_lazy("Behind your name. Text on it stays readable, in light and dark."),
    )

    cover = forms.FileField(
        label=gettext_lazy("Cover"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("A wide picture on top of your page, up to 20 MB."),
    )

    def __init__(
        self, *args: Any, collections: Sequence[CollectionGlance] = (), **kwargs: Any
    ) -> None:
        """`collections` are those that the brand shows: each can be a section, too."""
        super().__init__(*args, **kwargs)
        single = {one.ref.section: one.ref.title for one in collections}
        self.names = {code: str(name) for code, name in NAMES.items()} | {
            code: _("Collection: %(title)s") % {"title": title} for code, title in single.items()
        }
        self.codes = [*SECTIONS[:-1], *single, SECTIONS[-1]]
        for place, code in enumerate(self.codes, start=1):
            if code not in FIXED_SECTIONS:
                on = forms.BooleanField(label=self.names[code], required=False)
                self.fields[_field("on", code)] = on
            self.fields[_field("place", code)] = forms.TypedChoiceField(
                label=_("Place of “%(section)s”") % {"section": self.names[code]},
                choices=[(one, str(one)) for one in range(1, len(self.codes) + 1)],
                coerce=int,
                initial=place,
                # A collection that was made after the page was drawn has its usual place.
                required=False,
                empty_value=str(place),
            )

    def look(self) -> LookInput:
        """The look as the action takes it; of two at one place the usual one comes first."""
        data = self.cleaned_data
        shown = [one for one in self.codes if one in FIXED_SECTIONS or data[_field("on", one)]]
        return LookInput(
            story=data["story"],
            accent=data["accent"] if data["own_accent"] else "",
            ground=data["ground"] if data["own_ground"] else "",
            sections=tuple(sorted(shown, key=lambda code: int(data[_field("place", code)]))),
        )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Tick (None where the section is always there) and place of each section."""
        return [
            (
                None if code in FIXED_SECTIONS else self[_field("on", code)],
                self[_field("place", code)],
            )
            for code in self.codes
        ]

    @classmethod
    def initial_of(
        cls, front: StorefrontData | None, collections: Sequence[CollectionGlance]
    ) -> dict[str, Any]:
        """What the form shows before anybody typed; a collection that is gone is forgotten."""
        codes = [*SECTIONS, *(one.ref.section for one in collections)]
        chosen = front.sections if front else DEFAULT_SECTIONS
        shown = [code for code in chosen if code in codes]
        order = [*shown, *(code for code in codes if code not in shown)]
        return {
            "story": front.story if front else "",
            "own_accent": bool(front and front.accent),
            "accent": (front.accent if front else "") or IRIS,
            "own_ground": bool(front and front.ground),
            "ground": (front.ground if front else "") or PAPER,
            **{_field("on", code): code in shown for code in codes if code not in FIXED_SECTIONS},
            **{_field("place", code): place for place, code in enumerate(order, start=1)},
        }
