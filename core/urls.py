from django.urls import URLPattern, URLResolver, path

from core import views

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "media/<slug:shard>/<slug:public_id>/<int:width>.<slug:fmt>",
        views.media,
        name="media",
    ),
]
