"""The form of the storefront editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
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
    Typeface,
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

    typeface = forms.ChoiceField(
        label=gettext_lazy("Headings"),
        choices=Typeface.choices,
        required=False,
        widget=forms.RadioSelect,
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
        for code in self.codes:
            if code not in FIXED_SECTIONS:
                on = forms.BooleanField(label=self.names[code], required=False)
                self.fields[_field("on", code)] = on
        sent = self.data.getlist("section") if isinstance(self.data, QueryDict) else None
        self.order = self._known(self.initial["sections"] if sent is None else sent)

    def _known(self, sections: Iterable[str]) -> list[str]:
        """Every section once, in this order; what is not named (a collection that was made after
        the page was drawn) has its usual place at the end."""
        named = [code for code in dict.fromkeys(sections) if code in self.codes]
        return [*named, *(code for code in self.codes if code not in named)]

    def move(self, act: str) -> None:
        """Another order: `up:` or `down:` and a section. Anything else moves nothing."""
        way, _colon, code = act.partition(":")
        if code not in self.order or way not in ("up", "down"):
            return
        at = self.order.index(code)
        self.order.pop(at)
        self.order.insert(max(at - 1, 0) if way == "up" else at + 1, code)

    def look(self) -> LookInput:
        """The look as the action takes it."""
        data = self.cleaned_data
        return LookInput(
            story=data["story"],
            accent=data["accent"] if data["own_accent"] else "",
            ground=data["ground"] if data["own_ground"] else "",
            typeface=data["typeface"],
            sections=tuple(
                one for one in self.order if one in FIXED_SECTIONS or data[_field("on", one)]
            ),
        )

    @property
    def rows(self) -> list[tuple[str, str, forms.BoundField | None]]:
        """Code, name and tick (None where the section is always there) of each section in order."""
        return [
            (
                code,
                self.names[code],
                None if code in FIXED_SECTIONS else self[_field("on", code)],
            )
            for code in self.order
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
            "typeface": front.typeface if front else "",
            **{_field("on", code): code in shown for code in codes if code not in FIXED_SECTIONS},
            "sections": order,
        }
