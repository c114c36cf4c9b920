"""Bodies of the operations about people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_countries import countries
from rest_framework import serializers

from accounts.actions.profiles import BIO_LIMIT, LINK_LIMIT, MAX_LINKS
from accounts.naming import NAME_LIMIT
from api.fields import Choice, Flag, Id, In, Mail, PublicUrl, Text, Word


class AddressIn(In):
    """An address, whole."""

    name = Text(limit=120)
    company = Text(limit=120, required=False, allow_blank=True, default="")
    line1 = Text(limit=120)
    line2 = Text(limit=120, required=False, allow_blank=True, default="")
    postcode = Text(limit=20)
    city = Text(limit=80)
    country = Choice(choices=[(code, code) for code, _name in countries])
    phone = Text(limit=30, required=False, allow_blank=True, default="")
    is_default = Flag(required=False, default=False)


class OrganizationIn(In):
    """A company, whole. The VAT number is checked as its country makes them."""

    name = Text(limit=200)
    registration_number = Text(limit=60, required=False, allow_blank=True, default="")
    vat_id = Text(limit=20, required=False, allow_blank=True, default="")
    email = Mail(required=False, allow_blank=True, default="")
    line1 = Text(limit=120)
    line2 = Text(limit=120, required=False, allow_blank=True, default="")
    postcode = Text(limit=20)
    city = Text(limit=80)
    country = Choice(choices=[(code, code) for code, _name in countries])


class ProfileIn(In):
    """What others see of a profile; what is left out stays as it is. Pictures are stored ones of
    its own."""

    name = Text(limit=NAME_LIMIT, required=False)
    handle = Word(most=40, required=False)
    bio = Text(limit=BIO_LIMIT, multiline=True, required=False, allow_blank=True)
    links = serializers.ListField(
        child=PublicUrl(limit=LINK_LIMIT), required=False, max_length=MAX_LINKS
    )
    picture_id = Id(required=False)
    cover_id = Id(required=False)

    def validate(self, attrs: Any) -> Any:
        """Nothing at all is a mistake of the sender."""
        if not attrs:
            raise serializers.ValidationError(_("Say what to change."), code="empty")
        return attrs
