"""Reads of the catalogue. Each answers with values, never with rows, and says how many statements
it costs; none of them grows with the number of rows it returns.
"""

from catalog.queries.attributes import (
    attributes,
    attributes_asked,
    facets,
    forget_attributes,
)
from catalog.queries.cards import product_cards, products_of, related_products
from catalog.queries.categories import (
    categories,
    category,
    category_tree_ids,
    forget_categories,
    goods_categories,
)
from catalog.queries.choices import variant_choices
from catalog.queries.choosing import Axis, axes_of
from catalog.queries.collections import (
    collectables,
    collection_addresses,
    collection_for_seller,
    collection_page,
    collection_shelves,
    collection_standings,
    collections_of,
    last_collection_id,
    rule_matches,
    seller_collections,
)
from catalog.queries.delivery import delivery_options, methods_of
from catalog.queries.mapping import (
    last_product_id,
    last_service_id,
    product_addresses,
    service_addresses,
)
from catalog.queries.offers import offers
from catalog.queries.page import product_page
from catalog.queries.problems import product_problems
from catalog.queries.selling import to_buy
from catalog.queries.services import (
    seller_services,
    service_alt_score,
    service_cards,
    service_count,
    service_for_seller,
    service_page,
    service_source,
    service_standings,
    services_for_seller,
    services_wall,
)
from catalog.queries.storefronts import (
    brand_style,
    last_save,
    last_undone,
    storefront,
    terms_of_seller,
)
from catalog.queries.studio import (
    alt_score,
    product_for_seller,
    product_source,
    product_standings,
    products_for_seller,
    public_ids_of,
    seller_products,
)
from catalog.queries.variants import seller_variants, variant_names

__all__ = [
    "Axis",
    "alt_score",
    "attributes",
    "attributes_asked",
    "axes_of",
    "brand_style",
    "categories",
    "category",
    "category_tree_ids",
    "collectables",
    "collection_addresses",
    "collection_for_seller",
    "collection_page",
    "collection_shelves",
    "collection_standings",
    "collections_of",
    "delivery_options",
    "facets",
    "forget_attributes",
    "forget_categories",
    "goods_categories",
    "last_collection_id",
    "last_product_id",
    "last_save",
    "last_service_id",
    "last_undone",
    "methods_of",
    "offers",
    "product_addresses",
    "product_cards",
    "product_for_seller",
    "product_page",
    "product_problems",
    "product_source",
    "product_standings",
    "products_for_seller",
    "products_of",
    "public_ids_of",
    "related_products",
    "rule_matches",
    "seller_collections",
    "seller_products",
    "seller_services",
    "seller_variants",
    "service_addresses",
    "service_alt_score",
    "service_cards",
    "service_count",
    "service_for_seller",
    "service_page",
    "service_source",
    "service_standings",
    "services_for_seller",
    "services_wall",
    "storefront",
    "terms_of_seller",
    "to_buy",
    "variant_choices",
    "variant_names",
]
