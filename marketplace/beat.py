"""The Celery application of the beat process, which only sends messages by name.

It reads the settings but loads no app, so that a clock does not cost the memory of a market, and
is started without the command line of Celery, which loads a shell of its own (11 MB):

    python -m marketplace.beat --schedule var/beat-schedule
"""

import argparse
import os

# With the variable set, Celery would load all of Django.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

from celery import Celery

app = Celery("beat")
app.config_from_object("marketplace.settings", namespace="CELERY")


def main() -> None:
    """Tick until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--schedule", required=True, help="file that remembers what ran last")
    app.Beat(schedule=parser.parse_args().schedule, quiet=True).run()


if __name__ == "__main__":
    main()
