"""What must hold of the catalogue (see `core.audits`)."""

from catalog.states import MOVES, TAKEN_DOWN
from core import audits

# A take-down stands beside the state: what its seller did meanwhile is written down as ever.
_LAST_MOVE = """
SELECT '{kind} ' || p.public_id, 'is ' || p.state || ', last written down as '
    || coalesce(m.to_state, 'nothing')
FROM catalog_{kind} p
LEFT JOIN LATERAL (
    SELECT to_state FROM catalog_{kind}move
    WHERE {kind}_id = p.id AND to_state <> %(taken_down)s ORDER BY id DESC LIMIT 1
) m ON true
WHERE p.state IS DISTINCT FROM m.to_state
"""
_OFF_THE_GRAPH = """
SELECT '{kind} ' || p.public_id,
    coalesce(nullif(m.from_state, ''), 'nothing') || ' to ' || m.to_state
FROM catalog_{kind}move m JOIN catalog_{kind} p ON p.id = m.{kind}_id
WHERE NOT m.from_state || '>' || m.to_state = ANY(%(known)s)
ORDER BY m.id
"""
_KNOWN = [
    ">draft",
    *(f"{old}>{new}" for old, news in MOVES.items() for new in news),
    *(f"{state}>{state}" for state in MOVES),  # edited
    *(f"{state}>{TAKEN_DOWN}" for state in MOVES),
    *(f"{TAKEN_DOWN}>{state}" for state in MOVES),
]

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

_VARIANTS = """
SELECT 'product ' || p.public_id, 'counts ' || p.variant_count || ' variants and has ' || v.n
FROM catalog_product p
CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM catalog_variant WHERE product_id = p.id AND active
) v
WHERE p.variant_count <> v.n
"""


def register() -> None:
    for kind in ("product", "service"):
        audits.register(
            invariant="I9",
            says=f"The last written move of a {kind} is its state",
            sql=_LAST_MOVE.format(kind=kind),
            params={"taken_down": TAKEN_DOWN},
        )
        audits.register(
            invariant="I9",
            says=f"{kind.capitalize()}s move along their graph",
            sql=_OFF_THE_GRAPH.format(kind=kind),
            params={"known": _KNOWN},
        )
    audits.register(
        invariant="I14", says="A collection holds products of its own brand", sql=_FOREIGN_ITEM
    )
    audits.register(
        invariant="I14", says="What a rule finds is not also put in by hand", sql=_ITEM_OF_RULE
    )
    audits.register(
        invariant="I11", says="A product counts the variants that it offers", sql=_VARIANTS
    )
