from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from moderation.api import views

app_name = "moderation_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", resource(post=views.report), name="reports"),
]
