from django.urls import URLPattern, URLResolver, path

from notifications import views

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("notifications/", views.index, name="index"),
    path("notifications/read/", views.read, name="read"),
    path("notifications/mute/", views.mute, name="mute"),
    path("notifications/badge/", views.badge, name="badge"),
    path("notifications/<slug:public_id>/", views.follow_link, name="open"),
    path("settings/notifications/", views.settings, name="settings"),
    path("settings/notifications/undo/<str:token>/", views.undo, name="undo"),
]
