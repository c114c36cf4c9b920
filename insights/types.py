"""What the dashboards are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.money import Money


@dataclass(frozen=True, kw_only=True)
class SourceTotal:
    """Orders and sales that one kind of source earned; "direct" when nothing led to them."""

    source: str
    orders: int
    sales: Money


@dataclass(frozen=True, kw_only=True)
class RefTotal:
    """Orders and sales that one pin, board or other thing earned (`ref` is its public id)."""

    ref: str
    orders: int
    sales: Money
    impressions: int = 0
    clicks: int = 0


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step from seen to bought, with its count."""

    code: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Period:
    """Sales of some days. `days` has every day from first to last, sales in minor units."""

    first: date
    last: date
    sales: Money
    orders: int
    from_pins: int
    days: tuple[tuple[date, int, int], ...]

    @property
    def average(self) -> Money:
        """Average order; zero without orders."""
        return Money(self.sales.amount // self.orders if self.orders else 0, self.sales.currency)


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """A brand's period beside the one before it. `sources` add up to the orders exactly."""

    now: Period
    before: Period
    sources: tuple[SourceTotal, ...]
    pins: tuple[RefTotal, ...]
    funnel: tuple[Step, ...]
