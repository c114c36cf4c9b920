"""The form of the storefront editor."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.types import DEFAULT_SECTIONS, FIXED_SECTIONS, SECTIONS, LookInput, StorefrontData
from core.forms import TextField_

IRIS, PAPER = "#5438d0", "#f5f7f3"
NAMES = {
    "pins": gettext_lazy("Pins"),
    "new": gettext_lazy("New products"),
    "boards": gettext_lazy("Boards"),
    "about": gettext_lazy("About, delivery, returns"),
}


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


class LookForm(forms.Form):
    """Words, colours and sections. A colour counts only while its tick is set."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, code in enumerate(SECTIONS, start=1):
            if code not in FIXED_SECTIONS:
                self.fields[f"on_{code}"] = forms.BooleanField(label=NAMES[code], required=False)
            self.fields[f"place_{code}"] = forms.TypedChoiceField(
                label=_("Place of “%(section)s”") % {"section": NAMES[code]},
                choices=[(one, str(one)) for one in range(1, len(SECTIONS) + 1)],
                coerce=int,
                initial=place,
            )

    def look(self) -> LookInput:
        """The look as the action takes it; of two at one place the usual one comes first."""
        data = self.cleaned_data
        shown = [one for one in SECTIONS if one in FIXED_SECTIONS or data[f"on_{one}"]]
        return LookInput(
            story=data["story"],
            accent=data["accent"] if data["own_accent"] else "",
            ground=data["ground"] if data["own_ground"] else "",
            sections=tuple(sorted(shown, key=lambda code: int(data[f"place_{code}"]))),
        )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Tick (None where the section is always there) and place of each section."""
        return [
            (None if code in FIXED_SECTIONS else self[f"on_{code}"], self[f"place_{code}"])
            for code in SECTIONS
        ]

    @classmethod
    def initial_of(cls, front: StorefrontData | None) -> dict[str, Any]:
        """What the form shows before anybody typed."""
        shown = front.sections if front else DEFAULT_SECTIONS
        order = [*shown, *(code for code in SECTIONS if code not in shown)]
        return {
            "story": front.story if front else "",
            "own_accent": bool(front and front.accent),
            "accent": (front.accent if front else "") or IRIS,
            "own_ground": bool(front and front.ground),
            "ground": (front.ground if front else "") or PAPER,
            **{f"on_{code}": code in shown for code in SECTIONS if code not in FIXED_SECTIONS},
            **{f"place_{code}": place for place, code in enumerate(order, start=1)},
        }
