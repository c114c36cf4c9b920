"""Entry point of the web process: pages and forms."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

application = get_wsgi_application()

# Django loads the views when it looks for an address first, which would be in each worker.
reverse("feed:home")
