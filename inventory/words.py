"""Availability in words. Pure."""

from inventory.types import Availability

# At this many available units, or fewer, cards say so and the seller is told, unless the seller
# chose another number for the variant.
LOW_AT = 3
MOST_LOW_AT = 10_000


def availability(available: int, low_at: int = LOW_AT) -> Availability:
    """The word that cards show for this many available units."""
    if available <= 0:
        return "sold_out"
    return "low" if available <= low_at else "in_stock"
