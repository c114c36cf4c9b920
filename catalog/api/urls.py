from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from catalog.api import looks, studio, views

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
        resource(put=studio.go_away, delete=studio.come_back),
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
]
