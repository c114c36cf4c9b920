"""The Celery application of the beat process, which only sends messages by name.

It reads the settings but loads no app, so that a clock does not cost the memory of a market.
"""

import os

# With the variable set, Celery would load all of Django.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

from celery import Celery

app = Celery("beat")
app.config_from_object("marketplace.settings", namespace="CELERY")
