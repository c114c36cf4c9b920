"""What must hold of purchases and orders (see `core.audits`)."""

from collections.abc import Iterator

from core import audits
from orders.customers import DIFFERING
from orders.models import OrderEvent
from orders.states import ORDER_MOVES, OrderState

_LINES = """
SELECT 'order ' || o.number,
    'lines sum to ' || coalesce(l.total::text, 'nothing') || ', items are ' || o.items_total
FROM orders_order o
LEFT JOIN (SELECT order_id, sum(total) AS total, min(total) AS least FROM orders_orderline
           GROUP BY order_id) l ON l.order_id = o.id
WHERE l.total IS DISTINCT FROM o.items_total OR l.least < 0
"""
_TOTALS = """
SELECT 'order ' || number, items_total || ' + ' || delivery_total || ' is not ' || total
FROM orders_order
WHERE total <> items_total + delivery_total OR least(items_total, delivery_total, tax_total) < 0
    OR tax_total > total
"""
_PURCHASES = """
SELECT 'purchase ' || p.public_id, 'is ' || p.total || ', its orders are ' || coalesce(o.total, 0)
FROM orders_purchase p
LEFT JOIN (SELECT purchase_id, sum(total) AS total FROM orders_order GROUP BY purchase_id) o
    ON o.purchase_id = p.id
WHERE p.total <> coalesce(o.total, 0)
"""
_KEYS = """
SELECT 'key ' || idempotency_key, count(*) || ' purchases of ' || principal
FROM orders_purchase GROUP BY principal, idempotency_key HAVING count(*) > 1
"""
_LAST_EVENT = """
SELECT 'order ' || o.number, 'is ' || o.state || ', last written down as '
    || coalesce(e.to_state, 'nothing')
FROM orders_order o
LEFT JOIN LATERAL (
    SELECT to_state FROM orders_orderevent WHERE order_id = o.id ORDER BY id DESC LIMIT 1
) e ON true
WHERE o.state <> coalesce(e.to_state, 'pending')  -- the first state is not written down
"""
_BAGS = """
SELECT 'profile @' || a.handle, 'shows ' || a.bag_count || ' pieces, the bag has ' || b.pieces
FROM accounts_profile a
JOIN (
    SELECT bag.user_id, coalesce(sum(l.quantity), 0) AS pieces
    FROM orders_bag bag LEFT JOIN orders_bagline l ON l.bag_id = bag.id
    WHERE bag.user_id IS NOT NULL GROUP BY bag.user_id
) b ON b.user_id = a.user_id
WHERE a.bag_count <> b.pieces
"""


def _moves_off_the_graph() -> Iterator[tuple[str, str]]:
    known = {(old.value, new.value) for old, news in ORDER_MOVES.items() for new in news}
    known |= {("", OrderState.PENDING.value)}
    rows = OrderEvent.objects.values_list("order__number", "from_state", "to_state").order_by("id")
    for number, old, new in rows.iterator(chunk_size=2_000):
        if (old, new) not in known:
            yield f"order {number}", f"{old or 'nothing'} to {new}"


# What customers bought, once everybody who adds it up has heard of it.
_CUSTOMERS = f"""
SELECT 'customer of order ' || o.number,
    'keeps ' || coalesce(d.kept_orders, 0) || ' orders and '
    || concat_ws(' ', coalesce(d.kept_spent, 0), d.kept_currency)
    || ', they are ' || coalesce(d.orders, 0) || ' and '
    || concat_ws(' ', coalesce(d.spent, 0), d.currency)
FROM ({DIFFERING}) d
JOIN orders_order o ON o.id = d.first_id
WHERE NOT EXISTS (
    SELECT FROM core_delivery waiting JOIN core_outboxevent e ON e.id = waiting.event_id
    JOIN orders_order other ON other.number = e.data ->> 'order_number'
    WHERE waiting.state = 'pending' AND e.type ^@ 'orders.' AND other.seller_id = o.seller_id
)
"""  # noqa: S608 - our own


def register() -> None:
    for invariant, says, sql in (
        ("I4", "The lines of an order sum to its items", _LINES),
        ("I4", "Items and delivery sum to an order's total", _TOTALS),
        ("I4", "The orders of a purchase sum to its total", _PURCHASES),
        ("I4", "A customer is what their orders add up to", _CUSTOMERS),
        ("I5", "One purchase per key", _KEYS),
        ("I9", "The last written move of an order is its state", _LAST_EVENT),
        ("I11", "The bag counts its pieces", _BAGS),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
    audits.register_check(
        audits.Check(
            invariant="I9", says="Orders move along their graph", find=_moves_off_the_graph
        )
    )
