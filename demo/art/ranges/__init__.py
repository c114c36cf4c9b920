"""What each studio sells."""

from demo.art.goods import Product
from demo.art.ranges import at_home, small_goods, table_and_light

PRODUCTS: tuple[Product, ...] = (
    *small_goods.ONDINE, *table_and_light.LUMEN, *at_home.LOOM, *small_goods.NORTH, *small_goods.MARROW,
    *at_home.HALDEN, *table_and_light.TAVOLA, *at_home.VESTRY,
)  # fmt: skip
BY_KEY: dict[str, Product] = {p.key: p for p in PRODUCTS}
