from django.urls import URLPattern, URLResolver, path

from accounts.api import views
from api.endpoint import resource

app_name = "accounts_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", resource(get=views.read_me), name="me"),
    path("me/profile/", resource(patch=views.change_profile), name="own_profile"),
    path(
        "me/addresses/",
        resource(get=views.list_addresses, post=views.create_address),
        name="addresses",
    ),
    path(
        "me/addresses/<slug:public_id>/",
        resource(get=views.read_address, put=views.change_address, delete=views.delete_address),
        name="address",
    ),
    path(
        "me/addresses/<slug:public_id>/first/",
        resource(post=views.use_address_first),
        name="address_first",
    ),
    path("me/tokens/", resource(get=views.list_tokens), name="tokens"),
    path("me/tokens/<slug:public_id>/", resource(delete=views.revoke_token), name="token"),
    path("profiles/<str:handle>/", resource(get=views.read_profile), name="profile"),
    path(
        "profiles/<str:handle>/follow/",
        resource(put=views.follow, delete=views.unfollow),
        name="follow",
    ),
]
