"""Reads of the feed. Every list costs the same number of queries however long it is."""

from feed.boards import board_page, board_titles, boards_of, last_board_for, my_boards
from feed.closeup import (
    author_of_pin,
    pin_cards,
    pin_page,
    pin_titles,
    pins_and_products,
    pins_with_product,
    related_pins,
)
from feed.scroll import Position
from feed.scroll import parse as parse_position
from feed.studio import studio_pins
from feed.timelines import explore_wall, feed_ids, following_timeline, home_timeline, pins_of

__all__ = [
    "Position",
    "author_of_pin",
    "board_page",
    "board_titles",
    "boards_of",
    "explore_wall",
    "feed_ids",
    "following_timeline",
    "home_timeline",
    "last_board_for",
    "my_boards",
    "parse_position",
    "pin_cards",
    "pin_page",
    "pin_titles",
    "pins_and_products",
    "pins_of",
    "pins_with_product",
    "related_pins",
    "studio_pins",
]
