"""What must hold between apps that do not know each other (see `core.audits`)."""

from core import audits
from core.housekeeping import KEEP_EVENTS

# Paid orders have their part of a payment that lives; what was shipped is taken once, unless a
# person looks at the payment, or the bank let go of it first, which its seller was told.
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
SELECT 'order ' || o.number,
    'parcels are worth ' || coalesce(f.amount, 0) || ', captured is ' || s.captured
FROM orders_order o
LEFT JOIN (SELECT order_id, sum(amount) AS amount, max(shipped_at) AS last FROM orders_fulfilment
           GROUP BY order_id) f ON f.order_id = o.id
JOIN (
    SELECT s.reference, sum(s.captured) AS captured,
        bool_or(EXISTS (SELECT FROM payments_operation op WHERE op.share_id = s.id
                        AND op.kind = 'capture' AND op.state <> 'done')) AS unfinished,
        bool_or(p.state = 'review' OR s.voided > 0 AND s.captured + s.voided = s.amount) AS barred
    FROM payments_paymentshare s JOIN payments_payment p ON p.id = s.payment_id
    GROUP BY s.reference
) s ON s.reference = o.number
WHERE coalesce(f.last < %(settled)s, true) AND NOT s.unfinished
    AND s.captured <> coalesce(f.amount, 0)
    AND NOT (s.barred AND s.captured < coalesce(f.amount, 0))
"""
# The other way round: nothing is held or taken for what nobody ordered, or nobody counts as paid.
# What is asked to go back is on its way.
_ORDERED = """
SELECT 'share ' || s.reference, s.amount - s.void_asked - s.refund_asked
    || ' held or taken, its order is ' || coalesce(o.state || ' and not paid', 'missing')
FROM payments_paymentshare s
JOIN payments_payment p ON p.id = s.payment_id
LEFT JOIN orders_order o ON o.number = s.reference
WHERE o.paid_at IS NULL AND p.state IN ('authorized', 'captured')
    AND s.amount > s.void_asked + s.refund_asked
    AND EXISTS (
        SELECT FROM payments_paymentmove m
        WHERE m.payment_id = p.id AND m.new = 'authorized' AND m.at < %(settled)s
    )
    AND NOT EXISTS (
        SELECT FROM core_delivery d JOIN core_outboxevent e ON e.id = d.event_id
        WHERE d.state = 'pending' AND e.type ^@ 'payments.' AND e.data ->> 'reference' = p.reference
    )
"""
# What was dropped or refunded, once everybody who counts it has heard of it.
_BACK = """
SELECT 'order ' || o.number, 'keeps ' || o.given_back || ' as given back, its share says ' || s.back
FROM orders_order o
JOIN (SELECT reference, sum(voided + refunded) AS back FROM payments_paymentshare
      GROUP BY reference) s ON s.reference = o.number
WHERE o.given_back <> s.back AND NOT EXISTS (
    SELECT FROM core_delivery d JOIN core_outboxevent e ON e.id = d.event_id
    WHERE d.state = 'pending' AND e.type ^@ 'payments.' AND e.data ->> 'share_reference' = o.number
)
"""
_SOLD = """
SELECT 'order ' || o.number, 'keeps ' || o.total - o.given_back || ', credited is ' || c.total
FROM orders_order o JOIN insights_conversion c ON c.order_number = o.number
WHERE c.total <> o.total - o.given_back AND NOT EXISTS (
    SELECT FROM core_delivery d JOIN core_outboxevent e ON e.id = d.event_id
    WHERE d.state = 'pending' AND e.type ^@ 'orders.' AND e.data ->> 'order_number' = o.number
)
"""
# Asked while the news is kept: a mail goes with the account that it went to. What was told, or left
# out because its reader wants none, has its delivery.
_TOLD = f"""
SELECT t.subject, t.at || ', nobody was told: {{kind}}'
FROM ({{duties}}) AS t (subject, at, about, event_key)
WHERE t.at < %(settled)s AND t.at > %(settled)s - interval '{KEEP_EVENTS.days} days'
AND NOT EXISTS (
    SELECT FROM core_outboxevent e JOIN core_delivery d ON d.event_id = e.id
    WHERE e.type = '{{fact}}' AND e.data ->> '{{by}}' = t.about
        AND d.receiver = 'orders.receivers.{{receiver}}' AND d.state IN ('done', 'pending')
) AND NOT EXISTS (
    SELECT FROM notifications_mail m WHERE m.event_key = t.event_key AND m.kind = '{{kind}}'
) AND NOT EXISTS (
    SELECT FROM notifications_notice n WHERE n.event_key = t.event_key AND n.kind = '{{kind}}'
)
"""  # noqa: S608 -- constants of ours
_TO_TELL = {
    "A buyer hears that they paid": {
        "kind": "orders.paid",
        "fact": "orders.OrderPaid",
        "by": "order_number",
        "receiver": "tell_paid",
        "duties": """
            SELECT 'order ' || number, paid_at, number, 'purchase:' || purchase_id || ':paid'
            FROM orders_order WHERE paid_at IS NOT NULL
        """,
    },
    "A brand hears that it sold something": {
        "kind": "orders.sold",
        "fact": "orders.OrderPaid",
        "by": "order_number",
        "receiver": "tell_paid",
        "duties": """
            SELECT 'order ' || number, paid_at, number, 'order:' || number || ':paid'
            FROM orders_order WHERE paid_at IS NOT NULL
        """,
    },
    "A buyer hears of every parcel": {
        "kind": "orders.shipped",
        "fact": "orders.OrderShipped",
        "by": "fulfilment_id",
        "receiver": "tell_shipped",
        "duties": """
            SELECT 'parcel ' || public_id, shipped_at, public_id, 'parcel:' || public_id
            FROM orders_fulfilment
        """,
    },
    "A buyer hears that an order was cancelled": {
        "kind": "orders.cancelled",
        "fact": "orders.OrderCancelled",
        "by": "order_number",
        "receiver": "tell_cancelled",
        "duties": """
            SELECT 'order ' || number, cancelled_at, number, 'order:' || number || ':cancelled'
            FROM orders_order WHERE state = 'cancelled' AND paid_at IS NOT NULL
        """,
    },
    "A buyer hears of money that goes back": {
        "kind": "orders.refunded",
        "fact": "payments.PaymentRefunded",
        "by": "refund_id",
        "receiver": "tell_refunded",
        "duties": """
            SELECT 'refund ' || op.public_id, op.finished_at, op.public_id,
                'refund:' || op.public_id
            FROM payments_operation op JOIN payments_paymentshare s ON s.id = op.share_id
            JOIN orders_order o ON o.number = s.reference
            WHERE op.kind = 'refund' AND op.state = 'done'
        """,
    },
}
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
WHERE p.state <> 'published' OR a.state <> 'approved' OR p.audience = 'link'
"""
_PINS_WAIT = """
SELECT 'pin ' || p.public_id, 'is for ' || p.audience || ' since ' || p.published_at
    || ', found by everybody from ' || coalesce(d.shown_from::text, 'the beginning')
FROM feed_pin p JOIN search_document d ON d.kind = 'pin' AND d.public_id = p.public_id
WHERE d.shown_from IS DISTINCT FROM
    CASE p.audience WHEN 'followers' THEN p.published_at + interval '24 hours' END
"""
# Everything that anybody may see: what it is called, and whose it is.
_SEEN = """
seen AS (
    SELECT p.kind, p.public_id, p.name AS title, p.public_id AS owner FROM accounts_profile p
    WHERE p.state = 'approved'
    UNION ALL
    SELECT 'product', p.public_id, p.title, s.public_id
    FROM catalog_product p JOIN accounts_profile s ON s.id = p.seller_id
    WHERE p.state = 'published' AND p.taken_down_at IS NULL AND s.state = 'approved'
    UNION ALL
    SELECT 'service', p.public_id, p.title, s.public_id
    FROM catalog_service p JOIN accounts_profile s ON s.id = p.seller_id
    WHERE p.state = 'published' AND p.taken_down_at IS NULL AND s.state = 'approved'
    UNION ALL
    SELECT 'pin', p.public_id, p.title, a.public_id
    FROM feed_pin p JOIN accounts_profile a ON a.id = p.author_id
    WHERE p.state = 'published' AND a.state = 'approved' AND p.audience <> 'link'
),
heard_soon AS (
    SELECT p.public_id AS owner FROM core_delivery d JOIN core_outboxevent e ON e.id = d.event_id
    JOIN accounts_profile p ON p.id = (e.data ->> 'profile_id')::bigint
    WHERE d.state = 'pending' AND e.type ^@ 'accounts.'
)
"""
# What somebody shows is found, or no longer, when the news of them is heard: till then nothing is
# said about it.
_AGREES = f"""
WITH {_SEEN}
SELECT seen.kind || ' ' || seen.public_id,
    CASE WHEN d.id IS NULL THEN 'is not in the index' ELSE 'stands there as ' || d.title END
FROM seen LEFT JOIN search_document d ON d.kind = seen.kind AND d.public_id = seen.public_id
WHERE (d.id IS NULL OR d.title <> seen.title OR d.facets ->> 'owner' IS DISTINCT FROM seen.owner)
    AND NOT EXISTS (SELECT FROM heard_soon WHERE heard_soon.owner = seen.owner)
"""  # noqa: S608 -- constants of ours
_HAS_SOURCE = f"""
WITH {_SEEN}
SELECT d.kind || ' ' || d.public_id, 'is in the index and nowhere else'
FROM search_document d LEFT JOIN seen ON d.kind = seen.kind AND d.public_id = seen.public_id
WHERE seen.public_id IS NULL
    AND NOT EXISTS (SELECT FROM heard_soon WHERE heard_soon.owner = d.facets ->> 'owner')
"""  # noqa: S608 -- constants of ours


def register() -> None:
    for invariant, says, sql in (
        ("I3", "A paid order has its share of a payment", _PAID),
        ("I3", "What was shipped was taken, once", _SHIPPED),
        ("I3", "What is held or taken belongs to a paid order", _ORDERED),
        ("I3", "An order counts what went back of its payment", _BACK),
        ("I3", "What an order earned is what it kept", _SOLD),
        *(("I7", says, _TOLD.format(**about)) for says, about in _TO_TELL.items()),
        ("I10", "Only approved profiles are found", _PROFILES_FOUND),
        ("I10", "Only products on sale are found", _PRODUCTS_FOUND),
        ("I10", "Only pins that everybody may see are found", _PINS_FOUND),
        ("I10", "A pin is found by everybody from its moment on", _PINS_WAIT),
        ("I10", "What everybody may see is found under its name", _AGREES),
        ("I10", "Whatever is found may be seen", _HAS_SOURCE),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
