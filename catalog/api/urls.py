from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from catalog.api import views

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
]
