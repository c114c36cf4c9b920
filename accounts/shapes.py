"""How people and brands look in the API, for the operations of every app."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.fields import Instant, Out, PictureField


class ByLineOut(Out):
    """As much of a person or brand as a by-line needs."""

    id = serializers.CharField(source="public_id")
    kind = serializers.ChoiceField(choices=["person", "brand"])
    handle = serializers.CharField()
    name = serializers.CharField()
    verified = serializers.BooleanField()
    picture = PictureField(allow_null=True)
    url = serializers.CharField(help_text="Path of its page.")


class AddressOut(Out):
    """Where things are sent."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    company = serializers.CharField()
    line1 = serializers.CharField()
    line2 = serializers.CharField()
    postcode = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166 alpha-2.")
    phone = serializers.CharField()
    is_default = serializers.BooleanField()


class OrganizationOut(Out):
    """A company that somebody buys for. `brand` is the handle of the brand that it stands behind,
    in whose papers it changes; empty for one that only buys."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField(source="data.name")
    registration_number = serializers.CharField(source="data.registration_number")
    vat_id = serializers.CharField(source="data.vat_id")
    email = serializers.CharField(source="data.email", help_text="Where its invoices go.")
    line1 = serializers.CharField(source="data.line1")
    line2 = serializers.CharField(source="data.line2")
    postcode = serializers.CharField(source="data.postcode")
    city = serializers.CharField(source="data.city")
    country = serializers.CharField(source="data.country", help_text="ISO 3166 alpha-2.")
    brand = serializers.CharField()


class BuyerOut(Out):
    """A company, as far as a choice needs it."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()


class TraderOut(Out):
    """Who answers for what a brand sells, as the law wants it shown."""

    name = serializers.CharField()
    registration_number = serializers.CharField()
    vat_id = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    line1 = serializers.CharField()
    line2 = serializers.CharField()
    postcode = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField()
    checked_at = Instant(allow_null=True)


class ProfileOut(Out):
    """A person or brand as its own page shows it."""

    id = serializers.CharField(source="ref.public_id")
    kind = serializers.ChoiceField(source="ref.kind", choices=["person", "brand"])
    handle = serializers.CharField(source="ref.handle")
    name = serializers.CharField(source="ref.name")
    verified = serializers.BooleanField(source="ref.verified")
    picture = PictureField(source="ref.picture", allow_null=True)
    url = serializers.CharField(source="ref.url")
    bio = serializers.CharField()
    links = serializers.ListField(child=serializers.CharField())
    cover = PictureField(allow_null=True)
    followers_count = serializers.IntegerField()
    following_count = serializers.IntegerField()
    created_at = Instant()
    country = serializers.CharField()
    trader = TraderOut(allow_null=True)


class TokenOut(Out):
    """A token without its secret, which nobody sees twice."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    hint = serializers.CharField(help_text="How its secret begins.")
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = Instant()
    expires_at = Instant()
    last_used_at = Instant(allow_null=True)
    state = serializers.ChoiceField(choices=["live", "expired", "revoked"])


class RoleOut(Out):
    """A brand, and what the member may do for it."""

    brand = ByLineOut(source="profile")
    role = serializers.CharField()
    is_public = serializers.BooleanField()


class MeOut(Out):
    """Who asks."""

    email = serializers.SerializerMethodField()
    profile = ByLineOut(allow_null=True)
    acting = ByLineOut(allow_null=True)
    brands = RoleOut(many=True)
    unread_notifications = serializers.IntegerField(source="unread_count")
    pieces_in_bag = serializers.IntegerField(source="bag_count")
    interests = serializers.ListField(child=serializers.CharField())

    def get_email(self, viewer: Any) -> str:
        """The address that the member logs in with."""
        return str(viewer.user.email)


class FollowOut(Out):
    """How it stands between two profiles."""

    profile = ByLineOut()
    following = serializers.BooleanField()
