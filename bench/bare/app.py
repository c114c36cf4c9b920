"""Its one page: 24 rows by the primary key, and a card for each."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare.settings")

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

QUERY = """
SELECT p.public_id, p.slug, p.title, p.price_from, p.currency, s.name AS seller__name
FROM catalog_product p JOIN accounts_profile s ON s.id = p.seller_id
WHERE p.id > %s ORDER BY p.id LIMIT 24
"""


def cards(request: HttpRequest) -> HttpResponse:
    """What could not be less and still be a listing."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [0])
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return render(request, "cards.html", {"cards": rows})


urlpatterns = [path("", cards)]
application = get_wsgi_application()
