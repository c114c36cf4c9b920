"""Bodies and questions of the operations of the feed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.shapes import ByLineOut
from api.fields import Asked, Flag, Id, In, Out, PublicUrl, Text, Word
from feed.shapes import BoardOut
from feed.types import MAX_TAGS


class WallAsked(Asked):
    """Where on a wall: follow `next`, so that the wall stands still while it is read."""

    scroll = serializers.CharField(required=False, max_length=40, default="")
    page = serializers.CharField(required=False, max_length=3, default="")


class ExploreAsked(WallAsked):
    """The same of one category."""

    category = serializers.CharField(required=False, max_length=80, default="")


class SaveIn(In):
    """On which board: one of yours, a new one, or neither for the one used last."""

    board = Id(required=False)
    new_board = Text(limit=80, required=False)

    def validate(self, attrs: Any) -> Any:
        """One of them."""
        if len(attrs) > 1:
            raise serializers.ValidationError(_("Name a board or a new one."), code="both")
        return attrs


class BoardIn(In):
    """A new board."""

    title = Text(limit=80)
    secret = Flag(required=False, default=False)


class BoardAsked(Asked):
    """Off which board; off all of yours when none is named."""

    board = Id(required=False)


class BoardHeadOut(Out):
    """A board with its text and whose it is; its pins are a list of their own."""

    board = BoardOut()
    text = serializers.CharField()
    owner = ByLineOut()
    own = serializers.BooleanField()


class Share(serializers.FloatField):
    """A place on a picture, from 0 to 1."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=1, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Numbers only, to three places."""
        if type(data) not in (int, float):
            self.fail("invalid")
        return round(Decimal(str(super().to_internal_value(data))), 3)


class TagIn(In):
    """A product on the picture, as such or in one variant."""

    product_id = Id()
    variant_id = Id(required=False, default=None, allow_null=True)
    x = Share()
    y = Share()


class PinIn(In):
    """A pin: a stored picture (`pictures_create`), a title, and what can be bought from it."""

    picture_id = Id()
    title = Text(limit=120)
    text = Text(limit=2000, multiline=True, required=False, allow_blank=True, default="")
    link = PublicUrl(required=False, allow_blank=True, default="")
    category = Word(required=False, allow_null=True, default=None)
    ai_made = Flag(required=False, default=False)
    tags = serializers.ListField(
        child=TagIn(),
        required=False,
        default=list,
        max_length=MAX_TAGS,
    )
    publish = Flag(required=False, default=True)


class FromProductIn(In):
    """One of the brand's own products that are on sale."""

    product_id = Id()


class StudioPinsAsked(Asked):
    """Words of the title."""

    find = serializers.CharField(required=False, max_length=100, default="")
