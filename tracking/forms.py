"""What somebody allows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.consent import MEASURE, PERSONAL

LABELS = {
    MEASURE: _("Remember what I looked at beyond this visit, under my name"),
    PERSONAL: _("Arrange my Home by whom I follow, what they save and what I picked"),
}
NOTES = {
    MEASURE: _("Off until you allow it. Taking it back deletes what was kept."),
    PERSONAL: _("On until you refuse. Then Home shows what is popular and new, like to everybody."),
}


class ConsentForm(forms.Form):
    """One box a purpose. A guest has no wall of their own to arrange."""

    purposes = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = LABELS if member else {MEASURE: LABELS[MEASURE]}
        self.fields["purposes"].choices = list(offered.items())  # type: ignore[attr-defined]
