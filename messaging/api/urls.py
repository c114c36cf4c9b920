from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from messaging.api import quotes, views

app_name = "messaging_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("questions/", resource(post=views.ask), name="questions"),
    path(
        "studio/<str:handle>/questions/",
        resource(get=views.list_questions),
        name="studio_questions",
    ),
    path(
        "studio/<str:handle>/questions/<str:public_id>/answered/",
        resource(put=views.mark_answered),
        name="studio_answered",
    ),
    path(
        "services/<str:public_id>/quote/",
        resource(post=quotes.request_quote),
        name="quote",
    ),
]
