"""Bodies and questions of operations that need several apps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.shapes import ByLineOut
from api.fields import (
    Asked,
    Choice,
    FindAsked,
    Flag,
    FocusIn,
    Id,
    In,
    Moment,
    MoneyField,
    Out,
    PictureField,
    Text,
    Whole,
    Word,
    sort_field,
)
from catalog.queries.studio import PRODUCT_SORTS
from catalog.shapes import ProductCardOut, ServiceCardOut
from catalog.types import (
    EU_COUNTRIES,
    MAX_OPTIONS,
    MAX_PICTURES,
    MAX_VALUES,
    MAX_VARIANTS,
    RATING_STEPS,
    VALUE_LIMIT,
    OptionData,
    PictureInput,
    ProductData,
    VariantInput,
)
from core.alt import LIMIT as ALT_LIMIT
from core.money import LARGEST
from feed.shapes import PinCardOut
from marketplace.pages.search_asked import AI

KINDS = ("product", "pin", "service", "brand", "person")
SORTS = ("price", "-price", "newest")
MAX_STOCK = 1_000_000
MAX_VERSION = 2**31 - 1


class SearchAsked(Asked):
    """Words, and what narrows them. Prices are in minor units and narrow products."""

    q = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    kind = Choice(choices=[(kind, kind) for kind in KINDS], required=False)
    price_min = serializers.IntegerField(min_value=0, max_value=LARGEST, required=False)
    price_max = serializers.IntegerField(min_value=0, max_value=LARGEST, required=False)
    in_stock = serializers.BooleanField(required=False, default=False)
    rating_min = Choice(
        choices=[(str(step), str(step)) for step in RATING_STEPS],
        required=False,
        help_text="Products with so many stars on average, or more.",
    )
    brand = serializers.ListField(
        child=Word(most=40), required=False, max_length=20, help_text="Handles; any of them."
    )
    category = Word(most=60, required=False, help_text="A slug; what is below it counts.")
    ships_to = Choice(choices=[(code, code) for code in EU_COUNTRIES], required=False)
    attribute = serializers.ListField(
        child=serializers.RegexField(r"^[a-z][a-z0-9_]{0,49}:[^\x00]{1,80}$"),
        required=False,
        max_length=20,
        help_text="`colour:teal` a choice, `hand_made:yes`, `height:10..20` a range that may be"
        " open at either end. Several of one attribute mean any of them.",
    )
    ai = Choice(
        choices=[(one, one) for one in AI],
        required=False,
        help_text="Pins made with AI, or without; it narrows pins.",
    )
    sort = sort_field(SORTS)
    cursor = serializers.CharField(required=False, max_length=200, default="")


class CountOut(Out):
    """So many, of this."""

    value = serializers.CharField()
    count = serializers.IntegerField()


class BrandCountOut(Out):
    """So many products of a brand."""

    handle = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class AttributeCountOut(Out):
    """So many products that answer an attribute so; of a number the ends, where it is one."""

    code = serializers.CharField()
    values = CountOut(many=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class PriceCountOut(Out):
    """So many products of these prices, in minor units."""

    price_min = serializers.IntegerField()
    price_max = serializers.IntegerField()
    count = serializers.IntegerField()


class SearchCountsOut(Out):
    """How many answers there are of each kind, 300 at most of one, and of the products those that a
    filter would leave. Where pins alone are asked for, `ai` counts those instead: made with AI, or
    without. `meant` is how a word that stands nowhere may have been meant."""

    kinds = CountOut(many=True)
    meant = serializers.CharField(allow_null=True)
    categories = CountOut(many=True)
    brands = BrandCountOut(many=True)
    ships_to = CountOut(many=True)
    in_stock = serializers.IntegerField()
    ratings = CountOut(many=True, help_text="By `rating_min`.")
    ai = CountOut(many=True)
    attributes = AttributeCountOut(many=True)
    prices = PriceCountOut(many=True)


class SuggestAsked(Asked):
    """What is typed so far."""

    q = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class SuggestedProfileOut(Out):
    """A brand or person that is suggested."""

    handle = serializers.CharField()
    name = serializers.CharField()


class SuggestedServiceOut(Out):
    """A service that is suggested; `price` is null for one on request."""

    title = serializers.CharField()
    url = serializers.CharField()
    price = MoneyField(allow_null=True)


class SuggestionsOut(Out):
    """What goes on from some words. `searches` are texts to search for; `meant` is how a word that
    stands nowhere may have been meant."""

    meant = serializers.CharField(allow_null=True)
    searches = serializers.ListField(child=serializers.CharField())
    products = ProductCardOut(many=True)
    pins = PinCardOut(many=True)
    brands = SuggestedProfileOut(many=True)
    people = SuggestedProfileOut(many=True)
    services = SuggestedServiceOut(many=True)


class FoundProfileOut(Out):
    """A brand or person as the index knows them."""

    handle = serializers.CharField()
    name = serializers.CharField()
    verified = serializers.BooleanField()
    tagline = serializers.CharField()


class HitOut(Out):
    """One answer: the member that `kind` speaks of is there, the others are null."""

    kind = serializers.ChoiceField(choices=KINDS)
    product = ProductCardOut(allow_null=True)
    pin = PinCardOut(allow_null=True)
    service = ServiceCardOut(allow_null=True)
    profile = FoundProfileOut(allow_null=True)
    touch = serializers.CharField(help_text="Send it with a purchase that this answer led to.")


class OptionIn(In):
    """An axis along which variants differ."""

    name = Text(limit=40)
    values = serializers.ListField(
        child=Text(limit=VALUE_LIMIT), allow_empty=False, max_length=MAX_VALUES
    )


class VariantIn(In):
    """A variant; `values` names one value of each option, in their order. A draft may do without
    SKU and price."""

    sku = Text(limit=64, required=False, allow_blank=True, default="")
    price = MoneyField(required=False, allow_null=True, default=None)
    values = serializers.ListField(
        child=Text(limit=VALUE_LIMIT), required=False, max_length=MAX_OPTIONS
    )
    picture_id = Id(required=False, allow_null=True, default=None)
    active = Flag(required=False, default=True)


class ShownIn(In):
    """A picture of the gallery, and what it shows in words."""

    picture_id = Id()
    alt = Text(limit=140, required=False, allow_blank=True, default="")


@extend_schema_field({"type": "string", "pattern": r"^0(\.[0-9]{1,4})?$", "example": "0.19"})
class Rate(serializers.DecimalField):
    """A share of one, as a string: "0.19"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=5,
            decimal_places=4,
            min_value=Decimal(0),
            max_value=Decimal("0.99"),
            **kwargs,
        )

    def to_internal_value(self, data: Any) -> Decimal:
        """Strings of plain digits only: a binary fraction is no rate of tax."""
        if not isinstance(data, str) or not data.replace(".", "", 1).isdecimal():
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({})
class Answer(serializers.Field[Any, Any, Any, Any]):
    """The answer to an attribute: a slug, several slugs, a whole number, yes or no, or words."""

    default_error_messages = {"answer": _("That is no answer to an attribute.")}

    def to_internal_value(self, data: Any) -> Any:
        """Plain values, within reason; whether they fit the attribute is for the catalogue."""
        if isinstance(data, list):
            if len(data) > 50 or not all(_is_word(one) for one in data):
                self.fail("answer")
            return data
        fine = data is None or type(data) is bool or _is_word(data)
        if not fine and not (type(data) is int and abs(data) < 10**9):
            self.fail("answer")
        return data

    def to_representation(self, value: Any) -> Any:
        """As it is."""
        return value


def _is_word(data: Any) -> bool:
    return isinstance(data, str) and len(data) <= 500 and "\x00" not in data


class VersionIn(In):
    """What is written anew, by somebody who may say which version they read."""

    version = Whole(
        min_value=1,
        max_value=MAX_VERSION,
        required=False,
        allow_null=True,
        default=None,
        help_text="The version that was read: 409 when somebody else has saved since.",
    )


class ProductIn(VersionIn):
    """A product, whole: what is left out is empty. Without options it has one variant. A draft
    needs a title; what is needed to publish it says the answer to `studio_product_publish`. Without
    `vat_rate` it keeps its own; a new one has the standard rate of where the brand sits."""

    title = Text(limit=120)
    category = Word(most=80, required=False, allow_blank=True, default="")
    description = Text(limit=5000, multiline=True, required=False, allow_blank=True, default="")
    details = Text(limit=5000, multiline=True, required=False, allow_blank=True, default="")
    delivery_note = Text(limit=1000, multiline=True, required=False, allow_blank=True, default="")
    returns_note = Text(limit=1000, multiline=True, required=False, allow_blank=True, default="")
    vat_rate = Rate(required=False, allow_null=True, default=None)
    lead_days = Whole(min_value=0, max_value=120, required=False, default=1)
    return_days = Whole(min_value=14, max_value=365, required=False, default=30)
    options = serializers.ListField(
        child=OptionIn(), required=False, default=list, max_length=MAX_OPTIONS
    )
    pictures = serializers.ListField(
        child=ShownIn(), required=False, default=list, max_length=MAX_PICTURES
    )
    variants = serializers.ListField(
        child=VariantIn(),
        allow_empty=False,
        max_length=MAX_VARIANTS,
    )
    attributes = serializers.DictField(
        child=Answer(), required=False, default=dict, help_text="By the codes that a category asks."
    )


def product_data(data: dict[str, Any], pictures: dict[str, int]) -> ProductData:
    """The product as the action takes it; `pictures` maps public ids to keys of images."""
    plain = {
        name: value
        for name, value in data.items()
        if name not in ("options", "pictures", "variants", "version")
    }
    return ProductData(
        **plain,
        currency=next((one["price"].currency for one in data["variants"] if one["price"]), "EUR"),
        options=[
            OptionData(name=one["name"], values=tuple(one["values"])) for one in data["options"]
        ],
        pictures=[
            PictureInput(image_id=pictures[one["picture_id"]], alt=one["alt"])
            for one in data["pictures"]
        ],
        variants=[
            VariantInput(
                sku=one["sku"],
                price=one["price"],
                values=tuple(one.get("values", ())),
                active=one["active"],
                image_id=pictures[one["picture_id"]] if one["picture_id"] else None,
            )
            for one in data["variants"]
        ],
    )


class ProductsAsked(FindAsked):
    """A state, and words of the title or the beginning of an SKU. Of a `silent` product a picture
    is not described."""

    state = Choice(
        choices=[(one, one) for one in ("draft", "published", "archived", "silent")],
        required=False,
    )
    sort = sort_field(PRODUCT_SORTS, default="newest")


class ScheduleIn(In):
    """When, in UTC or with an offset."""

    at = Moment()


class StockChangeIn(In):
    """Pieces of a variant that came in, or below zero: that are gone."""

    variant_id = Id()
    change = Whole(min_value=-MAX_STOCK, max_value=MAX_STOCK)


class StockIn(In):
    """Several at once: all of them or none."""

    changes = serializers.ListField(
        child=StockChangeIn(), allow_empty=False, max_length=MAX_VARIANTS
    )
    reason = Text(limit=200, required=False, allow_blank=True, default="")


class LevelOut(Out):
    """How many pieces of a variant there are: counted, promised, and the difference."""

    variant_id = serializers.CharField()
    sku = serializers.CharField()
    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    available = serializers.IntegerField()


class PictureIn(In):
    """A picture: JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. Where it was taken is removed."""

    file = serializers.FileField()
    alt = Text(limit=ALT_LIMIT, required=False, allow_blank=True, default="")


class PictureChangeIn(In):
    """What a stored picture shows in words, and what crops of it keep in view; what is left out
    stays as it is."""

    alt = Text(limit=ALT_LIMIT, required=False, allow_blank=True)
    focus = FocusIn(required=False)

    def validate(self, attrs: Any) -> Any:
        """Nothing at all is a mistake of the sender."""
        if not attrs:
            raise serializers.ValidationError(_("Say what to change."), code="empty")
        return attrs


class StoredOut(Out):
    """A stored picture: use its `id` in pins and products."""

    id = serializers.CharField(source="public_id")
    picture = PictureField(source="*")


class DaysAsked(Asked):
    """How many days, beside the same number before them."""

    days = serializers.ChoiceField(choices=[7, 30, 90], required=False, default=30)


class DayOut(Out):
    """A day's sales."""

    day = serializers.DateField()
    sales = MoneyField()
    orders = serializers.IntegerField()


class PeriodOut(Out):
    """Sales of some days."""

    first = serializers.DateField()
    last = serializers.DateField()
    sales = MoneyField()
    orders = serializers.IntegerField()
    average = MoneyField()
    from_pins = serializers.IntegerField()
    days = serializers.SerializerMethodField()

    @extend_schema_field(DayOut(many=True))
    def get_days(self, period: Any) -> Any:
        """Every day from first to last."""
        currency = period.sales.currency
        return [
            {
                "day": day.isoformat(),
                "sales": {"amount": amount, "currency": currency},
                "orders": orders,
            }
            for day, amount, orders in period.days
        ]


class SourceOut(Out):
    """What one kind of source earned."""

    source = serializers.CharField()  # type: ignore[assignment]
    orders = serializers.IntegerField()
    sales = MoneyField()


class EarnerOut(Out):
    """What one pin earned."""

    pin_id = serializers.CharField(source="ref")
    orders = serializers.IntegerField()
    sales = MoneyField()
    impressions = serializers.IntegerField()
    clicks = serializers.IntegerField()


class StepOut(Out):
    """A step from seen to bought."""

    code = serializers.CharField()
    count = serializers.IntegerField()


class DashboardOut(Out):
    """A brand's period beside the one before it."""

    now = PeriodOut()
    before = PeriodOut()
    sources = SourceOut(many=True)
    pins = EarnerOut(many=True)
    funnel = StepOut(many=True)


class InterestsIn(In):
    """Topics, as slugs of categories."""

    interests = serializers.ListField(child=Word(most=80), max_length=50)


class InterestsOut(Out):
    """What was kept, and brands that one might follow."""

    interests = serializers.ListField(child=serializers.CharField())
    brands = ByLineOut(many=True)
