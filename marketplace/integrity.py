"""What must hold between apps that do not know each other (see `core.audits`)."""

from core import audits

# Paid orders have their part of a payment that lives; what was shipped is taken once.
_PAID = """
SELECT 'order ' || o.number, 'is ' || o.state || ' over ' || o.total || ', its share is '
    || coalesce(s.amount::text, 'missing')
FROM orders_order o
LEFT JOIN (
    SELECT s.reference, s.amount FROM payments_paymentshare s
    JOIN payments_payment p ON p.id = s.payment_id
    WHERE p.state IN ('authorized', 'captured', 'refunded', 'voided', 'review')
) s ON s.reference = o.number
WHERE o.paid_at IS NOT NULL AND o.total > 0 AND s.amount IS DISTINCT FROM o.total
"""
_SHIPPED = """
SELECT 'order ' || o.number, 'parcels are worth ' || f.amount || ', captured is ' || s.captured
FROM orders_order o
JOIN (SELECT order_id, sum(amount) AS amount, max(shipped_at) AS last FROM orders_fulfilment
      GROUP BY order_id) f ON f.order_id = o.id
JOIN (
    SELECT s.reference, sum(s.captured) AS captured,
        bool_or(EXISTS (SELECT FROM payments_operation op WHERE op.share_id = s.id
                        AND op.kind = 'capture' AND op.state <> 'done')) AS unfinished
    FROM payments_paymentshare s GROUP BY s.reference
) s ON s.reference = o.number
WHERE f.last < %(settled)s AND NOT s.unfinished AND s.captured <> f.amount
"""
_TOLD = """
SELECT 'order ' || o.number, 'paid at ' || o.paid_at || ', nobody was told'
FROM orders_order o JOIN orders_purchase p ON p.id = o.purchase_id
WHERE p.paid_at < %(settled)s AND NOT EXISTS (
    SELECT FROM core_outboxevent e JOIN core_delivery d ON d.event_id = e.id
    WHERE e.type = 'orders.OrderPaid' AND e.data ->> 'order_number' = o.number
        AND d.receiver = 'orders.receivers.tell_paid' AND d.state IN ('done', 'pending')
) AND NOT EXISTS (
    SELECT FROM notifications_mail m WHERE m.event_key = 'purchase:' || p.id || ':paid'
) AND NOT EXISTS (
    SELECT FROM notifications_notice n WHERE n.event_key = 'purchase:' || p.id || ':paid'
)
"""
_PROFILES_FOUND = """
SELECT 'profile @' || p.handle, 'is ' || p.state || ' and in the index'
FROM accounts_profile p JOIN search_document d ON d.public_id = p.public_id
WHERE d.kind IN ('brand', 'person') AND p.state <> 'approved'
"""
_PRODUCTS_FOUND = """
SELECT 'product ' || p.public_id, 'is ' || p.state || ' and in the index'
FROM catalog_product p
JOIN search_document d ON d.kind = 'product' AND d.public_id = p.public_id
JOIN accounts_profile s ON s.id = p.seller_id
WHERE p.state <> 'published' OR p.taken_down_at IS NOT NULL OR s.state <> 'approved'
"""
_PINS_FOUND = """
SELECT 'pin ' || p.public_id, 'is ' || p.state || ' and in the index'
FROM feed_pin p
JOIN search_document d ON d.kind = 'pin' AND d.public_id = p.public_id
JOIN accounts_profile a ON a.id = p.author_id
WHERE p.state <> 'published' OR a.state <> 'approved'
"""


def register() -> None:
    for invariant, says, sql in (
        ("I3", "A paid order has its share of a payment", _PAID),
        ("I3", "What was shipped was taken, once", _SHIPPED),
        ("I7", "Everybody hears that an order was paid", _TOLD),
        ("I10", "Only approved profiles are found", _PROFILES_FOUND),
        ("I10", "Only products on sale are found", _PRODUCTS_FOUND),
        ("I10", "Only pins that everybody may see are found", _PINS_FOUND),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
