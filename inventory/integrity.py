"""What must hold of stock (see `core.audits`)."""

from core import audits

_COUNTS = """
SELECT 'variant ' || coalesce(v.sku, v.public_id),
    s.on_hand || ' on hand, ' || s.reserved || ' reserved'
FROM inventory_stock s JOIN catalog_variant v ON v.id = s.variant_id
WHERE s.on_hand < 0 OR s.reserved < 0 OR s.reserved > s.on_hand
"""
_RESERVED = """
SELECT 'variant ' || coalesce(v.sku, v.public_id),
    s.reserved || ' reserved, ' || coalesce(r.open, 0) || ' held by buyers'
FROM inventory_stock s
JOIN catalog_variant v ON v.id = s.variant_id
LEFT JOIN (
    SELECT stock_id, sum(quantity - consumed - released) AS open
    FROM inventory_reservation WHERE state IN ('held', 'committed') GROUP BY stock_id
) r ON r.stock_id = s.variant_id
WHERE s.reserved <> coalesce(r.open, 0)
"""
_MOVEMENTS = """
SELECT 'variant ' || coalesce(v.sku, v.public_id),
    s.on_hand || ' on hand, movements sum to ' || coalesce(m.sum, 0)
FROM inventory_stock s
JOIN catalog_variant v ON v.id = s.variant_id
LEFT JOIN (
    SELECT stock_id, sum(quantity) AS sum FROM inventory_stockmovement GROUP BY stock_id
) m ON m.stock_id = s.variant_id
WHERE s.on_hand <> coalesce(m.sum, 0)
"""
_OVERDUE = """
SELECT 'reservation ' || r.reference, r.quantity || ' of variant ' || r.stock_id || ' ran out at '
    || r.expires_at
FROM inventory_reservation r WHERE r.state = 'held' AND r.expires_at < %(settled)s
"""


def register() -> None:
    for invariant, says, sql in (
        ("I1", "No count of stock is negative or promised twice", _COUNTS),
        ("I1", "What is reserved is what buyers hold", _RESERVED),
        ("I1", "No hold outlives its time", _OVERDUE),
        ("I2", "What is on hand is the sum of the movements", _MOVEMENTS),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
