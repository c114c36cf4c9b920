from django.urls import URLPattern, URLResolver, path

from messaging import quote_views, views

app_name = "messaging"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/<slug:kind>/<slug:public_id>/", views.ask, name="ask"),
    path("quote/<slug:public_id>/", quote_views.quote, name="quote"),
    path("studio/<str:handle>/questions/", views.studio_questions, name="studio_questions"),
]
