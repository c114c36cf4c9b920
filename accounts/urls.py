from django.urls import URLPattern, URLResolver, path

from accounts import (
    hiding_views,
    join_views,
    leaving_views,
    security_views,
    settings_views,
    studio_views,
    team_views,
    token_views,
    views,
)

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("follow/<slug:public_id>/", views.follow, name="follow"),
    path("block/<slug:public_id>/", hiding_views.block, name="block"),
    path("unblock/<slug:public_id>/", hiding_views.unblock, name="unblock"),
    path("mute/<slug:public_id>/", hiding_views.mute, name="mute"),
    path("unmute/<slug:public_id>/", hiding_views.unmute, name="unmute"),
    path("unmute-word/", hiding_views.unmute_word, name="unmute_word"),
    path("settings/hidden/", hiding_views.hidden, name="hidden"),
    path("settings/delete/", leaving_views.delete_account, name="delete"),
    path("settings/close/<slug:public_id>/", leaving_views.close_brand, name="close_brand"),
    path("goodbye/", leaving_views.goodbye, name="goodbye"),
    path("switch/", views.switch, name="switch"),
    path("settings/", settings_views.index, name="settings"),
    path("settings/profile/", settings_views.profile, name="profile"),
    path("settings/addresses/", settings_views.addresses, name="addresses"),
    path("settings/addresses/new/", settings_views.address, name="address_new"),
    path("settings/addresses/<slug:public_id>/", settings_views.address, name="address"),
    path(
        "settings/addresses/<slug:public_id>/delete/",
        settings_views.address_delete,
        name="address_delete",
    ),
    path(
        "settings/addresses/<slug:public_id>/first/",
        settings_views.address_default,
        name="address_default",
    ),
    path("settings/tokens/", token_views.tokens, name="tokens"),
    path("settings/tokens/new/", token_views.new_token, name="token_new"),
    path("settings/tokens/<slug:public_id>/revoke/", token_views.revoke, name="token_revoke"),
    path("settings/account/", settings_views.account, name="account"),
    path("settings/protect/", security_views.protect, name="protect"),
    path("team/join/<slug:token>/", join_views.join, name="join"),
    path("studio/<str:handle>/log/", studio_views.log, name="studio_log"),
    path("studio/<str:handle>/team/", team_views.team, name="studio_team"),
    path("studio/<str:handle>/team/leave/", team_views.leave, name="studio_leave"),
    path("studio/<str:handle>/team/undo/<str:token>/", team_views.undo, name="studio_team_undo"),
    path(
        "studio/<str:handle>/team/invited/<slug:public_id>/resend/",
        team_views.resend,
        name="studio_invitation_resend",
    ),
    path(
        "studio/<str:handle>/team/invited/<slug:public_id>/withdraw/",
        team_views.withdraw,
        name="studio_invitation_withdraw",
    ),
    path("studio/<str:handle>/team/<slug:person_id>/", team_views.member, name="studio_member"),
    path(
        "studio/<str:handle>/team/<slug:person_id>/remove/",
        team_views.remove,
        name="studio_member_remove",
    ),
]
