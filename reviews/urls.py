from django.urls import URLPattern, URLResolver, path

from reviews import views

app_name = "reviews"
_LINE = "order/<str:number>/review/<str:line_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_LINE, views.write, name="write"),
    path(f"{_LINE}delete/", views.delete, name="delete"),
    path(f"{_LINE}restore/", views.restore, name="restore"),
    path("reviews/<str:public_id>/", views.listing, name="listing"),
]
