from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from feed.api import boards, follows, hashtags, pins, talk, views
from feed.api.pins import Both

app_name = "feed_api"


def _own_pins(*, lead: str, kind: str, at: int) -> list[URLPattern]:
    """A desk of pins: a person's (`at` 0) or a brand's (1)."""

    def view(**methods: Both) -> Callable[..., HttpResponse]:
        return resource(**{method: both[at] for method, both in methods.items()})

    one = f"{lead}<str:public_id>/"
    return [
        path(lead, view(get=pins.list_pins, post=pins.create_pin), name=f"{kind}_pins"),
        path(
            one,
            view(get=pins.read_pin, put=pins.change_pin, delete=pins.delete),
            name=f"{kind}_pin",
        ),
        path(
            f"{one}publish/",
            view(post=pins.publish, delete=pins.unpublish),
            name=f"{kind}_pin_publish",
        ),
        path(
            f"{one}schedule/",
            view(put=pins.schedule, delete=pins.unschedule),
            name=f"{kind}_pin_schedule",
        ),
        path(f"{one}restore/", view(post=pins.undelete), name=f"{kind}_pin_restore"),
        path(
            f"{one}versions/<str:version>/restore/",
            view(post=pins.restore_version),
            name=f"{kind}_pin_version",
        ),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("walls/home/", resource(get=views.list_home), name="home"),
    path("walls/following/", resource(get=views.list_following), name="following"),
    path("walls/explore/", resource(get=views.list_explore), name="explore"),
    path("pins/<str:public_id>/", resource(get=views.read_pin), name="pin"),
    path("pins/<str:public_id>/related/", resource(get=views.list_related), name="related"),
    path("pins/<str:public_id>/save/", resource(put=views.save, delete=views.unsave), name="save"),
    path(
        "products/<str:public_id>/save/",
        resource(put=views.save_product, delete=views.unsave_product),
        name="save_product",
    ),
    path(
        "services/<str:public_id>/save/",
        resource(put=views.save_service, delete=views.unsave_service),
        name="save_service",
    ),
    path("boards/", resource(get=views.list_boards, post=views.create_board), name="boards"),
    path("boards/search/", resource(get=views.search_boards), name="boards_search"),
    path("boards/followed/", resource(get=follows.list_boards), name="boards_followed"),
    path("boards/undo/", resource(post=boards.undo), name="undo"),
    path(
        "boards/<str:public_id>/",
        resource(get=views.read_board, put=boards.change, delete=boards.delete),
        name="board",
    ),
    path("boards/<str:public_id>/sections/", resource(post=boards.create_section), name="sections"),
    path(
        "boards/<str:public_id>/sections/<str:section_id>/",
        resource(put=boards.rename_section, delete=boards.delete_section),
        name="section",
    ),
    path(
        "boards/<str:public_id>/sections/<str:section_id>/move/",
        resource(post=boards.move_section),
        name="section_move",
    ),
    path("boards/<str:public_id>/pins/move/", resource(post=boards.move_pins), name="pins_move"),
    path(
        "boards/<str:public_id>/pins/remove/",
        resource(post=boards.remove_pins),
        name="pins_remove",
    ),
    path(
        "boards/<str:public_id>/pins/<str:pin_id>/move/",
        resource(post=boards.move_pin),
        name="pin_move",
    ),
    path(
        "boards/<str:public_id>/pins/<str:pin_id>/note/",
        resource(put=boards.write_note),
        name="pin_note",
    ),
    path(
        "boards/<str:public_id>/follow/",
        resource(put=follows.follow_board, delete=follows.unfollow_board),
        name="board_follow",
    ),
    path(
        "boards/<str:public_id>/link/",
        resource(put=boards.make_link, delete=boards.end_link),
        name="link",
    ),
    path("boards/<str:public_id>/members/", resource(post=boards.invite), name="members"),
    path(
        "boards/<str:public_id>/members/<str:member_id>/",
        resource(delete=boards.remove_member),
        name="member",
    ),
    path(
        "boards/<str:public_id>/invitation/",
        resource(post=boards.answer_invitation),
        name="invitation",
    ),
    path(
        "topics/<slug:topic>/follow/",
        resource(put=follows.follow_topic, delete=follows.unfollow_topic),
        name="topic_follow",
    ),
    path("me/hashtags/", resource(get=hashtags.list_followed), name="hashtags_followed"),
    path("hashtags/<str:tag>/", resource(get=hashtags.read_hashtag), name="hashtag"),
    path("hashtags/<str:tag>/pins/", resource(get=hashtags.list_pins), name="hashtag_pins"),
    path(
        "hashtags/<str:tag>/follow/",
        resource(put=hashtags.follow, delete=hashtags.unfollow),
        name="hashtag_follow",
    ),
    path("boards/<str:public_id>/leave/", resource(post=boards.leave), name="leave"),
    path(
        "pins/<str:public_id>/like/",
        resource(put=talk.like_pin, delete=talk.unlike_pin),
        name="like",
    ),
    path(
        "pins/<str:public_id>/comments/",
        resource(get=talk.list_comments, post=talk.write),
        name="comments",
    ),
    path(
        "pins/<str:public_id>/comments/open/",
        resource(put=talk.open_comments),
        name="comments_open",
    ),
    path(
        "comments/<str:comment_id>/",
        resource(get=talk.list_thread, put=talk.edit, delete=talk.delete),
        name="comment",
    ),
    path(
        "comments/<str:comment_id>/restore/",
        resource(post=talk.restore),
        name="comment_restore",
    ),
    path(
        "comments/<str:comment_id>/like/",
        resource(put=talk.like_comment, delete=talk.unlike_comment),
        name="comment_like",
    ),
    path("boards/<str:public_id>/pins/", resource(get=views.list_board_pins), name="board_pins"),
    path("profiles/<str:handle>/boards/", resource(get=views.list_boards_of), name="boards_of"),
    path("profiles/<str:handle>/pins/", resource(get=views.list_pins_of), name="pins_of"),
    path(
        "studio/<str:handle>/pins/from-product/",
        resource(post=pins.pin_product),
        name="studio_pin_from_product",
    ),
    *_own_pins(lead="me/pins/", kind="my", at=0),
    *_own_pins(lead="studio/<str:handle>/pins/", kind="studio", at=1),
]
