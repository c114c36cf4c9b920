"""What must hold of reviews (see `core.audits`)."""

from core import audits

_FIGURES = """
SELECT 'product ' || p.public_id, 'counts ' || p.rating_sum || ' stars of ' || p.rating_count
    || ' people, has ' || coalesce(r.stars, 0) || ' of ' || coalesce(r.people, 0)
FROM catalog_product p
LEFT JOIN (
    SELECT product_id, sum(stars) AS stars, count(*) AS people
    FROM reviews_review WHERE counts GROUP BY product_id
) r ON r.product_id = p.id
WHERE p.rating_sum <> coalesce(r.stars, 0) OR p.rating_count <> coalesce(r.people, 0)
"""
_NEWEST = """
SELECT 'review ' || r.public_id, 'counts, though its author wrote a newer one'
FROM reviews_review r WHERE r.counts AND EXISTS (
    SELECT 1 FROM reviews_review n WHERE n.product_id = r.product_id
    AND n.author_id = r.author_id AND n.state = 'visible' AND n.id > r.id
)
"""
# Somebody who was let back is counted when that is heard: till then nothing is said about it.
_SILENT = """
SELECT 'product ' || p.public_id, 'counts nothing of what ' || a.handle || ' says of it'
FROM reviews_review r
JOIN catalog_product p ON p.id = r.product_id
JOIN accounts_profile a ON a.id = r.author_id
WHERE r.state = 'visible' AND a.state = 'approved' AND NOT EXISTS (
    SELECT 1 FROM core_delivery d JOIN core_outboxevent e ON e.id = d.event_id
    WHERE d.state = 'pending' AND e.type ^@ 'accounts.' AND (e.data ->> 'profile_id')::bigint = a.id
)
GROUP BY p.public_id, a.handle, r.product_id, r.author_id
HAVING NOT EXISTS (
    SELECT 1 FROM reviews_review c
    WHERE c.product_id = r.product_id AND c.author_id = r.author_id AND c.counts
)
"""
_BOUGHT = """
SELECT 'review ' || r.public_id, 'is not of something that its author bought and that left'
FROM reviews_review r
JOIN catalog_product p ON p.id = r.product_id
JOIN accounts_profile a ON a.id = r.author_id
JOIN orders_orderline l ON l.id = r.line_id
JOIN orders_order o ON o.id = l.order_id
WHERE l.shipped = 0 OR o.paid_at IS NULL OR l.product_public_id <> p.public_id
    OR o.user_id IS DISTINCT FROM a.user_id
"""


def register() -> None:
    audits.register(
        invariant="I11", says="A product's stars are those of its reviews", sql=_FIGURES
    )
    audits.register(invariant="I11", says="The newest review of somebody counts", sql=_NEWEST)
    audits.register(invariant="I11", says="Whoever is seen to review counts", sql=_SILENT)
    audits.register(
        invariant="I11", says="Who reviewed a product has bought it and was sent it", sql=_BOUGHT
    )
