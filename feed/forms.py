"""What people type about boards and pins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.queries import categories
from core.alt import HINT as ALT_HINT
from core.alt import LIMIT as ALT_LIMIT
from core.forms import FocusFields, PublicUrlField, TextField_
from feed.types import Audience, BoardRef

PICTURE_HINT = _("JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. Location data is removed.")


AUDIENCES: dict[str, str | Promise] = {
    Audience.EVERYONE: _("Everyone"),
    Audience.FOLLOWERS: _("Followers first"),
    Audience.LINK: _("Only with the link"),
}


class PinForm(FocusFields):
    """A pin as its author describes it. A title is asked for when it goes on the wall."""

    title = TextField_(
        label=_("Title"),
        limit=120,
        required=False,
        help_text=_("Left empty, it takes the name of the first product."),
    )
    text = TextField_(
        label=_("Text"),
        limit=2000,
        required=False,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    link = PublicUrlField(
        label=_("Link"), required=False, help_text=_("People see the name of its site beside it.")
    )
    alt = TextField_(
        label=_("Alt text"),
        limit=ALT_LIMIT,
        required=False,
        help_text=ALT_HINT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    board = forms.ChoiceField(label=_("Board"), required=False, widget=forms.RadioSelect)
    new_board = TextField_(
        label=_("Name of the new board"),
        limit=80,
        required=False,
        help_text=_("It is made when the pin is saved."),
    )
    # Left out of what is sent, it stays as it is.
    audience = forms.ChoiceField(
        label=_("Who sees it"),
        required=False,
        choices=[(one.value, AUDIENCES[one]) for one in Audience],
        widget=forms.RadioSelect,
    )
    ai_made = forms.BooleanField(
        label=_("Made or changed with AI"),
        required=False,
        help_text=_("The pin says so, next to your name"),
    )
    comments_open = forms.BooleanField(
        label=_("Questions under the pin"),
        required=False,
        help_text=_("People ask and answer there"),
    )
    image = forms.FileField(
        label=_("Another picture"),
        required=False,
        help_text=PICTURE_HINT,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    # A picture that was stored before another field was refused: nobody uploads it twice.
    kept_image = forms.CharField(required=False, widget=forms.HiddenInput, max_length=16)
    publish_at = forms.DateTimeField(
        label=_("Choose a time"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, boards: Sequence[BoardRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boards = boards
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((item.slug, " / ".join(item.path)) for item in categories()),
        ]
        self.fields["board"].choices = [  # type: ignore[attr-defined]
            *((board.public_id, board.title) for board in boards),
            ("", _("No board")),
        ]
