"""Addresses of the operations that need several apps."""

from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from marketplace.api import finding, own_data, pictures, services, stock, studio

app_name = "market_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", resource(get=finding.search), name="search"),
    path("search/counts/", resource(get=finding.count), name="search_counts"),
    path("search/suggestions/", resource(get=finding.suggest), name="suggestions"),
    path("me/data/", resource(get=own_data.read_own_data), name="own_data"),
    path("me/interests/", resource(put=finding.change_interests), name="interests"),
    path("pictures/", resource(post=pictures.store), name="pictures"),
    path(
        "pictures/<str:public_id>/",
        resource(get=pictures.read, patch=pictures.change),
        name="picture",
    ),
    path("studio/<str:handle>/", resource(get=studio.read_dashboard), name="dashboard"),
    path(
        "studio/<str:handle>/products/",
        resource(get=studio.list_products, post=studio.create_product),
        name="studio_products",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/",
        resource(get=studio.read_product, put=studio.change_product),
        name="studio_product",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/publish/",
        resource(post=studio.publish_product),
        name="studio_product_publish",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/archive/",
        resource(post=studio.archive_product),
        name="studio_product_archive",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/redraft/",
        resource(post=studio.redraft_product),
        name="studio_product_redraft",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/copy/",
        resource(post=studio.copy_product),
        name="studio_product_copy",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/schedule/",
        resource(put=studio.schedule_product, delete=studio.unschedule_product),
        name="studio_product_schedule",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/stock/",
        resource(get=studio.list_stock, post=studio.change_stock),
        name="studio_stock",
    ),
    path(
        "studio/<str:handle>/stock/",
        resource(get=stock.list_shelf, post=stock.book),
        name="studio_shelf",
    ),
    path(
        "studio/<str:handle>/stock/<str:variant_id>/",
        resource(get=stock.list_history),
        name="studio_shelf_history",
    ),
    path("services/", resource(get=services.list_services), name="services"),
    path("services/<str:public_id>/", resource(get=services.read_service), name="service"),
    path(
        "studio/<str:handle>/services/",
        resource(get=services.list_own, post=services.create_service),
        name="studio_services",
    ),
    path(
        "studio/<str:handle>/services/<str:public_id>/",
        resource(get=services.read_own, put=services.change_service),
        name="studio_service",
    ),
    path(
        "studio/<str:handle>/services/<str:public_id>/publish/",
        resource(post=services.publish_service),
        name="studio_service_publish",
    ),
    path(
        "studio/<str:handle>/services/<str:public_id>/archive/",
        resource(post=services.archive_service),
        name="studio_service_archive",
    ),
    path(
        "studio/<str:handle>/services/<str:public_id>/redraft/",
        resource(post=services.redraft_service),
        name="studio_service_redraft",
    ),
]
