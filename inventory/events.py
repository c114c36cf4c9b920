"""Facts that inventory states."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class StockLow(Event):
    """A variant fell to its low-stock mark or below. `variant_id` is the primary key; `at` tells a
    second time from the first."""

    variant_id: int
    available: int
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class HoldExpired(Event):
    """Nobody paid in time: everything held under the reference is back on the shelf."""

    reference: str
