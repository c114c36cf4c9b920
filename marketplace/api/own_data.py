"""What a feed goes by, in numbers."""

from __future__ import annotations

from rest_framework import serializers

from accounts.types import Call
from api.fields import Out
from api.operations import operation
from marketplace.pages.own_data import OwnData, own_data


class OwnDataOut(Out):
    """What steers your Home, if you let it (`personal`), and orders that are on their way."""

    personal = serializers.BooleanField()
    interests = serializers.IntegerField(source="picks")
    follows = serializers.IntegerField(help_text="Of people, brands and boards.")
    saves = serializers.IntegerField()
    hidden = serializers.IntegerField(help_text="Whom and what you muted or blocked.")
    orders_on_the_way = serializers.IntegerField(source="orders")


@operation(id="own_data_read", tag="People", scope="profile", gives=OwnDataOut)
def read_own_data(call: Call) -> OwnData:
    """What steers your Home, in numbers, and how many orders would outlive your account."""
    return own_data(viewer=call.viewer)
