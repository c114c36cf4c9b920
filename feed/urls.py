from django.urls import URLPattern, URLResolver, path

from feed import (
    board_views,
    comment_views,
    edit_views,
    follow_views,
    hashtag_views,
    link_views,
    offer_views,
    pin_views,
    views,
)

app_name = "feed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("following/", views.following, name="following"),
    path("following/boards/", follow_views.followed, name="followed"),
    path("explore/", views.explore, name="explore"),
    path("explore/<slug:category>/", views.explore, name="explore_category"),
    path("explore/<slug:category>/follow/", follow_views.follow_topic, name="topic_follow"),
    path("tag/<str:tag>/", hashtag_views.hashtag, name="hashtag"),
    path("tag/<str:tag>/follow/", follow_views.follow_hashtag, name="hashtag_follow"),
    path("pin/new/", pin_views.new, name="my_pin_new"),
    path("pin/<str:public_id>/", views.pin, name="pin"),
    path("pin/<str:public_id>/save/", views.save, name="save"),
    path("pin/<str:public_id>/unsave/", views.unsave, name="unsave"),
    path("pin/<str:public_id>/boards/", views.save_to, name="save_to"),
    path("pin/<str:public_id>/like/", comment_views.like_pin, name="like"),
    path("pin/<str:public_id>/comments/", comment_views.talk, name="talk"),
    path("pin/<str:public_id>/comments/open/", comment_views.switch, name="talk_switch"),
    path("save/product/<str:public_id>/", offer_views.save_a_product, name="save_product"),
    path("unsave/product/<str:public_id>/", offer_views.unsave_a_product, name="unsave_product"),
    path("save/service/<str:public_id>/", offer_views.save_a_service, name="save_service"),
    path("unsave/service/<str:public_id>/", offer_views.unsave_a_service, name="unsave_service"),
    path("comment/<str:public_id>/", comment_views.comment, name="comment"),
    path("comment/<str:public_id>/edit/", comment_views.edit, name="comment_edit"),
    path("comment/<str:public_id>/delete/", comment_views.delete, name="comment_delete"),
    path("comment/<str:public_id>/restore/", comment_views.restore, name="comment_restore"),
    path("comment/<str:public_id>/like/", comment_views.like_comment, name="comment_like"),
    path("board/link/<str:key>/", link_views.follow, name="board_follow_link"),
    path("board/<str:public_id>/<str:slug>/", board_views.board, name="board"),
    path("boards/new/", board_views.new_board, name="new_board"),
    path("boards/undo/<str:token>/", board_views.undo, name="undo"),
    path("boards/<str:public_id>/edit/", board_views.edit_board, name="board_edit"),
    path("boards/<str:public_id>/delete/", board_views.delete_board, name="board_delete"),
    path("boards/<str:public_id>/order/", board_views.order, name="board_order"),
    path("boards/<str:public_id>/pins/", board_views.pins, name="board_pins"),
    path("boards/<str:public_id>/sections/", board_views.new_section, name="section_new"),
    path("boards/<str:public_id>/sections/<str:section_id>/", board_views.section, name="section"),
    path("boards/<str:public_id>/notes/<str:pin_id>/", board_views.note, name="board_note"),
    path("boards/<str:public_id>/follow/", follow_views.follow_board, name="board_follow"),
    path("boards/<str:public_id>/link/", link_views.make, name="board_link"),
    path("boards/<str:public_id>/link/end/", link_views.end, name="board_link_end"),
    path("boards/<str:public_id>/invite/", board_views.invite, name="board_invite"),
    path("boards/<str:public_id>/answer/", board_views.answer, name="board_answer"),
    path("boards/<str:public_id>/leave/", board_views.leave, name="board_leave"),
    path(
        "boards/<str:public_id>/people/<str:member_id>/remove/",
        board_views.remove_member,
        name="board_member_remove",
    ),
    *(
        path(
            f"{lead}<str:public_id>/version/<int:version>/",
            pin_views.restore_version,
            name=f"{kind}_pin_version",
        )
        for kind, lead in (("my", "pin/"), ("studio", "studio/<str:handle>/pins/"))
    ),
    path("pins/", pin_views.pins, name="my_pins"),
    *(
        path(f"{lead}<str:public_id>/{act}/", view, name=f"{kind}_pin_{act}")
        for kind, lead in (("my", "pin/"), ("studio", "studio/<str:handle>/pins/"))
        for act, view in (
            ("edit", edit_views.edit),
            ("preview", pin_views.preview),
            ("publish", pin_views.publish),
            ("unpublish", pin_views.unpublish),
            ("delete", pin_views.delete),
            ("undelete", pin_views.undelete),
        )
    ),
    path("studio/<str:handle>/pins/", pin_views.pins, name="studio_pins"),
    path("studio/<str:handle>/pins/new/", pin_views.new, name="studio_pin_new"),
    path(
        "studio/<str:handle>/pins/from/<str:product_id>/",
        pin_views.pin_product,
        name="studio_pin_from_product",
    ),
]
