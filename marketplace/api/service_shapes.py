"""How services are asked for, described and shown."""

from __future__ import annotations

from rest_framework import serializers

from accounts.shapes import ByLineOut, TraderOut
from api.fields import (
    Asked,
    Choice,
    FindAsked,
    Id,
    In,
    Instant,
    MoneyField,
    Out,
    PictureField,
    Text,
    Whole,
    Word,
    sort_field,
)
from catalog.queries.services import SERVICE_SORTS
from catalog.shapes import CategoryOut
from catalog.types import EU_COUNTRIES, SERVICE_LANGUAGES, Pricing, ServiceState
from core.money import LARGEST
from feed.actions.portfolio import MAX_PINS
from marketplace.api.serializers import ShownIn, VersionIn

CURRENCY = "EUR"
MAX_PICTURES = 12
MAX_PACKAGES = 5
MAX_DAYS = 365
MAX_REVISIONS = 50
_PRICING = [(one, one) for one in Pricing.values]
_COUNTRIES = [(one, one) for one in EU_COUNTRIES]


class ServicesAsked(Asked):
    """What narrows the wall. `brand` is a handle: of its own services alone, whoever is muted.
    `budget` is in minor units; `days` the longest wait."""

    brand = serializers.CharField(required=False, max_length=60, default="")
    category = serializers.CharField(required=False, max_length=80)
    country = Choice(choices=_COUNTRIES, required=False)
    pricing = Choice(choices=_PRICING, required=False)
    budget = serializers.IntegerField(min_value=0, max_value=LARGEST, required=False)
    days = serializers.IntegerField(min_value=0, max_value=MAX_DAYS, required=False)
    cursor = serializers.CharField(required=False, max_length=200, default="")


class OwnServicesAsked(FindAsked):
    """A state, and words of the title."""

    state = Choice(choices=[(one, one) for one in ServiceState.values], required=False)
    sort = sort_field(SERVICE_SORTS, default="newest")


class PackageOut(Out):
    """One size of a service; `revisions` null: as many rounds as it takes."""

    name = serializers.CharField()
    scope = serializers.CharField()
    price = MoneyField()
    revisions = serializers.IntegerField(allow_null=True)
    lead_days = serializers.IntegerField()


class ServiceOut(Out):
    """All that a service's own page says of it."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    url = serializers.CharField()
    description = serializers.CharField()
    pricing = serializers.ChoiceField(choices=Pricing.values)
    price = MoneyField(allow_null=True)
    packages = PackageOut(many=True)
    area = serializers.CharField()
    countries = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
    lead_days = serializers.IntegerField()
    pictures = serializers.ListField(child=PictureField())
    pins = serializers.ListField(
        child=serializers.CharField(), help_text="Ids of pins that show what it led to."
    )
    category = CategoryOut()
    seller = ByLineOut()
    trader = TraderOut(allow_null=True)
    reply_hours = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=ServiceState.values)
    taken_down = serializers.BooleanField()
    published_at = Instant(allow_null=True)
    version = serializers.IntegerField()


class ServiceRowOut(Out):
    """A service in its seller's own list, in whatever state."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=ServiceState.values)
    taken_down = serializers.BooleanField()
    pricing = serializers.ChoiceField(choices=Pricing.values)
    price = MoneyField(allow_null=True)
    picture = PictureField(allow_null=True)
    updated_at = Instant()


class PackageIn(In):
    """One size of a service; without `revisions` as many rounds as it takes."""

    name = Text(limit=60)
    scope = Text(limit=500, multiline=True, required=False, allow_blank=True, default="")
    price = MoneyField()
    revisions = Whole(
        min_value=0, max_value=MAX_REVISIONS, required=False, allow_null=True, default=None
    )
    lead_days = Whole(min_value=0, max_value=MAX_DAYS, required=False, default=0)


class ServiceIn(VersionIn):
    """A service, whole: what is left out is empty. No `countries`: anywhere.

    `price` belongs to fixed and hourly pricing, `packages` to packages. `pins` are those of the
    brand that show what the service led to.
    """

    title = Text(limit=120)
    category = Word(most=80)
    description = Text(limit=5000, multiline=True, required=False, allow_blank=True, default="")
    pricing = Choice(choices=_PRICING)
    price = MoneyField(required=False, allow_null=True, default=None)
    packages = serializers.ListField(
        child=PackageIn(), required=False, default=list, max_length=MAX_PACKAGES
    )
    area = Text(limit=120, required=False, allow_blank=True, default="")
    countries = serializers.ListField(
        child=Choice(choices=_COUNTRIES),
        required=False,
        default=list,
        max_length=len(EU_COUNTRIES),
    )
    languages = serializers.ListField(
        child=Choice(choices=[(one, one) for one in SERVICE_LANGUAGES]),
        required=False,
        default=list,
        max_length=len(SERVICE_LANGUAGES),
    )
    lead_days = Whole(min_value=0, max_value=MAX_DAYS, required=False, default=5)
    pictures = serializers.ListField(
        child=ShownIn(), required=False, default=list, max_length=MAX_PICTURES
    )
    pins = serializers.ListField(child=Id(), required=False, max_length=MAX_PINS)
