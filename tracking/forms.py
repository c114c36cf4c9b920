"""What somebody allows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.consent import MEASURE


class ConsentForm(forms.Form):
    """One box a purpose; none is ticked for anybody."""

    purposes = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(MEASURE, _("Remember what I looked at beyond this visit, under my name"))],
    )
