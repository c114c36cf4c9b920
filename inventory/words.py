"""Availability in words. Pure."""

from inventory.types import Availability

# At this many available units, or fewer, cards say so and the seller is told.
LOW_AT = 3


def availability(available: int) -> Availability:
    """The word that cards show for this many available units."""
    if available <= 0:
        return "sold_out"
    return "low" if available <= LOW_AT else "in_stock"
