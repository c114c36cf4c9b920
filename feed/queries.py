"""Reads of the feed. Every list costs the same number of queries however long it is."""

from feed.audience import early_owners
from feed.board_page import board_form_data, board_page, section_of
from feed.board_pins import board_wall
from feed.boards import (
    board_titles,
    boards_of,
    boards_to_choose,
    held_by,
    may_arrange,
    my_boards,
    saved_count,
)
from feed.closeup import (
    earning_pins,
    pin_cards,
    pin_page,
    pin_preview,
    pin_titles,
    pins_and_products,
    pins_with_product,
    related_pins,
    saved_products,
    saved_services,
)
from feed.comments import comment_subject, talk_page, thread_page
from feed.desk import is_on_a_pin, own_pins, pin_alt_score, pin_for_author
from feed.follows import followed_boards, followed_count
from feed.hashtags import (
    followed_hashtags,
    followed_hashtags_count,
    hashtag,
    hashtag_wall,
)
from feed.kinds import pin_kinds
from feed.mapping import last_pin_id, pin_addresses
from feed.notes import note_page, note_subject
from feed.own_search import search_kept
from feed.portfolio import count_pins_with, pins_with_service, portfolio_choices, portfolio_ids
from feed.scroll import Position
from feed.scroll import parse as parse_position
from feed.timelines import explore_wall, feed_ids, following_timeline, home_timeline, pins_of

__all__ = [
    "Position",
    "board_form_data",
    "board_page",
    "board_titles",
    "board_wall",
    "boards_of",
    "boards_to_choose",
    "comment_subject",
    "count_pins_with",
    "early_owners",
    "earning_pins",
    "explore_wall",
    "feed_ids",
    "followed_boards",
    "followed_count",
    "followed_hashtags",
    "followed_hashtags_count",
    "following_timeline",
    "hashtag",
    "hashtag_wall",
    "held_by",
    "home_timeline",
    "is_on_a_pin",
    "last_pin_id",
    "may_arrange",
    "my_boards",
    "note_page",
    "note_subject",
    "own_pins",
    "parse_position",
    "pin_addresses",
    "pin_alt_score",
    "pin_cards",
    "pin_for_author",
    "pin_kinds",
    "pin_page",
    "pin_preview",
    "pin_titles",
    "pins_and_products",
    "pins_of",
    "pins_with_product",
    "pins_with_service",
    "portfolio_choices",
    "portfolio_ids",
    "related_pins",
    "saved_count",
    "saved_products",
    "saved_services",
    "search_kept",
    "section_of",
    "talk_page",
    "thread_page",
]
