from django.urls import URLPattern, URLResolver, path

from moderation import views

app_name = "moderation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("report/received/<slug:reference>/", views.receipt, name="receipt"),
    path("report/<slug:kind>/<slug:public_id>/", views.report, name="report"),
]
