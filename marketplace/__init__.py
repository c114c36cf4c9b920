"""The composition root: settings, addresses, processes, and the pages that show several apps.

Everything may be imported here; nothing outside imports this package.
"""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]
