"""Writes of buying and selling: bag, checkout, purchase, parcel, cancellation."""

from orders.actions.bag import Added, add_to_bag, change_line, merge_bag, recount, remove_line
from orders.actions.buying import buy_now
from orders.actions.checkouts import (
    place_order,
    renew_checkout,
    start_checkout,
    update_checkout,
)
from orders.actions.claiming import claim_by_address, claim_orders
from orders.actions.fulfilling import (
    cancel_order,
    confirm_delivery,
    mark_packed,
    ship,
    take_packed_back,
)
from orders.actions.lapsing import cancel_unpaid
from orders.actions.settling import catch_up, drop_failed, fail, settle, start
from orders.actions.sweeping import expire_checkouts, stop_payment

__all__ = [
    "Added",
    "add_to_bag",
    "buy_now",
    "cancel_order",
    "cancel_unpaid",
    "catch_up",
    "change_line",
    "claim_by_address",
    "claim_orders",
    "confirm_delivery",
    "drop_failed",
    "expire_checkouts",
    "fail",
    "mark_packed",
    "merge_bag",
    "place_order",
    "recount",
    "remove_line",
    "renew_checkout",
    "settle",
    "ship",
    "start",
    "start_checkout",
    "stop_payment",
    "take_packed_back",
    "update_checkout",
]
