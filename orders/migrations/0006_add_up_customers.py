"""What was bought so far, added up once; from then on `orders.customers` does it."""

from django.db import migrations

ADD_UP = """
INSERT INTO orders_customer (seller_id, buyer, first_id, last_id, orders, spent, currency)
SELECT seller_id, buyer, min(id), max(id), count(*),
    coalesce(sum(kept) FILTER (WHERE currency = latest), 0), min(latest)
FROM (
    SELECT o.seller_id, o.id, o.currency, keyed.buyer,
        CASE WHEN o.state = 'cancelled' THEN 0 ELSE o.total - o.given_back END AS kept,
        first_value(o.currency) OVER (
            PARTITION BY o.seller_id, keyed.buyer ORDER BY o.id DESC
        ) AS latest
    FROM orders_order o
    JOIN orders_purchase p ON p.id = o.purchase_id
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN o.user_id IS NOT NULL THEN 'u' || o.user_id
            WHEN p.email = '' THEN 'o' || o.id
            ELSE 'e' || lower(p.email)
        END AS buyer
    ) keyed
    WHERE o.paid_at IS NOT NULL
) sold
GROUP BY seller_id, buyer
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_customers")]
    operations = [migrations.RunSQL(ADD_UP, migrations.RunSQL.noop)]
