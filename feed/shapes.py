"""How pins and boards look in the API, for the operations of every app."""

from __future__ import annotations

from rest_framework import serializers

from accounts.shapes import ByLineOut
from api.fields import Instant, MoneyField, Out, PictureField
from catalog.shapes import ProductCardOut
from catalog.types import Availability, Pricing
from feed.types import Audience, PinState, ReasonCode


def audience_field() -> serializers.ChoiceField:
    """Who meets a pin in lists, as it is said wherever a pin is shown."""
    return serializers.ChoiceField(
        choices=[one.value for one in Audience],
        help_text="`everyone`; `followers`: for them first, and everybody's 24 hours after it was "
        "published; `link`: in no list, for whoever has its address.",
    )


class ReasonOut(Out):
    """Why a pin stands on a wall. On a board `by` saved it, and `note` is what they say of it."""

    code = serializers.ChoiceField(choices=[code.value for code in ReasonCode])
    text = serializers.CharField()
    by = ByLineOut(source="who", allow_null=True)
    note = serializers.CharField()


class ServiceMentionOut(Out):
    """The service that a pin shows; `price` is the lowest, null where it is quoted only."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    url = serializers.CharField()
    pricing = serializers.ChoiceField(choices=Pricing.values)
    price = MoneyField(allow_null=True)


class PinCardOut(Out):
    """A pin as walls show it; price and availability are those of this moment."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=["product", "look", "service", "picture"])
    picture = PictureField()
    author = ByLineOut()
    reason = ReasonOut(allow_null=True)
    tag_count = serializers.IntegerField()
    price = MoneyField(allow_null=True)
    price_varies = serializers.BooleanField()
    availability = serializers.ChoiceField(
        choices=[*Availability.values, "away"],
        allow_null=True,
        help_text="`away` while the brand is on vacation: nothing can be bought, whatever is left.",
    )
    buy_variant_id = serializers.CharField(allow_null=True)
    product_id = serializers.CharField(allow_null=True)
    service = ServiceMentionOut(allow_null=True)
    saved = serializers.BooleanField()
    ai_made = serializers.BooleanField()
    audience = audience_field()
    touch = serializers.CharField(help_text="Send it with a purchase that this pin led to.")


class BoardOut(Out):
    """A board. Secret ones are shown only to those who are on them, and nobody can follow them."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    url = serializers.CharField()
    secret = serializers.BooleanField()
    pins_count = serializers.IntegerField()
    followers_count = serializers.IntegerField()
    covers = serializers.ListField(child=PictureField())


class TagOut(Out):
    """A product on a pin, and where on the picture: `x`, `y` from 0 to 1."""

    number = serializers.IntegerField()
    x = serializers.FloatField()
    y = serializers.FloatField()
    variant_id = serializers.CharField()
    product = ProductCardOut()


class SavedByOut(Out):
    """Who saved a pin: people you follow by name, and how many in all."""

    names = serializers.ListField(child=serializers.CharField())
    total = serializers.IntegerField()


class PinOut(Out):
    """A pin from close up."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    text = serializers.CharField()
    link = serializers.CharField()
    ai_made = serializers.BooleanField()
    audience = audience_field()
    picture = PictureField()
    further = serializers.ListField(
        child=PictureField(), help_text="Its pictures after the first, which alone carries `tags`."
    )
    author = ByLineOut()
    author_followed = serializers.BooleanField()
    category = serializers.CharField(source="category_slug", allow_null=True)
    published_at = Instant(allow_null=True)
    saves_count = serializers.IntegerField()
    saved_by = SavedByOut()
    saved_on = BoardOut(many=True)
    tags = TagOut(many=True)
    touch = serializers.CharField()


class SavedOut(Out):
    """What a save did; `created` is false when the pin was on that board already. `note` is yours,
    empty as well where somebody else had saved it there before. `undo` puts back the note that it
    replaced ('' where it replaced none)."""

    pin_id = serializers.CharField()
    board = BoardOut()
    created = serializers.BooleanField()
    note = serializers.CharField()
    undo = serializers.CharField()


class StudioPinOut(Out):
    """A pin in its author's own list, in whatever state."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.value for state in PinState])
    audience = audience_field()
    picture = PictureField()
    published_at = Instant(allow_null=True)
    publish_at = Instant(allow_null=True)
    saves_count = serializers.IntegerField()
    tag_count = serializers.IntegerField()
    taken_down_reason = serializers.CharField()
