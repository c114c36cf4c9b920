from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from catalog.api import collections, looks, studio, views

app_name = "catalog_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("categories/", resource(get=views.list_categories), name="categories"),
    path("products/<str:public_id>/", resource(get=views.read_product), name="product"),
    path("products/<str:public_id>/related/", resource(get=views.read_related), name="related"),
    path("products/<str:public_id>/delivery/", resource(get=views.list_delivery), name="delivery"),
    path("variants/<str:variant_id>/", resource(get=views.read_offer), name="variant"),
    path(
        "profiles/<str:handle>/products/", resource(get=views.list_products_of), name="products_of"
    ),
    path(
        "profiles/<str:handle>/storefront/",
        resource(get=views.read_storefront),
        name="storefront",
    ),
    path(
        "studio/<str:handle>/delivery/",
        resource(get=studio.list_methods, post=studio.create_method),
        name="studio_delivery",
    ),
    path(
        "studio/<str:handle>/delivery/<str:method_id>/",
        resource(put=studio.change_method, patch=studio.switch_method),
        name="studio_delivery_method",
    ),
    path(
        "studio/<str:handle>/delivery/<str:method_id>/move/",
        resource(post=studio.move_method),
        name="studio_delivery_move",
    ),
    path(
        "studio/<str:handle>/vacation/",
        resource(get=studio.read_vacation, put=studio.go_away, delete=studio.come_back),
        name="studio_vacation",
    ),
    path(
        "studio/<str:handle>/storefront/",
        resource(get=looks.read_look, put=looks.change_look),
        name="studio_look",
    ),
    path(
        "studio/<str:handle>/storefront/undo/",
        resource(post=looks.undo_look),
        name="studio_look_undo",
    ),
    path(
        "studio/<str:handle>/storefront/redo/",
        resource(post=looks.redo_look),
        name="studio_look_redo",
    ),
    path(
        "profiles/<str:handle>/collections/",
        resource(get=collections.list_shown),
        name="collections_of",
    ),
    path(
        "profiles/<str:handle>/collections/<str:slug>/",
        resource(get=collections.read_shown),
        name="collection",
    ),
    path(
        "profiles/<str:handle>/collections/<str:slug>/products/",
        resource(get=collections.list_products),
        name="collection_products",
    ),
    path(
        "studio/<str:handle>/collections/",
        resource(get=collections.list_own, post=collections.create),
        name="studio_collections",
    ),
    path(
        "studio/<str:handle>/collections/try/",
        resource(post=collections.try_rule),
        name="studio_collection_try",
    ),
    path(
        "studio/<str:handle>/collections/<str:public_id>/",
        resource(get=collections.read_own, put=collections.change, delete=collections.delete),
        name="studio_collection",
    ),
    path(
        "studio/<str:handle>/collections/<str:public_id>/restore/",
        resource(post=collections.restore),
        name="studio_collection_restore",
    ),
]
