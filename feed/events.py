"""Facts that the feed states."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class PinPublished(Event):
    pin_id: str
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PinSaved(Event):
    pin_id: str
    saver_id: int
    board_id: str


@dataclass(frozen=True, kw_only=True)
class PinTakenDown(Event):
    """An operator removed a pin from every page. `at` tells a second time from the first."""

    pin_id: str
    author_id: int = 0
    title: str = ""
    reason: str = ""
    at: str = ""
