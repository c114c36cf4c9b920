from django.urls import URLPattern, URLResolver, path

from accounts.api import hiding, organizations, team, views
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
    path(
        "me/organizations/",
        resource(get=organizations.list_organizations, post=organizations.create_organization),
        name="organizations",
    ),
    path(
        "me/organizations/<slug:public_id>/",
        resource(
            get=organizations.read_organization,
            put=organizations.change_organization,
            delete=organizations.leave_organization,
        ),
        name="organization",
    ),
    path("me/tokens/", resource(get=views.list_tokens), name="tokens"),
    path("me/tokens/<slug:public_id>/", resource(delete=views.revoke_token), name="token"),
    path("profiles/<str:handle>/", resource(get=views.read_profile), name="profile"),
    path(
        "profiles/<str:handle>/follow/",
        resource(put=views.follow, delete=views.unfollow),
        name="follow",
    ),
    path(
        "profiles/<str:handle>/followers/",
        resource(get=views.list_followers),
        name="followers",
    ),
    path(
        "profiles/<str:handle>/following/",
        resource(get=views.list_following),
        name="following",
    ),
    path(
        "me/consent/", resource(get=hiding.read_consent, put=hiding.change_consent), name="consent"
    ),
    path("me/blocks/", resource(get=hiding.list_blocks), name="blocks"),
    path("me/mutes/", resource(get=hiding.list_mutes), name="mutes"),
    path("me/muted-words/", resource(post=hiding.mute_word), name="muted_words"),
    path("me/muted-words/<str:word>/", resource(delete=hiding.unmute_word), name="muted_word"),
    path(
        "profiles/<str:handle>/block/",
        resource(put=hiding.block, delete=hiding.unblock),
        name="block",
    ),
    path(
        "profiles/<str:handle>/mute/",
        resource(put=hiding.mute, delete=hiding.unmute),
        name="mute",
    ),
    path("teams/join/", resource(post=team.join), name="join"),
    path("studio/<str:handle>/team/", resource(get=team.list_team), name="team"),
    path("studio/<str:handle>/team/leave/", resource(post=team.leave), name="leave"),
    path("studio/<str:handle>/team/restore/", resource(post=team.restore), name="member_restore"),
    path(
        "studio/<str:handle>/team/<slug:person_id>/",
        resource(patch=team.change_role, delete=team.remove),
        name="member",
    ),
    path(
        "studio/<str:handle>/invitations/",
        resource(get=team.list_invitations, post=team.invite),
        name="invitations",
    ),
    path(
        "studio/<str:handle>/invitations/<slug:public_id>/",
        resource(delete=team.withdraw),
        name="invitation",
    ),
    path(
        "studio/<str:handle>/invitations/<slug:public_id>/resend/",
        resource(post=team.resend),
        name="invitation_resend",
    ),
    path("studio/<str:handle>/log/", resource(get=team.list_log), name="log"),
]
