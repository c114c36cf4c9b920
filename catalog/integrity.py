"""What must hold of the catalogue (see `core.audits`)."""

from core import audits

_LAST_MOVE = """
SELECT 'product ' || p.public_id, 'is ' || p.state || ', last written down as ' || m.to_state
FROM catalog_product p
JOIN LATERAL (
    SELECT to_state FROM catalog_productmove
    WHERE product_id = p.id AND to_state IN ('draft', 'published', 'archived')
    ORDER BY id DESC LIMIT 1
) m ON true
WHERE p.state <> m.to_state
"""


def register() -> None:
    audits.register(
        invariant="I9", says="The last written move of a product is its state", sql=_LAST_MOVE
    )
