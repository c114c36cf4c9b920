"""Reads of buying. Each says how many statements it costs; none grows with the rows it returns."""

from orders.numbers import read_order_number
from orders.queries.bags import bag_for
from orders.queries.checkouts import checkout_for, latest_purchase_id
from orders.queries.customers import customer, customers
from orders.queries.orders import (
    bought_line,
    companies_left,
    guest_orders,
    has_bought,
    order_for,
    order_for_seller,
    orders_asked,
    orders_for,
    orders_for_seller,
    orders_on_the_way,
    purchase_for,
    purchase_standing,
)
from orders.queries.selling import (
    checkouts_with,
    kept_total,
    orders_waiting,
    seller_orders,
    usual_sort,
)

__all__ = [
    "bag_for",
    "bought_line",
    "checkout_for",
    "checkouts_with",
    "companies_left",
    "customer",
    "customers",
    "guest_orders",
    "has_bought",
    "kept_total",
    "latest_purchase_id",
    "order_for",
    "order_for_seller",
    "orders_asked",
    "orders_for",
    "orders_for_seller",
    "orders_on_the_way",
    "orders_waiting",
    "purchase_for",
    "purchase_standing",
    "read_order_number",
    "seller_orders",
    "usual_sort",
]
