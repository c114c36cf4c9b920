from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from marketplace.pages.styleguide import styleguide
from marketplace.pages.theme import theme

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("theme/", theme, name="theme"),
]
if not settings.PRODUCTION:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
