from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from marketplace.pages import (
    account_settings,
    collection,
    keys,
    product_editor,
    profile,
    robots,
    services,
    stock,
    stock_history,
    studio_balance,
    studio_collections,
    studio_customers,
    studio_products,
    studio_services,
)
from marketplace.pages.product import product
from marketplace.pages.search import search
from marketplace.pages.small_print import PAGES, small_print
from marketplace.pages.studio import chooser, overview
from marketplace.pages.styleguide import styleguide
from marketplace.pages.suggestions import suggest_page
from marketplace.pages.theme import theme
from marketplace.pages.welcome import welcome
from marketplace.stylesheets import stylesheet

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("welcome/", welcome, name="welcome"),
    *(path(f"{page}/", small_print, {"page": page}, name=page) for page in PAGES),
    path("css/<slug:digest>/<path:names>.css", stylesheet, name="stylesheet"),
    path("theme/", theme, name="theme"),
    path("keys/", keys.keys, name="keys"),
    path("settings/display/", account_settings.display, name="display"),
    path("settings/data/", account_settings.your_data, name="your_data"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap_index, name="sitemap_index"),
    path("sitemap/<slug:kind>/<int:part>.xml", robots.sitemap, name="sitemap"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest_page, name="suggest"),
    path("studio/", chooser, name="studio_home"),
    path("studio/<str:handle>/", overview, name="studio"),
    path("studio/<str:handle>/stock/", stock.stock, name="studio_stock"),
    path(
        "studio/<str:handle>/stock/<str:public_id>/",
        stock_history.history,
        name="studio_stock_history",
    ),
    path("studio/<str:handle>/balance/", studio_balance.balance, name="studio_balance"),
    path("studio/<str:handle>/customers/", studio_customers.customers, name="studio_customers"),
    path(
        "studio/<str:handle>/customers/<str:number>/",
        studio_customers.customer,
        name="studio_customer",
    ),
    path("studio/<str:handle>/products/", studio_products.products, name="studio_products"),
    path(
        "studio/<str:handle>/products/new/",
        product_editor.new_product,
        name="studio_product_new",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/",
        product_editor.edit_product,
        name="studio_product_edit",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/move/",
        studio_products.move_product,
        name="studio_product_move",
    ),
    path(
        "studio/<str:handle>/products/<str:public_id>/copy/",
        studio_products.copy_product,
        name="studio_product_copy",
    ),
    path(
        "studio/<str:handle>/collections/",
        studio_collections.collections,
        name="studio_collections",
    ),
    path(
        "studio/<str:handle>/collections/new/",
        studio_collections.new_collection,
        name="studio_collection_new",
    ),
    path(
        "studio/<str:handle>/collections/<str:public_id>/",
        studio_collections.edit_collection,
        name="studio_collection_edit",
    ),
    path(
        "studio/<str:handle>/collections/<str:public_id>/delete/",
        studio_collections.remove_collection,
        name="studio_collection_delete",
    ),
    path(
        "studio/<str:handle>/collections/<str:public_id>/restore/",
        studio_collections.bring_back,
        name="studio_collection_restore",
    ),
    path("studio/<str:handle>/services/", studio_services.services, name="studio_services"),
    path(
        "studio/<str:handle>/services/new/",
        studio_services.new_service,
        name="studio_service_new",
    ),
    path(
        "studio/<str:handle>/services/<str:public_id>/",
        studio_services.edit_service,
        name="studio_service_edit",
    ),
    path(
        "studio/<str:handle>/services/<str:public_id>/move/",
        studio_services.move_service,
        name="studio_service_move",
    ),
    path("@<str:handle>/", profile.pins, name="profile"),
    path("@<str:handle>/shop/", profile.shop, name="profile_shop"),
    path("@<str:handle>/services/", profile.services, name="profile_services"),
    path("@<str:handle>/collections/", collection.collections, name="profile_collections"),
    path("@<str:handle>/collections/<str:slug>/", collection.collection, name="collection"),
    path("@<str:handle>/boards/", profile.boards, name="profile_boards"),
    path("@<str:handle>/about/", profile.about, name="profile_about"),
    path("@<str:handle>/followers/", profile.followers, name="profile_followers"),
    path("@<str:handle>/following/", profile.following, name="profile_following"),
    path("product/<str:public_id>/<str:slug>/", product, name="product"),
    path("services/", services.services, name="services"),
    path("service/<str:public_id>/<str:slug>/", services.service, name="service"),
]
if not settings.PRODUCTION:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
