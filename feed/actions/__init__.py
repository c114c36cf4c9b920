"""Writes of the feed."""

from feed.actions.boards import create_board, save_pin, save_to_new_board, unsave_pin
from feed.actions.pins import create_pin, pin_from_product, publish_pin, restore_pin, take_down_pin
from feed.popularity import refresh as refresh_popularity

__all__ = [
    "create_board",
    "create_pin",
    "pin_from_product",
    "publish_pin",
    "refresh_popularity",
    "restore_pin",
    "save_pin",
    "save_to_new_board",
    "take_down_pin",
    "unsave_pin",
]
