from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from notifications.api import views

app_name = "notifications_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("notifications/", resource(get=views.list_notices), name="notices"),
    path("notifications/read/", resource(post=views.mark_read), name="read"),
    path(
        "me/notification-preferences/",
        resource(get=views.list_preferences, patch=views.change_preference),
        name="preferences",
    ),
]
