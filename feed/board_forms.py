"""What people type about boards, and about what they think of a pin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import TextField_
from core.text import TextRefused, clean_text
from feed.saying import handles_in
from feed.types import MAX_BOARD_TEXT, MAX_COMMENT, MAX_NOTE


class BoardForm(forms.Form):
    """A new board."""

    title = TextField_(label=_("Name"), limit=80)
    secret = forms.BooleanField(
        label=_("Keep it secret"), help_text=_("Only you can see it."), required=False
    )


class BoardEditForm(BoardForm):
    """Everything about a board that its owner may change."""

    text = TextField_(label=_("About it"), limit=MAX_BOARD_TEXT, required=False, multiline=True)
    cover = forms.CharField(label=_("Cover"), required=False, max_length=16)

    field_order = ("title", "text", "secret", "cover")

    def __init__(self, *args: Any, linked: bool, **kwargs: Any) -> None:
        """`linked`: a link lets others look at it."""
        super().__init__(*args, **kwargs)
        self.fields["secret"].help_text = (
            _(
                "Only you, the people on it and who has its link can see it. Made public, the link"
                " ends, and everybody reads its notes too."
            )
            if linked
            else _(
                "Only you and the people on it can see it. Made public, everybody reads its notes"
                " too."
            )
        )

    def clean_cover(self) -> str | None:
        """None where nothing is ticked: the cover of now may be none of those that are offered."""
        return self.cleaned_data["cover"] if "cover" in self.data else None


class SectionForm(forms.Form):
    """The name of a part of a board."""

    title = TextField_(label=_("Name of the section"), limit=80)


class NoteForm(forms.Form):
    """What somebody writes beside a pin that they saved."""

    note = TextField_(
        label=_("Note"),
        limit=MAX_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SaveForm(NoteForm):
    """Where a pin goes, and a note: a `board` (public id), else a new one by its name."""

    board = forms.CharField(required=False, max_length=40)
    new_board = TextField_(label=_("New board"), limit=80, required=False)
    make = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("make") and not data.get("new_board") and "new_board" not in self.errors:
            self.add_error("new_board", _("Give the new board a name."))
        return data


class InviteForm(forms.Form):
    """Whom to ask to a board."""

    handle = forms.CharField(
        label=_("Invite by handle"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"placeholder": "@", "autocapitalize": "none", "autocomplete": "off"}
        ),
    )


class CommentForm(forms.Form):
    """Words under a pin. `people` are handles that were ticked: they are put into the text."""

    text = TextField_(
        label=_("Say something"),
        limit=MAX_COMMENT,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    people = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, handles: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (handle, handle) for handle in handles
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = data.get("text")
        if text:
            named = set(handles_in(text))
            more = [f"@{one}" for one in data.get("people", []) if one not in named]
            try:
                data["text"] = clean_text(" ".join([*more, text]), limit=MAX_COMMENT)
            except TextRefused as error:
                self.add_error("text", str(error))
        return data
