from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from feed.api import studio, views

app_name = "feed_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("walls/home/", resource(get=views.list_home), name="home"),
    path("walls/following/", resource(get=views.list_following), name="following"),
    path("walls/explore/", resource(get=views.list_explore), name="explore"),
    path("pins/<str:public_id>/", resource(get=views.read_pin), name="pin"),
    path("pins/<str:public_id>/related/", resource(get=views.list_related), name="related"),
    path("pins/<str:public_id>/save/", resource(put=views.save, delete=views.unsave), name="save"),
    path("boards/", resource(get=views.list_boards, post=views.create_board), name="boards"),
    path("boards/<str:public_id>/", resource(get=views.read_board), name="board"),
    path("boards/<str:public_id>/pins/", resource(get=views.list_board_pins), name="board_pins"),
    path("profiles/<str:handle>/boards/", resource(get=views.list_boards_of), name="boards_of"),
    path("profiles/<str:handle>/pins/", resource(get=views.list_pins_of), name="pins_of"),
    path(
        "studio/<str:handle>/pins/",
        resource(get=studio.list_pins, post=studio.create_pin),
        name="studio_pins",
    ),
    path(
        "studio/<str:handle>/pins/from-product/",
        resource(post=studio.pin_product),
        name="studio_pin_from_product",
    ),
    path(
        "studio/<str:handle>/pins/<str:public_id>/publish/",
        resource(post=studio.publish),
        name="studio_pin_publish",
    ),
]
