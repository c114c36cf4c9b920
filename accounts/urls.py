from django.urls import URLPattern, URLResolver, path

from accounts import settings_views, studio_views, views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("follow/<slug:public_id>/", views.follow, name="follow"),
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
    path("settings/account/", settings_views.account, name="account"),
    path("studio/<str:handle>/log/", studio_views.log, name="studio_log"),
]
