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


_FOREIGN_ITEM = """
SELECT 'collection ' || c.public_id, 'holds product ' || p.public_id || ' of another brand'
FROM catalog_collectionitem i
JOIN catalog_collection c ON c.id = i.collection_id
JOIN catalog_product p ON p.id = i.product_id
WHERE p.seller_id <> c.seller_id
"""

_ITEM_OF_RULE = """
SELECT 'collection ' || c.public_id, 'is by a rule and has products by hand'
FROM catalog_collection c
WHERE c.kind = 'rule' AND EXISTS (
    SELECT 1 FROM catalog_collectionitem i WHERE i.collection_id = c.id
)
"""


def register() -> None:
    audits.register(
        invariant="I9", says="The last written move of a product is its state", sql=_LAST_MOVE
    )
    audits.register(
        invariant="I14", says="A collection holds products of its own brand", sql=_FOREIGN_ITEM
    )
    audits.register(
        invariant="I14", says="What a rule finds is not also put in by hand", sql=_ITEM_OF_RULE
    )
