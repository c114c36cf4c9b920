"""What people type about boards and pins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.queries import categories
from catalog.types import ProductCard
from core.forms import PublicUrlField, TextField_
from feed.types import MAX_TAGS

PRODUCT_CHOICES = 500


class PinForm(forms.Form):
    """A new pin of a brand: a picture, a title and what can be bought from it."""

    title = TextField_(label=_("Title"), limit=120)
    text = TextField_(
        label=_("Text"),
        limit=2000,
        required=False,
        multiline=True,
    )
    image = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. Location data is removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    alt = TextField_(
        label=_("What the picture shows"),
        limit=300,
        required=False,
        help_text=_("One sentence for people who cannot see it."),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    link = PublicUrlField(label=_("Link"), required=False)
    products = forms.MultipleChoiceField(
        label=_("Products on the picture"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They can be bought from the pin. Up to 20."),
    )
    # A picture that was stored before another field was refused: nobody uploads it twice.
    kept_image = forms.CharField(required=False, widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, products: list[ProductCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((item.slug, item.name) for item in categories()),
        ]
        self.fields["products"].choices = [  # type: ignore[attr-defined]
            (card.public_id, card.title) for card in products
        ]

    def clean_products(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["products"]
        if len(chosen) > MAX_TAGS:
            raise forms.ValidationError(_("A pin can carry up to 20 products."))
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("image") and not data.get("kept_image") and "image" not in self.errors:
            self.add_error("image", _("Choose a picture for the pin."))
        return data
