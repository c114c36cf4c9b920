"""Entry point of the sandbox process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "sandbox.settings"

application = get_wsgi_application()

from sandbox.sender import start as begin  # noqa: E402 - models are there only now

__all__ = ["application", "begin"]
