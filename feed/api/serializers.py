"""Bodies and questions of the operations of the feed."""

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
    CursorAsked,
    FindAsked,
    Flag,
    FocusIn,
    Fraction,
    Id,
    In,
    Instant,
    Moment,
    Out,
    PictureField,
    PublicUrl,
    Text,
    Whole,
    Word,
    sort_field,
)
from catalog.queries import category
from core.alt import LIMIT as ALT_LIMIT
from core.money import LARGEST
from feed.desk import SORTS
from feed.shapes import BoardOut, PinCardOut, audience_field
from feed.types import MAX_FURTHER, MAX_NOTE, MAX_TAGS, Audience, PinState


class WallAsked(Asked):
    """Where on a wall: follow `next`, so that the wall stands still while it is read."""

    scroll = serializers.CharField(required=False, max_length=40, default="")
    page = serializers.CharField(required=False, max_length=3, default="")


class ExploreAsked(WallAsked):
    """The same of one category."""

    category = serializers.CharField(required=False, max_length=80, default="")


def _note() -> Text:
    return Text(limit=MAX_NOTE, required=False, allow_blank=True, default="")


class SaveIn(In):
    """On which board: one of yours, a new one, or neither for the one used last; and what you say
    of it there."""

    board = Id(required=False)
    new_board = Text(limit=80, required=False)
    note = _note()

    def validate(self, attrs: Any) -> Any:
        """One of the boards."""
        if "board" in attrs and "new_board" in attrs:
            raise serializers.ValidationError(_("Name a board or a new one."), code="both")
        return attrs


class OfferSaveIn(In):
    """On which board of yours, the one used last when none is named; and what you say of it
    there."""

    board = Id(required=False)
    note = _note()


class NoteIn(In):
    """What you say of a pin that you saved on the board; empty to say nothing."""

    note = Text(limit=MAX_NOTE, allow_blank=True)


class PinsOfAsked(CursorAsked):
    """Which of somebody's pins: of a category and what is below it, with several products, with one
    that can be bought for less than a price (minor units) or that leaves the same working day, or
    `saved` by people whom you follow."""

    category = serializers.CharField(required=False, max_length=80, default="", help_text="A slug.")
    looks = serializers.BooleanField(required=False, default=False)
    price_below = serializers.IntegerField(min_value=0, max_value=LARGEST, required=False)
    ships_today = serializers.BooleanField(required=False, default=False)
    saved = serializers.BooleanField(required=False, default=False)


class BoardIn(In):
    """A new board."""

    title = Text(limit=80)
    secret = Flag(required=False, default=False)


class BoardAsked(Asked):
    """Off which board; off all of yours when none is named."""

    board = Id(required=False)


class KeptAsked(CursorAsked):
    """Words, and perhaps one board to look on."""

    q = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    board = Id(required=False)


class KeptOut(Out):
    """A board that is called so, or a pin with the boards of yours that hold it; the other is
    null."""

    board = BoardOut(allow_null=True)
    pin = PinCardOut(allow_null=True)
    on = BoardOut(many=True)


class BoardPinsAsked(CursorAsked):
    """Which part of the board: the id of a section, or `top` for the pins that lie in none."""

    section = serializers.CharField(required=False, max_length=40, default="")


class BoardSectionOut(Out):
    """A part of a board; `count` are the pins in it that you see."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    count = serializers.IntegerField()


class BoardMemberOut(Out):
    """Somebody beside the owner, who `joined` or is asked still."""

    profile = ByLineOut()
    joined = serializers.BooleanField()


class BoardHeadOut(Out):
    """A board with its text, whose it is, its sections in their order, who keeps it too, and how
    many of its pins have something to buy now; its pins are a list of their own.

    Those who are asked and have not answered, and `cover`, the pin that was chosen for it, are for
    its owner only. `invited`: you are asked to keep it, and have not answered.
    """

    board = BoardOut()
    text = serializers.CharField()
    to_buy = serializers.IntegerField()
    owner = ByLineOut()
    own = serializers.BooleanField()
    following = serializers.BooleanField()
    may_arrange = serializers.BooleanField()
    invited = serializers.BooleanField()
    sections = BoardSectionOut(many=True)
    members = BoardMemberOut(many=True)
    cover = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"]})
    def get_cover(self, page: Any) -> str | None:
        """Its id."""
        return page.cover or None


class TagIn(In):
    """A product on the picture, as such or in one variant; `x`, `y` are shares of width and height
    from the upper left, kept to three places."""

    product_id = Id()
    variant_id = Id(required=False, default=None, allow_null=True)
    x = Fraction()
    y = Fraction()


class Topic(Word):
    """The slug of a category, or null."""

    default_error_messages = {"topic": _("There is no such category.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, default=None, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """One that there is."""
        slug = super().to_internal_value(data)
        if category(slug=slug) is None:
            self.fail("topic")
        return slug


def _audience(**more: Any) -> Choice:
    return Choice(
        choices=[(one.value, one.value) for one in Audience],
        required=False,
        help_text="Who meets it in lists. `followers`: everybody 24 hours after it was published.",
        **more,
    )


def _tags() -> Any:
    return serializers.ListField(child=TagIn(), required=False, default=list, max_length=MAX_TAGS)


class FurtherIn(In):
    """A stored picture (`picture_create`) that a pin shows after its first."""

    picture_id = Id()
    alt = Text(limit=ALT_LIMIT, required=False, allow_blank=True, multiline=True)


def _further(**more: Any) -> Any:
    return serializers.ListField(child=FurtherIn(), required=False, max_length=MAX_FURTHER, **more)


class PinIn(In):
    """A pin: a stored picture (`picture_create`), a title, and what can be bought from it."""

    picture_id = Id()
    title = Text(limit=120, required=False, allow_blank=True, default="")
    text = Text(limit=2000, multiline=True, required=False, allow_blank=True, default="")
    link = PublicUrl(required=False, allow_blank=True, default="")
    category = Topic()
    ai_made = Flag(required=False, default=False)
    audience = _audience(default=Audience.EVERYONE.value)
    tags = _tags()
    further = _further(default=list)
    publish = Flag(required=False, default=True)


class PinChangeIn(In):
    """A pin, whole: what is left out is empty, but for its pictures, alternative text, focus and
    who sees it."""

    title = Text(limit=120, required=False, allow_blank=True, default="")
    text = Text(limit=2000, multiline=True, required=False, allow_blank=True, default="")
    link = PublicUrl(required=False, allow_blank=True, default="")
    category = Topic()
    ai_made = Flag(required=False, default=False)
    audience = _audience()
    tags = _tags()
    board = Id(required=False, allow_null=True, default=None)
    picture_id = Id(required=False)
    alt = Text(limit=ALT_LIMIT, required=False, allow_blank=True)
    focus = FocusIn(required=False)
    further = _further()
    publish = Flag(required=False, default=False)
    version = Whole(min_value=1, max_value=2**31 - 1, required=False, allow_null=True, default=None)

    def validate(self, attrs: Any) -> Any:
        """Who sees it, as one of those words."""
        if "audience" in attrs:
            attrs["audience"] = Audience(attrs["audience"])
        return attrs


class PinTimeIn(In):
    """When, in UTC or with an offset."""

    at = Moment()


class FromProductIn(In):
    """One of the brand's own products that are on sale."""

    product_id = Id()


class OwnPinsAsked(FindAsked):
    """A state, and words of the title."""

    state = Choice(
        choices=[(one, one) for one in ("draft", "published", "taken_down")], required=False
    )
    sort = sort_field(SORTS, default="newest")


class OwnTagOut(Out):
    """A product on the pin, and where: `x`, `y` are shares of width and height from the upper left,
    0 to 1 in steps of 0.001, as they were sent."""

    product_id = serializers.CharField(source="product")
    variant_id = serializers.SerializerMethodField()
    x = serializers.SerializerMethodField()
    y = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"]})
    def get_variant_id(self, row: Any) -> str | None:
        """Null: the product as such."""
        return row.variant or None

    def get_x(self, row: Any) -> float:
        """Across."""
        return float(Decimal(row.x) / 100)

    def get_y(self, row: Any) -> float:
        """Down."""
        return float(Decimal(row.y) / 100)


class ChangeOut(Out):
    """One change since the pin was first published; `by` is empty for its author.

    By `version` the pin goes back to what it said before.
    """

    version = serializers.IntegerField()
    at = Instant()
    by = serializers.CharField()
    what = serializers.ListField(child=serializers.CharField())


class OwnPinOut(Out):
    """A pin as its author edits it."""

    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    text = serializers.CharField()
    link = serializers.CharField()
    ai_made = serializers.BooleanField()
    audience = audience_field()
    state = serializers.ChoiceField(choices=[state.value for state in PinState])
    version = serializers.IntegerField()
    category = serializers.SerializerMethodField()
    board = serializers.SerializerMethodField()
    picture = PictureField()
    published_at = Instant(allow_null=True)
    publish_at = Instant(allow_null=True)
    further = serializers.ListField(child=PictureField())
    tags = OwnTagOut(source="rows", many=True)
    changes = ChangeOut(source="history", many=True)

    @extend_schema_field({"type": ["string", "null"]})
    def get_category(self, pin: Any) -> str | None:
        """Its slug."""
        return pin.category or None

    @extend_schema_field({"type": ["string", "null"]})
    def get_board(self, pin: Any) -> str | None:
        """The board that it lies on, of its author's."""
        return pin.board or None
