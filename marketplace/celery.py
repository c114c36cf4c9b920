"""The Celery application. Settings live in `marketplace.settings` under the prefix `CELERY_`."""

import gc
import os

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
def _share_memory_with_children(**_: object) -> None:
    """What is loaded before the fork stays shared: the collector would touch, and so copy, it."""
    gc.collect()
    gc.freeze()
