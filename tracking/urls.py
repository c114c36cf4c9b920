from django.urls import URLPattern, URLResolver, path

from tracking import views

app_name = "tracking"
urlpatterns: list[URLPattern | URLResolver] = [
    path("t/impressions", views.impressions, name="impressions"),
    path("consent/choices/", views.choices, name="choices"),
    path("consent/", views.choose, name="consent"),
    path("consent/back/", views.choose_back, name="consent_back"),
]
