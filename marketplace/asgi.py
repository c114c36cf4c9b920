"""Entry point of the live process: server-sent events and nothing else.

Pages are served by WSGI; see `marketplace.wsgi`.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
django.setup(set_prefix=False)

from notifications.live import application  # noqa: E402 - needs the settings

__all__ = ["application"]
