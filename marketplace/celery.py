"""The Celery application. Settings live in `marketplace.settings` under the prefix `CELERY_`."""

import gc
import os
import signal
import threading

from celery import Celery, signals
from celery.app.utils import Settings

from marketplace.supervisor.children import die_with_parent

# Longer than a task needs to be given back, shorter than anybody waits for a worker that hangs.
SECONDS_TO_END_AT_ONCE = 20.0
SECONDS_OF_SILENCE = 5

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.celeryd_init.connect
def _listen_patiently(conf: Settings, **_: object) -> None:
    """A worker hears nothing for a second at a time while there is nothing to do."""
    patient = {"socket_timeout": SECONDS_OF_SILENCE}
    conf.broker_transport_options = {**conf.broker_transport_options, **patient}


@signals.worker_init.connect
def _share_memory_with_children(**_: object) -> None:
    """What is loaded before the fork stays shared: the collector would touch, and so copy, it."""
    gc.collect()
    gc.freeze()


@signals.worker_process_init.connect
def _end_with_the_worker(**_: object) -> None:
    die_with_parent()


@signals.worker_shutting_down.connect
def _end_for_certain(how: str, **_: object) -> None:
    """Told to end at once, when broker and database are going as well: no goodbye may hang."""
    if how == "Cold":
        end = threading.Timer(SECONDS_TO_END_AT_ONCE, os.kill, (os.getpid(), signal.SIGKILL))
        end.daemon = True
        end.start()
