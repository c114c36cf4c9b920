"""Addresses of buying. Names are part of the contract with templates of other apps."""

from django.urls import URLPattern, URLResolver, path

from orders.views import bag, buy, checkout, orders, selling, studio

app_name = "orders"
urlpatterns: list[URLPattern | URLResolver] = [
    path("buy/<str:variant_ids>/", buy.sheet, name="buy"),
    path("bag/", bag.page, name="bag"),
    path("bag/add/", bag.add, name="bag_add"),
    path("bag/line/", bag.line, name="bag_line"),
    path("checkout/", checkout.start, name="checkout_start"),
    path("checkout/<str:public_id>/", checkout.page, name="checkout"),
    path("checkout/<str:public_id>/return/", checkout.come_back, name="checkout_return"),
    path("checkout/<str:public_id>/stop/", checkout.stop, name="checkout_stop"),
    path("orders/", orders.listing, name="list"),
    path("orders/purchase/<str:public_id>/", orders.purchase, name="purchase"),
    path("order/claim/<str:token>/", orders.claim, name="claim"),
    path("order/<str:number>/", orders.order, name="order"),
    path("order/<str:number>/track/", orders.track, name="order_track"),
    path("order/<str:number>/cancel/", orders.cancel, name="cancel"),
    path("order/<str:number>/received/", orders.received, name="received"),
    path("studio/<str:handle>/orders/", selling.listing, name="studio_orders"),
    path("studio/<str:handle>/orders/pack/", studio.pack, name="studio_pack"),
    path("studio/<str:handle>/orders/<str:number>/", studio.detail, name="studio_order"),
    path("studio/<str:handle>/orders/<str:number>/unpack/", studio.unpack, name="studio_unpack"),
    path("studio/<str:handle>/orders/<str:number>/ship/", studio.ship, name="studio_ship"),
    path("studio/<str:handle>/orders/<str:number>/cancel/", studio.cancel, name="studio_cancel"),
]
