from django.urls import URLPattern, URLResolver, path

from feed import studio_views, views

app_name = "feed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("following/", views.following, name="following"),
    path("explore/", views.explore, name="explore"),
    path("explore/<slug:category>/", views.explore, name="explore_category"),
    path("pin/<str:public_id>/", views.pin, name="pin"),
    path("pin/<str:public_id>/save/", views.save, name="save"),
    path("pin/<str:public_id>/unsave/", views.unsave, name="unsave"),
    path("boards/new/", views.new_board, name="new_board"),
    path("board/<str:public_id>/<str:slug>/", views.board, name="board"),
    path("studio/<str:handle>/pins/", studio_views.pins, name="studio_pins"),
    path("studio/<str:handle>/pins/new/", studio_views.new_pin, name="studio_pin_new"),
    path(
        "studio/<str:handle>/pins/from/<str:product_id>/",
        studio_views.pin_product,
        name="studio_pin_from_product",
    ),
    path(
        "studio/<str:handle>/pins/<str:public_id>/publish/",
        studio_views.publish,
        name="studio_pin_publish",
    ),
]
