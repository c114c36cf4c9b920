from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from orders.api import buying, customers, orders

app_name = "orders_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("quote/", resource(get=buying.quote), name="quote"),
    path("purchases/", resource(post=buying.buy), name="purchases"),
    path("purchases/<str:public_id>/", resource(get=buying.read_purchase), name="purchase"),
    path(
        "purchases/<str:public_id>/check/",
        resource(post=buying.check_purchase),
        name="purchase_check",
    ),
    path("bag/", resource(get=buying.read_bag), name="bag"),
    path("bag/lines/", resource(post=buying.add_line), name="bag_lines"),
    path(
        "bag/lines/<str:variant_id>/",
        resource(patch=buying.change_line, delete=buying.remove_line),
        name="bag_line",
    ),
    path("checkouts/", resource(post=buying.start_checkout), name="checkouts"),
    path(
        "checkouts/<str:public_id>/",
        resource(get=buying.read_checkout, patch=buying.change_checkout),
        name="checkout",
    ),
    path(
        "checkouts/<str:public_id>/complete/",
        resource(post=buying.complete_checkout),
        name="checkout_complete",
    ),
    path(
        "checkouts/<str:public_id>/renew/",
        resource(post=buying.renew_checkout),
        name="checkout_renew",
    ),
    path(
        "checkouts/<str:public_id>/stop/", resource(post=buying.stop_checkout), name="checkout_stop"
    ),
    path("orders/", resource(get=orders.list_orders), name="orders"),
    path("orders/claim/", resource(post=orders.claim), name="claim"),
    path("orders/<str:number>/", resource(get=orders.read_order), name="order"),
    path("orders/<str:number>/cancel/", resource(post=orders.cancel_order), name="cancel"),
    path("orders/<str:number>/received/", resource(post=orders.received), name="received"),
    path(
        "studio/<str:handle>/customers/",
        resource(get=customers.list_customers),
        name="studio_customers",
    ),
    path(
        "studio/<str:handle>/customers/<str:number>/",
        resource(get=customers.read_customer),
        name="studio_customer",
    ),
    path("studio/<str:handle>/orders/", resource(get=orders.list_sales), name="studio_orders"),
    path("studio/<str:handle>/orders/pack/", resource(post=orders.pack), name="studio_pack"),
    path("studio/<str:handle>/orders/unpack/", resource(post=orders.unpack), name="studio_unpack"),
    path(
        "studio/<str:handle>/orders/<str:number>/",
        resource(get=orders.read_sale),
        name="studio_order",
    ),
    path(
        "studio/<str:handle>/orders/<str:number>/ship/",
        resource(post=orders.ship),
        name="studio_ship",
    ),
    path(
        "studio/<str:handle>/orders/<str:number>/cancel/",
        resource(post=orders.cancel_sale),
        name="studio_cancel",
    ),
]
