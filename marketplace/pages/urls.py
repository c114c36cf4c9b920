from django.urls import URLPattern, URLResolver, path

from marketplace.pages.theme import theme

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("theme/", theme, name="theme"),
]
