from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from reviews.api import views

app_name = "reviews_api"
_LINE = "orders/<str:number>/lines/<str:line_id>/review/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("products/<str:public_id>/reviews/", resource(get=views.list_reviews), name="reviews"),
    path("me/reviews/", resource(get=views.list_own), name="own_reviews"),
    path(_LINE, resource(put=views.put, delete=views.delete), name="review"),
    path(f"{_LINE}restore/", resource(post=views.restore), name="review_restore"),
]
