"""Forms of the settings: profile, addresses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import handles
from accounts.actions.profiles import LINK_LIMIT
from accounts.errors import HandleRefused, NameRefused
from accounts.models import Profile
from accounts.naming import NAME_LIMIT, checked_handle, checked_name
from accounts.types import AddressData
from core.forms import PercentField, PlaceFields, PublicUrlField, TextField_, line_field
from core.media import Image
from core.places import COUNTRY_NAMES, postcode_problem

BIO_LIMIT = 500


class ProfileForm(forms.Form):
    """What others read of a person or a brand."""

    name = TextField_(
        label=_("Name"),
        limit=NAME_LIMIT,
        error_messages={"required": _("Enter a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    handle = forms.CharField(
        label=_("Handle"),
        max_length=handles.MAX_LENGTH + 1,
        help_text=_("Your address here: letters a to z, digits, and . _ - between them."),
        error_messages={"required": _("Enter a handle.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    bio = TextField_(label=_("About"), limit=BIO_LIMIT, multiline=True, required=False)
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. Where it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    cover = forms.FileField(
        label=_("Cover"),
        required=False,
        help_text=_("A wide picture above your page. The same kinds and size."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    picture_focus_x = PercentField(label=_("Picture, across %"))
    picture_focus_y = PercentField(label=_("Picture, down %"))
    cover_focus_x = PercentField(label=_("Cover, across %"))
    cover_focus_y = PercentField(label=_("Cover, down %"))
    link1 = PublicUrlField(label=_("Link"), required=False, max_length=LINK_LIMIT)
    link2 = PublicUrlField(label=_("Second link"), required=False, max_length=LINK_LIMIT)
    link3 = PublicUrlField(label=_("Third link"), required=False, max_length=LINK_LIMIT)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        self.profile = profile
        links = dict(zip(("link1", "link2", "link3"), profile.links, strict=False))
        initial = {"name": profile.name, "handle": profile.handle, "bio": profile.bio, **links}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """A name that is nobody else's brand."""
        try:
            return checked_name(self.cleaned_data["name"], own_id=self.profile.pk)
        except NameRefused as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def clean_handle(self) -> str:
        """A free handle that is nobody else's brand."""
        try:
            return checked_handle(self.cleaned_data["handle"], own_id=self.profile.pk)
        except HandleRefused as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def focus_of(self, name: str) -> tuple[int, int] | None:
        """The point chosen on `picture` or `cover`; None when none was shown to choose on."""
        x, y = (self.cleaned_data.get(f"{name}_focus_{axis}") for axis in "xy")
        return None if x is None or y is None else (x, y)

    @property
    def pictures(self) -> list[tuple[str, Image]]:
        """What there is to choose a focal point on: name of the field, and picture."""
        rows = [("picture", self.profile.picture), ("cover", self.profile.cover)]
        return [(name, row) for name, row in rows if row and row.owner_id == self.profile.pk]

    @property
    def links(self) -> list[str]:
        """The links that were filled in."""
        return [link for name in ("link1", "link2", "link3") if (link := self.cleaned_data[name])]


class AddressForm(PlaceFields):
    """Where things are sent."""

    field_order = ["name", "company", *PlaceFields.base_fields, "phone", "is_default"]

    name = line_field(
        "name",
        label=_("Full name"),
        limit=120,
        error_messages={"required": _("Enter the name on the parcel.")},
    )
    company = line_field("organization", label=_("Company"), limit=120, required=False)
    phone = line_field(
        "tel",
        label=_("Phone"),
        limit=30,
        required=False,
        help_text=_("Only for the carrier, when it cannot find the door."),
        attrs={"type": "tel", "inputmode": "tel"},
    )
    is_default = forms.BooleanField(label=_("Use this address first"), required=False)

    def clean(self) -> dict[str, Any]:
        """A postcode is checked against a country whose rule we know."""
        data = super().clean() or {}
        postcode, country = data.get("postcode"), data.get("country")
        if postcode and country in COUNTRY_NAMES:
            data["postcode"] = postcode.upper()
            problem = postcode_problem(postcode=data["postcode"], country=country)
            if problem:
                self.add_error("postcode", problem)
        return data

    def data_for(self, public_id: str = "") -> AddressData:
        """The address as the action takes it."""
        return AddressData(public_id=public_id, **self.cleaned_data)
