"""Writes of inventory: counting units, and keeping them for somebody."""

from inventory.actions.counting import (
    adjust,
    count,
    receive,
    set_low_mark,
    take_back,
    write_off,
)
from inventory.actions.ending import consume, release, release_part
from inventory.actions.holding import commit, expire_holds, extend, reserve
from inventory.actions.sheets import SAID_BY_PEOPLE, Booked, Sheet, book_sheet, take_sheet_back

__all__ = [
    "SAID_BY_PEOPLE",
    "Booked",
    "Sheet",
    "adjust",
    "book_sheet",
    "commit",
    "consume",
    "count",
    "expire_holds",
    "extend",
    "receive",
    "release",
    "release_part",
    "reserve",
    "set_low_mark",
    "take_back",
    "take_sheet_back",
    "write_off",
]
